import { type Disposable, type Event, EventEmitter, type LogOutputChannel, l10n, workspace } from "vscode";
import { State } from "vscode-languageclient/node";
import { Client } from "../client";
import { serverSettings } from "../settings";
import { thisMachine } from "./machine";
import { chosenInterpreter, onInterpreterChange } from "./python";
import { findServer, type Launch, type PassedOver, type Searched } from "./search";

/** What the server is doing. */
export type Condition =
  | { readonly kind: "stopped" | "searching" | "missing" }
  | { readonly kind: "starting" | "running"; readonly launch: Launch }
  | { readonly kind: "failed"; readonly launch: Launch; readonly error: string };

/** The one server of this window: found, started, stopped, started anew, one after the other. */
export class Server {
  private client: Client | undefined;
  private interpreterChanges: Disposable | undefined;
  private queue: Promise<void> = Promise.resolve();
  private readonly changed = new EventEmitter<Condition>();
  readonly onDidChange: Event<Condition> = this.changed.event;
  condition: Condition = { kind: "stopped" };
  /** The errors that were written to the log since they were last looked at. */
  errors: string[] = [];

  constructor(private readonly output: LogOutputChannel) {}

  /** Finds and starts the server anew; resolves when it runs, or when it is clear that it does not. */
  restart(): Promise<void> {
    return this.enqueue(async () => {
      await this.end();
      await this.begin();
    });
  }

  async dispose(): Promise<void> {
    this.interpreterChanges?.dispose();
    await this.stop();
  }

  stop(): Promise<void> {
    return this.enqueue(() => this.end());
  }

  /** Whether a server runs, once all that was asked for before has happened. */
  async runs(): Promise<boolean> {
    await this.queue;
    return this.condition.kind === "running";
  }

  /** The answer of one of the server's commands; undefined when no server runs. */
  async run<Answer>(command: string, ...args: unknown[]): Promise<Answer | undefined> {
    const runs = await this.runs();
    const client = this.client;
    if (client === undefined || !runs) {
      return undefined;
    }
    return client.sendRequest<Answer>("workspace/executeCommand", { command, arguments: args });
  }

  forgetErrors(): void {
    this.errors = [];
    this.changed.fire(this.condition);
  }

  private enqueue(work: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(work);
    return this.queue;
  }

  private become(condition: Condition): void {
    this.condition = condition;
    this.changed.fire(condition);
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    try {
      await client?.dispose();
    } catch (error) {
      // one that is not running, or that does not end in time and is killed
      this.output.info(String(error));
    }
    this.become({ kind: "stopped" });
  }

  private async begin(): Promise<void> {
    this.errors = [];
    this.become({ kind: "searching" });
    const { launch, passedOver } = await this.search();
    for (const one of passedOver) {
      this.output.info(told(one));
    }
    if (launch === undefined) {
      this.become({ kind: "missing" });
      return;
    }
    this.output.info([launch.command, ...launch.args].join(" "));
    await this.launch(launch);
  }

  private search(): Promise<Searched> {
    const folders = workspace.workspaceFolders ?? [];
    const wishes = {
      ...serverSettings(),
      trusted: workspace.isTrusted,
      folders: folders.map((folder) => folder.uri.fsPath),
      interpreter: () => this.interpreter(),
    };
    return findServer(wishes, thisMachine());
  }

  private async interpreter(): Promise<string | undefined> {
    try {
      this.interpreterChanges ??= await onInterpreterChange(() => this.interpreterChanged());
      return await chosenInterpreter(workspace.workspaceFolders?.[0]?.uri);
    } catch (error) {
      // another extension's failure: there are other ways to a server
      this.output.warn(String(error));
      return undefined;
    }
  }

  private interpreterChanged(): void {
    const { condition } = this;
    if (!("launch" in condition && condition.launch.way === "setting")) {
      void this.restart();
    }
  }

  private async launch(launch: Launch): Promise<void> {
    const client = new Client(launch, this.output, (message) => {
      this.errors.push(message);
      this.changed.fire(this.condition);
    });
    this.client = client;
    client.onDidChangeState(({ newState }) => this.client === client && this.follow(client, newState, launch));
    try {
      await client.start();
    } catch (error) {
      this.fail(launch, error instanceof Error ? error.message : String(error));
    }
  }

  private follow(client: Client, state: State, launch: Launch): void {
    if (state === State.Starting) {
      this.become({ kind: "starting", launch });
    } else if (state === State.Running) {
      this.become({ kind: "running", launch });
    } else {
      // a server that died is started anew at once, and then there is nothing to tell
      setImmediate(() => {
        if (this.client === client && client.state !== State.Starting && client.state !== State.Running) {
          this.fail(launch, this.errors.at(-1) ?? l10n.t("it has ended"));
        }
      });
    }
  }

  private fail(launch: Launch, error: string): void {
    if (this.condition.kind !== "failed") {
      this.become({ kind: "failed", launch, error });
    }
  }
}

/** Why a way led to no server, for the log. */
function told({ way, reason, what }: PassedOver): string {
  const ways = {
    setting: l10n.t("setting mdreview.server.command"),
    python: l10n.t("interpreter of the Python extension"),
    venv: l10n.t(".venv in the folder"),
    uvx: "uvx",
    path: l10n.t("mdreview-lsp on PATH"),
  };
  const reasons = {
    absent: l10n.t("there is none"),
    "without-server": l10n.t("mdreview-lint[lsp] is not installed there"),
    off: l10n.t("not allowed in the settings"),
    untrusted: l10n.t("not used in a folder that is not trusted"),
    failed: l10n.t("it did not run"),
  };
  return `${ways[way]}: ${reasons[reason]}${what === undefined ? "" : ` (${what})`}`;
}
