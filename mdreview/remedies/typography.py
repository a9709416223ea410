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
    text = document.source.text
    mark = chr(ord(text[span.start]) + 0xFEE0)
    return fix_of(document, WRITE, (Edit(span, mark), *_space_after(text, span.end)), mark=mark)


def separate(document: Document, span: Span, wanted: str) -> Fix | None:
    """Puts another separator between two keywords; after a full-width one stands no space, after another one does."""
    text = document.source.text
    following = text[span.end : span.end + 1]
    if wanted.strip() and not wanted[-1].isascii():
        return fix_of(document, WRITE, (Edit(span, wanted), *_space_after(text, span.end)), mark=wanted)
    space = " " if wanted.strip() and following not in ("", " ", "\n", "\r") else ""
    return fix_of(document, WRITE, (Edit(span, wanted + space),), mark=wanted)


def pair(document: Document, placed: Placed[Mark], *, full: bool) -> Fix | None:
    """Writes both brackets of a pair in one width; None where that would make a link of the text before."""
    if placed.fact.closing is None:
        return None
    text = document.source.text
    opening, closing = placed.span(placed.fact.span), placed.span(placed.fact.closing)
    if text[opening.start - 1 : opening.start] == "]":
        return None
    marks = "（）" if full else "()"
    edits = [Edit(opening, marks[0]), Edit(closing, marks[1])]
    if full:
        if text[max(opening.start - 2, 0) : opening.start].endswith(" ") and text[opening.start - 2].isalnum():
            edits.append(Edit(Span(opening.start - 1, opening.start), ""))
        edits += _space_after(text, closing.end)
    return fix_of(document, BRACKETS, edits, opening=marks[0], closing=marks[1])


def add_space(document: Document, offset: int) -> Fix | None:
    """Sets a space before the character at `offset`."""
    return fix_of(document, SPACE, (Edit(Span(offset, offset + 1), " " + document.source.text[offset]),))


def remove_space(document: Document, span: Span) -> Fix | None:
    """Removes the space between Chinese and Latin letters."""
    return fix_of(document, NO_SPACE, (Edit(span, ""),))


def _space_after(text: str, offset: int) -> list[Edit]:
    """The removal of one space in the midst of a line."""
    if text[offset : offset + 1] == " " and text[offset + 1 : offset + 2].strip():
        return [Edit(Span(offset, offset + 1), "")]
    return []
