import { commands, l10n, type QuickPickItem, window } from "vscode";
import { checkedEditor } from "./texts";

/** What a click on the status bar offers. */
export async function showMenu(): Promise<void> {
  const onText: Item[] = [
    { label: l10n.t("$(checklist) Show the findings"), command: "workbench.actions.view.problems" },
    { label: l10n.t("$(wand) Fix all that can be fixed safely"), command: "mdreview.fixText" },
    { label: l10n.t("$(list-ordered) Number anew…"), command: "mdreview.renumberText" },
    { label: l10n.t("$(arrow-swap) Convert footnotes or the reference list…"), command: "mdreview.convertText" },
    { label: l10n.t("$(book) Show the term table"), command: "mdreview.openTermTable" },
  ];
  const always: Item[] = [
    { label: l10n.t("$(folder) Check all Markdown in the folder"), command: "mdreview.checkFolder" },
    { label: l10n.t("$(gear) Settings"), command: "workbench.action.openSettings", argument: "@ext:mdreview.mdreview" },
    { label: l10n.t("$(debug-restart) Restart the server"), command: "mdreview.restartServer" },
    { label: l10n.t("$(output) Show the log"), command: "mdreview.showOutput" },
    { label: l10n.t("$(question) How to install the server"), command: "mdreview.setUp" },
  ];
  const items = checkedEditor() === undefined ? always : [...onText, ...always];
  const chosen = await window.showQuickPick(items, { title: "mdreview" });
  if (chosen !== undefined) {
    await commands.executeCommand(chosen.command, ...(chosen.argument === undefined ? [] : [chosen.argument]));
  }
}

interface Item extends QuickPickItem {
  readonly command: string;
  readonly argument?: string;
}
