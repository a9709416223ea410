"""What cannot be read, and what is wrong in what the user gave: said once, with what would be right."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from command_line import BAD, Answer, Run, write


def test_a_missing_path_stops_nothing_else(run: Run) -> None:
    write({"paper.md": BAD})
    answer = run("check", "--select", "FN", "nowhere.md", "paper.md")
    assert answer.status == 2
    assert "paper.md:3:8: error FN001" in answer.out
    assert answer.err == "mdreview: error: nowhere.md: there is no such file or folder\n"


def test_a_folder_without_markdown_is_a_note(run: Run) -> None:
    write({"sub/x.txt": "text"})
    answer = run("check", "sub")
    assert (answer.status, answer.out) == (0, "")
    assert "mdreview: sub: no Markdown in this folder" in answer.err
    assert run("check", "--quiet", "sub") == Answer(0, "", "")
    assert run("check", "--output-format", "json", "sub").out == "[]\n"


@pytest.mark.parametrize("what", ["file", "folder", "settings"])
def test_what_may_not_be_read_is_said(run: Run, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    write({"a.md": BAD, "locked.md": BAD, "sub/b.md": BAD})
    read_bytes, scandir = Path.read_bytes, os.scandir
    if what == "settings":
        write({".mdreview.yaml": ""})

    def no_bytes(path: Path) -> bytes:
        if (what, path.name) in (("file", "locked.md"), ("settings", ".mdreview.yaml")):
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    def no_folder(path: Any) -> Any:
        if what == "folder" and str(path) == "sub":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(Path, "read_bytes", no_bytes)
    monkeypatch.setattr(os, "scandir", no_folder)
    answer = run("check", "--select", "FN001", ".")
    name = {"file": "locked.md", "folder": "sub", "settings": ".mdreview.yaml"}[what]
    assert answer.status == 2
    assert answer.err == f"mdreview: error: {name}: cannot be read (Permission denied)\n"
    assert ("a.md:3:8" in answer.out) is (what != "settings")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ignore: [FN001\n", ".mdreview.yaml:2: not valid YAML: "),
        (
            "fail-on: info\nignored: [FN001]\n",
            ".mdreview.yaml:2: there is no setting “ignored”; did you mean “ignore”?",
        ),
        ("ignore: FN001\n", ".mdreview.yaml:1: “ignore” takes a list"),
        ("ignore: [FN01]\n", ".mdreview.yaml:1: “ignore” names no rule: “FN01”; did you mean FN001?"),
    ],
)
def test_wrong_settings_are_said_once_and_nothing_is_checked_with_them(run: Run, text: str, says: str) -> None:
    write({".mdreview.yaml": text, "a.md": BAD, "b.md": BAD, "ok/.mdreview.yaml": "root: true", "ok/c.md": BAD})
    answer = run("check", "a.md", "b.md", "ok/c.md")
    assert answer.status == 2
    assert answer.err.startswith(f"mdreview: error: {says}")
    assert answer.err.count("\n") == 1
    assert "ok/c.md:3:8" in answer.out
    assert "a.md:3:8" not in answer.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "--select", "FN01"], "--select: there is no rule “FN01”; did you mean FN001?"),
        (["check", "--ignore", "undefined-footnotes"], "did you mean undefined-footnote?"),
        (["check", "--config", "claims.scope=chapter"], "“claims.scope” cannot be “chapter”; it is one of: sentence"),
        (["check", "--config", "fail_on"], "settings are keys with values"),
        (["check", "--selekt", "FN"], "there is no --selekt; did you mean --select?"),
        (["check", "--fail-on", "never"], "--fail-on cannot be “never”; it is one of: error, warning, info"),
        (["check", "--jobs", "0"], "--jobs cannot be “0”; it is a whole number from 1"),
        (["check", "--jobs"], "--jobs needs a value"),
        (["check", "--quiet=1"], "-q/--quiet takes no value"),
        (["rule"], "RULE is missing"),
        (["rules", "FN"], "“FN” is more than the command takes"),
        (["baseline"], "error: ACTION is missing"),
        (["baseline", "wirte"], "ACTION cannot be “wirte”; it is one of: write, update, prune"),
        (["baseline", "write", "-"], "a baseline needs files; standard input (-) is none"),
        (["rule", "fn1"], "there is no rule “fn1”; did you mean FN001?"),
        (["rule", "undefined_footnotes"], "did you mean undefined-footnote?"),
        (["chek"], "there is no command “chek”; did you mean `mdreview check`?"),
        (["--lang", "en", "paper.md"], "did you mean `mdreview check paper.md`?"),
        (["qqqqq"], "there is no command “qqqqq”"),
    ],
)
def test_wrong_usage_is_said_with_the_nearest_right_word(run: Run, arguments: list[str], says: str) -> None:
    write({"paper.md": BAD})
    answer = run(*arguments)
    assert (answer.status, answer.out) == (2, "")
    assert says in answer.err
    assert re.search("[\u4e00-\u9fff]", run(*arguments, "--lang", "zh").err)


def test_a_binary_file_is_named_and_the_others_are_checked(run: Run) -> None:
    write({"a.md": BAD, "image.md": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"})
    answer = run("check", "--select", "FN001")
    assert answer.status == 2
    assert "image.md: byte 0x00 at offset 8 (line 3): this is a binary file" in answer.err
    assert "a.md:3:8" in answer.out


def test_a_broken_bibliography_is_one_finding(run: Run) -> None:
    write(
        {
            "paper.md": "---\nbibliography: refs.bib\n---\n\n见 [@wang2020; @li2021] 与 @zhao2022。\n",
            "refs.bib": "@article{x,",
        }
    )
    answer = run("check", "--select", "CIT", "--output-format", "json", "paper.md")
    assert answer.status == 1
    assert [record["code"] for record in json.loads(answer.out)] == ["CIT010"]
    assert answer.err == ""


@pytest.mark.parametrize(
    "glossary", ["- just\n- a list of words: [\n", "terms: &a [*a]\n", "terms: 3\n", b"\x00\x01\x02\x03", None]
)
def test_a_glossary_that_is_wrong_is_said_once(run: Run, glossary: str | bytes | None) -> None:
    write({"a.md": BAD, "b.md": BAD})
    if glossary is not None:
        write({"glossary.yaml": glossary})
    answer = run("check", "--select", "FN001", "--glossary", "glossary.yaml")
    assert answer.status == 2
    assert answer.err.startswith("mdreview: error: ")
    assert "glossary.yaml" in answer.err
    assert answer.err.count("\n") == 1
    assert "a.md:3:8" in answer.out


def test_a_missing_outline_is_said_once(run: Run) -> None:
    write({"a.md": BAD, "b.md": BAD})
    answer = run("check", "--outline", "nowhere.md")
    assert answer.status == 2
    assert answer.err == "mdreview: error: the outline: nowhere.md: there is no such file or folder\n"
