"""The keywords of a document and what stands between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mdreview.facts.regions import Region, Stretch, regions
from mdreview.markdown import Document, Kind
from mdreview.patterns import regex
from mdreview.source import Span


class Keywords(NamedTuple):
    """A list of keywords: the places of its separators, and whether it is a Chinese list."""

    separators: tuple[Span, ...]
    chinese: bool


SEPARATOR = regex(r"[,，;；、|]|(?<=\S)[ \u3000]{2,}(?=\S)")
DRESS = "*_:：】]」 \t"
HAN = regex(r"\p{Han}")


def keyword_lists(document: Document) -> tuple[Keywords, ...]:
    """The lists of keywords in the document, each with at least one separator."""
    found: list[Keywords] = []
    for stretch in document.fact(regions).of(Region.KEYWORDS):
        number = max(document.block_at(stretch.span.start), 0)
        while number < len(document.blocks) and document.start_of(number) < stretch.span.end:
            found += _in_block(document, number, stretch)
            number += 1
    return tuple(found)


def _in_block(document: Document, number: int, stretch: Stretch) -> Iterator[Keywords]:
    block, offset = document.blocks[number], document.start_of(number)
    if block.kind is Kind.HEADING:
        return
    for leaf in block.leaves:
        for start, end in leaf.pieces:
            if not stretch.span.start <= offset + end <= stretch.span.end or offset + end <= stretch.title.start:
                continue
            start = max(start, stretch.title.end - offset)
            line = block.prose[start:end]
            start += len(line) - len(line.lstrip(DRESS))
            end -= len(line) - len(line.rstrip(DRESS))
            marks = [Span(*match.span()).shifted(offset) for match in SEPARATOR.finditer(block.prose, start, end)]
            if marks:
                yield Keywords(tuple(marks), bool(HAN.search(line)))
