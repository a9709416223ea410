import { type Diagnostic, type DiagnosticCollection, languages } from "vscode";
import type { DiagnosticCollectionProvider } from "vscode-languageclient/node";
import { rulePage } from "./pages";
import { isRuleCode } from "./rulelinks";
import { SECTION } from "./settings";

/** The code of a finding of ours; undefined for what others say of a text. */
export function codeOf(finding: Diagnostic): string | undefined {
  if (finding.source !== SECTION) {
    return undefined;
  }
  const code = typeof finding.code === "object" ? finding.code.value : finding.code;
  return code === undefined ? undefined : String(code);
}

/** Lets the code of each finding lead to the page that this very version has of the rule. */
export function withOwnPages(findings: readonly Diagnostic[]): void {
  for (const finding of findings) {
    const code = codeOf(finding);
    if (code !== undefined && isRuleCode(code)) {
      finding.code = { value: code, target: rulePage(code) };
    }
  }
}

/**
 * One collection for what is pulled and what is pushed: else a file whose findings were pushed while it was closed
 * would show them twice once it is open.
 */
export class OneCollection implements DiagnosticCollectionProvider {
  private collection: DiagnosticCollection | undefined;
  private users = 0;

  create(): DiagnosticCollection {
    this.users += 1;
    this.collection ??= languages.createDiagnosticCollection(SECTION);
    return this.collection;
  }

  dispose(): void {
    this.users -= 1;
    if (this.users === 0) {
      this.collection?.dispose();
      this.collection = undefined;
    }
  }
}
