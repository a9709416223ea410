import {
  commands,
  type Disposable,
  Location,
  l10n,
  Position,
  Range,
  type TextEditor,
  Uri,
  ViewColumn,
  window,
} from "vscode";
import type * as protocol from "vscode-languageclient/node";
import { SHOW_REFERENCES } from "./client";
import { show, termTable } from "./pages";
import { chooseRule, openRule } from "./rulechoice";
import { OPEN_RULE_PAGE } from "./rulelinks";
import type { Server } from "./server/server";
import { checkedEditor } from "./texts";

/** What can be numbered anew, as the server calls it. */
const NUMBERED = ["sections", "footnotes", "floats", "citations"] as const;
type Numbered = (typeof NUMBERED)[number];
type Target = "footnotes" | "numeric";

/** The commands on texts; those with arguments can be bound to keys with them. */
export function textCommands(server: Server): Disposable {
  const register = (name: string, work: (editor: TextEditor, ...args: never[]) => Promise<void>) =>
    commands.registerCommand(`mdreview.${name}`, async (...args: never[]) => {
      const editor = checkedEditor();
      if (editor === undefined) {
        void window.showInformationMessage(l10n.t("Open a Markdown text first."));
      } else if (await server.runs()) {
        await work(editor, ...args);
      } else {
        void window.showWarningMessage(l10n.t("The server of mdreview does not run."));
      }
    });
  const registered = [
    register("fixText", async ({ document }) => {
      await change(server, l10n.t("There is nothing to fix safely."), "mdreview.fixAll", document.uri);
    }),
    register("renumberText", async ({ document }, ...chosen: Numbered[]) => {
      const parts = chosen.length > 0 ? chosen : await chooseNumbered();
      if (parts.length > 0) {
        const nothing = l10n.t("The numbers are right as they are.");
        await change(server, nothing, "mdreview.renumber", document.uri, ...parts);
      }
    }),
    register("convertText", async ({ document }, chosen?: Target) => {
      const target = chosen ?? (await chooseTarget());
      if (target !== undefined) {
        await change(server, l10n.t("There is nothing to convert."), "mdreview.convert", document.uri, target);
      }
    }),
    register("openTermTable", ({ document }) => show(termTable(document.uri), ViewColumn.Beside)),
    commands.registerCommand(OPEN_RULE_PAGE, async (chosen?: string) => {
      const code = chosen ?? (await chooseRule(checkedEditor()));
      if (code !== undefined) {
        await openRule(server, code);
      }
    }),
    commands.registerCommand("mdreview.checkFolder", () => checkFolder(server)),
    commands.registerCommand(SHOW_REFERENCES, showReferences),
  ];
  return { dispose: () => registered.forEach((one) => void one.dispose()) };
}

async function change(server: Server, nothing: string, command: string, uri: Uri, ...args: string[]): Promise<void> {
  const answer = await server.run<{ applied: boolean }>(command, uri.toString(), ...args);
  if (answer?.applied === false) {
    void window.showInformationMessage(nothing);
  }
}

async function chooseNumbered(): Promise<Numbered[]> {
  const labels: Record<Numbered, string> = {
    sections: l10n.t("Sections, with the references to them"),
    footnotes: l10n.t("Footnotes, in the order of the text"),
    floats: l10n.t("Figures, tables and equations, with their mentions"),
    citations: l10n.t("Numeric citations, with the reference list"),
  };
  const items = NUMBERED.map((part) => ({ label: labels[part], part, picked: true }));
  const title = l10n.t("What to number anew");
  const chosen = await window.showQuickPick(items, { canPickMany: true, title });
  return chosen?.map((item) => item.part) ?? [];
}

async function chooseTarget(): Promise<Target | undefined> {
  const items: { label: string; target: Target }[] = [
    { label: l10n.t("A numbered reference list into footnotes"), target: "footnotes" },
    { label: l10n.t("Footnotes into a numbered reference list"), target: "numeric" },
  ];
  return (await window.showQuickPick(items, { title: l10n.t("What to convert") }))?.target;
}

async function checkFolder(server: Server): Promise<void> {
  const answer = await server.run<{ files: number; findings?: number; cancelled: boolean }>("mdreview.checkWorkspace");
  if (answer === undefined) {
    void window.showWarningMessage(l10n.t("The server of mdreview does not run."));
  } else if (!answer.cancelled) {
    await commands.executeCommand("workbench.actions.view.problems");
    const found = answer.findings ?? 0;
    void window.showInformationMessage(l10n.t("Files checked: {0}. Findings: {1}.", answer.files, found));
  }
}

/** Shows the places that a code lens of the server counts. */
async function showReferences(uri: string, at: protocol.Position, places: protocol.Location[]): Promise<void> {
  const locations = places.map(({ uri: file, range: { start, end } }) => {
    const range = new Range(start.line, start.character, end.line, end.character);
    return new Location(Uri.parse(file), range);
  });
  const position = new Position(at.line, at.character);
  await commands.executeCommand("editor.action.showReferences", Uri.parse(uri), position, locations);
}
