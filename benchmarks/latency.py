"""How soon findings follow a key: from didChange to publishDiagnostics, on 1 MB of Chinese and of English.

    python benchmarks/latency.py [--edits N] [--size BYTES] [--rumdl PATH] [FILE …]

Each text is opened, then one character after the other is put in and taken away at places all over it, and each time
the answer is awaited. Without files: the texts are made here from the examples. Beside it, in turn and on the same
texts with the same edits, `rumdl server`, where it is installed (`pip install rumdl`). Also: how long the answer to
`initialize` takes, as a multiple of that of a server of pygls that does nothing.

    python benchmarks/latency.py --soak 50000

Instead: types that much into a text of 200 KB and tells how the memory of the server grows meanwhile (on Linux).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

BARE = "from pygls.lsp.server import LanguageServer; LanguageServer('bare', '1').start_io()"
START_GOAL = 1.5
GROWTH_GOAL = 1.1
LONGEST = 120.0
"""A server that has taken so many seconds is not asked again."""
EXAMPLES = Path(__file__).parents[1] / "examples"
WRITTEN_IN = {"Chinese": ("review.zh.md", "mixed.md"), "English": ("paper.en.md",)}


def make_text(language: str, size: int) -> str:
    """A text of about `size` bytes: the examples again and again, each copy with numbers and footnotes of its own."""
    texts = [(EXAMPLES / name).read_text("utf-8") for name in WRITTEN_IN[language]]
    rng = random.Random(7)
    pieces: list[str] = []
    length = copy = 0
    while length < size:
        text = re.sub(r"\A---\n.*?\n---\n", "", texts[copy % len(texts)], flags=re.S)
        copy += 1
        text = re.sub(r"\[\^(\w+)\]", rf"[^\g<1>-{copy}]", text)
        text = re.sub(r"(?<![\d.])\d{2}(?=%|％)", lambda _: str(rng.randint(11, 98)), text)
        text = re.sub(r"(?m)^(#+ .*?)\s*$", rf"\g<1> ({copy})", text)
        pieces.append(text.strip() + "\n\n")
        length += len(pieces[-1].encode())
    whole = "".join(pieces).encode()[:size]
    return whole[: whole.rfind(b"\n") + 1].decode()


class Server:
    """A language server in a process of its own."""

    def __init__(self, command: list[str], folder: str) -> None:
        pipe = subprocess.PIPE
        begun = time.perf_counter()
        self._process = subprocess.Popen(command, cwd=folder, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
        capabilities = {
            "textDocument": {"publishDiagnostics": {"versionSupport": True, "relatedInformation": True}},
            "general": {"positionEncodings": ["utf-16"]},
        }
        root = Path(folder).as_uri()
        params = {"processId": os.getpid(), "rootUri": root, "capabilities": capabilities}
        self.send("initialize", params, id=1)
        self.arrived = begun
        while "result" not in (answer := self.read()) or answer.get("id") != 1:
            pass
        self.start = self.arrived - begun
        self.send("initialized", {})

    def send(self, method: str, params: Any, **more: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def read(self) -> dict[str, Any]:
        """The next message; what the server asks of the editor is answered with nothing."""
        assert self._process.stdout
        length = 0
        while line := self._process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line[15:])
        body = self._process.stdout.read(length)
        # what the reader makes of it is not the server's
        self.arrived = time.perf_counter()
        message: dict[str, Any] = json.loads(body)
        if "id" in message and "method" in message:
            reply = json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": None}).encode()
            assert self._process.stdin
            self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(reply), reply))
            self._process.stdin.flush()
        return message

    def findings(self, uri: str, version: int) -> int:
        """Waits for the findings of a version; how many they are."""
        while True:
            message = self.read()
            params = message.get("params", {})
            published = message.get("method") == "textDocument/publishDiagnostics" and params["uri"] == uri
            if published and params.get("version", version) == version:
                return len(params["diagnostics"])

    @property
    def megabytes(self) -> float:
        """The memory that the server holds."""
        status = Path(f"/proc/{self._process.pid}/status").read_text("ascii")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()


class Typing:
    """Opens a text in a server and types."""

    def __init__(self, server: Server, text: str, uri: str, edits: int) -> None:
        self.server = server
        self.uri = uri
        lines = [number for number, line in enumerate(text.split("\n")) if len(line) > 40 and line[0] not in "|[#-"]
        self.rng = random.Random(3)
        # spread evenly over the text, in no order
        count = edits // 2 + 1
        self.places = [lines[len(lines) * place // count] for place in range(count)]
        self.rng.shuffle(self.places)
        self.typed: tuple[int, int] | None = None
        self.version = 1
        self.times: list[float] = []
        item = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
        begun = time.perf_counter()
        server.send("textDocument/didOpen", {"textDocument": item})
        self.found = server.findings(uri, 1)
        self.opening = server.arrived - begun

    def key(self) -> None:
        """One character, and what comes of it."""
        self.version += 1
        line, column = self.places[self.version // 2 % len(self.places)], self.rng.randrange(1, 30)
        # every other key takes away what the one before put there, so that the text stays as long as it is
        character = "" if self.typed else self.rng.choice("xy。的")
        line, column = self.typed or (line, column)
        end = {"line": line, "character": column + bool(self.typed)}
        self.typed = None if self.typed else (line, column)
        change = {"range": {"start": {"line": line, "character": column}, "end": end}, "text": character}
        document = {"uri": self.uri, "version": self.version}
        begun = time.perf_counter()
        self.server.send("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})
        self.found = self.server.findings(self.uri, self.version)
        self.times.append(self.server.arrived - begun)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("files", nargs="*", type=Path, metavar="FILE")
    options.add_argument("--edits", type=int, default=200)
    options.add_argument("--size", type=int, help="of the texts made here, in bytes; 1 MB, to watch the memory 200 KB")
    options.add_argument("--rumdl", default=shutil.which("rumdl"), help="the program, where it is not on the PATH")
    options.add_argument("--soak", type=int, metavar="EDITS", help="watch the memory instead, over so many edits")
    chosen = options.parse_args()
    if chosen.soak:
        return _soak(chosen.soak, chosen.size or 200_000)
    commands = {"mdreview": [sys.executable, "-m", "mdreview_lsp"]}
    if chosen.rumdl:
        commands["rumdl"] = [chosen.rumdl, "server"]
    print(f"{'':10}{'text':10}{'opened':>10}{'median':>10}{'p95':>10}{'worst':>10}{'findings':>10}")
    with tempfile.TemporaryDirectory() as folder:
        texts = {path.stem: path.read_text("utf-8") for path in chosen.files}
        for name, text in (texts or {name: make_text(name, chosen.size or 1_000_000) for name in WRITTEN_IN}).items():
            _measure(commands, name, text, folder, chosen.edits)
        _starts(commands["mdreview"], folder)
    return 0


def _soak(edits: int, size: int) -> int:
    """Status 1 if the memory grew by more than it may after the first tenth of the edits."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server([sys.executable, "-m", "mdreview_lsp"], folder)
        typing = Typing(server, make_text("Chinese", size), Path(folder, "soak.md").as_uri(), 2000)
        settled = 0.0
        for number in range(1, edits + 1):
            typing.key()
            if number % max(edits // 10, 1) == 0:
                settled = settled or server.megabytes
                print(f"{number:8} edits {server.megabytes:8.1f} MB", flush=True)
        grown = server.megabytes / settled
        server.stop()
    print(f"{grown:.2f} times what it was after a tenth of them (at most {GROWTH_GOAL})")
    return int(grown > GROWTH_GOAL)


def _measure(commands: dict[str, list[str]], name: str, text: str, folder: str, edits: int) -> None:
    servers = {tool: Server(command, folder) for tool, command in commands.items()}
    try:
        uri = Path(folder, f"{name}.md").as_uri()
        typings = {tool: Typing(server, text, uri, edits) for tool, server in servers.items()}
        for _ in range(edits):
            # the servers take turns, so that what else the machine does falls on each alike
            for typing in typings.values():
                if sum(typing.times) < LONGEST:
                    typing.key()
    finally:
        for server in servers.values():
            server.stop()
    for tool, typing in typings.items():
        taken = sorted(typing.times)
        figures = (typing.opening, statistics.median(taken), taken[int(len(taken) * 0.95)], taken[-1])
        print(f"{tool:10}{name:10}" + "".join(f"{1000 * figure:7.1f} ms" for figure in figures), end="")
        print(f"{typing.found:10}")


def _starts(command: list[str], folder: str, turns: int = 7) -> None:
    bare = [sys.executable, "-c", BARE]
    times: dict[str, list[float]] = {"ours": [], "bare": []}
    for _ in range(turns):
        for name, started in (("ours", command), ("bare", bare)):
            server = Server(started, folder)
            times[name].append(server.start)
            server.stop()
    ours, other = (statistics.median(times[name]) for name in ("ours", "bare"))
    print(
        f"initialize answered after {1000 * ours:.0f} ms, by a bare server of pygls after {1000 * other:.0f} ms:",
        end="",
    )
    print(f" {ours / other:.2f} times (at most {START_GOAL})")


if __name__ == "__main__":
    raise SystemExit(main())
