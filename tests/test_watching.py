"""`check --watch`, as a process that someone edits beside."""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mdreview.watching import Memory

BAD = "# 论文\n\n见脚注[^1]。\n"
GOOD = "# 论文\n\n没有脚注。\n"
CHECKED = re.compile(r"watching; (\d+) of (\d+) files checked")


class Watching:
    """`mdreview check --watch`, with what it has said since the last change."""

    def __init__(self, *arguments: str) -> None:
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "mdreview", "check", "--watch", "--no-cache", *arguments]
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, encoding="utf-8"
        )
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def answer(self) -> tuple[list[str], tuple[int, int]]:
        """The next answer line by line, how many files were checked for it, and how many there are."""
        lines: list[str] = []
        while True:
            line = self._lines.get(timeout=30)
            if match := CHECKED.search(line):
                return lines, (int(match[1]), int(match[2]))
            lines.append(line)

    def end(self) -> int:
        """Ends it as Ctrl-C does; the exit status."""
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(30)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line.rstrip("\n"))


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Watching]]:
    """Starts watching in an empty folder of its own."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    started: list[Watching] = []

    def start(*arguments: str) -> Watching:
        started.append(Watching(*arguments))
        return started[-1]

    yield start
    for one in started:
        one.kill()


def test_what_is_saved_is_checked_again(watch: Callable[..., Watching]) -> None:
    Path("a.md").write_text(BAD, "utf-8")
    Path("b.md").write_text(GOOD, "utf-8")
    watching = watch()
    lines, counts = watching.answer()
    assert lines[0].startswith("a.md:3:4: error FN001")
    assert counts == (2, 2)
    Path("b.md").write_text(BAD, "utf-8")
    lines, counts = watching.answer()
    assert [line for line in lines if line.startswith("b.md:3:4: error FN001")]
    assert counts == (1, 2)
    # as editors save: another file takes the place
    Path("a.md.tmp").write_text(GOOD, "utf-8")
    Path("a.md.tmp").replace("a.md")
    lines, counts = watching.answer()
    assert not [line for line in lines if line.startswith("a.md")]
    assert counts == (1, 2)
    Path("新").mkdir()
    Path("新/c.md").write_text(BAD, "utf-8")
    assert watching.answer()[1] == (1, 3)
    Path("b.md").unlink()
    Path(".mdreview.yaml").write_text("ignore: [FN001]\n", "utf-8")
    while (answer := watching.answer()) != (["No findings in 2 files."], (2, 2)):
        assert answer[1][1] in (2, 3)
    Path(".mdreview.yaml").write_text("ignore: [FN999]\n", "utf-8")
    assert "names no rule" in watching.answer()[0][0]
    assert watching.end() == 2


def test_the_files_that_a_text_rests_on_are_watched_wherever_they_are(watch: Callable[..., Watching]) -> None:
    Path("paper").mkdir()
    Path("paper/a.md").write_text("---\nbibliography: ../refs.bib\n---\n\nA claim [@doe].\n", "utf-8")
    watching = watch("paper/a.md", "--output-format", "text", "--output-format", "json=out.json")
    assert "CIT010" in watching.answer()[0][0]
    Path("refs.bib").write_text("@book{doe, title={A}, author={B}, year={2020}}\n", "utf-8")
    assert watching.answer() == (["No findings in paper/a.md."], (1, 1))
    assert Path("out.json").read_text("utf-8") == "[]\n"
    assert watching.end() == 0


def test_memory_forgets_what_no_longer_holds(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    memory = Memory()
    options: tuple[bool, dict[str, object]] = (True, {})
    for text, found, checked in ((BAD, 1, 1), (BAD, 1, 0), (GOOD, 0, 1)):
        if not file.exists() or file.read_text("utf-8") != text:
            file.write_text(text, "utf-8")
        [answer] = memory([str(file)], options)
        assert (len(answer.found), memory.counts) == (found, (checked, 1))
    assert list(memory([str(file)], (True, {"select": ["TYP"]})))
    assert memory.counts == (1, 1)
