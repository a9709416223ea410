"""The edits that the server proposes, apart from any editor."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mdreview_lsp.edits import difference
from mdreview_lsp.findings import Manner, failures, plain_findings
from mdreview_lsp.options import read_options
from mdreview_lsp.settings_edits import ignoring, settings_file

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Edit, Severity
from mdreview.engine import INTERNAL_ERROR, check
from mdreview.fixes import apply_edits
from mdreview.markdown import parse
from mdreview.silencing import on_line
from mdreview.source import Source, Span

PIECES = ("甲\n", "乙\r\n", "\n", "😀", "丙丁\n", "- 甲\n", "| a |\n")
LINES = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@settings(max_examples=300, deadline=None)
@given(LINES, LINES)
def test_the_difference_of_two_texts_makes_one_of_the_other(old: str, new: str) -> None:
    assert apply_edits(old, [Edit(*edit) for edit in difference(old, new)]) == new


def test_the_difference_is_small() -> None:
    old = "甲\n" * 50 + "乙\n" + "甲\n" * 50
    edits = difference("丙\n" + old, "丙\n" + old.replace("乙", "丁乙") + "戊\n")
    assert sum(len(text) for _, text in edits) <= 4


@pytest.mark.parametrize(
    "text",
    [
        "甲[^1]乙\n丙[^2]\n",
        "> 甲[^1]\n> 乙\n",
        "- 甲[^1]\n  - 乙[^2]\n",
        "|a|b|\n|-|-|\n|[^1]|x|\n",
        "a|b\n-|-\n[^1]|x\n",
        "标题[^1]\n===\n",
        "[^1]: 甲[^2]。\n",
        "<div>\n\n甲[^1]\n\n</div>\n",
        "甲[^1]\\\n乙\n",
    ],
)
def test_a_comment_silences_only_and_changes_nothing(text: str) -> None:
    document = parse(text)
    found = check(document, Context())
    assert found
    for one in found:
        edit = on_line(document, one)
        assert edit is not None
        left = check(parse(apply_edits(text, [edit])), Context())
        line = document.source.line_at(one.span.start)
        kept = [o for o in found if o.code != one.code or document.source.line_at(o.span.start) != line]
        assert [(o.code, o.written("en")) for o in left] == [(o.code, o.written("en")) for o in kept]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "ignore: [FN001]\n"),
        ("fail-on: error", "fail-on: error\nignore: [FN001]\n"),
        ("ignore: [SEC001]  # 理由\n", "ignore: [SEC001, FN001]  # 理由\n"),
        ("ignore: []\n", "ignore: [FN001]\n"),
        ("ignore:\n  - SEC001\nfail-on: error\n", "ignore:\n  - SEC001\n  - FN001\nfail-on: error\n"),
        ("ignore:\n- SEC001", "ignore:\n- SEC001\n- FN001\n"),
        ("claims: {scope: sentence}\n", "claims: {scope: sentence}\nignore: [FN001]\n"),
        ("fail-on: error\r\n", "fail-on: error\r\nignore: [FN001]\r\n"),
        ("ignore:\r\n  - SEC001\r\n", "ignore:\r\n  - SEC001\r\n  - FN001\r\n"),
    ],
)
def test_a_rule_to_ignore_is_written_into_yaml(before: str, after: str) -> None:
    edit = ignoring(before, "FN001", ".yaml")
    assert edit is not None
    assert apply_edits(before, [Edit(*edit)]) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[tool.mdreview]\n", '[tool.mdreview]\nignore = ["FN001"]\n'),
        ('[tool.mdreview]\nignore = [\n  "X",\n]\n', '[tool.mdreview]\nignore = [\n  "X", "FN001"\n]\n'),
        ("[tool.mdreview]\r\n", '[tool.mdreview]\r\nignore = ["FN001"]\r\n'),
        (
            "[tool.mdreview.terms]\nstyle = 'en'",
            "[tool.mdreview.terms]\nstyle = 'en'\n\n[tool.mdreview]\nignore = [\"FN001\"]\n",
        ),
        ("[tool.mdreview]\n[tool.x]\nignore = []\n", '[tool.mdreview]\nignore = ["FN001"]\n[tool.x]\nignore = []\n'),
    ],
)
def test_a_rule_to_ignore_is_written_into_toml(before: str, after: str) -> None:
    edit = ignoring(before, "FN001", ".toml")
    assert edit is not None
    assert apply_edits(before, [Edit(*edit)]) == after


@pytest.mark.parametrize("text", ["ignore: FN\n", "ignore: !x [a]\n", "- a\n", "a: [\n", "ignore: {a: [b]}\n"])
def test_what_is_beyond_a_small_edit_is_left_alone(text: str) -> None:
    assert ignoring(text, "FN001", ".yaml") is None


def test_the_nearest_settings_file(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    text = str(tmp_path / "a/b/text.md")
    (tmp_path / ".git").mkdir()
    assert settings_file(text, str(tmp_path)) == tmp_path / ".mdreview.yaml"
    (tmp_path / "pyproject.toml").write_text("[tool.mdreview]\n", "utf-8")
    (tmp_path / "a/pyproject.toml").write_text("[tool.other]\n", "utf-8")
    assert settings_file(text, str(tmp_path)) == tmp_path / "pyproject.toml"
    (tmp_path / "a/b/pyproject.toml").write_text("[tool.mdreview.terms]\n", "utf-8")
    assert settings_file(text, str(tmp_path)) == tmp_path / "a/b/pyproject.toml"
    (tmp_path / "a/b/pyproject.toml").unlink()
    (tmp_path / "a/.mdreview.yml").write_text("", "utf-8")
    assert settings_file(text, str(tmp_path)) == tmp_path / "a/.mdreview.yml"


def test_a_rule_that_failed_is_for_the_log_and_not_for_the_writer() -> None:
    failed = Diagnostic(
        "SYS001", "internal-error", Span(0, 0), Severity.ERROR, INTERNAL_ERROR, {"rule": "X1", "error": "E"}
    )
    assert plain_findings([failed, failed], Source("甲"), "file:///a.md", Manner(), lambda _: ("", Source(""))) == []
    assert len(list(failures([failed, failed]))) == 1


@pytest.mark.parametrize("value", [None, 5, "x", [], {"features": 5}, {"settings": 7}, {"settings": {"ignore": 3}}])
def test_wishes_of_any_shape_do_no_harm(value: object) -> None:
    options, _ = read_options(value, "/")
    assert options.settings == {} and options.scope == "open"


def test_settings_of_the_editor_are_checked_like_those_of_files() -> None:
    options, problems = read_options({"settings": {"ignore": ["FN0001"]}}, "/")
    assert options.settings == {} and "FN001" in str(problems[0])
