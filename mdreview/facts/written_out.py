"""Long forms that are written out after their abbreviation was defined."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from mdreview.facts.regions import regions
from mdreview.facts.terms import Bound, defines, setting_of, terms
from mdreview.facts.word_index import Found, WordIndex
from mdreview.markdown import Block, Document, InlineKind
from mdreview.patterns import regex
from mdreview.source import Span

IDENTIFIER = regex(r"(?:[A-Z][a-z]+){2,}\Z")
COMPOUND = regex(r"[自非子超反亚次准伪/]\Z")
TITLE = regex(r"《[^《》\n]{1,100}》|“[^“”\n]{1,60}”|「[^「」\n]{1,60}」")
TITLE_LONGEST = 100


class Place(NamedTuple):
    """A long form written out, and the definition before it."""

    span: Span
    written: str
    defined: Bound


def written_out(document: Document) -> tuple[Place, ...]:
    """The places, in order; one pass over the text for all long forms together."""
    found = document.fact(terms)
    longs: dict[str, Bound] = {}
    for defined in found.by_short.values():
        first = next((item for item in defined if defines(item) and item.setting.running), None)
        if first is not None:
            for long in (first.name, first.definition.english):
                if len(long) > 3 and not IDENTIFIER.match(long):
                    longs.setdefault(long.lower(), first)
    if not longs:
        return ()
    taken = sorted(item.span for item in found.bound)
    where = document.fact(regions)
    places = []
    index = WordIndex([*longs, *(f"{long}s" for long in longs if long.isascii())])
    for start, block in document:
        for leaf_number, leaf in enumerate(block.leaves):
            if not setting_of(where, start, block, leaf_number).running:
                continue
            for found_word in index.find(block.prose, *leaf.span):
                bound = longs.get(found_word.word) or longs.get(found_word.word.removesuffix("s"))
                span = Span(found_word.start, found_word.end).shifted(start)
                if bound is None or span.start <= bound.span.end or _inside(span, taken):
                    continue
                if not _named(block, leaf.span, found_word):
                    places.append(Place(span, block.prose[found_word.start : found_word.end], bound))
    return tuple(places)


def _named(block: Block, leaf: Span, word: Found) -> bool:
    """Whether the words are part of a longer name: the title of another work, a link's text, a compound."""
    if COMPOUND.match(block.prose, max(word.start - 1, leaf.start), word.start):
        return True
    last = bisect_right(block.inlines, word.start, key=lambda inline: inline.span.start)
    around = block.inlines[max(last - 3, 0) : last]
    if any(
        inline.kind is InlineKind.LINK and inline.content.start <= word.start < inline.content.end for inline in around
    ):
        return True
    titles = TITLE.finditer(
        block.prose, max(word.start - TITLE_LONGEST, leaf.start), min(word.end + TITLE_LONGEST, leaf.end)
    )
    return any(match.start() < word.start < match.end() for match in titles)


def _inside(span: Span, taken: list[Span]) -> bool:
    index = bisect_right(taken, Span(span.start, 1 << 60))
    return any(other.overlaps(span) for other in taken[max(index - 2, 0) : index + 1])
