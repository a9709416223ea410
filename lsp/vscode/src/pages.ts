import { basename, extname } from "node:path/posix";
import {
  commands,
  type Disposable,
  EventEmitter,
  extensions,
  l10n,
  type TextDocumentContentProvider,
  Uri,
  ViewColumn,
  workspace,
} from "vscode";
import type { Server } from "./server/server";

/** The scheme of pages that the server writes: of rules, and of the terms of a text. */
const SCHEME = "mdreview";
const MARKDOWN = "vscode.markdown-language-features";
const PREVIEW = "vscode.markdown.preview.editor";

/** The address of a rule's page. */
export function rulePage(code: string): Uri {
  return Uri.from({ scheme: SCHEME, path: `/rules/${code}.md` });
}

/** The address of the term table of a text. */
export function termTable(text: Uri): Uri {
  const name = basename(text.path, extname(text.path));
  const path = `/terms/${l10n.t("Terms of {0}", name)}.md`;
  return Uri.from({ scheme: SCHEME, path, query: text.toString() });
}

/** Shows a page as it looks, not as it is written, if VS Code's own Markdown extension is there to do so. */
export async function show(page: Uri, viewColumn = ViewColumn.Active): Promise<void> {
  const editor = extensions.getExtension(MARKDOWN) === undefined ? "default" : PREVIEW;
  await commands.executeCommand("vscode.openWith", page, editor, { viewColumn, preview: true });
}

/** Gives the pages their text, and a new one when the server or the text they tell of has changed. */
export class Pages implements TextDocumentContentProvider, Disposable {
  private readonly changed = new EventEmitter<Uri>();
  readonly onDidChange = this.changed.event;
  private readonly disposables: Disposable[];

  constructor(private readonly server: Server) {
    this.disposables = [
      this.changed,
      workspace.registerTextDocumentContentProvider(SCHEME, this),
      server.onDidChange(({ kind }) => kind === "running" && this.renew(() => true)),
      workspace.onDidSaveTextDocument(({ uri }) => this.renew((page) => page.query === uri.toString())),
    ];
  }

  async provideTextDocumentContent(page: Uri): Promise<string> {
    const text =
      page.query === ""
        ? await this.server.run<string | null>("mdreview.rulePage", basename(page.path, ".md"))
        : await this.server.run<string | null>("mdreview.termTable", page.query);
    return text ?? l10n.t("There is nothing to show: the server does not run, or does not know this.");
  }

  dispose(): void {
    for (const disposable of this.disposables) {
      disposable.dispose();
    }
  }

  private renew(concerned: (page: Uri) => boolean): void {
    for (const { uri } of workspace.textDocuments) {
      if (uri.scheme === SCHEME && concerned(uri)) {
        this.changed.fire(uri);
      }
    }
  }
}
