"""The command line as a user meets it: findings on standard output, everything else on standard error, 0, 1 or 2."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import BAD, GOOD, Answer, Run, write

import mdreview
from mdreview import check_command, runner


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
