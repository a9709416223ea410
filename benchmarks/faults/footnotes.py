"""Faults of footnotes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from benchmarks.faults.kinds import Fault, is_chinese, makes, text_of
from mdreview.diagnostic import Edit
from mdreview.facts import footnotes
from mdreview.fixes import apply_edits
from mdreview.markdown import Document, Kind, parse
from mdreview.source import Span


def notes(document: Document) -> tuple[list[tuple[str, list[Span]]], dict[str, Span]]:
    """The labels by first reference with the places of their references, and the places of the definitions' labels."""
    places: dict[str, list[Span]] = {}
    for placed in document.joined(footnotes.references):
        start, end = placed.span(placed.fact.span)
        places.setdefault(placed.fact.label, []).append(Span(start + 2, end - 1))
    defined = {}
    for several in document.fact(footnotes.definitions_by_key).values():
        start, _ = several[0].span(several[0].fact.mark)
        defined[several[0].fact.label] = Span(start + 2, start + 2 + len(several[0].fact.label))
    return list(places.items()), defined


def definition_blocks(document: Document) -> list[int]:
    return [number for number, block in enumerate(document.blocks) if block.kind is Kind.FOOTNOTE]


def numbered_in_order(document: Document) -> str | None:
    """The text with its footnotes numbered by first reference and defined in that order.

    None where definitions have several lines or hold references, or marks and definitions do not go one to one.
    """
    order, defined = notes(document)
    blocks = [document.span_of(number) for number in definition_blocks(document)]
    one_line = all("\n" not in text_of(document, span).strip() and span.start + 2 < span.end for span in blocks)
    if not one_line or len(order) < 3 or {label for label, _ in order} != defined.keys() or len(blocks) != len(defined):
        return None
    new = {label: str(place) for place, (label, _) in enumerate(order, 1)}
    bodies = {}
    for span in blocks:
        label, colon, body = text_of(document, span)[2:].partition("]:")
        if not colon or label not in new or "[^" in body:
            return None
        bodies[label] = f"[^{new[label]}]: {body.strip()}"
    marks = [Edit(span, new[label]) for label, spans in order for span in spans]
    placed = [
        Edit(Span(span.start, span.start + len(text_of(document, span).rstrip())), bodies[label])
        for span, (label, _) in zip(blocks, order, strict=True)
    ]
    return apply_edits(document.source.text, [*marks, *placed])


def with_title(document: Document) -> str | None:
    """The text with footnotes numbered in order, defined in one run at its end under a title of a reference list."""
    text = numbered_in_order(document)
    if text is None:
        return None
    document = parse(text)
    blocks = definition_blocks(document)
    if blocks != list(range(blocks[0], len(document.blocks))) or document.blocks[blocks[0] - 1].kind is Kind.HEADING:
        return None
    title = "## 参考文献" if is_chinese(document) else "## References"
    start = document.starts[blocks[0]]
    return f"{text[:start].rstrip()}\n\n{title}\n\n{text[start:]}"


@makes("FN001", "leave one definition a plain entry", host=with_title)
def plain_entry(document: Document) -> Iterator[Fault]:
    order, defined = notes(document)
    for label, span in defined.items():
        if text_of(document, Span(span.end, span.end + 2)) == "]:":
            marks = next(spans for known, spans in order if known == label)
            entry = Edit(Span(span.start - 2, span.end + 2), f"[{label}]")
            yield [entry, *(Edit(mark, label) for mark in marks)]


@makes("FN004", "swap two footnotes", host=numbered_in_order)
def swapped(document: Document) -> Iterator[Fault]:
    order, defined = notes(document)
    blocks = definition_blocks(document)
    if any(not label.isdecimal() or label not in defined for label, _ in order):
        return
    for (one, ones), (other, others) in pairwise(order):
        if int(other) != int(one) + 1 or len(blocks) != len(order):
            continue
        first, second = (document.block_at(defined[label].start) for label in (one, other))
        if second != first + 1:
            continue
        bodies = {label: document.blocks[block].text.rstrip() for label, block in ((one, first), (other, second))}
        spans = [Span(document.starts[block], document.span_of(block).end) for block in (first, second)]
        if any(
            "[^" in body[2:] or text_of(document, span) != body
            for body, span in zip(bodies.values(), spans, strict=True)
        ):
            continue
        news = (f"[^{one}{bodies[other][2 + len(other) :]}", f"[^{other}{bodies[one][2 + len(one) :]}")
        marks = [*(Edit(span, other) for span in ones), *(Edit(span, one) for span in others)]
        yield [*marks, *map(Edit, spans, news)]


@makes("FN002", "define a footnote that nothing names")
def unused(document: Document) -> Iterator[Fault]:
    blocks = definition_blocks(document)
    if blocks and "[^unnamed]" not in document.source.text:
        end = document.span_of(blocks[-1]).end
        yield [Edit(Span(end, end), "\n[^unnamed]: A note.")]


@makes("FN006", "write a definition with a wide colon", also=("FN001",))
def colon(document: Document) -> Iterator[Fault]:
    _, defined = notes(document)
    for span in defined.values():
        if text_of(document, Span(span.end, span.end + 2)) == "]:":
            yield [Edit(Span(span.end + 1, span.end + 2), "：")]


# a note that is plain text is judged as text, an entry of a list as an entry
@makes(
    "FN007",
    "define footnotes as a list",
    host=numbered_in_order,
    also=("FN001", "CIT007", "TRM005", "TRM009"),
)
def listed(document: Document) -> Iterator[Fault]:
    order, defined = notes(document)
    blocks = definition_blocks(document)
    one_line = all("\n" not in document.blocks[block].text.strip() for block in blocks)
    if one_line and len(order) == len(defined) == len(blocks) > 2 and all(label.isdecimal() for label in defined):
        starts = [document.starts[block] for block in blocks]
        yield [
            Edit(Span(start, document.source.text.index("]:", start) + 2), f"[{label}]")
            for start, label in zip(starts, defined, strict=True)
        ]
