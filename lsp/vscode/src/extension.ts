import { commands, type Disposable, type ExtensionContext, window, workspace } from "vscode";
import { textCommands } from "./commands";
import { showMenu } from "./menu";
import { notices, openSetUp, showOutput } from "./notices";
import { Pages } from "./pages";
import { Server } from "./server/server";
import { needsRestart } from "./settings";
import { Status } from "./status";

let server: Server | undefined;

/** Starts the server, and everything that shows what it says. */
export function activate(context: ExtensionContext): void {
  const output = window.createOutputChannel("mdreview", { log: true });
  const started = new Server(output);
  server = started;
  context.subscriptions.push(
    output,
    new Status(started),
    new Pages(started),
    notices(started, output),
    textCommands(started),
    commands.registerCommand("mdreview.restartServer", () => started.restart()),
    commands.registerCommand("mdreview.showOutput", () => showOutput(output, started)),
    commands.registerCommand("mdreview.showMenu", showMenu),
    commands.registerCommand("mdreview.setUp", openSetUp),
    started.onDidChange(({ kind }) => {
      void commands.executeCommand("setContext", "mdreview.running", kind === "running");
    }),
    ...restarts(started),
  );
  void started.restart();
}

export async function deactivate(): Promise<void> {
  await server?.dispose();
}

/** What makes another server the right one. */
function restarts(started: Server): Disposable[] {
  return [
    workspace.onDidChangeConfiguration((change) => needsRestart(change) && started.restart()),
    workspace.onDidGrantWorkspaceTrust(() => started.restart()),
    // one that runs is told of the folders; where none runs, a new folder may have one
    workspace.onDidChangeWorkspaceFolders(async () => (await started.runs()) || started.restart()),
  ];
}
