import { commands, type Disposable, type LogOutputChannel, l10n, window } from "vscode";
import type { Condition, Server } from "./server/server";

/** Opens the walkthrough at the step that says how to get a server. */
export async function openSetUp(): Promise<void> {
  await commands.executeCommand("workbench.action.openWalkthrough", {
    category: "mdreview.mdreview#start",
    step: "server",
  });
}

/** Shows the log, with which its errors count as seen. */
export function showOutput(output: LogOutputChannel, server: Server): void {
  output.show();
  server.forgetErrors();
}

/** Tells when there is no server, or when it does not run, and offers what helps. */
export function notices(server: Server, output: LogOutputChannel): Disposable {
  let last: Condition["kind"] | undefined;
  return server.onDidChange((condition) => {
    const before = last;
    last = condition.kind;
    if (condition.kind === before) {
      return;
    }
    if (condition.kind === "missing") {
      void tellMissing(server, output);
    } else if (condition.kind === "failed") {
      void tellFailed(condition.error, server, output);
    }
  });
}

async function tellMissing(server: Server, output: LogOutputChannel): Promise<void> {
  const how = l10n.t("How to Install It");
  const log = l10n.t("What Was Tried");
  const answer = await window.showWarningMessage(
    l10n.t(
      "mdreview has found no server to check your texts with: it comes with the Python package mdreview-lint[lsp].",
    ),
    how,
    log,
  );
  if (answer === how) {
    await openSetUp();
  } else if (answer === log) {
    showOutput(output, server);
  }
}

async function tellFailed(error: string, server: Server, output: LogOutputChannel): Promise<void> {
  const again = l10n.t("Start Again");
  const log = l10n.t("Show Log");
  const answer = await window.showErrorMessage(l10n.t("The server of mdreview does not run: {0}", error), again, log);
  if (answer === again) {
    await server.restart();
  } else if (answer === log) {
    showOutput(output, server);
  }
}
