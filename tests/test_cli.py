"""The command line as a user meets it: findings on standard output, everything else on standard error, 0, 1 or 2."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command_line import Answer, Run, write

import mdreview
from mdreview import check_command, commands, runner
from mdreview.errors import UserError
from mdreview.markdown import parse
from mdreview.settings_file import SettingsFinder

BAD = "# 论文\n\n准确率有所提升[^1]，速度也更快[^1]。\n\n另见脚注[^2]。\n"
GOOD = "# A paper\n\nNothing is wrong here.\n"


def files_of(answer: Answer) -> list[str]:
    return list(dict.fromkeys(record["file"] for record in json.loads(answer.out)))


def test_a_whole_run_through_a_process(tmp_path: Path) -> None:
    (tmp_path / "论文.md").write_text(BAD, "utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "zh_CN.UTF-8"}
    command = [sys.executable, "-m", "mdreview", "check", "--isolated", "--select", "FN001", "论文.md"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert done.stderr == b""
    assert done.returncode == 1
    text = done.stdout.decode("utf-8")
    assert text.startswith("论文.md:3:8: 错误 FN001 undefined-footnote\n")
    assert "  3 │ 准确率有所提升[^1]，速度也更快[^1]。\n     │               ^^^^\n" in text
    assert "共 2 处" in text
    assert "2 个错误" not in text
    assert "论文.md：3 个错误。" in text


def test_json_is_what_other_programs_expect(run: Run) -> None:
    write({"paper.md": BAD})
    answer = run("check", "--select", "FN001", "--output-format", "json", "paper.md")
    assert answer.status == 1
    assert answer.err == ""
    first, second, third = json.loads(answer.out)
    assert first == {
        "file": "paper.md",
        "code": "FN001",
        "name": "undefined-footnote",
        "severity": "error",
        "message": first["message"],
        "line": 3,
        "column": 8,
        "end_line": 3,
        "end_column": 12,
        "fix": None,
        "related": [],
        "url": first["url"],
    }
    assert "[^1]" in first["message"]
    assert first["url"].startswith("https://") and "FN001" in first["url"]
    assert (second["column"], third["line"]) == (18, 5)
    lines = run("check", "--select", "FN001", "--output-format", "jsonl", "paper.md")
    assert [json.loads(line) for line in lines.out.splitlines()] == [first, second, third]


def test_nothing_found_is_an_empty_array_and_status_0(run: Run) -> None:
    write({"paper.md": GOOD})
    assert run("check", "--output-format", "json", "paper.md") == Answer(0, "[]\n", "")
    assert run("check", "--output-format", "jsonl", "paper.md") == Answer(0, "", "")
    assert run("check", "paper.md") == Answer(0, "No findings in paper.md.\n", "")
    assert run("check", "--quiet", "paper.md") == Answer(0, "", "")


def test_related_places_and_fix_are_listed() -> None:
    from mdreview.diagnostic import Diagnostic, Edit, Fix, Related, Safety, Severity, Text
    from mdreview.render import json as render
    from mdreview.source import Span

    text = "甲乙\r\n丙丁戊\n"
    found = Diagnostic(
        "XX001",
        "x",
        Span(4, 6),
        Severity.INFO,
        Text("about {n}", "关于{n}"),
        {"n": 1},
        (Related(Span(0, 2), Text("here", "此处")), Related(Span(2, 3), Text("there", "彼处"), file="b.md")),
        Fix(Text("mend", "修复"), (Edit(Span(6, 7), "x"),), Safety.UNSAFE),
    )
    (record,) = render.records([runner.Checked("a.md", True, text, (found,), beside={"b.md": "a\nbc"})], "zh")
    assert (record["line"], record["column"], record["end_line"], record["end_column"]) == (2, 1, 2, 3)
    assert record["message"] == "关于1"
    place = {"line": 2, "column": 3, "end_line": 2, "end_column": 4}
    assert record["fix"] == {"title": "修复", "safety": "unsafe", "edits": [{**place, "text": "x"}]}
    assert record["related"] == [
        {"file": "a.md", "line": 1, "column": 1, "end_line": 1, "end_column": 3, "message": "此处"},
        {"file": "b.md", "line": 2, "column": 1, "end_line": 2, "end_column": 2, "message": "彼处"},
    ]


@pytest.mark.parametrize(("fail_on", "status"), [("info", 1), ("warning", 1), ("error", 0)])
def test_status_depends_on_fail_on(run: Run, fail_on: str, status: int) -> None:
    write({"paper.md": "Text.\n\n[^1]: Never used.\n"})
    answer = run("check", "--select", "FN002", "--fail-on", fail_on, "paper.md")
    assert answer.status == status
    assert "FN002" in answer.out


def test_folders_are_searched_as_git_and_the_settings_say(run: Run) -> None:
    write(
        {
            ".gitignore": "build/\n*.tmp.md\n!keep.tmp.md\n",
            ".git/info/exclude": "private.md\n",
            ".mdreview.yaml": "exclude: [drafts/, 'old-*']\n",
            "a.md": BAD,
            "b.markdown": BAD,
            "c.qmd": BAD,
            "d.Rmd": BAD,
            "e.mdx": BAD,
            "e.txt": BAD,
            "private.md": BAD,
            "build/x.md": BAD,
            "x.tmp.md": BAD,
            "keep.tmp.md": BAD,
            "drafts/x.md": BAD,
            "old-x.md": BAD,
            ".hidden/x.md": BAD,
            "node_modules/p/README.md": BAD,
            "env/pyvenv.cfg": "",
            "env/x.md": BAD,
            "sub/.gitignore": "z.md\n",
            "sub/y.md": BAD,
            "sub/z.md": BAD,
        }
    )
    everything = run("check", "--output-format", "json")
    expected = ["a.md", "b.markdown", "c.qmd", "d.Rmd", "e.mdx", "keep.tmp.md", "sub/y.md"]
    assert files_of(everything) == expected
    assert files_of(run("check", "--output-format", "json", ".", "./a.md", "sub")) == expected
    assert files_of(run("check", "--output-format", "json", "sub")) == ["sub/y.md"]
    assert files_of(run("check", "--output-format", "json", "e.txt", "build/x.md")) == ["build/x.md", "e.txt"]
    assert files_of(run("check", "--output-format", "json", "build")) == ["build/x.md"]
    assert files_of(run("check", "--output-format", "json", "old-x.md", "a.md")) == ["a.md", "old-x.md"]
    assert files_of(run("check", "--output-format", "json", "--force-exclude", "old-x.md", "a.md")) == ["a.md"]
    assert run("check", "--force-exclude", "--quiet", "old-x.md", "drafts/x.md") == Answer(0, "", "")
    assert run("fix", "--force-exclude", "old-x.md").err == ""
    left_out = run("check", "drafts")
    assert left_out.status == 0
    assert "drafts: left out, because the settings exclude it" in left_out.err
    assert files_of(run("check", "--isolated", "--output-format", "json", "drafts")) == ["drafts/x.md"]


def test_standard_input(run: Run) -> None:
    write({"sub/.mdreview.yaml": "ignore: [FN001]\n"})
    answer = run("check", "--select", "FN001", "-", stdin=BAD.encode("gb18030"))
    assert answer.status == 1
    assert answer.out.startswith("<stdin>:3:8: error FN001")
    answer = run("check", "--output-format", "json", "-", "--stdin-filename", "sub/paper.md", stdin=BAD.encode())
    assert "FN001" not in answer.out
    assert run("check", "-", stdin=b"\xff\xfe\x00").status == 2
    assert "stands alone" in run("check", "-", "paper.md").err
    assert "goes with -" in run("check", "--stdin-filename", "paper.md").err


def test_select_ignore_and_settings_work_together(run: Run) -> None:
    write({"paper.md": BAD + "\n[^3]: Unused.\n", ".mdreview.yaml": "ignore: [FN001]\nfail-on: error\n"})

    def codes(*arguments: str) -> set[str]:
        answer = run("check", "--output-format", "json", *arguments, "paper.md")
        return {record["code"] for record in json.loads(answer.out)}

    assert "FN001" not in codes()
    assert "FN001" in codes("--isolated")
    assert codes("--select", "FN001,FN002") == {"FN001", "FN002"}
    assert codes("--select", "FN001", "--select", "FN002", "--ignore", "FN001") == {"FN002"}
    assert codes("--select", "FN") == {"FN002"}
    assert "FN002" not in codes("--ignore", "unused-footnote")
    assert codes("--config", "select=[FN002]") == {"FN002"}
    assert run("check", "--select", "FN002", "paper.md").status == 0
    assert run("check", "--select", "FN002", "--config", "fail-on=info", "paper.md").status == 1


def test_many_files_in_several_processes_give_the_same_answer(run: Run) -> None:
    write({f"{number:02}.md": BAD if number % 3 else GOOD for number in range(30)} | {"bad.md": b"\xff\xfe\xfd"})
    one = run("check", "--jobs", "1")
    several = run("check", "--jobs", "3")
    assert one == several
    assert one.status == 2
    assert one.out.count("FN001 undefined-footnote") == 40
    assert "in 20 of 30 files." in one.out
    assert one.err.startswith("mdreview: error: bad.md: ")
    files = [f"{number:02}.md" for number in range(30)]
    assert [checked.file for checked in runner.check_files(files, (True, {}), 2)] == files


@pytest.mark.skipif(sys.platform != "linux", reason="the patch reaches other processes only by fork")
def test_a_process_that_dies_is_said_and_stops_nothing_else(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import multiprocessing

    if multiprocessing.get_start_method() != "fork":
        pytest.skip("the patch reaches other processes only by fork")
    write({f"{name}.md": BAD for name in "abcdef"})
    check_bytes = runner.Checker.check_bytes

    def dying(self: runner.Checker, data: bytes, file: str) -> runner.Checked:
        return os._exit(1) if file in ("b.md", "e.md") else check_bytes(self, data, file)

    monkeypatch.setattr(runner.Checker, "check_bytes", dying)
    answer = run("check", "--jobs", "2", "--select", "FN001", "--output-format", "json")
    assert answer.status == 2
    assert files_of(answer) == ["a.md", "c.md", "d.md", "f.md"]
    assert re.findall(r"error: (\S+): the process that checked it died", answer.err) == ["b.md", "e.md"]


def test_much_text_is_worth_several_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2, 3}, raising=False)
    (tmp_path / "a.md").write_text("x" * runner.PARALLEL_BYTES)
    worth = runner._worth
    assert worth([str(tmp_path / "a.md"), str(tmp_path / "missing.md")]) == 4
    assert worth([str(tmp_path / "missing.md")]) == 1


def test_statistics_count_instead_of_showing(run: Run) -> None:
    write({"a.md": BAD, "b.md": BAD + "\n[^9]: Unused.\n"})
    answer = run("check", "--select", "FN001,FN002", "--statistics")
    assert answer == Answer(
        1,
        "6  FN001   undefined-footnote  error    2 files\n1  FN002   unused-footnote     warning  1 file\n"
        "6 errors, 1 warning\n",
        "",
    )
    rows = json.loads(run("check", "--select", "FN001", "--statistics", "--output-format", "json").out)
    assert rows == [{"code": "FN001", "name": "undefined-footnote", "severity": "error", "count": 6, "files": 2}]
    write({"a.md": GOOD, "b.md": GOOD})
    assert run("check", "--statistics") == Answer(0, "No findings in 2 files.\n", "")


# what cannot be read, and what is wrong in what the user gave


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


@pytest.mark.usefixtures("run")
def test_bibliography_and_outline_are_read_from_where_they_are_named() -> None:
    write(
        {
            ".mdreview.yaml": "citations: {bibliography: [lib/all.bib]}\nsections: {outline: plan.md}\n"
            "manuscript: ['sub/*.md']\n",
            "lib/all.bib": "@article{li2021, title={A title}, author={Li}, year={2021}}",
            "sub/own.bib": "@article{wang2020, title={A title}, author={Wang}, year={2020}}",
            "plan.md": "# One\n",
            "sub/1.md": "---\nbibliography: own.bib\n---\n\n# One\n",
            "sub/2.md": "# Two\n",
        }
    )
    finder = SettingsFinder()
    checker = runner.Checker(finder)
    document = parse(Path("sub/1.md").read_text("utf-8"))
    context, problems = checker.context(document, "sub/1.md", finder.settings("sub/1.md"))
    assert problems == []
    assert context.bibliography is not None
    assert set(context.bibliography.entries) == {"li2021", "wang2020"}
    assert context.outline is not None
    assert context.outline.source.text == "# One\n"
    assert [other.source.text for other in context.others] == ["# Two\n"]


# the other commands


def test_terms_are_tabled_in_every_form(run: Run) -> None:
    write({"paper.md": "卷积神经网络（Convolutional Neural Network，CNN）很常用。CNN 的训练较慢。\n"})
    answer = run("terms", "paper.md")
    assert answer.status == 0
    assert re.search(r"^CNN +卷积神经网络  Convolutional Neural Network +1:\d+ +1$", answer.out, re.M)
    (record,) = json.loads(run("terms", "paper.md", "--output-format", "json").out)
    assert (record["file"], record["chinese"], record["abbreviation"]) == ("paper.md", "卷积神经网络", "CNN")
    assert "| CNN | 卷积神经网络 |" in run("terms", "paper.md", "--output-format", "markdown").out
    Path("glossary.yaml").write_text(run("terms", "paper.md", "--output-format", "yaml").out, "utf-8")
    assert run("check", "--select", "TRM008", "--glossary", "glossary.yaml", "paper.md").status == 0
    assert run("terms", "nowhere.md").status == 2


def test_outline_draws_the_sections_with_their_faults(run: Run) -> None:
    text = "# 1 One\n\nText.\n\n# 3 Three\n\nText[^1].\n"
    write({"paper.md": text, ".mdreview.yaml": "select: [FN]\n"})
    answer = run("outline", "paper.md")
    assert answer.status == 0
    assert re.search(r"(?m)^5  3 Three\n.*✗ 5: SEC001 ", answer.out)
    assert "FN001" not in answer.out
    first, second = json.loads(run("outline", "paper.md", "--output-format", "json").out)
    assert (first["number"], first["faults"]) == ("1", [])
    assert [fault["code"] for fault in second["faults"]] == ["SEC001"]
    assert run("outline", "-", stdin=text.encode()) == answer
    write({"plan.md": "# 1 One\n"})
    assert "SEC010" in run("outline", "paper.md", "--outline", "plan.md").out
    write({"empty.md": "Text.\n"})
    assert run("outline", "empty.md") == Answer(0, "", "mdreview: empty.md: no headings\n")
    assert run("outline", "nowhere.md").status == 2
    assert run("outline", "paper.md", "--outline", "nowhere.md").status == 2


def test_rules_are_listed(run: Run) -> None:
    answer = run("rules")
    assert answer.status == 0
    assert re.search(r"^  FN001  undefined-footnote +error +fix$", answer.out, re.M)
    records = json.loads(run("rules", "--output-format", "json", "--lang", "zh").out)
    record = next(record for record in records if record["code"] == "FN001")
    assert (record["family"], record["severity"], record["opt_in"]) == ("FN", "error", False)
    assert re.search("[\u4e00-\u9fff]", record["why"])


def test_a_rule_is_explained(run: Run) -> None:
    by_code, by_name = run("rule", "fn001"), run("rule", "undefined-footnote")
    assert by_code.status == 0
    assert by_code == by_name
    assert by_code.out.startswith("# FN001 undefined-footnote\n")
    assert "何时不报告" in run("rule", "FN001", "--lang", "zh").out
    assert "FN002" in run("rule", "fn").out


def test_a_page_is_styled_for_a_terminal_and_its_examples_stay_whole() -> None:
    page = "# FN001 x\n\nSee `a` and `⟦`.\n\n```markdown\n# Title⟦[^1]⟧ `b`\n```\n\n## Why\n"
    assert commands._styled(page) == (
        "\x1b[1mFN001 x\x1b[0m\n\nSee \x1b[36ma\x1b[0m and \x1b[36m⟦\x1b[0m.\n\n"
        "\x1b[2m```markdown\x1b[0m\n# Title\x1b[4;33m⟦[^1]⟧\x1b[0m `b`\n\x1b[2m```\x1b[0m\n\n\x1b[1mWhy\x1b[0m\n"
    )


def test_init_writes_once(run: Run) -> None:
    assert run("init") == Answer(0, ".mdreview.yaml is written; every setting in it is explained\n", "")
    write({".mdreview.yaml": "# mine\n"})
    answer = run("init")
    assert (answer.status, answer.err) == (2, "mdreview: error: .mdreview.yaml is there already and stays as it is\n")
    assert Path(".mdreview.yaml").read_text("utf-8") == "# mine\n"
    assert run("init", "nowhere").status == 2


def test_schema_is_the_one_in_the_documentation(run: Run) -> None:
    from mdreview.settings_schema import settings_schema

    assert json.loads(run("schema").out) == settings_schema()


def test_help_and_version(run: Run) -> None:
    assert run("--version") == Answer(0, f"mdreview {mdreview.__version__}\n", "")
    assert "usage: mdreview check" in run("check", "--help").out
    chinese = run("--lang", "zh", "check", "--help").out
    assert "用法：mdreview check" in chinese
    assert "options" not in chinese
    nothing = run()
    assert (nothing.status, nothing.out) == (2, "")
    assert "usage" in nothing.err


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LC_ALL": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ([], {"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en"}, "zh"),
        (["--lang", "en"], {"LANG": "zh_CN.UTF-8"}, "en"),
        (["check", "--lang=zh"], {}, "zh"),
        (["check", "--lang"], {}, "en"),
    ],
)
def test_language(arguments: list[str], environment: dict[str, str], language: str) -> None:
    from mdreview.arguments import language_of

    assert language_of(arguments, environment) == language


def test_every_word_of_help_is_in_both_languages() -> None:
    from mdreview import argument_parser, arguments

    for table in (arguments.COMMANDS, arguments.HELP, argument_parser.WORDS):
        for text in table.values():
            assert text.en
            assert re.search("[\u4e00-\u9fff]", text.zh)


def test_ctrl_c_is_quiet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(check_command, "run", interrupted)
    assert run("check") == Answer(130, "", "")


def test_a_reader_that_leaves_is_no_trouble(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number}.md").write_text(BAD, "utf-8")
    command = [sys.executable, "-m", "mdreview", "check", "--isolated", "--select", "FN001", "."]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 1


def test_problems_survive_the_way_between_processes() -> None:
    import pickle

    from mdreview.encoding import DecodingError, decode

    with pytest.raises(DecodingError) as caught:
        decode(b"\xff\xff", "x.md")
    again = pickle.loads(pickle.dumps(caught.value))
    assert isinstance(again, UserError)
    assert (type(again), str(again)) == (DecodingError, str(caught.value))


def test_progress_shows_only_on_long_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    from mdreview.render import progress

    clock = iter([0.0, 0.5, 1.5, 1.55, 2.0])
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock))
    stream = io.StringIO()
    bar = progress.Progress(stream, 4)
    bar.clear()
    for _ in range(4):
        bar.step()
    bar.clear()
    assert re.findall(r"\d/\d|\x1b\[K", stream.getvalue()) == ["2/4", "4/4", "\x1b[K"]
