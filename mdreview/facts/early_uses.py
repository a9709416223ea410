"""Abbreviations that are used, and defined only later."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from mdreview.facts.known_abbreviations import COMMON, EMPHASIS, NAMES, UNIVERSAL
from mdreview.facts.terms import Bound, Used, defines, qualifies, terms, uses
from mdreview.markdown import Document
from mdreview.patterns import regex
from mdreview.source import Span

LONGEST_TITLE = 120
AT_ONCE = 60
OR_BETWEEN = regex(r"\A[^.!?。！？\n]*(?:,|，|\(|（) ?(?:or|i\.e\.|that is|即|也就是|或)[^.!?。！？\n]*\Z")
UNASKED = UNIVERSAL | NAMES | EMPHASIS
PART_OF_A_NAME = regex(r"[A-Z][A-Za-z0-9]* \Z")
TITLE_MARK = regex(r"[\s>*+\d.)-]{0,12}(?:\*\*|__)")


class EarlyUse(NamedTuple):
    """The first use of an abbreviation, and its definition further on."""

    short: str
    used: Used
    defined: Bound


def early_uses(document: Document) -> tuple[EarlyUse, ...]:
    """The first early use of each abbreviation, in order; ask through `document.fact`."""
    found = document.fact(terms)
    used_at = document.fact(uses)
    answers = []
    for short, definitions in found.by_short.items():
        if short in UNASKED:
            continue
        first = next((item for item in definitions if defines(item) and not qualifies(item)), None)
        if first is None or any(item.span.start < first.span.start for item in definitions):
            continue
        # a bracket after a Chinese name often reminds of a common abbreviation and does not introduce it
        if not first.definition.fits and short in COMMON:
            continue
        if (used := _first_use(document, used_at.get(short, []), first)) is not None:
            answers.append(EarlyUse(short, used, first))
    return tuple(sorted(answers, key=lambda answer: answer.used.span))


def _first_use(document: Document, uses: list[Used], first: Bound) -> Used | None:
    block = document.block_at(first.span.start)
    listed = first.short_span.start == first.span.start
    for used in uses:
        if used.span.start >= first.span.start:
            return None
        before = document.text_of(Span(max(0, used.span.start - 80), used.span.start))
        after = document.text_of(Span(used.span.end, used.span.end + 2))
        if after == "[^" or _explained(before, first) or (after[:1] == ")" and before.endswith(("` (", "`("))):
            # what is computed in place of the long form is not known
            return None
        if _told_at_once(document, used, first):
            return None
        # a paragraph that names several things and then explains each one explains them in time
        together = listed and document.block_at(used.span.start) == block
        part = used.setting.chinese and PART_OF_A_NAME.search(before)
        if used.use.alone and used.setting.running and not together and not part and not _in_title(document, used):
            return used
    return None


def _told_at_once(document: Document, used: Used, first: Bound) -> bool:
    """Whether the definition follows in the same sentence: an FE model, or fixed-effect (FE) model."""
    between = (
        document.text_of(Span(used.span.end, first.span.start)) if first.span.start < used.span.end + AT_ONCE else ""
    )
    return bool(between) and OR_BETWEEN.search(between) is not None


def _explained(before: str, first: Bound) -> bool:
    """Whether the name stands right before the use: 循环神经网络 RNN."""
    plain = before.rstrip(" *_（(「“'’\"”,，/").lower()
    return any(name and plain.endswith(name.lower()) for name in (first.name, first.definition.english))


def _in_title(document: Document, used: Used) -> bool:
    """Whether the use stands in the bold words that open its paragraph or item."""
    number = document.block_at(used.span.start)
    block = document.blocks[number]
    offset = used.span.start - document.start_of(number)
    leaf = bisect_right(block.leaves, offset, key=lambda leaf: leaf.span.start) - 1
    start = block.leaves[leaf].span.start
    if offset - start > LONGEST_TITLE:
        return False
    before = block.prose[start:offset]
    return bool(TITLE_MARK.match(before)) and (before.count("**") + before.count("__")) % 2 == 1
