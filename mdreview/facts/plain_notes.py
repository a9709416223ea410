"""Footnotes that are written as plain text: a paragraph that begins with [3], where the text has the mark [^3]."""

from __future__ import annotations

from collections import Counter

from mdreview.facts.footnotes import undefined_numbers
from mdreview.facts.reference_list import Entry, Style, numbered_entries
from mdreview.markdown import PROSE, Block, Document, Kind, kind_of, where
from mdreview.patterns import regex
from mdreview.source import Span

NOTE = regex(r"[ ]{0,3}(\[(\d{1,4})\])[:：]?[ \t]+(?=\S)")
ANYWHERE = regex(r"\[(?<![\]\[^\\].)(\d{1,4})\](?!\()")
LEAST = 2


def plain_notes(document: Document) -> tuple[Entry, ...]:
    """The notes outside any reference list that undefined marks mean, in order. Ask through `document.fact`.

    Each label opens one paragraph, or one line of a footnote before it, and stands nowhere else. One such paragraph
    by itself may cite a work by its number; so a single one counts only beside a footnote.
    """
    marks = document.fact(undefined_numbers) - document.fact(numbered_entries).keys()
    if not marks:
        return ()
    placed = document.joined(_bracketed)
    times = Counter(one.fact for one in placed)
    kinds = document.each(kind_of)
    found = []
    beside = 0
    for number, start in dict.fromkeys((one.block, one.start) for one in placed if times[one.fact] == 1):
        if kinds[number] not in (Kind.PARAGRAPH, Kind.FOOTNOTE):
            continue
        for note in _notes(document, number, marks):
            if times[note.number or 0] == 1:
                found.append(note.shifted(start))
                beside += Kind.FOOTNOTE in kinds[max(number - 1, 0) : number + 2]
    return tuple(found) if len(found) >= LEAST or beside else ()


@where(PROSE(ANYWHERE))
def _bracketed(block: Block) -> tuple[int, ...]:
    """The numbers in brackets."""
    return tuple(map(int, ANYWHERE.findall(block.prose)))


def _notes(document: Document, number: int, marks: frozenset[int]) -> list[Entry]:
    """The lines of a block that begin with one of the labels; of a paragraph only if its first line does."""
    block = document.blocks[number]
    places = []
    for leaf in block.leaves:
        for place, piece in enumerate(leaf.pieces):
            # the prose has blanks for an address, the text has not
            match = NOTE.match(block.text, *piece) if block.prose[piece.start : piece.end].lstrip()[:1] == "[" else None
            known = match is not None and int(match[2]) in marks
            if known and match is not None:
                places.append((match, leaf.span.end))
            elif block.kind is Kind.PARAGRAPH and not place:
                return []
    if not places:
        return []
    ends = [match.start() for match, _ in places[1:]] + [len(block.text)]
    found = []
    for (match, leaf_end), end in zip(places, ends, strict=True):
        text = block.text[match.end() : min(end, leaf_end)].rstrip()
        span = Span(match.start(1), match.end() + len(text))
        found.append(Entry(int(match[2]), match[2], Style.BRACKET, Span(*match.span(1)), span, text))
    return found
