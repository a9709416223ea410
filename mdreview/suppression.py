"""Leaves out the findings that comments in the text switch off, and says which comments switched off nothing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import TYPE_CHECKING

from mdreview.diagnostic import Diagnostic
from mdreview.facts import suppressions
from mdreview.facts.suppressions import Suppression
from mdreview.markdown import Document
from mdreview.source import Span

if TYPE_CHECKING:
    from mdreview.rule import Rule


class _Entry:
    """One word of one comment (or the comment that names no rule) with the range that it silences."""

    def __init__(self, word: str | None, place: Span, reach: Span) -> None:
        self.word = word
        self.place = place
        self.reach = reach

    def used(self, places: Mapping[str | None, list[int]]) -> bool:
        """Whether one of the places that its word speaks of lies in its reach."""
        starts = places.get(self.word, [])
        index = bisect_left(starts, self.reach.start)
        return index < len(starts) and starts[index] < max(self.reach.end, self.reach.start + 1)


class _Reaches:
    """The ranges that one word silences; tells whether a place lies in any of them."""

    def __init__(self, reaches: Iterable[Span]) -> None:
        ordered = sorted(reaches)
        self.starts = [reach.start for reach in ordered]
        self.ends = list(accumulate((max(reach.end, reach.start + 1) for reach in ordered), max))

    def hold(self, place: int) -> bool:
        index = bisect_right(self.starts, place) - 1
        return index >= 0 and place < self.ends[index]


def suppress(
    document: Document, found: list[Diagnostic], selected: Iterable[str], unused_rule: Rule | None
) -> list[Diagnostic]:
    """The findings that no comment silences, and one of `unused_rule` for each comment that silenced nothing.

    A comment that names only rules outside `selected` cannot be judged and is not called unused. The findings on
    the comments themselves (family SUP) are silenced only by comments that name them.
    """
    if not (comments := document.joined(suppressions.read)):
        return found
    entries = _entries(document, [(placed.span(placed.fact.span), placed.start, placed.fact) for placed in comments])
    by_word: dict[str | None, list[Span]] = {}
    for entry in entries:
        by_word.setdefault(entry.word, []).append(entry.reach)
    reaches = {word: _Reaches(spans) for word, spans in by_word.items()}
    places: dict[str | None, list[int]] = {}
    left = []
    for diagnostic in sorted(found, key=lambda diagnostic: diagnostic.span.start):
        start = diagnostic.span.start
        words = _words(diagnostic)
        for word in words:
            places.setdefault(word, []).append(start)
        if not any(word in reaches and reaches[word].hold(start) for word in words):
            left.append(diagnostic)
    if unused_rule is None:
        return left
    families = {code.rstrip("0123456789") for code in selected}
    judged = set(selected) | families | {"ALL"} | _names(selected)
    for entry in entries:
        if (entry.word is None or entry.word in judged) and not entry.used(places):
            left.append(unused_rule.found(entry.place, rule=entry.word or "ALL"))
    return left


def _words(diagnostic: Diagnostic) -> tuple[str | None, ...]:
    """What a comment may say to silence this finding; None is a comment that names no rule."""
    family = diagnostic.code.rstrip("0123456789")
    if family == "SUP":
        return (diagnostic.code, diagnostic.name, family)
    return (None, diagnostic.code, diagnostic.name, family, "ALL")


def _names(selected: Iterable[str]) -> set[str]:
    from mdreview.rules import RULES

    codes = set(selected)
    return {rule.name for rule in RULES if rule.code in codes}


def _entries(document: Document, comments: list[tuple[Span, int, Suppression]]) -> list[_Entry]:
    source = document.source
    end = len(source.text) + 1
    entries: list[_Entry] = []
    still_open: dict[str | None, list[_Entry]] = {}
    for span, start, comment in comments:
        words: list[tuple[str | None, Span]] = [(word, place.shifted(start)) for word, place in comment.words]
        words = words or [(None, span)]
        if comment.scope == "enable":
            closed = list(still_open) if words[0][0] is None else [word for word, _ in words]
            for word in closed:
                for entry in still_open.pop(word, ()):
                    entry.reach = Span(entry.reach.start, span.start)
            continue
        for word, place in words:
            entry = _Entry(word, place, _reach(document, comment, span, end))
            entries.append(entry)
            if comment.scope == "disable":
                still_open.setdefault(word, []).append(entry)
    return entries


def _reach(document: Document, comment: Suppression, span: Span, end: int) -> Span:
    source = document.source
    if comment.scope == "disable":
        return Span(span.end, end)
    if comment.scope == "disable-file":
        return Span(0, end)
    if comment.scope == "disable-line":
        return Span(
            source.line_span(source.line_at(span.start)).start, source.line_span(source.line_at(span.end)).end + 1
        )
    line = source.line_at(span.end) + 1
    while line < len(source.line_starts) and not source.line_text(line).strip():
        line += 1
    if line >= len(source.line_starts):
        return Span(end, end)
    following = source.line_span(line)
    return Span(following.start, following.end + 1)
