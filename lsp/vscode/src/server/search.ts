import { posix, win32 } from "node:path";
import type { Machine } from "./machine";

/** How a server was found, in the order in which the ways are tried. */
export type Way = "setting" | "python" | "venv" | "uvx" | "path";

/** The command that starts a server. */
export interface Launch {
  readonly way: Way;
  readonly command: string;
  readonly args: readonly string[];
}

/** Why a way led to no server. */
export type Reason = "absent" | "without-server" | "off" | "untrusted" | "failed";

export interface PassedOver {
  readonly way: Way;
  readonly reason: Reason;
  /** What was tried, if anything. */
  readonly what?: string;
}

export interface Wishes {
  /** The command that the user has set; empty when there is none. */
  readonly command: readonly string[];
  /** Whether uvx may fetch the server from the package index. */
  readonly useUvx: boolean;
  /** Whether programs that belong to the workspace may be run. */
  readonly trusted: boolean;
  readonly folders: readonly string[];
  /** The interpreter chosen in the Python extension. */
  interpreter(): Promise<string | undefined>;
}

export interface Searched {
  readonly launch?: Launch;
  readonly passedOver: readonly PassedOver[];
}

const HAS_SERVER =
  "from importlib.util import find_spec as f; raise SystemExit(not (f('mdreview_lsp') and f('pygls')))";
const FROM_INDEX = ["--from", "mdreview-lint[lsp]", "mdreview-lsp"];
/** The first run fetches everything. */
const SECONDS_FOR_UVX = 120;
const SECONDS_FOR_PYTHON = 20;

/**
 * Finds the command that starts the server: what the user has set, the Python extension's interpreter, the folder's
 * own `.venv`, uvx, PATH. Also says which ways were passed over before, and why.
 */
export async function findServer(wishes: Wishes, machine: Machine): Promise<Searched> {
  const passedOver: PassedOver[] = [];
  for (const [way, look] of Object.entries(WAYS) as [Way, Look][]) {
    const found = await look(wishes, machine);
    if ("command" in found) {
      return { launch: { way, ...found }, passedOver };
    }
    passedOver.push({ way, ...found });
  }
  return { passedOver };
}

type Outcome = Omit<Launch, "way"> | Omit<PassedOver, "way">;
type Look = (wishes: Wishes, machine: Machine) => Promise<Outcome>;

const WAYS: Record<Way, Look> = {
  async setting(wishes, machine) {
    const [command, ...args] = wishes.command.map((part) => expanded(part, wishes, machine));
    return command ? { command, args } : { reason: "absent" };
  },
  async python(wishes, machine) {
    if (!wishes.trusted) {
      return { reason: "untrusted" };
    }
    const interpreter = await wishes.interpreter();
    return interpreter ? ofPython(interpreter, machine) : { reason: "absent" };
  },
  async venv(wishes, machine) {
    if (!wishes.trusted) {
      return { reason: "untrusted" };
    }
    let last: Outcome = { reason: "absent" };
    for (const folder of wishes.folders) {
      const interpreter = machine.windows
        ? win32.join(folder, ".venv", "Scripts", "python.exe")
        : posix.join(folder, ".venv", "bin", "python");
      if (await machine.runnable(interpreter)) {
        last = await ofPython(interpreter, machine);
        if ("command" in last) {
          return last;
        }
      }
    }
    return last;
  },
  async uvx(wishes, machine) {
    if (!wishes.useUvx) {
      return { reason: "off" };
    }
    const uvx = await onPath("uvx", machine);
    if (uvx === undefined) {
      return { reason: "absent" };
    }
    const works = await machine.succeeds(uvx, [...FROM_INDEX, "--help"], SECONDS_FOR_UVX);
    return works ? { command: uvx, args: FROM_INDEX } : { reason: "failed", what: [uvx, ...FROM_INDEX].join(" ") };
  },
  async path(_wishes, machine) {
    const command = await onPath("mdreview-lsp", machine);
    return command === undefined ? { reason: "absent" } : { command, args: [] };
  },
};

/** The server in the environment of an interpreter; -P keeps it from importing modules out of the open folder. */
async function ofPython(interpreter: string, machine: Machine): Promise<Outcome> {
  const works = await machine.succeeds(interpreter, ["-P", "-c", HAS_SERVER], SECONDS_FOR_PYTHON);
  return works
    ? { command: interpreter, args: ["-P", "-m", "mdreview_lsp"] }
    : { reason: "without-server", what: interpreter };
}

/** A program on PATH, or where uv and pipx put programs, which PATH often lacks for editors started from a desktop. */
async function onPath(program: string, machine: Machine): Promise<string | undefined> {
  const { join, isAbsolute } = machine.windows ? win32 : posix;
  // a relative entry would run what happens to lie in the open folder
  const folders = [...machine.path.filter((folder) => isAbsolute(folder)), join(machine.home, ".local", "bin")];
  for (const folder of folders) {
    const file = join(folder, machine.windows ? `${program}.exe` : program);
    if (await machine.runnable(file)) {
      return file;
    }
  }
  return undefined;
}

/** `~/` and `${workspaceFolder}` in what the user has set. */
function expanded(part: string, wishes: Wishes, machine: Machine): string {
  const path = part.replace(/^~(?=[/\\])/, () => machine.home);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how VS Code's settings name the folder
  return path.replaceAll("${workspaceFolder}", () => wishes.folders[0] ?? machine.home);
}
