"""Long forms that are written out after their abbreviation was defined."""

from __future__ import annotations

import re
from typing import NamedTuple

from mdreview.facts.terms import Bound, Settings, defines, terms
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
    longest_first = sorted(longs, key=len, reverse=True)
    words = [rf"\b{re.escape(long)}s?\b" if long.isascii() else re.escape(long) for long in longest_first]
    pattern = re.compile("|".join(words), re.I)
    for number, (start, block) in enumerate(document):
        for index, leaf in enumerate(block.leaves):
            if not settings.of(number, index).running:
                continue
            for match in pattern.finditer(block.prose, *leaf.span):
                written = match.group().lower()
                bound = longs.get(written) or longs.get(written.removesuffix("s"))
                span = Span(*match.span()).shifted(start)
                if bound is not None and span.start > bound.span.end and not _inside(span, taken):
                    places.append(Place(span, match.group(), bound))
    return tuple(places)


def _inside(span: Span, taken: list[Span]) -> bool:
    from bisect import bisect_right

    index = bisect_right(taken, Span(span.start, 1 << 60))
    return any(other.overlaps(span) for other in taken[max(index - 2, 0) : index + 1])
