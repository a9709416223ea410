"""Mends punctuation, brackets and spaces where Chinese and Latin writing meet."""

from __future__ import annotations

from mdreview.diagnostic import Edit, Fix, Text
from mdreview.facts.typography import Mark
from mdreview.markdown import Document, Placed
from mdreview.remedies.making import fix_of
from mdreview.source import Span

WRITE = Text("Write “{mark}”", "改为“{mark}”")
BRACKETS = Text("Write “{opening}…{closing}”", "改为“{opening}……{closing}”")
SPACE = Text("Set a space", "加空格")
NO_SPACE = Text("Remove the space", "删去空格")


def widen(document: Document, span: Span) -> Fix | None:
    """Writes a half-width mark full-width, without the space that followed it."""
    mark = chr(ord(document.text_of(span)[0]) + 0xFEE0)
    return fix_of(document, WRITE, (Edit(span, mark), *_space_after(document, span.end)), mark=mark)


def separate(document: Document, span: Span, wanted: str) -> Fix | None:
    """Puts another separator between two keywords; after a full-width one stands no space, after another one does."""
    following = document.text_of(Span(span.end, span.end + 1))
    if wanted.strip() and not wanted[-1].isascii():
        return fix_of(document, WRITE, (Edit(span, wanted), *_space_after(document, span.end)), mark=wanted)
    space = " " if wanted.strip() and following not in ("", " ", "\n", "\r") else ""
    return fix_of(document, WRITE, (Edit(span, wanted + space),), mark=wanted)


def pair(document: Document, placed: Placed[Mark], *, full: bool) -> Fix | None:
    """Writes both brackets of a pair in one width; None where that would make a link of the text before."""
    if placed.fact.closing is None:
        return None
    opening, closing = placed.span(placed.fact.span), placed.span(placed.fact.closing)
    before = document.text_of(Span(max(opening.start - 2, 0), opening.start))
    if before.endswith("]"):
        return None
    marks = "（）" if full else "()"
    edits = [Edit(opening, marks[0]), Edit(closing, marks[1])]
    if full:
        if before.endswith(" ") and before[0].isalnum():
            edits.append(Edit(Span(opening.start - 1, opening.start), ""))
        edits += _space_after(document, closing.end)
    return fix_of(document, BRACKETS, edits, opening=marks[0], closing=marks[1])


def add_space(document: Document, offset: int) -> Fix | None:
    """Sets a space before the character at `offset`."""
    return fix_of(document, SPACE, (Edit(Span(offset, offset + 1), " " + document.text_of(Span(offset, offset + 1))),))


def remove_space(document: Document, span: Span) -> Fix | None:
    """Removes the space between Chinese and Latin letters."""
    return fix_of(document, NO_SPACE, (Edit(span, ""),))


def _space_after(document: Document, offset: int) -> list[Edit]:
    """The removal of one space in the midst of a line."""
    after = document.text_of(Span(offset, offset + 2))
    if after.startswith(" ") and after[1:].strip():
        return [Edit(Span(offset, offset + 1), "")]
    return []
