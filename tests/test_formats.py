"""The formats in which other programs read findings, each held against a reader of it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote_to_bytes

import format_readers as read
import pytest
from command_line import Run, write
from hypothesis import given, settings
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml, TestCase, TestSuite
from markdown_it import MarkdownIt

from mdreview.api import check_text
from mdreview.diagnostic import Diagnostic, Edit, Fix, Language, Related, Safety, Severity, Text
from mdreview.errors import UserError
from mdreview.formats import BY_NAME
from mdreview.render import markdown, rendered
from mdreview.render.look import Look
from mdreview.render.places import harmless, path_from
from mdreview.rules import RULES
from mdreview.runner import Checked
from mdreview.source import Place, Source, Span

SIGNS = "a文𐐀 \t\n\x00\x1b\x85\u2028\u200b\ufffe|`*_[]<>&\"'#$~\\%:,;=-/é{}"
WORDS = st.text(st.sampled_from(SIGNS), max_size=12)
MESSAGES = st.text(st.sampled_from(SIGNS + "\r"), max_size=12)
# a name can hold bytes that are no text, which Python tells as lone surrogates
NAMES = st.text(st.sampled_from(SIGNS.replace("\0", "\udcff")), max_size=12).filter(
    lambda name: bool(name.strip("/. "))
)
CODES = {"FN001": "undefined-footnote", "CIT003": "unused-reference", "SYS001": "internal-error"}
RULE_NAMES = st.sampled_from(list(CODES.items()))


def spans(text: str) -> st.SearchStrategy[Span]:
    places = st.integers(0, len(text))
    return st.builds(lambda one, two: Span(min(one, two), max(one, two)), places, places)


@st.composite
def diagnostics(draw: st.DrawFn, text: str, beside: str) -> Diagnostic:
    sentences = st.builds(Text, st.just("{m}"), st.just("{m}"))
    arguments = st.fixed_dictionaries({"m": MESSAGES})
    here = st.builds(Related, spans(text), sentences, arguments, st.none())
    there = st.builds(Related, spans(beside), sentences, arguments, st.just("beside.md"))
    edits = st.lists(st.builds(Edit, spans(text), WORDS), min_size=1, max_size=2).map(tuple)
    return Diagnostic(
        *draw(RULE_NAMES),
        draw(spans(text)),
        draw(st.sampled_from(Severity)),
        draw(sentences),
        draw(arguments),
        draw(st.lists(here | there, max_size=2).map(tuple)),
        draw(st.none() | st.builds(Fix, sentences, edits, st.sampled_from(Safety), arguments)),
    )


@st.composite
def checks(draw: st.DrawFn) -> Checked:
    text, beside = draw(WORDS), draw(WORDS)
    return Checked(
        draw(NAMES),
        True,
        text,
        tuple(draw(st.lists(diagnostics(text, beside), max_size=4))),
        draw(st.sampled_from(Severity)),
        tuple(UserError(Text("{m}", "{m}"), m=message) for message in draw(st.lists(MESSAGES, max_size=1))),
        {"beside.md": beside},
    )


MANY = st.lists(checks(), max_size=3, unique_by=lambda checked: os.path.realpath(checked.file))


def written(name: str, results: Iterable[Checked], language: Language = "en", root: str = "") -> str:
    return "".join(rendered(results, BY_NAME[name], Look(language, root=root)))


def each(results: Iterable[Checked]) -> list[tuple[Checked, Diagnostic]]:
    return [(checked, diagnostic) for checked in results for diagnostic in checked.found]


def problems(results: Iterable[Checked]) -> list[str]:
    return [problem.written("en") for checked in results for problem in checked.problems]


def lines(text: str) -> str:
    """The text as formats show it that XML or a terminal limits."""
    return harmless(text)


# any findings at all


def reads_sarif(results: list[Checked]) -> None:
    run = read.sarif(written("sarif", results))
    for result, (checked, diagnostic) in zip(run.results, each(results), strict=True):
        assert result.message.text == diagnostic.written("en")
        place = result.locations[0].physical_location
        assert named(place.artifact_location) == Path(os.path.abspath(checked.file))  # noqa: PTH100
        assert marked(place.region, checked.text) == diagnostic.span
        for location, related in zip(result.related_locations, diagnostic.related, strict=True):
            text = checked.text if related.file is None else checked.beside[related.file]
            assert marked(location.physical_location.region, text) == related.span
        edits = [
            Edit(marked(replacement.deleted_region, checked.text), replacement.inserted_content.text)
            for fix in result.fixes
            for replacement in fix.artifact_changes[0].replacements
        ]
        assert edits == list(diagnostic.fix.edits if diagnostic.fix else ())
    [invocation] = run.invocations
    told = [told.message.text for told in invocation.tool_execution_notifications]
    assert told == [lines(problem) for problem in problems(results)]
    assert invocation.execution_successful is (not problems(results))
    for checked in results:
        marks = [result.partial_fingerprints["mdreview/v1"] for result in run.results if result_of(result, checked)]
        assert len(set(marks)) == len(marks)


def named(location: read.ArtifactLocation) -> Path:
    """The file that an artifact location names, whole."""
    if location.uri_base_id is None:
        return Path(os.fsdecode(unquote_to_bytes(location.uri.removeprefix("file://"))))
    return Path.cwd() / os.fsdecode(unquote_to_bytes(location.uri))


def result_of(result: read.Result, checked: Checked) -> bool:
    return named(result.locations[0].physical_location.artifact_location) == Path(os.path.abspath(checked.file))  # noqa: PTH100


def marked(region: read.Region, text: str) -> Span:
    source = Source(text)
    start, end = (
        Place(region.start_line - 1, region.start_column - 1),
        Place(region.end_line - 1, region.end_column - 1),
    )
    return Span(source.offset(start), source.offset(end))


def reads_rdjson(results: list[Checked]) -> None:
    told = read.rdjson(written("rdjson", results)).diagnostics
    for record, (checked, diagnostic) in zip(told, each(results), strict=True):
        assert record.message == diagnostic.written("en")
        assert record.location.path == lines(checked.file)
        assert in_bytes(record.location.range, checked.text) == diagnostic.span
        for suggestion in record.suggestions:
            assert diagnostic.fix is not None and diagnostic.fix.safety is Safety.SAFE
            assert (Edit(in_bytes(suggestion.range, checked.text), suggestion.text),) == diagnostic.fix.edits


def in_bytes(place: read.Range, text: str) -> Span:
    rows = text.encode().split(b"\n")

    def offset(position: read.Position) -> int:
        before = [*rows[: position.line - 1], rows[position.line - 1][: position.column - 1]]
        return len(b"\n".join(before).decode())

    return Span(offset(place.start), offset(place.end))


def reads_a_code_quality_report(results: list[Checked]) -> None:
    issues = read.gitlab(written("gitlab", results))
    for issue, (_, diagnostic) in zip(issues, each(results), strict=True):
        assert issue.description.endswith(diagnostic.written("en"))
        assert issue.check_name == diagnostic.name


def reads_annotations(results: list[Checked]) -> None:
    commands = read.github(written("github", results))
    told = [command.message for command in commands if "line" not in command.properties]
    assert told == [lines(message) for message in problems(results)]
    found = [command for command in commands if "line" in command.properties]
    for command, (checked, diagnostic) in zip(found, each(results), strict=True):
        assert command.message == lines(diagnostic.written("en"))
        assert command.properties["file"] == lines(path_from("", checked.file))
        assert command.properties["title"] == f"{diagnostic.code} {diagnostic.name}"


def reads_checkstyle(results: list[Checked]) -> None:
    errors = read.checkstyle(written("checkstyle", results))
    assert [error.message for error in errors if error.column is None] == [lines(told) for told in problems(results)]
    found = [error for error in errors if error.column is not None]
    for error, (checked, diagnostic) in zip(found, each(results), strict=True):
        assert error.message == lines(diagnostic.written("en"))
        assert error.file == lines(checked.file)
        assert error.source == f"mdreview.{diagnostic.code}"


def suites(report: JUnitXml) -> Iterator[tuple[TestSuite, list[TestCase]]]:
    for suite in report:
        assert isinstance(suite, TestSuite)
        yield suite, list(suite)


def reads_junit(results: list[Checked]) -> None:
    report = JUnitXml.fromstring(written("junit", results).encode())
    totals = [0, 0, 0]
    for (suite, cases), checked in zip(suites(report), results, strict=True):
        ended = [type(outcome) for case in cases for outcome in case.result]
        failed = sum(diagnostic.severity >= checked.fail_on for diagnostic in checked.found)
        assert (ended.count(Failure), ended.count(Error)) == (failed, len(checked.problems))
        assert len(cases) == max(len(checked.found) + len(checked.problems), 1)
        assert (suite.name, suite.tests) == (lines(checked.file), len(cases))
        totals = [totals[0] + len(cases), totals[1] + failed, totals[2] + len(checked.problems)]
    assert [report.tests, report.failures, report.errors] == totals


def reads_a_summary(results: list[Checked]) -> None:
    text = written("markdown", results)
    cells = table(text, "Place")
    assert len(cells) == len(each(results))
    for (place, rule, said), (checked, diagnostic) in zip(cells, each(results), strict=True):
        assert place.startswith(spaced(lines(checked.file)))
        assert diagnostic.code in rule
        assert said == spaced(lines(diagnostic.written("en")))


def table(text: str, head: str) -> list[list[str]]:
    """The rows of the table with this first heading, as a reader of GitHub's Markdown sees them: plain text."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    rows: list[list[str]] = []
    for token, after in pairwise(tokens):
        if token.type == "tr_open":
            rows.append([])
        if token.type in ("td_open", "th_open"):
            assert {child.type for child in after.children or ()} <= {"text", "text_special"}
            rows[-1].append(spaced("".join(child.content for child in after.children or ())))
    starts = [number for number, row in enumerate(rows) if row[0] == head]
    return rows[starts[0] + 1 :] if starts else []


