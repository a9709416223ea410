"""The server as a process: what it reads and writes, what it survives, when it ends."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from mdreview_lsp.options import FEATURES

pytestmark = pytest.mark.timeout(60)
SERVER = [sys.executable, "-m", "mdreview_lsp"]
URI = "file:///no/such/folder/a.md"


class Wire:
    """Messages to and from a server, byte by byte."""

    def __init__(self, reader: IO[bytes], writer: IO[bytes]) -> None:
        self.reader = reader
        self.writer = writer
        self.number = 0

    def raw(self, body: bytes, header: bytes = b"Content-Length: %d\r\n\r\n") -> None:
        self.writer.write(header % len(body) + body)
        self.writer.flush()

    def send(self, method: str, params: Any = None, **more: Any) -> None:
        self.raw(json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode())

    def read(self) -> dict[str, Any]:
        header = self.reader.readline()
        match = re.fullmatch(rb"Content-Length: (\d+)\r\n", header)
        assert match, f"no message of the protocol: {header!r}"
        assert self.reader.readline() == b"\r\n"
        message: dict[str, Any] = json.loads(self.reader.read(int(match[1])))
        return message

    def until(self, method: str) -> Any:
        while (message := self.read()).get("method") != method:
            pass
        return message["params"]

    def ask(self, method: str, params: Any = None, checked: list[str] | None = None) -> dict[str, Any]:
        """The answer to a question; `checked` takes the texts whose findings come before it."""
        self.number += 1
        self.send(method, params, id=self.number)
        while (message := self.read()).get("id") != self.number or "method" in message:
            if checked is not None and message.get("method") == "textDocument/publishDiagnostics":
                checked.append(message["params"]["uri"])
        return message

    def begin(self, **more: Any) -> dict[str, Any]:
        answer = self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}, **more})
        self.send("initialized", {})
        result: dict[str, Any] = answer["result"]["capabilities"]
        return result

    def open(self, text: str, uri: str = URI) -> None:
        item = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
        self.send("textDocument/didOpen", {"textDocument": item})


@pytest.fixture
def process() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(SERVER, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as started:
        yield started
        started.kill()


@pytest.fixture
def wire(process: subprocess.Popen[bytes]) -> Wire:
    assert process.stdout and process.stdin
    return Wire(process.stdout, process.stdin)


def test_what_no_editor_should_send(process: subprocess.Popen[bytes], wire: Wire) -> None:
    place = {"textDocument": {"uri": URI}, "position": {"line": 0, "character": 1}}
    assert wire.ask("textDocument/hover", place)["error"]["code"] == -32002
    wire.begin()
    wire.raw(b"{no json")
    assert wire.read()["error"]["code"] == -32700
    for nonsense in (b"[]", b"1", b'"x"', b"null", b"{}", b'{"jsonrpc": "1.0", "id": 1, "method": "x"}'):
        wire.raw(nonsense)
        answer = wire.read()
        assert (answer["id"], answer["error"]["code"]) == (None, -32600)
    assert wire.ask("no/such/method", {"x": 1})["error"]["code"] == -32601
    wrong: tuple[object, ...] = (
        None,
        [],
        {},
        {"textDocument": 5},
        {**place, "position": {"line": -1, "character": "x"}},
    )
    for params in wrong:
        assert wire.ask("textDocument/hover", params)["error"]["code"] == -32602
    wire.send("textDocument/didChange", {"nothing": "of use"})
    wire.send("no/such/notification")
    wire.send("textDocument/didChange", {"textDocument": {"uri": URI, "version": 2}, "contentChanges": [{"text": "x"}]})
    wire.send("textDocument/didClose", {"textDocument": {"uri": URI}})
    wire.send("$/cancelRequest", {"id": 12345})
    # a header of another kind, in another case, and half a character in the text
    item = {"uri": URI, "languageId": "markdown", "version": 1, "text": "\ud83d[^1]"}
    message = {"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": item}}
    wire.raw(json.dumps(message).encode(), b"Content-Type: x\r\ncontent-length: %d\r\n\r\n")
    [found] = wire.until("textDocument/publishDiagnostics")["diagnostics"]
    assert found["range"]["start"] == {"line": 0, "character": 1}
    assert "[^1]" in wire.ask("textDocument/hover", {**place, "position": {"line": 0, "character": 3}})["result"][
        "contents"
    ]["value"].replace("\\", "")
    assert wire.ask("shutdown")["result"] is None
    assert wire.ask("textDocument/hover", place)["error"]["code"] == -32600
    wire.send("exit")
    assert process.wait(10) == 0


def test_wishes_of_the_editor_and_the_death_of_its_process(process: subprocess.Popen[bytes], wire: Wire) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as parent:
        options = {
            "language": "klingon",
            "settings": {"ignore": ["FN002"]},
            "features": {"hover": False, "folding": 5},
            "unknown": {"to": "us"},
        }
        offered = wire.begin(locale="zh-cn", processId=parent.pid, initializationOptions=options)
        assert "hoverProvider" not in offered and "foldingRangeProvider" in offered
        assert {wire.until("window/showMessage")["message"].split("“")[1].split("”")[0] for _ in range(2)} == {
            "mdreview.language",
            "mdreview.features.folding",
        }
        wire.open("甲[^1]。\n\n[^2]: 乙。\n")
        [found] = wire.until("textDocument/publishDiagnostics")["diagnostics"]
        assert (found["code"], found["message"][:2]) == ("FN001", "脚注")
        place = {"start": found["range"]["start"], "end": found["range"]["start"]}
        asked = {"textDocument": {"uri": URI}, "range": place, "context": {"diagnostics": [found]}}
        actions = wire.ask("textDocument/codeAction", asked)["result"]
        assert {"在本行忽略 FN001", "在本文件中忽略 FN001"} <= {action["title"] for action in actions}
        # an editor that takes no versions gets plain changes
        assert all([*action["edit"]] == ["changes"] for action in actions)
        off = {"mdreview": {"language": "en", "features": {"diagnostics": False}}}
        wire.send("workspace/didChangeConfiguration", {"settings": off})
        assert wire.until("textDocument/publishDiagnostics")["diagnostics"] == []
        wire.send("workspace/didChangeConfiguration", {"settings": {"mdreview": {"language": "en"}}})
        found = wire.until("textDocument/publishDiagnostics")["diagnostics"]
        assert [one["code"] for one in found] == ["FN001", "FN002"]
        assert found[0]["message"].startswith("footnote")
        parent.communicate(b"\n")
        if os.name == "posix":
            assert process.wait(20) == 1


OFFERED = {
    "codeActions": "codeActionProvider",
    "hover": "hoverProvider",
    "definition": "definitionProvider",
    "references": "referencesProvider",
    "documentHighlight": "documentHighlightProvider",
    "rename": "renameProvider",
    "linkedEditing": "linkedEditingRangeProvider",
    "completion": "completionProvider",
    "documentSymbols": "documentSymbolProvider",
    "workspaceSymbols": "workspaceSymbolProvider",
    "folding": "foldingRangeProvider",
    "numberHints": "inlayHintProvider",
    "longFormHints": "inlayHintProvider",
    "codeLens": "codeLensProvider",
}


def test_every_feature_can_be_switched_off(wire: Wire) -> None:
    assert {*OFFERED, "diagnostics"} == {*FEATURES}
    offered = wire.begin(initializationOptions={"features": dict.fromkeys(FEATURES, False)})
    assert not {*OFFERED.values()} & {*offered}
    wire.open("甲[^1]。\n")
    commands = offered["executeCommandProvider"]["commands"]
    assert all(command.startswith("mdreview.") for command in commands)
    asked = wire.ask("workspace/executeCommand", {"command": "mdreview.termTable", "arguments": [URI]})
    assert asked["result"].startswith("| ")


def test_an_editor_without_a_folder(wire: Wire) -> None:
    options = {"features": {"codeLens": True}, "clientCommands": ["mdreview.showReferences"]}
    assert {*OFFERED.values()} <= {*wire.begin(initializationOptions=options)}
    # nothing is searched
    checked = wire.ask("workspace/executeCommand", {"command": "mdreview.checkWorkspace"})["result"]
    assert checked == {"files": 0, "findings": 0, "cancelled": False}
    # a lens leads to a list where the editor can show one
    wire.open("😀甲[^1]。\n\n[^1]: 注。\n")
    [lens] = wire.ask("textDocument/codeLens", {"textDocument": {"uri": URI}})["result"]
    command = wire.ask("codeLens/resolve", lens)["result"]["command"]
    place = {"start": {"line": 0, "character": 3}, "end": {"line": 0, "character": 7}}
    assert command == {
        "title": "1 reference",
        "command": "mdreview.showReferences",
        "arguments": [URI, {"line": 2, "character": 0}, [{"uri": URI, "range": place}]],
    }


def test_several_folders_and_a_check_of_them_that_is_cancelled(wire: Wire, tmp_path: Path) -> None:
    folders = []
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "text.md").write_text(f"# 标题 {name}\n", "utf-8")
        folders.append({"uri": (tmp_path / name).as_uri(), "name": name})
    wire.begin(workspaceFolders=folders[:2])

    def titles() -> list[str]:
        return sorted(one["name"] for one in wire.ask("workspace/symbol", {"query": ""})["result"])

    assert titles() == ["标题 a", "标题 b"]
    wire.send("workspace/didChangeWorkspaceFolders", {"event": {"added": folders[2:], "removed": folders[:1]}})
    assert titles() == ["标题 b", "标题 c"]
    # a cancelled request is answered as such
    for number in range(100):
        (tmp_path / f"b/{number}.md").write_text("甲[^1]。\n", "utf-8")
    wire.send("workspace/executeCommand", {"command": "mdreview.checkWorkspace"}, id="check")
    wire.send("$/cancelRequest", {"id": "check"})
    while (message := wire.read()).get("id") != "check":
        pass
    assert message["error"]["code"] == -32800


def test_what_is_printed_goes_not_between_the_messages() -> None:
    program = """
