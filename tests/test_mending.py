"""Fixing from the command line: what is written, what is told, and what stays as it is."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command_line import Run

from mdreview import mending
from mdreview.diagnostic import Diagnostic, Edit, Fix, Severity, Text
from mdreview.encoding import decode
from mdreview.files import replace_file
from mdreview.mending import unified_diff
from mdreview.source import Span

BAD = "# 综述\n\n## 1 引言\n\n见第 3 节。\n\n## 3 方法\n\n正文在此。\n"
MENDED = "# 综述\n\n## 1 引言\n\n见第 2 节。\n\n## 2 方法\n\n正文在此。\n"
LISTED = "# 综述\n\n已有结论[1]。\n\n## 参考文献\n\n[1] 张某. 论文. 2020.\n"


@pytest.mark.parametrize("command", [("fix",), ("check", "--fix")])
def test_a_file_is_mended_in_place(run: Run, command: tuple[str, ...]) -> None:
    Path("a.md").write_text(BAD, "utf-8")
    answer = run(*command, "a.md")
    assert Path("a.md").read_text("utf-8") == MENDED
    assert answer.status == 0
    assert "Fixed 1 finding in a.md:\n  1  SEC001  section-number-gap\nNo findings left.\n" in answer.out
    assert answer.err == ""
    again = run(*command, "a.md")
    assert (again.status, Path("a.md").read_text("utf-8")) == (0, MENDED)
    assert "Nothing to fix in a.md." in again.out


def test_the_status_is_of_what_is_left(run: Run) -> None:
    Path("a.md").write_text(BAD + "\n无定义[^1]。\n", "utf-8")
    answer = run("fix", "a.md", "--lang", "zh")
    assert answer.status == 1
    assert "其余：1 个错误。" in answer.out
    answer = run("check", "--fix", "a.md")
    assert "error FN001 undefined-footnote" in answer.out
    assert "1 error left." in answer.out


def test_diff_writes_nothing_and_is_one_that_git_applies(run: Run) -> None:
    text = BAD.replace("\n", "\r\n").rstrip("\r\n")
    Path("a.md").write_bytes(text.encode())
    answer = run("fix", "--diff", "a.md")
    assert Path("a.md").read_bytes() == text.encode()
    assert answer.status == 1
    assert "-## 3 方法\r\n+## 2 方法\r\n" in answer.out
    assert "Would fix 1 finding in a.md:" in answer.err
    subprocess.run(["git", "apply", "-p0", "-"], input=answer.out.encode(), check=True)
    assert Path("a.md").read_bytes() == MENDED.replace("\n", "\r\n").rstrip("\r\n").encode()


def test_a_diff_says_where_the_last_newline_is_missing() -> None:
    assert unified_diff("a", "a", "x") == ""
    assert unified_diff("a\nb", "a\nc", "x").endswith(
        "-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n"
    )


def test_standard_input_goes_to_standard_output(run: Run) -> None:
    for data in (BAD.encode(), b"\xef\xbb\xbf" + BAD.replace("\n", "\r\n").encode()):
        answer = run("check", "--fix", "-", stdin=data)
        assert answer.out.encode() == data.replace(b"## 3", b"## 2").replace("第 3".encode(), "第 2".encode())
        assert "Fixed 1 finding in <stdin>:" in answer.err
        assert answer.status == 0


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-8-sig", "utf-16"])
def test_the_encoding_the_mode_and_the_link_stay(run: Run, encoding: str) -> None:
    data = BAD.encode(encoding)
    Path("folder").mkdir()
    file = Path("folder/论文.md")
    file.write_bytes(data)
    file.chmod(0o640)
    Path("a.md").symlink_to(file)
    assert run("fix", "a.md").status == 0
    assert decode(file.read_bytes(), "a.md")._replace(text="") == decode(data, "a.md")._replace(text="")
    assert decode(file.read_bytes(), "a.md").text == MENDED
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert Path("a.md").is_symlink()


def test_unsafe_fixes_are_made_only_when_asked_for(run: Run) -> None:
    text = "# A paper\n\nNothing is said here.\n\n[^1]: A note that nothing names.\n"
    Path("a.md").write_text(text, "utf-8")
    answer = run("fix", "a.md")
    assert Path("a.md").read_text("utf-8") == text
    assert "1 more fixable with --unsafe-fixes" in answer.out
    assert "FN002 [!] unused-footnote" in run("check", "a.md").out
    run("fix", "--unsafe-fixes", "a.md")
    assert "[^1]" not in Path("a.md").read_text("utf-8")
    assert run("check", "--unsafe-fixes", "a.md").status == 2


def test_only_selected_rules_mend(run: Run) -> None:
    Path("a.md").write_text(BAD, "utf-8")
    assert "Nothing to fix" in run("fix", "--select", "FN", "a.md").out
    assert Path("a.md").read_text("utf-8") == BAD


def test_a_file_that_changed_meanwhile_is_left(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.md").write_text(BAD, "utf-8")
    Path("b.md").write_text(BAD, "utf-8")

    def late(path: Path, old: bytes, new: bytes) -> None:
        if path.name == "a.md":
            path.write_bytes(old + b"someone writes\n")
        replace_file(path, old, new)

    monkeypatch.setattr(mending, "replace_file", late)
    answer = run("fix", "a.md", "b.md")
    assert answer.status == 2
    assert "a.md changed while it was being mended" in answer.err
    assert Path("a.md").read_text("utf-8") == BAD + "someone writes\n"
    assert Path("b.md").read_text("utf-8") == MENDED


def test_what_the_encoding_cannot_write_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    data = "# 綜述\n\n這是一個測試，用於說明編碼的問題，文字夠多纔能辨認出來。\n".encode("big5")
    Path("a.md").write_bytes(data)
    fix = Fix(Text("x", "x"), (Edit(Span(2, 3), "综"),))
    found = Diagnostic("SEC001", "x", Span(2, 3), Severity.ERROR, Text("x", "x"), fix=fix)
    monkeypatch.setattr(mending, "check", lambda document, _: [found] if "綜" in document.source.text else [])
    answer = run("fix", "a.md")
    assert (answer.status, Path("a.md").read_bytes()) == (2, data)
    assert "big5 has no character U+7EFC" in answer.err


def test_rules_that_fight_are_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fighting(document: Any, _: object) -> list[Diagnostic]:
        code, new = ("SEC001", "b") if document.source.text.startswith("a") else ("SEC002", "a")
        fix = Fix(Text("x", "x"), (Edit(Span(0, 1), new),))
        return [Diagnostic(code, "x", Span(0, 1), Severity.ERROR, Text("x", "x"), fix=fix)]

    Path("a.md").write_text("a\n", "utf-8")
    monkeypatch.setattr(mending, "check", fighting)
    answer = run("fix", "a.md")
    assert answer.status == 1
    assert "the fixes of SEC001, SEC002 undo each other" in answer.err


def test_several_processes_mend_as_one_does(run: Run) -> None:
    def texts() -> list[str]:
        return [path.read_text("utf-8") for path in sorted(Path().glob("*.md"))]

    answers = []
    for jobs in ("1", "3"):
        for number in range(12):
            Path(f"{number:02}.md").write_text(BAD if number % 3 else LISTED, "utf-8")
        answers.append(run("fix", ".", "--jobs", jobs))
        assert texts().count(MENDED) == 8
    assert answers[0] == answers[1]
    assert "Fixed 8 findings in 8 of 12 files:" in answers[0].out


def test_renumber(run: Run) -> None:
    Path("a.md").write_text(BAD, "utf-8")
    shown = run("renumber", "--sections", "--diff", "a.md")
    assert (shown.status, Path("a.md").read_text("utf-8")) == (0, BAD)
    assert "+## 2 方法" in shown.out
    assert run("renumber", "--floats", "a.md").out == (
        "a.md stays as it is: nothing to change, or not clear what refers to what.\n"
    )
    answer = run("renumber", "--sections", "--footnotes", "--floats", "--citations", "a.md")
    assert answer == (0, "a.md: sections renumbered.\n", "")
    assert Path("a.md").read_text("utf-8") == MENDED
    assert "say what to number" in run("renumber", "a.md").err
    assert run("renumber", "--sections", "-", stdin=BAD.encode()).out == MENDED


def test_convert_there_and_back(run: Run) -> None:
    Path("a.md").write_text(LISTED, "utf-8")
    assert run("convert", "--to", "footnotes", "a.md").out == "a.md: references turned into footnotes.\n"
    assert "[^1]: 张某. 论文. 2020." in Path("a.md").read_text("utf-8")
    assert run("convert", "--to", "numeric", "a.md").status == 0
    assert Path("a.md").read_text("utf-8") == LISTED
    assert run("convert", "a.md").status == 2


def test_server_is_started_through_its_entry_point(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Entry:
        def load(self) -> Callable[[list[str]], int]:
            return lambda arguments: len(arguments)

    monkeypatch.setattr("importlib.metadata.entry_points", lambda **_: [Entry()])
    assert run("server", "--tcp", "2087", "--anything").status == len(("--lang", "en", "--tcp", "2087", "--anything"))
    monkeypatch.setattr("importlib.metadata.entry_points", lambda **_: [])
    answer = run("server")
    assert (answer.status, "pip install '.[lsp]'" in answer.err) == (2, True)


def test_a_whole_run_through_a_process(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(BAD, "utf-8")
    command = [sys.executable, "-m", "mdreview", "fix", "--isolated", "--lang", "en", "a.md"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False, env=os.environ)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Fixed 1 finding in a.md:")
    assert (tmp_path / "a.md").read_text("utf-8") == MENDED


def test_input_that_is_no_text_comes_out_as_it_went_in() -> None:
    data = "中文，句子。".encode() + b"\xff"
    command = [sys.executable, "-m", "mdreview", "fix", "--isolated", "--lang", "en", "-"]
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, data)
    assert b"<stdin>: byte 0xFF" in done.stderr