def spaced(text: str) -> str:
    return " ".join(text.split())


@settings(max_examples=30, deadline=None)
@given(MANY)
def test_any_findings_can_be_read_in_every_format(results: list[Checked]) -> None:
    reads_sarif(results)
    reads_rdjson(results)
    reads_a_code_quality_report(results)
    reads_annotations(results)
    reads_checkstyle(results)
    reads_junit(results)
    reads_a_summary(results)


# what each is for

TEXT = "# 题目\r\n\r\n𐐀见文献[^1]。\r\n\r\n[^2]: 未用。\r\n"


def at_hand(file: str = "论文 1.md", text: str = TEXT) -> Checked:
    return Checked(file, True, text, tuple(check_text(text)))


def test_sarif_says_all_there_is_in_both_languages() -> None:
    run = read.sarif(written("sarif", [at_hand()], "zh"))
    assert (run.language, run.tool.driver.language) == ("zh-CN", "zh-CN")
    assert [result.rule_id for result in run.results] == ["FN001", "FN002"]
    first = run.results[0].locations[0].physical_location
    assert first.artifact_location.uri == "%E8%AE%BA%E6%96%87%201.md"
    assert (first.region.start_line, first.region.start_column, first.region.end_column) == (3, 5, 9)
    assert first.region.snippet == read.Message("[^1]")
    [translation] = run.translations
    assert translation.language == "en-US"
    for rule, other in zip(run.tool.driver.rules, translation.rules, strict=True):
        assert rule.id == other.id
        assert rule.help is not None and other.help is not None
        assert rule.help.markdown.startswith(f"# {rule.id} ") and "何时不报告" in rule.help.markdown
        assert "When it is silent" in other.help.markdown
    assert run.tool.driver.rules[0].properties["problem.severity"] == "error"


