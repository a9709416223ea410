"""Faults of captions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from benchmarks.faults.kinds import Fault, makes, text_of
from mdreview.diagnostic import Edit
from mdreview.facts import floats, references
from mdreview.markdown import Document
from mdreview.source import Span


@makes("REF005", "leave a number out before the last caption")
def caption(document: Document) -> Iterator[Fault]:
    by_kind: dict[object, list[tuple[Span, floats.Caption]]] = {}
    for placed in document.joined(floats.captions):
        key = (placed.fact.kind, placed.fact.number.prefix, placed.fact.number.values[:-1])
        by_kind.setdefault(key, []).append((placed.span(placed.fact.number_span), placed.fact))
    for several in by_kind.values():
        span, last = several[-1]
        written = text_of(document, span)
        digits = re.search(r"\d+\Z", written)
        mentions = mentioned(document, last, written)
        if len(several) > 2 and digits and mentions is not None:
            new = written[: digits.start()] + str(int(digits[0]) + 1)
            yield [Edit(place, new) for place in (span, *mentions)]


def mentioned(document: Document, caption: floats.Caption, written: str) -> list[Span] | None:
    """Where the number of a caption stands in the text; None where it is written otherwise or may be foreign."""
    found = []
    for placed in document.joined(references.figures_tables_equations):
        mention = placed.fact
        if (mention.kind, mention.number.key) != (caption.kind, caption.number.key):
            continue
        if mention.foreign or mention.number != caption.number:
            return None
        span = placed.span(mention.span)
        text = text_of(document, span)
        if text.count(written) != 1 or len(re.findall(r"\d+", text)) != len(re.findall(r"\d+", written)):
            return None
        start = span.start + text.index(written)
        found.append(Span(start, start + len(written)))
    return found
