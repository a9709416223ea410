import { l10n, languages, type TextEditor, window } from "vscode";
import { codeOf } from "./diagnostics";
import { rulePage, show } from "./pages";
import { isRuleCode } from "./rulelinks";
import type { Server } from "./server/server";

/** The rule behind the finding at the cursor; where there is none, or several, the one that the user names. */
export async function chooseRule(editor: TextEditor | undefined): Promise<string | undefined> {
  const findings = editor === undefined ? [] : languages.getDiagnostics(editor.document.uri);
  const here = findings.filter((finding) => editor?.selections.some(({ active }) => finding.range.contains(active)));
  const [only, ...others] = codesOf(here);
  if (only !== undefined && others.length === 0) {
    return only.label;
  }
  const items = codesOf(only === undefined ? findings : here);
  const another = { label: l10n.t("Another rule…"), detail: "" };
  const title = l10n.t("Which rule's page to open");
  const chosen = items.length === 0 ? another : await window.showQuickPick([...items, another], { title });
  if (chosen !== another) {
    return chosen?.label;
  }
  return window.showInputBox({ title, prompt: l10n.t("Code or name of a rule, such as FN001 or undefined-footnote") });
}

/** Opens a rule's page, or says that there is no such rule. */
export async function openRule(server: Server, word: string): Promise<void> {
  const code = word.trim();
  const page = await server.run<string | null>("mdreview.rulePage", code);
  if (page === undefined) {
    void window.showWarningMessage(l10n.t("The server of mdreview does not run."));
  } else if (page === null) {
    void window.showWarningMessage(l10n.t("There is no rule “{0}”.", code));
  } else {
    await show(rulePage(code));
  }
}

function codesOf(findings: Parameters<typeof codeOf>[0][]): { label: string; detail: string }[] {
  const codes = new Map<string, string>();
  for (const finding of findings) {
    const code = codeOf(finding);
    if (code !== undefined && isRuleCode(code) && !codes.has(code)) {
      codes.set(code, finding.message);
    }
  }
  return [...codes].map(([label, detail]) => ({ label, detail }));
}
