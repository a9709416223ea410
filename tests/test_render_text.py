"""The report for people: the mark stands right, repeats are told once, nothing reaches the terminal raw."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdreview.diagnostic import Diagnostic, Language, Related, Severity, Text
from mdreview.render import excerpt as excerpts
from mdreview.render.excerpt import Excerpt, column_widths, width
from mdreview.render.look import Look
from mdreview.render.text import render
from mdreview.runner import Checked
from mdreview.source import Span


def excerpt(line: str, start: int, end: int, room: int) -> Excerpt:
    """The excerpt of a line that stands between others."""
    text = f"before\n{line}\nafter"
    return excerpts.excerpt(text, Span(7, 7 + len(line)), Span(7 + start, 7 + end), room)


def finding(span: tuple[int, int], message: str = "wrong", severity: Severity = Severity.ERROR) -> Diagnostic:
    related = (Related(Span(0, 1), Text("see here", "见此")),) if message == "related" else ()
    return Diagnostic("FN001", "undefined-footnote", Span(*span), severity, Text(message, "有误"), {}, related)


def shown(text: str, *found: Diagnostic, look: Look | None = None) -> str:
    return "".join(render([Checked("a.md", True, text, found)], look or Look(summary=False)))


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("abc", 3),
        ("中文", 4),
        ("ｆｕｌｌ", 8),
        ("，。", 4),
        ("“引”", 4),
        ("e\u0301", 1),
        ("한국", 4),
        ("\u1112\u1161\u11ab", 2),
        ("👍", 2),
        ("👍🏽", 2),
        ("👩\u200d👩\u200d👧", 2),
        ("☺\ufe0f", 2),
        ("🇨🇳", 2),
        ("𠮷", 2),
        ("", 0),
    ],
)
def test_width_of_what_a_terminal_shows(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("plain text here", "text"),
        ("深度学习提升了[^1]。", "[^1]"),
        ("a👩\u200d👩\u200d👧b[^1]", "[^1]"),
        ("cafe\u0301 is 好[^2]", "[^2]"),
        ("\t缩进的[^1]", "[^1]"),
    ],
)
def test_mark_stands_under_its_place(line: str, found: str) -> None:
    start = line.index(found)
    piece = excerpt(line, start, start + len(found), 80)
    assert piece.before == width(line[:start])
    assert piece.width == width(found)
    assert piece.line.replace("\t", " ") == line.replace("\t", " ")


def test_long_lines_are_cut_to_a_window_around_the_place() -> None:
    line = "前" * 300 + "[^1]" + "后" * 300
    piece = excerpt(line, 300, 304, 60)
    assert piece.line.startswith("…前")
    assert piece.line.endswith("后…")
    assert width(piece.line) <= 60
    assert piece.line[(piece.before - 1) // 2 + 1 :].startswith("[^1]")
    start = excerpt("[^1]" + line, 0, 4, 60)
    assert (start.before, start.line[:5]) == (0, "[^1]前")
    end = excerpt(line[:304], 300, 304, 60)
    assert end.line.endswith("前[^1]")
    assert width(end.line) > 50
    wide = excerpt(line, 10, 500, 60)
    assert wide.width <= 58
    assert width(wide.line) <= 60


@given(
    st.text(alphabet="ab 中，\t\u200d👍\u0301\ufe0f🏽\x1b\u202e", max_size=80),
    st.integers(0, 80),
    st.integers(0, 20),
    st.integers(0, 60),
)
def test_any_place_in_any_line_has_an_excerpt(line: str, start: int, length: int, room: int) -> None:
    start = min(start, len(line))
    piece = excerpt(line, start, start + length, room)
    assert piece.width >= 1
    assert piece.before >= 0
    assert piece.before + piece.width <= max(room, 20) + 1
    assert width(piece.line) <= max(room, 20)
    assert "\x1b" not in piece.line
    assert "\u202e" not in piece.line
    assert len(column_widths(line)) == len(line)


def test_a_line_as_long_as_a_book_costs_no_more() -> None:
    line = "前" * 500_000 + "[^1]" + "后" * 500_000
    piece = excerpt(line, 500_000, 500_004, 60)
    assert piece.line.startswith("…前")
    assert piece.line.endswith("后…")
    assert "[^1]" in piece.line
    assert width(piece.line) <= 60
    assert excerpt("\u0301" * 5000 + "x", 5000, 5001, 60).line.endswith("x")


def test_report_of_one_finding() -> None:
    text = "标题\n\n准确率提升了[^1]。\n"
    assert shown(text, finding((10, 14), "related", Severity.WARNING)) == (
        "a.md:3:7: warning FN001 undefined-footnote\n"
        "     │ related\n"
        "   3 │ 准确率提升了[^1]。\n"
        "     │             ^^^^\n"
        "     = a.md:1:1: see here\n"
        "\n"
    )
    assert shown(text, finding((10, 14)), look=Look("zh", summary=False)).startswith("a.md:3:7: 错误 FN001")


def test_repeats_are_told_once_with_their_lines() -> None:
    text = "[^1] [^1]\n[^1]\n[^2]\n[^1]\n"
    report = shown(text, finding((0, 4)), finding((5, 9)), finding((10, 14)), finding((15, 19)), finding((20, 24)))
    assert report.count("a.md:") == 2
    assert "     = 4 times, lines 1, 2, 4\n" in report
    assert "a.md:3:1: " in report
    assert "= 2 times in this line\n" in shown(text, finding((0, 4)), finding((5, 9)))
    many = "[^1]\n" * 30
    report = shown(many, *(finding((5 * number, 5 * number + 4)) for number in range(30)))
    assert "= 30 times, lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 …\n" in report


def test_several_lines_are_marked_on_the_first() -> None:
    report = shown("ab\ncd\n", finding((1, 4)))
    assert "   1 │ ab\n     │  ^\n" in report


def test_nothing_of_the_text_commands_the_terminal() -> None:
    report = shown("a\x1b[31m\u202eb\x07[^1]\n", finding((9, 13), "says \x1b]0;title\x07"))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", report)
    assert "a␛[31m�b␇[^1]" in report


def test_colours_only_where_asked() -> None:
    assert "\x1b" not in shown("[^1]\n", finding((0, 4)))
    assert "\x1b[1;31merror FN001\x1b[0m" in shown("[^1]\n", finding((0, 4)), look=Look(colour=True))


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("en", "2 errors, 1 warning, 1 info in 2 of 3 files."),
        ("zh", "3 个文件中有 2 个发现问题：2 个错误、1 个警告、1 个提示。"),
    ],
)
def test_summary_counts_and_says_what_to_do_next(language: Language, first: str) -> None:
    results = [
        Checked("a.md", True, "[^1]\n[^2]\n", (finding((0, 4)), finding((5, 9)))),
        Checked("b.md", True, "x\ny", (finding((0, 1), "x", Severity.INFO), finding((2, 3), "y", Severity.WARNING))),
        Checked("c.md", True),
        Checked("d.md"),
    ]
    *_, count, hint = "".join(render(results, Look(language))).splitlines()
    assert count == first
    assert "`mdreview rule FN001`" in hint


def test_summary_where_nothing_is_found() -> None:
    assert "".join(render([Checked("a.md", True)], Look())) == "No findings in a.md.\n"
    assert "".join(render([Checked("a.md", True), Checked("b.md", True)], Look("zh"))) == "2 个文件均没有发现问题。\n"
    assert "".join(render([Checked("a.md")], Look())) == ""
