"""How soon findings follow a key: from didChange to publishDiagnostics, on 1 MB of Chinese and of English.

    python benchmarks/latency.py [--edits N] [--size BYTES] [--rumdl PATH]

Each text is opened, then one character after the other is put in at places all over it, and each time the answer is
awaited. Beside it, in turn and on the same texts, `rumdl server`, where it is installed (`pip install rumdl`). Also:
how long the answer to `initialize` takes, as a multiple of that of a server of pygls that does nothing.

    python benchmarks/latency.py --soak 50000

Instead: types that much into a text of 200 KB and tells how the memory of the server grows meanwhile (on Linux).
"""

from __future__ import annotations

import argparse
import json
import os
import random
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
ENGLISH = (
    "The model {verb} the {noun} of earlier work by {number}%[^{cited}].",
    "Every {noun} in Section {section} {verb} the result.",
    "As the appendix tells, the {noun} {verb} what `x_{number}` holds{note}.",
    "According to a recent survey, {number} million people {verb} the {noun}[^{cited}].",
    "We write $f_{number}(x)$ for the *{noun}* that the CNN {verb}{note}.",
)
CHINESE = (
    "该模型的{noun}较此前工作{verb}了{number}%[^{cited}]。",
    "第{section}节的方法{verb}了{noun}。",
    "如附录所示，{noun}{verb}了 `x_{number}` 的取值{note}。",
    "据近期调查，约有{number}万人{verb}了{noun}[^{cited}]。",
    "以 $f_{number}(x)$ 表示由 CNN {verb}的**{noun}**{note}。",
)
WORDS = {
    "English": (ENGLISH, ("improves", "limits", "explains", "measures"), ("accuracy", "data", "cost", "baseline"), " "),
    "Chinese": (CHINESE, ("提升", "限制", "解释", "测量"), ("准确率", "数据", "成本", "基线"), ""),
}


def make_text(language: str, size: int) -> str:
    """A manuscript of about `size` bytes, always the same: sections, paragraphs, lists, tables, footnotes."""
    sentences, verbs, nouns, space = WORDS[language]
    rng = random.Random(7)
    pieces: list[str] = []
    length = note = section = 0

    def sentence() -> str:
        nonlocal note
        noted = rng.random() < 0.05
        note += noted
        words = {"verb": rng.choice(verbs), "noun": rng.choice(nouns), "number": rng.randint(2, 98)}
        mark = f"[^{note}]" if noted else ""
        places = {"section": rng.randint(1, section), "cited": rng.randint(1, max(note, 1))}
        return rng.choice(sentences).format(**words, **places, note=mark)

    def add(piece: str) -> None:
        nonlocal length
        pieces.append(piece)
        length += len(piece.encode())

    while length < size:
        section += 1
        first = note + 1
        add(f"## {section} {rng.choice(nouns).capitalize()}\n\n")
        for _ in range(rng.randint(3, 6)):
            add(space.join(sentence() for _ in range(rng.randint(3, 8))) + "\n\n")
        add("".join(f"- {sentence()}\n" for _ in range(rng.randint(2, 5))) + "\n")
        if section % 4 == 0:
            rows = "".join(f"| {rng.choice(nouns)} | {rng.randint(1, 99)}% |\n" for _ in range(5))
            add(f"| a | b |\n| --- | --- |\n{rows}\n")
        # one in fifty has no definition
        add("".join(f"[^{n}]: A. Author, 2020.\n" for n in range(first, note + 1) if rng.random() > 0.02) + "\n")
    return "".join(pieces)


class Server:
    """A language server in a process of its own."""

    def __init__(self, command: list[str], folder: str) -> None:
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=folder, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
        begun = time.perf_counter()
        capabilities = {
            "textDocument": {"publishDiagnostics": {"versionSupport": True, "relatedInformation": True}},
            "general": {"positionEncodings": ["utf-16"]},
        }
        root = Path(folder).as_uri()
        params = {"processId": os.getpid(), "rootUri": root, "capabilities": capabilities}
        self.send("initialize", params, id=1)
        while "result" not in (answer := self.read()) or answer.get("id") != 1:
            pass
        self.start = time.perf_counter() - begun
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
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
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

    def __init__(self, server: Server, text: str, uri: str) -> None:
        self.server = server
        self.uri = uri
        lines = enumerate(text.split("\n"))
        self.places = [number for number, line in lines if len(line) > 40 and line[0] not in "|[#-"]
        self.typed: tuple[int, int] | None = None
        self.rng = random.Random(3)
        self.version = 1
        self.times: list[float] = []
        item = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
        begun = time.perf_counter()
        server.send("textDocument/didOpen", {"textDocument": item})
        self.found = server.findings(uri, 1)
        self.opening = time.perf_counter() - begun

    def key(self) -> None:
        """One character, and what comes of it."""
        self.version += 1
        line = self.rng.choice(self.places)
        column = self.rng.randrange(1, 30)
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
        self.times.append(time.perf_counter() - begun)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--edits", type=int, default=200)
    options.add_argument("--size", type=int, default=1_000_000)
    options.add_argument("--rumdl", default=shutil.which("rumdl"), help="the program, where it is not on the PATH")
    options.add_argument("--soak", type=int, metavar="EDITS", help="watch the memory instead, over so many edits")
    chosen = options.parse_args()
    if chosen.soak:
        return _soak(chosen.soak)
    commands = {"mdreview": [sys.executable, "-m", "mdreview_lsp"]}
    if chosen.rumdl:
        commands["rumdl"] = [chosen.rumdl, "server"]
    print(f"{'':10}{'text':10}{'opened':>10}{'median':>10}{'p95':>10}{'worst':>10}{'findings':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for language in WORDS:
            _measure(commands, language, make_text(language, chosen.size), folder, chosen.edits)
        _starts(commands["mdreview"], folder)
    return 0


def _soak(edits: int) -> int:
    """Status 1 if the memory grew by more than it may after the first tenth of the edits."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server([sys.executable, "-m", "mdreview_lsp"], folder)
        typing = Typing(server, make_text("Chinese", 200_000), Path(folder, "soak.md").as_uri())
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


def _measure(commands: dict[str, list[str]], language: str, text: str, folder: str, edits: int) -> None:
    servers = {name: Server(command, folder) for name, command in commands.items()}
    try:
        uri = Path(folder, f"{language}.md").as_uri()
        typings = {name: Typing(server, text, uri) for name, server in servers.items()}
        for _ in range(edits):
            # the servers take turns, so that what else the machine does falls on each alike
            for typing in typings.values():
                if sum(typing.times) < LONGEST:
                    typing.key()
    finally:
        for server in servers.values():
            server.stop()
    for name, typing in typings.items():
        taken = sorted(typing.times)
        figures = (typing.opening, statistics.median(taken), taken[int(len(taken) * 0.95)], taken[-1])
        print(f"{name:10}{language:10}" + "".join(f"{1000 * figure:7.1f} ms" for figure in figures), end="")
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