def test_marks_of_findings_survive_a_shift_of_lines() -> None:
    def marks(name: str, text: str) -> list[str]:
        report = written(name, [at_hand(text=text)])
        if name == "gitlab":
            return [issue.fingerprint for issue in read.gitlab(report)]
        return [result.partial_fingerprints["mdreview/v1"] for result in read.sarif(report).results]

    for name in ("sarif", "gitlab"):
        assert marks(name, TEXT) == marks(name, TEXT.replace("题目\r\n", "题目\r\n\r\n又一段。\r\n"))
        twice = marks(name, "见[^1]。\n\n见[^1]。\n")
        assert len(set(twice)) == 2


def test_paths_are_told_from_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    root = str(tmp_path)
    assert path_from(root, "a.md") == "sub/a.md"
    assert path_from(root, str(tmp_path / "b.md")) == "b.md"
    assert path_from("", "a.md") == path_from("/nowhere", "./a.md") == "a.md"
    assert path_from("", "../b.md") == str(tmp_path / "b.md")
    outside = at_hand(str(tmp_path / "论.md"))
    [result, _] = read.sarif(written("sarif", [outside])).results
    location = result.locations[0].physical_location.artifact_location
    assert (
        location.uri_base_id is None and location.uri.startswith("file:///") and location.uri.endswith("%E8%AE%BA.md")
    )


