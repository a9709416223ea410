"""Which numbers a document's figures, tables, equations and sections bear: what mentions are looked up in."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from mdreview.facts import floats, labels
from mdreview.facts.floats import Caption, FloatKind, parse_number
from mdreview.markdown import Document, Kind, Placed, kind_of
from mdreview.patterns import regex
from mdreview.source import Span

NEAR = 3
CARRIERS_AT_MOST = 8
LEGENDS = regex(
    r"legend|list of (?:figures|tables)|captions?\b|图题|表题|图例|图目|表目|图表目录|插图目录|附图|图注", re.I
)
SECOND = regex(r"[ ]?(?:&|and|和|与|、)[ ]?(\d{1,3})(?=[ .:：)])")
PANEL = regex(
    r"(?:[Ff]ig(?:ure|\.)|[Tt]able|图|表)[ ]?(\d{1,3})[ ]?[(（](?:top|bottom|left|right|upper|lower|上|下|左|右)"
)
TAG = regex(r"\btag=[\"']?([^\"'\s}]{1,12})")


class FloatIndex(NamedTuple):
    """The numbers that captions or tags give, by kind; how many floats there are; which count by themselves."""

    numbered: dict[FloatKind, frozenset[tuple[str, tuple[int, ...]]]]
    carried: dict[FloatKind, int]
    automatic: dict[FloatKind, int]


class Pairing(NamedTuple):
    """A caption with whether something that it can stand for is near it."""

    caption: Placed[Caption]
    carried: bool


def float_index(document: Document) -> FloatIndex:
    """The index of a document. Ask through `document.fact(float_index)`."""
    numbered: dict[FloatKind, set[tuple[str, tuple[int, ...]]]] = {kind: set() for kind in FloatKind}
    carried = dict.fromkeys(FloatKind, 0)
    automatic = dict.fromkeys(FloatKind, 0)
    for placed in document.joined(floats.captions):
        numbered[placed.fact.kind].add(placed.fact.number.key)
        numbered[placed.fact.kind].update(_joined(document, placed))
    for carrier in document.joined(floats.carriers):
        block = document.blocks[carrier.block]
        table = block.kind is Kind.TABLE or carrier.fact.kinds == floats.ONLY_TABLE
        carried[FloatKind.TABLE if table else FloatKind.FIGURE] += 1
    for chunk in document.joined(floats.chunk_captions):
        automatic[chunk.fact] += 1
    for equation in document.joined(floats.equations):
        carried[FloatKind.EQUATION] += 1
        automatic[FloatKind.EQUATION] += equation.fact.automatic
        if equation.fact.number and (number := parse_number(equation.fact.number)):
            numbered[FloatKind.EQUATION].add(number.key)
    for definition in document.joined(labels.definitions):
        kind = labels.KINDS.get(definition.fact.prefix)
        if kind is None:
            continue
        automatic[kind] += 1
        tag = TAG.search(definition.fact.attributes)
        if tag and (number := parse_number(tag.group(1))):
            numbered[kind].add(number.key)
    return FloatIndex({kind: frozenset(keys) for kind, keys in numbered.items()}, carried, automatic)


def _joined(document: Document, placed: Placed[Caption]) -> list[tuple[str, tuple[int, ...]]]:
    """The other numbers that a caption gives: Figure 3 & 4, Figure 3 (top): …, Figure 4 (bottom): …."""
    start, end = placed.span(placed.fact.label).end, placed.span(placed.fact.span).end
    text = document.text_of(Span(start, end))
    second = SECOND.match(text)
    found = ([second[1]] if second else []) + [match[1] for match in PANEL.finditer(text)]
    return [number.key for one in found if (number := parse_number(one))]


def pairings(document: Document) -> tuple[Pairing, ...]:
    """Every caption of its own line, and whether a float is near. Ask through `document.fact(pairings)`."""
    captions = [placed for placed in document.joined(floats.captions) if not placed.fact.image]
    by_block: dict[int, list[Placed[floats.Carrier]]] = defaultdict(list)
    for carrier in document.joined(floats.carriers):
        if len(by_block[carrier.block]) < CARRIERS_AT_MOST:
            by_block[carrier.block].append(carrier)
    candidates: list[tuple[int, int, int, Span]] = []
    beside: set[int] = set()
    for index, caption in enumerate(captions):
        for distance, block in _around(document, caption.block):
            for carrier in by_block.get(block, ()):
                if caption.fact.kind in carrier.fact.kinds:
                    span = carrier.span(carrier.fact.span)
                    candidates.append((distance, _gap(document, carrier, caption), index, span))
                    if distance <= 1:
                        beside.add(index)
    candidates.sort(key=lambda candidate: candidate[:3])
    paired: set[int] = set()
    taken: set[Span] = set()
    for _, _, index, span in candidates:
        if index not in paired and span not in taken:
            paired.add(index)
            taken.add(span)
    carried = paired | beside
    # a caption in a second language, or of a panel, stands below the first and shares its float
    for index in range(1, len(captions)):
        before, caption = captions[index - 1], captions[index]
        alike = before.fact.kind is caption.fact.kind and before.fact.number.key == caption.fact.number.key
        if alike and index - 1 in carried and caption.block - before.block <= 1:
            carried.add(index)
    return tuple(Pairing(caption, index in carried) for index, caption in enumerate(captions))


def _gap(document: Document, one: Placed[floats.Carrier], other: Placed[floats.Caption]) -> int:
    """How many characters of blocks lie between two places; the blank lines around blocks do not count."""
    (first, start), (last, end) = sorted(((one.block, one.fact.span.start), (other.block, other.fact.span.start)))
    return end - start + sum(len(document.blocks[number].text) for number in range(first, last))


def _around(document: Document, block: int) -> list[tuple[int, int]]:
    """The blocks near a block with their distance; headings bound the view, comments do not count."""
    found = [(0, block)]
    for step in (-1, 1):
        distance = 0
        at = block
        for _ in range(NEAR * 2):
            at += step
            if not 0 <= at < len(document.blocks) or distance >= NEAR:
                break
            kind = document.each(kind_of)[at]
            if kind is Kind.HEADING:
                break
            if kind in (Kind.COMMENT, Kind.LINK_DEFINITION):
                continue
            distance += 1
            found.append((distance, at))
    return found
