import { type Hover, type LogOutputChannel, MarkdownString } from "vscode";
import {
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  type Middleware,
  RevealOutputChannelOn,
  State,
  type vsdiag,
} from "vscode-languageclient/node";
import { OneCollection, withOwnPages } from "./diagnostics";
import { OPEN_RULE_PAGE, withPageCommands } from "./rulelinks";
import type { Launch } from "./server/search";
import { allSettings, SECTION } from "./settings";
import { SELECTOR } from "./texts";

/** The command behind the server's code lenses. */
export const SHOW_REFERENCES = "mdreview.showReferences";

const MOST_RESTARTS = 4;
const WITHIN_MILLISECONDS = 3 * 60 * 1000;

/** A client that tells which errors it has written to the log. */
export class Client extends LanguageClient {
  constructor(
    launch: Launch,
    output: LogOutputChannel,
    private readonly onError: (message: string) => void,
  ) {
    const executable = { command: launch.command, args: [...launch.args] };
    const restarts = new Restarts();
    super(SECTION, "mdreview", { run: executable, debug: executable }, optionsOf(output, restarts));
    this.onDidChangeState(({ newState }) => {
      restarts.hasRun ||= newState === State.Running;
    });
  }

  override error(message: string, data?: unknown): void {
    // the status bar tells of errors; a window for each would be in the way
    super.error(message, data, false);
    this.onError(message);
  }
}

function optionsOf(output: LogOutputChannel, errorHandler: ErrorHandler): LanguageClientOptions {
  return {
    documentSelector: SELECTOR,
    outputChannel: output,
    traceOutputChannel: output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: () => ({ ...allSettings(), clientCommands: [SHOW_REFERENCES] }),
    initializationFailedHandler: () => false,
    errorHandler,
    diagnosticCollectionProvider: new OneCollection(),
    middleware,
  };
}

/** Starts a server that has died anew, but not one that never ran or that dies again and again. */
class Restarts implements ErrorHandler {
  hasRun = false;
  private readonly deaths: number[] = [];

  error(): { action: ErrorAction } {
    return { action: ErrorAction.Continue };
  }

  closed(): { action: CloseAction; handled: boolean } {
    const now = Date.now();
    this.deaths.push(now);
    const recent = this.deaths.filter((death) => now - death < WITHIN_MILLISECONDS);
    const again = this.hasRun && recent.length <= MOST_RESTARTS;
    return { action: again ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true };
  }
}

const middleware: Middleware = {
  handleDiagnostics(uri, diagnostics, next) {
    withOwnPages(diagnostics);
    next(uri, diagnostics);
  },
  async provideDiagnostics(document, previousResultId, token, next) {
    const report = await next(document, previousResultId, token);
    if (report !== null && report !== undefined && "items" in report) {
      withOwnPages(report.items);
    }
    return report;
  },
  async provideWorkspaceDiagnostics(resultIds, token, reporter, next) {
    const report = await next(resultIds, token, (part) => {
      withPagesThroughout(part);
      reporter(part);
    });
    withPagesThroughout(report);
    return report;
  },
  async provideHover(document, position, token, next) {
    const hover = await next(document, position, token);
    return hover === null || hover === undefined ? hover : withCommands(hover);
  },
};

function withPagesThroughout(report: vsdiag.WorkspaceDiagnosticReportPartialResult | null | undefined): void {
  for (const item of report?.items ?? []) {
    if ("items" in item) {
      withOwnPages(item.items);
    }
  }
}

function withCommands(hover: Hover): Hover {
  for (const content of hover.contents) {
    if (content instanceof MarkdownString) {
      content.value = withPageCommands(content.value);
      content.isTrusted = { enabledCommands: [OPEN_RULE_PAGE] };
    }
  }
  return hover;
}
