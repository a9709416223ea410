"""Leaves out the findings that comments in the text switch off, and says which comments switched off nothing."""

from __future__ import annotations

from collections.abc import Iterable
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
        self.used = False

    def silences(self, diagnostic: Diagnostic) -> bool:
        names = (diagnostic.code, diagnostic.name, diagnostic.code.rstrip("0123456789"), "ALL")
        inside = self.reach.start <= diagnostic.span.start < max(self.reach.end, self.reach.start + 1)
        return inside and (self.word is None or self.word in names)


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
    left = []
    for diagnostic in found:
        hits = [entry for entry in entries if entry.silences(diagnostic) and _may(entry, diagnostic)]
        for entry in hits:
            entry.used = True
        if not hits:
            left.append(diagnostic)
    if unused_rule is None:
        return left
    families = {code.rstrip("0123456789") for code in selected}
    judged = set(selected) | families | {"ALL"} | _names(selected)
    for entry in entries:
        if not entry.used and (entry.word is None or entry.word in judged):
            left.append(unused_rule.found(entry.place, rule=entry.word or "ALL"))
    return left


def _may(entry: _Entry, diagnostic: Diagnostic) -> bool:
    return not diagnostic.code.startswith("SUP") or entry.word in (diagnostic.code, diagnostic.name, "SUP")


def _names(selected: Iterable[str]) -> set[str]:
    from mdreview.rules import RULES

    codes = set(selected)
    return {rule.name for rule in RULES if rule.code in codes}


def _entries(document: Document, comments: list[tuple[Span, int, Suppression]]) -> list[_Entry]:
    source = document.source
    end = len(source.text) + 1
    entries: list[_Entry] = []
    open_entries: list[_Entry] = []
    for span, start, comment in comments:
        words: list[tuple[str | None, Span]] = [(word, place.shifted(start)) for word, place in comment.words]
        words = words or [(None, span)]
        if comment.scope == "enable":
            for entry in open_entries:
                if entry.reach.end == end and any(word is None or word == entry.word for word, _ in words):
                    entry.reach = Span(entry.reach.start, span.start)
            open_entries = [entry for entry in open_entries if entry.reach.end == end]
            continue
        for word, place in words:
            entry = _Entry(word, place, _reach(document, comment, span, end))
            entries.append(entry)
            if comment.scope == "disable":
                open_entries.append(entry)
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
