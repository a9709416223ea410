"""Formats and where they go: several in one run, into files that are written whole or not at all."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import Answer, Run, write

from mdreview import reports
from mdreview.arguments import parse
from mdreview.console import Run as Telling
from mdreview.formats import FORMATS, REPORT_MARK, Format, chosen
from mdreview.render import rendered
from mdreview.render.look import Look
from mdreview.runner import Checked

BAD = "# 论文\n\n准确率有所提升[^1]。\n"
GOOD = "# A paper\n\nNothing is wrong here.\n"


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_every_format_is_explained_and_says_something_of_nothing(known: Format) -> None:
    assert known.what.en != known.what.zh
    assert all(isinstance(piece, str) for piece in rendered([], known, Look()))


def test_help_lists_every_format(run: Run) -> None:
    for language in ("en", "zh"):
        shown = " ".join(run("check", "--help", "--lang", language).out.split())
        for known in FORMATS:
            assert f"{known.name} " in shown
            assert known.what.written(language).replace(" ", "") in shown.replace(" ", "")


def test_several_formats_in_one_run_say_the_same(run: Run) -> None:
    write({"a.md": BAD, "b.md": BAD, "out/x": ""})
    alone = {name: run("check", "--output-format", name) for name in ("text", "json", "jsonl")}
    answer = run(
        "check", "--output-format", "json=out/报告.json", "--output-format", "text", "--output-format", "jsonl=out/l"
    )
    assert answer == alone["text"]
    assert Path("out/报告.json").read_text("utf-8") == alone["json"].out
    assert Path("out/l").read_text("utf-8") == alone["jsonl"].out
    assert sorted(path.name for path in Path("out").iterdir()) == ["l", "x", "报告.json"]


def test_output_file_takes_the_format_without_a_file(run: Run) -> None:
    write({"a.md": BAD})
    shown = run("check", "--output-format", "json", "a.md")
    assert run("check", "--output-format", "json", "--output-file", "o", "a.md") == Answer(1, "", "")
    assert Path("o").read_text("utf-8") == shown.out
    assert run("check", "--output-file", "o", "a.md") == Answer(1, "", "")
    assert Path("o").read_text("utf-8") == run("check", "a.md").out
    assert run("check", "--output-format", "json", "--output-file", "-", "a.md") == shown
    assert run("check", "--output-format", "json=-", "a.md") == shown


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--output-format", "jsom"], "there is no format “jsom”; did you mean json?"),
        (["--output-format", "qqq"], "there is no format “qqq”; there are: text, json, "),
        (["--output-format", "text", "--output-format", "json"], "text and json cannot both go to standard output"),
        (["--output-format", "json="], "“json=” names no file"),
        (["--output-format", "json=a", "--output-file", "b"], "each has one"),
        (["--output-format", "json=a", "--output-format", "jsonl=./a"], "./a is named for two formats"),
        (["--output-file", "nowhere/a"], "nowhere/a cannot be written: there is no folder nowhere"),
        (["--output-file", "folder"], "folder cannot be written: it is a folder"),
        (["--output-file", "a.md"], "a.md is one of the texts to check"),
        (["--output-format", "json=link.md"], "a.md is one of the texts to check"),
        (["--fix", "--output-format", "jsom"], "did you mean json?"),
        (["--diff", "--output-format", "json"], "--diff shows what would change"),
    ],
)
def test_what_cannot_be_written_is_said_before_anything_is_checked(run: Run, words: list[str], says: str) -> None:
    write({"a.md": BAD, "folder/x": "", "b.md": "<think></think>\n\nText.\n"})
    Path("link.md").symlink_to("a.md")
    before = {path: path.read_bytes() for path in Path().glob("*.md")}
    answer = run("check", *words)
    assert (answer.status, answer.out) == (2, "")
    assert says in answer.err
    assert re.search("[\u4e00-\u9fff]{3}", run("check", *words, "--lang", "zh").err)
    assert {path: path.read_bytes() for path in Path().glob("*.md")} == before


def test_a_report_of_before_is_no_text(run: Run) -> None:
    write({"a.md": BAD, "report.md": f"{REPORT_MARK}\n\nSee[^1].\n"})
    answer = run("check", "--fix", "--output-format", "json=report.md", "--quiet")
    assert answer == Answer(1, "", "")
    assert {record["file"] for record in json.loads(Path("report.md").read_text("utf-8"))} == {"a.md"}


def test_fixing_can_report_into_files(run: Run) -> None:
    write({"a.md": "<think></think>\n\n" + BAD})
    answer = run("check", "--fix", "--output-format", "json=left.json", "--output-format", "jsonl")
    assert [json.loads(answer.out)] == json.loads(Path("left.json").read_text("utf-8"))
    assert "Fixed 1 finding" in answer.err
    answer = run("check", "--fix", "--output-format", "json=left.json")
    assert "Nothing to fix" in answer.out


def test_a_file_that_cannot_be_written_stops_no_other(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write({"a.md": BAD, "one.json": "old"})
    monkeypatch.setattr(os, "access", lambda path, _: not str(path).endswith("one.json"))
    answer = run("check", "--output-format", "json=one.json", "--output-format", "jsonl=two", "--output-format", "text")
    assert answer.status == 2
    assert "a.md:3:8: error FN001" in answer.out
    assert answer.err == "mdreview: error: one.json could not be written: Permission denied\n"
    assert Path("one.json").read_text() == "old"
    assert Path("two").read_text("utf-8") == run("check", "--output-format", "jsonl").out


def test_a_first_file_that_cannot_be_written_loses_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write({"a.md": "<think></think>\n\n" + BAD, "one": "old"})
    monkeypatch.setattr(os, "access", lambda path, _: not str(path).endswith("one"))
    answer = run("check", "--fix", "--quiet", "--output-format", "json=one", "--output-format", "jsonl=two")
    assert (answer.status, answer.out) == (2, "")
    assert [json.loads(line)["code"] for line in Path("two").read_text("utf-8").splitlines()] == ["FN001"]
    assert Path("a.md").read_text("utf-8") == BAD
    write({"a.md": "<think></think>\n\n" + BAD})
    assert run("check", "--fix", "--quiet", "--output-file", "one").status == 2
    assert Path("a.md").read_text("utf-8") == BAD


def test_an_interruption_leaves_the_old_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write({"one": "old", "two": "old"})

    def interrupted() -> Iterator[Checked]:
        yield Checked("a.md", True)
        raise KeyboardInterrupt

    for words in (["text=one"], ["text=one", "json=two"], ["text", "json=two"]):
        with pytest.raises(KeyboardInterrupt):
            reports.deliver(
                interrupted(),
                chosen(words),
                Telling("en", 1, True),
                io.StringIO(),
                statistics=False,
                summary=True,
            )
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"one": "old", "two": "old"}


def test_files_are_written_though_nobody_reads_standard_output(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number:03}.md").write_text(BAD, "utf-8")
    command = (
        f"{sys.executable} -m mdreview check --isolated --output-format text --output-format jsonl=all . | head -1"
    )
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.stdout.startswith("000.md:3:8") and done.stderr == ""
    assert len((tmp_path / "all").read_text("utf-8").splitlines()) == 300


def test_one_format_is_written_as_it_comes() -> None:
    seen: list[int] = []

    class Stream(io.StringIO):
        def write(self, text: str) -> int:
            seen.append(len(asked))
            return super().write(text)

    asked: list[str] = []

    def results() -> Iterator[Checked]:
        from mdreview.api import check_text

        for name in "abc":
            asked.append(name)
            yield Checked(name, True, BAD, tuple(check_text(BAD)))

    for words in (["jsonl"], ["jsonl", "json=/dev/null"]):
        seen.clear()
        asked.clear()
        reports.deliver(
            results(),
            chosen(words),
            Telling("en", 3, True),
            Stream(),
            statistics=False,
            summary=True,
        )
        assert seen == [1, 2, 3]


def test_the_arguments_name_no_format_by_default() -> None:
    options, _ = parse(["check"], "en")
    assert [report.format.name for report in chosen(options.output_format, options.output_file)] == ["text"]
