"""The engine of fixes: whole or not at all, apart from each other, until nothing changes."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from mdreview.diagnostic import Diagnostic, Edit, Fix, Safety, Severity, Text
from mdreview.fixes import apply, apply_edits, fix_text
from mdreview.source import Span

MESSAGE = Text("fault", "问题")


def finding(code: str, *edits: tuple[int, int, str], safety: Safety = Safety.SAFE) -> Diagnostic:
    changes = tuple(Edit(Span(start, end), text) for start, end, text in edits)
    return Diagnostic(code, "fault", changes[0].span, Severity.WARNING, MESSAGE, fix=Fix(MESSAGE, changes, safety))


def replacing(code: str, wrong: str, right: str, safety: Safety = Safety.SAFE) -> object:
    def check(text: str) -> list[Diagnostic]:
        return [finding(code, (*match.span(), right), safety=safety) for match in re.finditer(re.escape(wrong), text)]

    return check


def test_fix_is_applied_whole_or_not_at_all() -> None:
    first = finding("AA001", (0, 1, "X"), (4, 5, "Y"))
    second = finding("AA002", (4, 5, "Z"), (8, 9, "W"))
    text, counts = apply("abcdefghi", [first, second])
    assert (text, dict(counts)) == ("XbcdYfghi", {"AA001": 1})


def test_findings_that_share_a_fix_are_mended_together() -> None:
    text, counts = apply("ab", [finding("AA001", (0, 1, "X")), finding("AA001", (0, 1, "X"))])
    assert (text, counts["AA001"]) == ("Xb", 2)


def test_two_insertions_at_one_place_wait_for_each_other() -> None:
    text, _ = apply("ab", [finding("AA001", (1, 1, "X")), finding("AA002", (1, 1, "Y"))])
    assert text == "aXb"


def test_unsafe_fixes_need_a_word() -> None:
    check = replacing("AA001", "a", "b", Safety.UNSAFE)
    assert fix_text("a", check).text == "a"  # type: ignore[arg-type]
    assert fix_text("a", check, unsafe=True).text == "b"  # type: ignore[arg-type]


def test_rules_that_fight_are_named_and_stopped() -> None:
    def check(text: str) -> list[Diagnostic]:
        wrong, code = ("a", "AA001") if "a" in text else ("b", "AA002")
        return [finding(code, (0, 1, "b" if wrong == "a" else "a"))]

    fixed = fix_text("a", check)
    assert fixed.fighting == ("AA001", "AA002")
    assert fixed.text in ("a", "b")


EDITS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5), st.text("xyz", max_size=3)), min_size=1, max_size=3)


@hypothesis_settings(max_examples=300, deadline=None)
@given(st.text("abc\n", max_size=20), st.lists(EDITS, max_size=8))
def test_a_round_never_mixes_fixes(text: str, groups: list[list[tuple[int, int, str]]]) -> None:
    found = [
        finding(f"AA{number:03}", *((start, start + width, new) for start, width, new in group))
        for number, group in enumerate(groups)
    ]
    mended, counts = apply(text, found)
    taken = [diagnostic for diagnostic in found if counts[diagnostic.code]]
    # findings that share one fix share its edits
    fixes = {diagnostic.fix.edits for diagnostic in taken if diagnostic.fix}
    edits = [edit for fix in fixes for edit in fix]
    spans = sorted(edit.span for edit in edits)
    assert all(left.end <= right.start and left != right for left, right in pairwise(spans))
    assert mended == apply_edits(text, edits)
    assert all(span.end <= len(text) for span in spans)


@hypothesis_settings(max_examples=300, deadline=None)
@given(st.text("ab, 。\n", max_size=40))
def test_fixing_twice_is_fixing_once(text: str) -> None:
    check = replacing("AA001", "aa", "a")
    once = fix_text(text, check)  # type: ignore[arg-type]
    assert "aa" not in once.text
    assert fix_text(once.text, check).text == once.text  # type: ignore[arg-type]
    assert not once.remaining