def test_the_root_is_where_the_job_says(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write({"docs/a.md": "See[^1].\n"})
    monkeypatch.setenv("GITHUB_WORKSPACE", str(Path.cwd()))
    monkeypatch.chdir("docs")
    [command] = read.github(run("check", "--output-format", "github").out)
    assert command.properties["file"] == "docs/a.md"
    assert json.loads(run("check", "--output-format", "json").out)[0]["file"] == "a.md"


def test_an_annotation_cannot_be_made_to_say_something_else() -> None:
    message = "50%0A\n::error::forged, or: not"
    sentence = Text("{m}", "{m}")
    found = Diagnostic("FN001", "undefined-footnote", Span(0, 3), Severity.INFO, sentence, {"m": message})
    text = written("github", [Checked("a,b:c.md", True, "a\nb", (found,))])
    assert text == (
        "::notice file=a%2Cb%3Ac.md,line=1,endLine=2,title=FN001 undefined-footnote::"
        "50%250A%0A::error::forged, or: not\n"
    )


def test_junit_fails_only_where_the_run_does() -> None:
    report = JUnitXml.fromstring(
        written("junit", [at_hand()._replace(fail_on=Severity.ERROR), at_hand("b.md", "好。\n")]).encode()
    )
    (_, (error, warning)), (_, (clean,)) = suites(report)
    assert [type(outcome) for outcome in error.result] == [Failure]
    assert warning.result == [] and "FN002" in str(warning.name) and "[^2]" in str(warning.system_out)
    assert clean.result == [] and clean.classname == "b.md"


def test_only_a_whole_safe_fix_is_a_suggestion() -> None:
    one, two = (Edit(Span(0, 1), "x"), Edit(Span(2, 3), "y"))
    fixes = [Fix(Text("", ""), (one,)), Fix(Text("", ""), (one, two)), Fix(Text("", ""), (one,), Safety.UNSAFE)]
    plain = Diagnostic("FN001", "undefined-footnote", Span(0, 1), Severity.ERROR, Text("m", "m"))
    told = written("rdjson", [Checked("a.md", True, "abc", tuple(plain._replace(fix=fix) for fix in fixes))])
    assert [len(record.suggestions) for record in read.rdjson(told).diagnostics] == [1, 0, 0]


def test_a_summary_fits_on_the_page_of_a_job() -> None:
    plain = Diagnostic("FN001", "undefined-footnote", Span(0, 1), Severity.ERROR, Text("文" * 300, "文" * 300))
    text = written("markdown", [Checked("a.md", True, "abc", (plain,) * 2000)], "zh")
    assert markdown.MOST_BYTES - 2000 < len(text.encode()) < 2**20
    shown = len(table(text, "位置"))
    assert f"另有 {2000 - shown} 处" in text
    assert "| FN001 undefined-footnote | 错误 | 2000 | 1 |" in text


def test_a_summary_of_nothing_says_so() -> None:
    assert "**No findings in 2 files.**" in written("markdown", [Checked("a", True), Checked("b", True)])
    problem = UserError(Text("b: cannot be read", "b：无法读取"))
    text = written("markdown", [Checked("b", problems=(problem,))])
    assert "No findings" not in text and "- b: cannot be read\n" in text


def test_every_rule_can_be_told_in_sarif() -> None:
    found = tuple(Diagnostic(rule.code, rule.name, Span(0, 0), rule.severity, Text("m", "m")) for rule in RULES)
    run = read.sarif(written("sarif", [Checked("a.md", True, "", found)]))
    assert [rule.id for rule in run.tool.driver.rules] == [rule.code for rule in RULES]
    for rule in run.tool.driver.rules:
        assert rule.short_description is not None and not re.search(r"\{\w+\}", rule.short_description.text)
