import {
  type Diagnostic,
  DiagnosticSeverity,
  type Disposable,
  l10n,
  languages,
  StatusBarAlignment,
  type StatusBarItem,
  ThemeColor,
  window,
} from "vscode";
import { codeOf } from "./diagnostics";
import type { Condition, Server } from "./server/server";
import { shownText } from "./texts";

const ICONS: readonly (readonly [DiagnosticSeverity, string])[] = [
  [DiagnosticSeverity.Error, "$(error)"],
  [DiagnosticSeverity.Warning, "$(warning)"],
  [DiagnosticSeverity.Information, "$(info)"],
];

/** How many findings of each severity there are, as the status bar shows it; a tick for none. */
export function counts(findings: readonly Diagnostic[]): string {
  const numbers = ICONS.map(([severity, icon]) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? "" : `${icon} ${number}`;
  });
  return numbers.filter((number) => number !== "").join("  ") || "$(check)";
}

/** The item in the status bar: the findings in the text that is open, and whether the server is well. */
export class Status implements Disposable {
  private readonly item: StatusBarItem;
  private readonly disposables: Disposable[];

  constructor(private readonly server: Server) {
    this.item = window.createStatusBarItem("mdreview.status", StatusBarAlignment.Right, 100);
    this.item.name = "mdreview";
    this.item.command = "mdreview.showMenu";
    this.disposables = [
      this.item,
      server.onDidChange(() => this.update()),
      window.onDidChangeActiveTextEditor(() => this.update()),
      window.onDidChangeVisibleTextEditors(() => this.update()),
      languages.onDidChangeDiagnostics(() => this.update()),
    ];
    this.update();
  }

  dispose(): void {
    for (const disposable of this.disposables) {
      disposable.dispose();
    }
  }

  private update(): void {
    const { condition, errors } = this.server;
    const text = shownText();
    const broken = condition.kind === "failed" || condition.kind === "missing";
    if (text === undefined && !broken) {
      this.item.hide();
      return;
    }
    const findings = text === undefined ? [] : languages.getDiagnostics(text.uri).filter(codeOf);
    this.item.text = shown(condition, findings, errors.length);
    this.item.tooltip = explained(condition, errors);
    this.item.backgroundColor = broken
      ? new ThemeColor(`statusBarItem.${condition.kind === "failed" ? "error" : "warning"}Background`)
      : undefined;
    this.item.show();
  }
}

function shown(condition: Condition, findings: readonly Diagnostic[], errors: number): string {
  switch (condition.kind) {
    case "running":
      return `mdreview ${counts(findings)}${errors === 0 ? "" : `  $(bug) ${errors}`}`;
    case "searching":
    case "starting":
      return "$(loading~spin) mdreview";
    case "stopped":
      return "$(circle-slash) mdreview";
    case "missing":
      return "$(warning) mdreview";
    case "failed":
      return "$(error) mdreview";
  }
}

function explained(condition: Condition, errors: readonly string[]): string {
  const last = errors.at(-1);
  const logged = l10n.t("{0} errors in the log, the last one: {1}", errors.length, last ?? "");
  return last === undefined ? sentence(condition) : `${sentence(condition)}\n\n${logged}`;
}

function sentence(condition: Condition): string {
  switch (condition.kind) {
    case "running":
      return l10n.t("Findings in this text. The server runs: {0}", condition.launch.command);
    case "searching":
      return l10n.t("The server is being looked for.");
    case "starting":
      return l10n.t("The server is starting.");
    case "stopped":
      return l10n.t("The server is stopped.");
    case "missing":
      return l10n.t("There is no server to check the texts.");
    case "failed":
      return l10n.t("The server does not run: {0}", condition.error);
  }
}
