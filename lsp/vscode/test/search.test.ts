import assert from "node:assert/strict";
import { test } from "node:test";
import type { Machine } from "../src/server/machine";
import { findServer, type Wishes } from "../src/server/search";

const WITH_SERVER = ["-P", "-m", "mdreview_lsp"];

/** A machine with these files, on which these commands end well. */
function machine(files: readonly string[], working: readonly string[], given: Partial<Machine> = {}): Machine {
  return {
    windows: false,
    home: "/home/ann",
    path: ["/usr/bin", "."],
    runnable: async (file) => files.includes(file),
    succeeds: async (command) => working.includes(command),
    ...given,
  };
}

function wishes(given: Partial<Wishes> = {}): Wishes {
  return {
    command: [],
    useUvx: false,
    trusted: true,
    folders: ["/theses"],
    interpreter: async () => undefined,
    ...given,
  };
}

const VENV = "/theses/.venv/bin/python";
const UVX = "/usr/bin/uvx";
const SERVER = "/usr/bin/mdreview-lsp";
const EVERYTHING = machine([VENV, UVX, SERVER], ["/opt/python", VENV, UVX]);

test("the ways are tried in their order", async () => {
  const chosen = { interpreter: async () => "/opt/python" };
  const cases: [Partial<Wishes>, Machine, string, string, readonly string[]][] = [
    [{ ...chosen, command: ["my", "server"] }, EVERYTHING, "setting", "my", ["server"]],
    [chosen, EVERYTHING, "python", "/opt/python", WITH_SERVER],
    [{}, EVERYTHING, "venv", VENV, WITH_SERVER],
    [{ useUvx: true, folders: [] }, EVERYTHING, "uvx", UVX, ["--from", "mdreview-lint[lsp]", "mdreview-lsp"]],
    [{ folders: [] }, EVERYTHING, "path", SERVER, []],
  ];
  for (const [given, on, way, command, args] of cases) {
    assert.deepEqual((await findServer(wishes(given), on)).launch, { way, command, args });
  }
});

test("an interpreter without the server is passed over and named", async () => {
  const on = machine([VENV, SERVER], []);
  const { launch, passedOver } = await findServer(wishes({ interpreter: async () => "/opt/python" }), on);
  assert.equal(launch?.way, "path");
  assert.deepEqual(passedOver, [
    { way: "setting", reason: "absent" },
    { way: "python", reason: "without-server", what: "/opt/python" },
    { way: "venv", reason: "without-server", what: VENV },
    { way: "uvx", reason: "off" },
  ]);
});

test("nothing that belongs to a folder is run before the folder is trusted", async () => {
  const asked: string[] = [];
  const watched = machine([VENV], [VENV], {
    succeeds: async (command) => {
      asked.push(command);
      return true;
    },
  });
  const untrusted = wishes({ trusted: false, interpreter: async () => VENV });
  const { launch, passedOver } = await findServer(untrusted, watched);
  assert.equal(launch, undefined);
  assert.deepEqual(asked, []);
  assert.deepEqual(
    passedOver.filter(({ reason }) => reason === "untrusted").map(({ way }) => way),
    ["python", "venv"],
  );
});

test("a relative entry of PATH is never searched", async () => {
  const { launch } = await findServer(wishes(), machine(["mdreview-lsp", "./mdreview-lsp"], []));
  assert.equal(launch, undefined);
});

test("programs of uv and pipx are found though PATH lacks their folder", async () => {
  const { launch } = await findServer(wishes(), machine(["/home/ann/.local/bin/mdreview-lsp"], []));
  assert.equal(launch?.command, "/home/ann/.local/bin/mdreview-lsp");
});

test("uvx is not used where it cannot fetch the server", async () => {
  const { launch, passedOver } = await findServer(wishes({ useUvx: true }), machine([UVX, SERVER], []));
  assert.equal(launch?.command, SERVER);
  assert.equal(passedOver.at(-1)?.reason, "failed");
});

test("home and folder are written out in the command", async () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how VS Code's settings name the folder
  const given = wishes({ command: ["~/bin/server", "--log=${workspaceFolder}/log", "a~/b"] });
  const { launch } = await findServer(given, machine([], []));
  assert.deepEqual([launch?.command, ...(launch?.args ?? [])], ["/home/ann/bin/server", "--log=/theses/log", "a~/b"]);
});

test("on Windows the names are those of Windows", async () => {
  const interpreter = "C:\\work\\.venv\\Scripts\\python.exe";
  const program = "D:\\bin\\mdreview-lsp.exe";
  const on = machine([interpreter, program], [interpreter], { windows: true, home: "C:\\ann", path: ["D:\\bin"] });
  assert.equal((await findServer(wishes({ folders: ["C:\\work"] }), on)).launch?.command, interpreter);
  assert.equal((await findServer(wishes({ folders: [] }), on)).launch?.command, program);
});
