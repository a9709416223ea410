"""The short and long forms of a text, in their places."""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal, NamedTuple

from mdreview.facts import abbreviations as facts
from mdreview.facts import long_forms, short_forms
from mdreview.facts.short_forms import Use
from mdreview.markdown import Document, Placed
from mdreview.source import Span

NEAR = 400


class AbbreviationSpan(NamedTuple):
    """A short or a long form in a text.

    `span` counts code points, half-open. `defined` tells that the text binds this short form to a long form
    somewhere; a long form is always defined.
    """

    kind: Literal["short", "long"]
    span: Span
    defined: bool


def abbreviations(document: Document) -> tuple[AbbreviationSpan, ...]:
    """Every short form of a document, defined in it or not, and every long form where it is bound to one.

    The spans are in order and none occurs twice. Tokens parted by single spaces, `( CNN )`, are read like `(CNN)`.
    """
    text = document.source.text
    shorts: dict[Span, str] = {}
    longs: set[Span] = set()
    bound: set[str] = set()
    for placed in document.joined(facts.read):
        definition = placed.fact
        if not definition.short or definition.form == "loose":
            continue
        bound.add(definition.short)
        shorts[placed.span(definition.short_span)] = definition.short
        if definition.english_span is not None:
            longs.add(placed.span(definition.english_span))
        elif definition.chinese_span is not None:
            longs.add(placed.span(definition.chinese_span))
    undefined: dict[str, Placed[Use]] = {}
    covered = sorted([*shorts, *longs])
    for start, block in document:
        for leaf in block.leaves:
            for compound in short_forms.compounds(block.prose, *leaf.span):
                span = compound.shifted(start)
                if not _within(span, covered):
                    shorts[span] = text[span.start : span.end]
    covered = sorted([*shorts, *longs])
    for use in document.joined(facts.read_uses):
        span = use.span(use.fact.span)
        if not _within(span, covered):
            shorts[span] = use.fact.name
            undefined.setdefault(use.fact.name, use)
    for name, use in undefined.items():
        if name in bound:
            continue
        block = document.blocks[use.block]
        place = use.fact.span
        near = long_forms.nearby(block.prose, max(0, place.start - NEAR), min(len(block.prose), place.end + NEAR), name)
        if near is not None and not _within(use.span(near), covered):
            longs.add(use.span(near))
            bound.add(name)
    found = [AbbreviationSpan("short", span, name in bound) for span, name in shorts.items()]
    found += [AbbreviationSpan("long", span, True) for span in longs]
    return tuple(sorted(found, key=lambda abbreviation: (abbreviation.span, abbreviation.kind)))


def _within(span: Span, covered: list[Span]) -> bool:
    index = bisect_right(covered, Span(span.start, 1 << 60))
    return any(other.overlaps(span) for other in covered[max(index - 2, 0) : index + 1])
