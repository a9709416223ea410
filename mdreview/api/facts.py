"""What a text says, as plain values with their places: footnotes, sections, mentions of sections and floats."""

from __future__ import annotations

from typing import Literal, NamedTuple

from mdreview.facts import references
from mdreview.facts.footnotes import definitions_by_key, notes
from mdreview.facts.footnotes import references as marks
from mdreview.facts.sections import section_tree
from mdreview.markdown import Document
from mdreview.source import Span


class Footnote(NamedTuple):
    """A footnote: its label, where it is defined, None where it is not, and the marks that lead to it, in order.

    A note that stands in the text itself, `^[…]`, has no label and no marks.
    """

    label: str
    defined: Span | None
    marks: tuple[Span, ...]


class Section(NamedTuple):
    """A section: its level from 1, its number as written ("" without one), its title, and where they stand.

    `span` is the heading, `end` the offset where the section ends with all that is under it. `parent` is the place of
    the section around it in the tuple of sections, None at the top.
    """

    level: int
    number: str
    title: str
    span: Span
    end: int
    parent: int | None


class Mention(NamedTuple):
    """A place that names a section, figure, table or equation: `Section 3.2`, 图 5, `Eq. (3)`.

    `number` is written with digits and points, whatever the text has: 第三章 is `3`, Appendix B.1 `2.1`, Figure S2
    `S2`. `elsewhere` tells that the words around speak of another work.
    """

    kind: Literal["section", "chapter", "part", "appendix", "figure", "table", "equation"]
    number: str
    span: Span
    elsewhere: bool


def footnotes(document: Document) -> tuple[Footnote, ...]:
    """The footnotes of a document in the order of their first places, be they marks or definitions."""
    found = [Footnote("", note.span(note.fact.span), ()) for note in document.joined(notes)]
    definitions = document.fact(definitions_by_key)
    led: dict[str, list[Span]] = {}
    labels: dict[str, str] = {}
    for mark in document.joined(marks):
        if not mark.fact.expression:
            led.setdefault(mark.fact.key, []).append(mark.span(mark.fact.span))
            labels.setdefault(mark.fact.key, mark.fact.label)
    for key, [first, *_] in definitions.items():
        found.append(Footnote(first.fact.label, first.span(first.fact.span), tuple(led.get(key, ()))))
    found += (Footnote(labels[key], None, tuple(places)) for key, places in led.items() if key not in definitions)
    return tuple(sorted(found, key=_first_place))


def sections(document: Document) -> tuple[Section, ...]:
    """The sections of a document in order."""
    return tuple(
        Section(
            section.level,
            document.text_of(section.number_span).strip() if section.number is not None else "",
            section.title,
            section.span,
            section.end,
            section.parent if section.parent >= 0 else None,
        )
        for section in document.fact(section_tree)
    )


def mentions(document: Document) -> tuple[Mention, ...]:
    """The places that name a section, figure, table or equation, in order."""
    found = [
        Mention(
            placed.fact.target.value,
            ".".join(map(str, placed.fact.values)),
            placed.span(placed.fact.span),
            placed.fact.foreign,
        )
        for placed in document.joined(references.sections)
    ]
    found += (
        Mention(placed.fact.kind.value, placed.fact.number.dotted, placed.span(placed.fact.span), placed.fact.foreign)
        for placed in document.joined(references.figures_tables_equations)
    )
    return tuple(sorted(found, key=lambda mention: mention.span))


def _first_place(note: Footnote) -> int:
    places: list[Span] = [*note.marks, *((note.defined,) if note.defined else ())]
    return min(place.start for place in places)
