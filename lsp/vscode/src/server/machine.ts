import { execFile } from "node:child_process";
import { access, constants, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter } from "node:path";

/** What the search for a server asks of the machine; tests give it another one. */
export interface Machine {
  readonly windows: boolean;
  readonly home: string;
  /** The folders of PATH, in order. */
  readonly path: readonly string[];
  /** Whether this is a file that can be run. */
  runnable(file: string): Promise<boolean>;
  /** Whether the command ends well within so many seconds. */
  succeeds(command: string, args: readonly string[], seconds: number): Promise<boolean>;
}

/** The machine that the extension runs on. */
export function thisMachine(): Machine {
  const home = homedir();
  return {
    windows: process.platform === "win32",
    home,
    path: (process.env.PATH ?? "").split(delimiter),
    runnable,
    succeeds: (command, args, seconds) =>
      new Promise((resolve) => {
        execFile(command, args, { cwd: home, timeout: seconds * 1000, windowsHide: true }, (error) => resolve(!error));
      }),
  };
}

async function runnable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
