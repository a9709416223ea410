// Runs inside VS Code's extension host, where it stands in for the Python extension: tells which interpreter is chosen,
// does to a text what the commands do, and writes down what VS Code then knows.
const { readdirSync, readFileSync, writeFileSync } = require("node:fs");
const vscode = require("vscode");

const SECONDS = 60;
const wishes = JSON.parse(process.env.MDREVIEW_INSIDE);
const chosen = new vscode.EventEmitter();
let interpreter = "/nowhere/python";

exports.activate = () => {
  tryEverything().then(
    (seen) => writeFileSync(wishes.result, JSON.stringify({ seen })),
    (error) => writeFileSync(wishes.result, JSON.stringify({ error: error.stack })),
  );
  return {
    environments: {
      getActiveEnvironmentPath: () => ({ path: interpreter }),
      resolveEnvironment: async ({ path }) => ({ executable: { uri: vscode.Uri.file(path) } }),
      onDidChangeActiveEnvironmentPath: chosen.event,
    },
  };
};

async function tryEverything() {
  const seen = {};
  const uri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, wishes.file);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  const found = () => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "mdreview");

  await vscode.extensions.getExtension("mdreview.mdreview").activate();
  await pause(3);
  seen.withoutServer = found().length;
  interpreter = wishes.interpreter;
  chosen.fire();
  await until(() => found().length > 0);
  seen.found = found().map(plain);

  const settings = vscode.workspace.getConfiguration("mdreview");
  await settings.update("language", "zh", vscode.ConfigurationTarget.Global);
  const inChinese = ({ message }) => /[\u4e00-\u9fff]/.test(message);
  await until(() => found().length === seen.found.length && found().every(inChinese));
  seen.inChinese = found().map(plain);
  await settings.update("settings", { ignore: ["ALL"] }, vscode.ConfigurationTarget.Global);
  await until(() => found().length === 0);
  await settings.update("settings", undefined, vscode.ConfigurationTarget.Global);
  await settings.update("language", undefined, vscode.ConfigurationTarget.Global);
  await until(() => found().length === seen.found.length);

  seen.texts = {};
  for (const [name, command, ...args] of wishes.commands) {
    await vscode.commands.executeCommand(command, ...args);
    seen.texts[name] = document.getText();
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await until(() => !document.isDirty);
  }

  const before = servers();
  process.kill(before[0]);
  await until(() => servers().length === 1 && servers()[0] !== before[0]);
  await until(async () => (await hover(document, seen.found[0])).includes(seen.found[0].code));
  seen.afterDeath = found().map(plain);

  await settings.update("features.codeLens", true, vscode.ConfigurationTarget.Global);
  const lenses = await until(async () => {
    // a list has no definitions yet, footnotes have
    await vscode.commands.executeCommand("mdreview.fixText");
    const given = await vscode.commands.executeCommand("vscode.executeCodeLensProvider", uri, 100);
    return given.length > 0 && given.every(({ command }) => command !== undefined) && given;
  });
  seen.lenses = lenses.map(({ command }) => command.command);
  return seen;
}

function plain({ range: { start, end }, code, message, severity, relatedInformation = [] }) {
  return {
    code: code.value,
    page: code.target.toString(),
    message,
    severity,
    place: [start.line, start.character, end.line, end.character],
    related: relatedInformation.map((one) => one.message),
  };
}

async function hover(document, { place: [line, character] }) {
  const position = new vscode.Position(line, character);
  const hovers = await vscode.commands.executeCommand("vscode.executeHoverProvider", document.uri, position);
  return hovers.flatMap(({ contents }) => contents.map((content) => content.value ?? content)).join("\n");
}

/** The numbers of the processes that serve this window. */
function servers() {
  const ours = (id) => {
    try {
      const parent = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1];
      const words = readFileSync(`/proc/${id}/cmdline`, "utf8").split("\0");
      return Number(parent) === process.pid && words.includes("mdreview_lsp");
    } catch {
      // it has ended since the folder was read
      return false;
    }
  };
  return readdirSync("/proc").map(Number).filter(Number.isInteger).filter(ours);
}

function pause(seconds) {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}

async function until(condition) {
  for (const end = Date.now() + SECONDS * 1000; Date.now() < end; ) {
    const value = await condition();
    if (value) {
      return value;
    }
    await pause(0.1);
  }
  throw new Error(`this did not come: ${condition}`);
}
