"""Punctuation, brackets and spaces where Chinese and Latin writing meet."""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import Enum
from typing import NamedTuple

from mdreview.facts.reference_list import reference_lists
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
LATIN = regex(r"[A-Za-z]")
# the spaces before Latin letters, and those between them and a Han character
LATIN_RUN = regex(r"([ ]{0,2})[A-Za-z]+(?:([ ]{0,2})(?=\p{Han}))?")
QUOTED = regex(r"“[^“”\n]{1,300}”|「[^「」\n]{1,300}」|『[^『』\n]{1,300}』|《[^《》\n]{1,100}》|\"[^\"\n]{1,200}\"")
FORMULA = regex(
    r"\{[^{}\n]{1,300}\}|⟨[^⟨⟩\n]{1,300}⟩"
    r"|(?:(?<![A-Za-z0-9])[A-Za-z]|(?<![A-Za-z])(?:log|ln|exp|max|min|argmax|argmin|softmax|sin|cos|tan|len)\d{0,2}"
    r"|=[ ]?\w{1,20})\([^()\n]{1,300}\)"
)
"""A set, a tuple, the arguments of a function: written as formulas are, in whatever language."""
ASIDE = frozenset({Region.REFERENCES, Region.KEYWORDS, Region.CONTENTS})
PASSED = frozenset({Kind.QUOTE, Kind.FOOTNOTE, Kind.CODE, Kind.THINKING})
LONGEST_PAIR = 300


def punctuation(block: Block) -> tuple[Mark, ...]:
    """The commas, semicolons, colons, question and exclamation marks after a Han character."""
    found = []
    for leaf in _leaves(block):
        quoted = _apart(block.prose, leaf.span)
        for match in PUNCTUATION.finditer(block.prose, *leaf.span):
            ratio = match.group() == " :" and block.prose[match.end() : match.end() + 1] == " "
            if not ratio and not _inside(quoted, match.start()):
                width = "full" if match["full"] else "half"
                found.append(Mark(Width(width), Span(*match.span(width))))
    return tuple(found)


def brackets(block: Block) -> tuple[Mark, ...]:
    """The pairs of round brackets that follow or hold a Han character, in order of their opening."""
    found = []
    prose = block.prose
    for leaf in _leaves(block):
        quoted = _apart(prose, leaf.span)
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
    if not LATIN.search(block.prose):
        return ()
    found = []
    prose = block.prose
    for leaf in _leaves(block):
        spans = []
        for match in LATIN_RUN.finditer(prose, *leaf.span):
            if match.start() > leaf.span.start and HAN.match(prose, match.start() - 1):
                spans.append(match.span(1))
            if match[2] is not None:
                spans.append(match.span(2))
        quoted = _apart(prose, leaf.span) if spans else []
        found += [Boundary(start < end, Span(start, end)) for start, end in spans if not _inside(quoted, start)]
    return tuple(found)


def in_text(document: Document, placed: Placed[Mark] | Placed[Boundary]) -> bool:
    """Whether a place belongs to the running text: not to a reference list, keywords or contents."""
    start = placed.start + placed.fact.span.start
    return start < document.fact(_end) and document.fact(regions).at(start) not in ASIDE


def _end(document: Document) -> int:
    """Where the running text ends: at a list of references that no title parts from it."""
    untitled = [list_ for list_ in document.fact(reference_lists) if list_.title is None]
    return untitled[0].entries[0].span.start if untitled else len(document.source.text)


def _leaves(block: Block) -> list[Leaf]:
    """The paragraphs that are looked at."""
    if block.text.isascii() or block.kind in PASSED:
        return []
    paragraphs = (leaf for leaf in block.leaves if leaf.kind is LeafKind.PARAGRAPH)
    return [leaf for leaf in paragraphs if not leaf.inside or not PASSED.intersection(leaf.inside)]


def _apart(prose: str, span: Span) -> list[Span]:
    """Quotations and formulas, in order; those that overlap are one."""
    found: list[Span] = []
    patterns = (QUOTED, FORMULA) if "(" in prose or "{" in prose or "⟨" in prose else (QUOTED,)
    for one in sorted(Span(*match.span()) for pattern in patterns for match in pattern.finditer(prose, *span)):
        if found and one.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, one.end))
        else:
            found.append(one)
    return found


def _inside(spans: list[Span], offset: int) -> bool:
    index = bisect_right(spans, Span(offset, 1 << 60)) - 1
    return index >= 0 and spans[index].start < offset < spans[index].end
