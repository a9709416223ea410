"""Punctuation, brackets and spaces where Chinese and Latin writing meet."""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import Enum
from typing import NamedTuple

from mdreview.facts.regions import Region, regions
from mdreview.markdown import Block, Document, Kind, Leaf, LeafKind, Placed
from mdreview.patterns import regex
from mdreview.source import Span


class Width(Enum):
    """How wide a mark is: `,` is half, `，` is full; MIXED is a pair of one and the other."""

    HALF = "half"
    FULL = "full"
    MIXED = "mixed"


class Mark(NamedTuple):
    """A punctuation mark or a pair of brackets with its width; a pair's `closing` is its second bracket."""

    width: Width
    span: Span
    closing: Span | None = None


class Boundary(NamedTuple):
    """A place where Han and Latin letters meet; `span` holds the spaces between them, or is empty."""

    spaced: bool
    span: Span


HAN = regex(r"\p{Han}")
PUNCTUATION = regex(
    r"(?:(?<=\p{Han})|(?<=[”’」』）》]))(?P<full>[，；：？！])|(?<=\p{Han})[ ]?(?P<half>[,;:?!])(?![\d,;:?!/\\)(]"
    r"|[A-Za-z]{1,6}[)>])"
)
BRACKET = regex(r"[()（）]")
BOUNDARY = regex(r"(?<=\p{Han})(?P<after>[ ]{0,2})(?=[A-Za-z])|(?<=[A-Za-z])(?P<before>[ ]{0,2})(?=\p{Han})")
QUOTED = regex(r"“[^“”\n]{1,300}”|「[^「」\n]{1,300}」|『[^『』\n]{1,300}』|《[^《》\n]{1,100}》|\"[^\"\n]{1,200}\"")
ASIDE = frozenset({Region.REFERENCES, Region.KEYWORDS, Region.CONTENTS})
PASSED = frozenset({Kind.QUOTE, Kind.FOOTNOTE, Kind.CODE, Kind.THINKING})
LONGEST_PAIR = 300


def punctuation(block: Block) -> tuple[Mark, ...]:
    """The commas, semicolons, colons, question and exclamation marks after a Han character."""
    found = []
    for leaf, quoted in _leaves(block):
        for match in PUNCTUATION.finditer(block.prose, *leaf.span):
            if not _inside(quoted, match.start()):
                width = "full" if match["full"] else "half"
                found.append(Mark(Width(width), Span(*match.span(width))))
    return tuple(found)


def brackets(block: Block) -> tuple[Mark, ...]:
    """The pairs of round brackets that follow or hold a Han character, in order of their opening."""
    found = []
    prose = block.prose
    for leaf, quoted in _leaves(block):
        opened: list[re.Match[str]] = []
        for match in BRACKET.finditer(prose, *leaf.span):
            if match.group() in "(（":
                opened.append(match)
            elif opened:
                opening = opened.pop()
                before = prose[max(opening.start() - 1, leaf.span.start) : opening.start()]
                inner = prose[opening.end() : min(match.start(), opening.end() + LONGEST_PAIR)]
                if not HAN.search(before + inner) or _inside(quoted, opening.start()):
                    continue
                full = (opening.group() == "（") + (match.group() == "）")
                width = (Width.HALF, Width.MIXED, Width.FULL)[full]
                found.append(Mark(width, Span(*opening.span()), Span(*match.span())))
    return tuple(sorted(found, key=lambda mark: mark.span))


def boundaries(block: Block) -> tuple[Boundary, ...]:
    """The places where a Han character and a Latin letter meet, with or without a space."""
    found = []
    for leaf, quoted in _leaves(block):
        for match in BOUNDARY.finditer(block.prose, *leaf.span):
            if not _inside(quoted, match.start()):
                found.append(Boundary(bool(match.group()), Span(*match.span())))
    return tuple(found)


def in_text(document: Document, placed: Placed[Mark] | Placed[Boundary]) -> bool:
    """Whether a place belongs to the running text: not to a reference list, keywords or contents."""
    return document.fact(regions).at(placed.start + placed.fact.span.start) not in ASIDE


def _leaves(block: Block) -> list[tuple[Leaf, list[Span]]]:
    if block.text.isascii() or block.kind in PASSED:
        return []
    found = []
    for leaf in block.leaves:
        if leaf.kind is LeafKind.PARAGRAPH and not PASSED.intersection(leaf.inside):
            quoted = [Span(*match.span()) for match in QUOTED.finditer(block.prose, *leaf.span)]
            found.append((leaf, quoted))
    return found


def _inside(spans: list[Span], offset: int) -> bool:
    index = bisect_right(spans, Span(offset, 1 << 60)) - 1
    return index >= 0 and spans[index].start < offset < spans[index].end
