import { type ConfigurationChangeEvent, workspace } from "vscode";

export const SECTION = "mdreview";

/** What the settings say about starting the server. */
export function serverSettings(): { readonly command: readonly string[]; readonly useUvx: boolean } {
  const server = workspace.getConfiguration(`${SECTION}.server`);
  return { command: server.get<string[]>("command", []), useUvx: server.get("useUvx", false) };
}

/** All settings, for the server. */
export function allSettings(): Record<string, unknown> {
  return { ...workspace.getConfiguration().get<Record<string, unknown>>(SECTION, {}) };
}

/** Whether the change holds only for a server that is started anew. */
export function needsRestart(change: ConfigurationChangeEvent): boolean {
  return change.affectsConfiguration(`${SECTION}.server`) || change.affectsConfiguration(`${SECTION}.features`);
}