import sys
from mdreview_lsp.transport import own_streams
reader, writer = own_streams()
print("not for the editor")
sys.__stdout__.write("nor this")
sys.__stdout__.flush()
writer.write(reader.read())
writer.close()
"""
    told = subprocess.run([sys.executable, "-c", program], input=b"message", capture_output=True, check=True)
    assert told.stdout == b"message"
    assert b"not for the editor" in told.stderr and b"nor this" in told.stderr


def test_a_lost_connection_ends_it(process: subprocess.Popen[bytes], wire: Wire) -> None:
    wire.begin()
    wire.open("甲[^1]。\n" * 2000)
    assert process.stdin
    process.stdin.close()
    assert process.wait(10) == 1


def test_one_connection_over_tcp_on_the_loopback_interface() -> None:
    with subprocess.Popen([*SERVER, "--tcp", "0"], stderr=subprocess.PIPE) as process:
        assert process.stderr
        line = process.stderr.readline().decode()
        host, port = line.split()[-1].split(":")
        assert host == "127.0.0.1"
        with socket.create_connection((host, int(port))) as connection:
            stream = connection.makefile("rwb")
            wire = Wire(stream, stream)  # type: ignore[arg-type]
            wire.begin()
            wire.open("甲[^1]。\n")
            assert len(wire.until("textDocument/publishDiagnostics")["diagnostics"]) == 1
            wire.ask("shutdown")
            wire.send("exit")
            assert process.wait(10) == 0


@pytest.mark.parametrize(
    ("locale", "arguments", "told"),
    [
        ("zh_CN.UTF-8", ("--help",), "在 127.0.0.1 上等待一个连接"),
        ("C.UTF-8", ("--help",), "wait for one connection on 127.0.0.1"),
        ("C.UTF-8", ("--tcp", "700000"), "cannot listen on 127.0.0.1:700000"),
        ("zh_CN.UTF-8", ("--tcp", "x"), "--tcp 不能是"),
    ],
)
def test_it_explains_itself(locale: str, arguments: tuple[str, ...], told: str) -> None:
    environment = {**os.environ, "LC_ALL": locale, "PYTHONUTF8": "1", "COLUMNS": "100"}
    answer = subprocess.run([*SERVER, *arguments], capture_output=True, text=True, env=environment, encoding="utf-8")
    assert told in answer.stdout + answer.stderr
    assert answer.returncode == (0 if "--help" in arguments else 2)


def test_an_answer_comes_while_a_long_text_is_checked(process: subprocess.Popen[bytes], wire: Wire) -> None:
    wire.begin()
    wire.open("第一段落的文字提高了 25%[^1]，见表 2 与第 3 节 (Some Long Name, SLN)。\n\n" * 8000)
    wire.open("甲[^1]。\n", "file:///no/such/folder/b.md")
    place = {"textDocument": {"uri": "file:///no/such/folder/b.md"}, "position": {"line": 0, "character": 1}}
    before: list[str] = []
    assert wire.ask("textDocument/documentHighlight", place, before)["result"]
    assert URI not in before
    assert process.poll() is None
