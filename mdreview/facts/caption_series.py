"""The captions of a document in the order in which their numbers should run."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview.facts import floats
from mdreview.facts.float_index import LEGENDS
from mdreview.facts.floats import Caption, FloatKind
from mdreview.facts.regions import Region, regions
from mdreview.facts.sections import section_tree
from mdreview.markdown import Document, Placed

CAPTIONED = (FloatKind.FIGURE, FloatKind.TABLE)
Run = tuple[Placed[Caption], ...]


def runs(document: Document) -> tuple[Run, ...]:
    """The captions of each kind, and of each chapter where numbers have two parts. Ask through `document.fact(runs)`.

    Only captions that the reader sees under floats, and of two languages the first. A list of legends counts where
    the text has no other captions of its kind.
    """
    series: dict[object, list[Placed[Caption]]] = {}
    for kind in CAPTIONED:
        for caption in _visible(document, kind):
            number = caption.fact.number
            if len(number.values) < 3:
                series.setdefault((kind, number.prefix, number.values[:-1], len(number.values)), []).append(caption)
    return tuple(tuple(run) for run in series.values())


def same_float(before: Placed[Caption], caption: Placed[Caption]) -> bool:
    """Whether two captions with one number are of one float: panels, or one caption twice next to each other."""
    panels = before.fact.number.panel or caption.fact.number.panel
    return bool(panels) or caption.block - before.block <= 1


def starts_at_one(document: Document) -> bool:
    """Whether the section numbers begin at 1 or 0, as those of a whole work do."""
    first = next((section.number for section in document.fact(section_tree) if section.number), None)
    return first is not None and first.depth == 1 and first.values[0] <= 1


def _visible(document: Document, kind: FloatKind) -> Iterator[Placed[Caption]]:
    found = [item for item in document.joined(floats.captions) if item.fact.kind is kind and not item.fact.image]
    languages = {item.fact.language for item in found}
    tree = document.fact(section_tree)
    parts = document.fact(regions)
    both = len(languages) > 1
    main = found[0].fact.language if found else ""
    numbers = {item.fact.number.key for item in found if item.fact.language == main}
    legends: set[int] = set()
    for item in found:
        start = item.start + item.fact.span.start
        section = tree.at(start)
        if section is not None and LEGENDS.search(section.title):
            legends.add(start)
    for item in found:
        start = item.start + item.fact.span.start
        if start in legends and len(legends) < len(found):
            continue
        if parts.at(start) in (Region.REFERENCES, Region.CONTENTS, Region.APPENDIX):
            continue
        if both and item.fact.language != main and item.fact.number.key in numbers:
            continue
        yield item
