"""Mends a text: fixes applied whole or not at all, again and again until nothing changes."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from mdreview.diagnostic import Diagnostic, Edit, Fix, Safety

Check = Callable[[str], list[Diagnostic]]
PASSES = 50


class Fixed(NamedTuple):
    """What became of a text.

    `applied` counts mended findings by code, `remaining` are the findings of the new text, and `fighting` names
    the rules whose fixes undo each other; their last round was not applied.
    """

    text: str
    applied: Mapping[str, int]
    remaining: tuple[Diagnostic, ...]
    fighting: tuple[str, ...] = ()


def fix_text(text: str, check: Check, *, unsafe: bool = False, codes: frozenset[str] | None = None) -> Fixed:
    """Applies the fixes that `check` offers until none is left.

    Only safe fixes, unless `unsafe`; only those of the rules in `codes`, unless None. The result of mending it once
    more is the same text. Fixes that lead back to a text that was there before are stopped and named.
    """
    applied: Counter[str] = Counter()
    seen: dict[str, int] = {}
    rounds: list[Counter[str]] = []
    found = check(text)
    while True:
        candidates = [
            diagnostic
            for diagnostic in found
            if diagnostic.fix is not None
            and (unsafe or diagnostic.fix.safety is Safety.SAFE)
            and (codes is None or diagnostic.code in codes)
        ]
        mended, counts = apply(text, candidates)
        if mended == text:
            return Fixed(text, applied, tuple(found))
        seen[text] = len(rounds)
        if mended in seen or len(rounds) >= PASSES:
            fighting = sum(rounds[seen.get(mended, -2) :], counts)
            return Fixed(text, applied, tuple(found), tuple(sorted(fighting)))
        rounds.append(counts)
        applied += counts
        text = mended
        found = check(text)


def apply(text: str, found: Iterable[Diagnostic]) -> tuple[str, Counter[str]]:
    """The text after one round of fixes, and the number of findings that these mend, by code.

    Fixes are taken in the order of `found`; one that touches what an earlier one changes waits for the next round.
    Findings that share one fix are mended together.
    """
    taken: list[Edit] = []
    starts: list[int] = []
    fixes: dict[tuple[Edit, ...], bool] = {}
    counts: Counter[str] = Counter()
    for diagnostic in found:
        fix = diagnostic.fix
        if fix is None:
            continue
        if fix.edits not in fixes:
            fixes[fix.edits] = _may_join(fix, taken, starts, len(text))
            if fixes[fix.edits]:
                for edit in fix.edits:
                    index = bisect_right(starts, edit.span.start)
                    starts.insert(index, edit.span.start)
                    taken.insert(index, edit)
        if fixes[fix.edits]:
            counts[diagnostic.code] += 1
    return apply_edits(text, taken), counts


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits made that do not overlap, in whatever order they come."""
    pieces: list[str] = []
    done = 0
    for (start, end), replacement in sorted(edits):
        pieces += (text[done:start], replacement)
        done = end
    pieces.append(text[done:])
    return "".join(pieces)


def _may_join(fix: Fix, taken: list[Edit], starts: list[int], length: int) -> bool:
    """Whether the fix's edits are within the text and apart from each other and from those taken."""
    own = sorted(fix.edits)
    if any(not 0 <= edit.span.start <= edit.span.end <= length for edit in own):
        return False
    if any(_touch(left, right) for left, right in pairwise(own)):
        return False
    for edit in own:
        index = bisect_right(starts, edit.span.start)
        if any(_touch(other, edit) for other in taken[max(index - 1, 0) : index + 1]):
            return False
    return True


def _touch(one: Edit, other: Edit) -> bool:
    """Whether two edits share a code point, or insert at one place, where their order would decide the result."""
    if one.span.start == other.span.start:
        return True
    first, second = sorted((one, other))
    return first.span.end > second.span.start
