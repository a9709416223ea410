"""Long forms that are written out after their abbreviation was defined."""

from __future__ import annotations

from typing import NamedTuple

from mdreview.facts.terms import Bound, Settings, defines, terms
from mdreview.facts.word_index import WordIndex
from mdreview.markdown import Document
from mdreview.source import Span


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
            for long in (first.name, first.definition.english.lower()):
                if len(long) > 3:
                    longs.setdefault(long, first)
    if not longs:
        return ()
    taken = sorted(item.span for item in found.bound)
    settings = Settings(document)
    places = []
    index = WordIndex([*longs, *(f"{long}s" for long in longs if long.isascii())])
    for number, (start, block) in enumerate(document):
        for leaf_number, leaf in enumerate(block.leaves):
            if not settings.of(number, leaf_number).running:
                continue
            for found_word in index.find(block.prose, *leaf.span):
                bound = longs.get(found_word.word) or longs.get(found_word.word.removesuffix("s"))
                span = Span(found_word.start, found_word.end).shifted(start)
                if bound is not None and span.start > bound.span.end and not _inside(span, taken):
                    places.append(Place(span, block.prose[found_word.start : found_word.end], bound))
    return tuple(places)


def _inside(span: Span, taken: list[Span]) -> bool:
    from bisect import bisect_right

    index = bisect_right(taken, Span(span.start, 1 << 60))
    return any(other.overlaps(span) for other in taken[max(index - 2, 0) : index + 1])
