import { type TextDocument, type TextEditor, window } from "vscode";

/** The languages that are checked, as VS Code and the extensions for Quarto, R and MDX call them. */
export const LANGUAGES = ["markdown", "quarto", "rmd", "mdx"] as const;
const SCHEMES = ["file", "untitled"] as const;

/** Which texts the server is told of. */
export const SELECTOR = LANGUAGES.flatMap((language) => SCHEMES.map((scheme) => ({ language, scheme })));

/** Whether the server is told of this text. */
export function isChecked(document: TextDocument): boolean {
  return SELECTOR.some(({ language, scheme }) => document.languageId === language && document.uri.scheme === scheme);
}

/** The editor that has the focus, if its text is one that is checked. */
export function checkedEditor(): TextEditor | undefined {
  const editor = window.activeTextEditor;
  return editor !== undefined && isChecked(editor.document) ? editor : undefined;
}

/** The text that someone works on: that of the editor with the focus, else one beside it or above a panel. */
export function shownText(): TextDocument | undefined {
  const editors = [checkedEditor(), ...window.visibleTextEditors];
  return editors.find((editor) => editor !== undefined && isChecked(editor.document))?.document;
}
