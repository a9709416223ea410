"""Footnotes, citations, labels, headings, terms: what stands at a place in a text, and where else it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from typing import NamedTuple

from mdreview.facts import abbreviations, citations, floats, footnotes, headings, labels, references
from mdreview.facts.numbering import Script
from mdreview.facts.reference_list import Entry, numbered_entries
from mdreview.facts.references import Target
from mdreview.facts.sections import Section, section_tree
from mdreview.facts.short_forms import Use
from mdreview.facts.terms import Bound, terms, uses
from mdreview.markdown import Block, Document
from mdreview.remedies import anchors
from mdreview.source import Span


class Sort(Enum):
    """What a mark is a mark of."""

    FOOTNOTE = "footnote"
    KEY = "citation key"
    NUMBER = "numeric citation"
    LABEL = "label"
    FLOAT = "figure, table or equation"
    SECTION = "section"
    HEADING = "heading"
    TERM = "short form"
    NAME = "name of a term"


class Mark(NamedTuple):
    """One mark in a text.

    `key` is what marks of one thing share, `name` the place of what a renaming changes. `defines` tells that the thing
    itself stands there, not only its name.
    """

    sort: Sort
    key: str
    span: Span
    name: Span
    defines: bool = False


def mark_at(document: Document, offset: int) -> Mark | None:
    """The mark that holds an offset or ends there; the innermost, where one stands in another."""
    number = document.block_at(offset)
    if number < 0:
        return None
    start = document.starts[number]
    block = document.blocks[number]
    holding = [
        mark._replace(span=mark.span.shifted(start), name=mark.name.shifted(start))
        for read in READERS.values()
        for mark in block.fact(read)
        if mark.span.start <= offset - start <= mark.span.end
    ]
    holding += _headings_at(document, block, offset)
    for mark in sorted(holding, key=lambda mark: mark.span.end - mark.span.start):
        if _is_meant(document, mark):
            return mark
    return None


def same(document: Document, mark: Mark) -> list[Mark]:
    """All marks of what `mark` is a mark of, in order; in its own document itself included."""
    match mark.sort:
        case Sort.TERM:
            found = list(_term_marks(document, mark.key))
        case Sort.HEADING:
            found = list(_heading_marks(document, mark))
        case _:
            found = [one for one in all_of(document, mark.sort) if _alike(one, mark) and _is_meant(document, one)]
    if mark.sort is Sort.NUMBER:
        found += [Mark(Sort.NUMBER, mark.key, entry.mark, entry.mark, True) for entry in entries_of(document, mark)]
    if mark.sort is Sort.SECTION and (section := section_of(document, mark)) is not None:
        found.append(Mark(Sort.SECTION, mark.key, section.span, section.number_span, True))
    unique = {found_mark.name: found_mark for found_mark in sorted(found, key=lambda one: one.defines)}
    return sorted(unique.values(), key=lambda one: one.span)


def all_of(document: Document, sort: Sort) -> Iterator[Mark]:
    """The marks of a sort that single blocks hold, in order."""
    for one in document.joined(READERS[sort]):
        yield one.fact._replace(span=one.span(one.fact.span), name=one.span(one.fact.name))


def _alike(one: Mark, other: Mark) -> bool:
    if other.sort is Sort.NUMBER:
        return not set(one.key.split(",")).isdisjoint(other.key.split(","))
    return one.key == other.key


def footnote_definition(document: Document, mark: Mark) -> tuple[Span, str] | None:
    """The place of a footnote's definition, and its text without the mark."""
    several = document.fact(footnotes.definitions_by_key).get(mark.key)
    if not several:
        return None
    placed = several[0]
    span = placed.span(placed.fact.span)
    return span, document.source.text[placed.start + placed.fact.mark.end : span.end].strip()


def entries_of(document: Document, mark: Mark) -> list[Entry]:
    """The entries of the reference list that a numeric citation names."""
    numbered = document.fact(numbered_entries)
    return [numbered[int(number)] for number in mark.key.split(",") if int(number) in numbered]


def section_of(document: Document, mark: Mark) -> Section | None:
    """The section that a mention or a link names."""
    if mark.sort is Sort.HEADING:
        return document.fact(section_tree).sections[int(mark.key)]
    target, _, number = mark.key.partition(" ")
    values = tuple(int(value) for value in number.split("."))
    return document.fact(_sections_by_number).get((target == Target.APPENDIX.value, values))


def _sections_by_number(document: Document) -> dict[tuple[bool, tuple[int, ...]], Section]:
    """The first section of each number, with whether it is an appendix."""
    tree = document.fact(section_tree)
    found: dict[tuple[bool, tuple[int, ...]], Section] = {}
    for section in tree:
        if section.number is not None:
            appendix = section.number.unit == "appendix" or section.number.style.script is Script.LETTER
            for values in (section.number.values, tree.path(section)):
                found.setdefault((appendix, values), section)
    return found


def term_definitions(document: Document, key: str) -> list[Bound]:
    """Where a short form is defined, in order."""
    return document.fact(terms).by_short.get(key, [])


def _is_meant(document: Document, mark: Mark) -> bool:
    match mark.sort:
        case Sort.NUMBER:
            return document.fact(citations.cites_numerically)
        case Sort.TERM:
            # whether a short form is defined is soon known, what else there is of it is not
            defined = mark.key in document.fact(_short_forms)
            return defined and any(one.name == mark.name for one in _term_marks(document, mark.key))
        case Sort.LABEL:
            return mark.defines or mark.key in document.fact(_labels_defined) or not _is_link(document, mark)
    return True


def _short_forms(document: Document) -> frozenset[str]:
    return frozenset(placed.fact.short for placed in document.joined(abbreviations.read))


def _labels_defined(document: Document) -> frozenset[str]:
    return frozenset(placed.fact.label for placed in document.joined(labels.definitions))


def _is_link(document: Document, mark: Mark) -> bool:
    return document.source.text[mark.span.start - 1 : mark.span.start] == "#"


def _headings_at(document: Document, block: Block, offset: int) -> Iterator[Mark]:
    """The heading at an offset, and the link to one."""
    if block.fact(headings.read):
        section = document.fact(section_tree).at(offset)
        if section is not None and offset <= section.span.end:
            yield Mark(Sort.HEADING, str(section.index), section.span, section.title_span, True)
    if "#" in block.text:
        for link, target in document.fact(anchors.led_to).items():
            if link.target.start <= offset <= link.target.end:
                yield Mark(Sort.HEADING, str(target.index), link.target, link.target)


def _heading_marks(document: Document, mark: Mark) -> Iterator[Mark]:
    """The heading, the links to it, and where its number is named."""
    meant = section_of(document, mark)
    assert meant is not None
    yield Mark(Sort.HEADING, mark.key, meant.span, meant.title_span, True)
    for link, section in document.fact(anchors.led_to).items():
        if section == meant:
            yield Mark(Sort.HEADING, mark.key, link.target, link.target)
    if meant.number is not None:
        for one in all_of(document, Sort.SECTION):
            if section_of(document, one) == meant:
                yield one


def _footnotes(block: Block) -> tuple[Mark, ...]:
    found = [
        Mark(Sort.FOOTNOTE, one.key, one.span, Span(one.span.start + 2, one.span.end - 1))
        for one in block.fact(footnotes.references)
        if not one.expression
    ]
    for one in block.fact(footnotes.definitions):
        start = one.mark.start + 2
        label = Span(start, start + len(one.label))
        if block.text[label.start : label.end] == one.label:
            found.append(Mark(Sort.FOOTNOTE, one.key, one.mark, label, True))
    return tuple(found)


def _keys(block: Block) -> tuple[Mark, ...]:
    found = []
    for one in block.fact(citations.keys):
        # the key may stand in braces: @{key}
        end = one.span.end - block.text.endswith("}", one.span.start, one.span.end)
        found.append(Mark(Sort.KEY, one.key, one.span, Span(end - len(one.key), end)))
    return tuple(found)


def _numbers(block: Block) -> tuple[Mark, ...]:
    return tuple(
        Mark(Sort.NUMBER, ",".join(map(str, one.numbers)), one.span, one.span)
        for one in block.fact(citations.numeric_citations)
    )


def _floats(block: Block) -> tuple[Mark, ...]:
    """Captions and numbered equations, and where their numbers are named."""
    defined = [
        Mark(Sort.FLOAT, _float_key(one.kind, one.number), one.label, one.label, True)
        for one in block.fact(floats.captions)
    ]
    for equation in block.fact(floats.equations):
        if number := floats.parse_number(equation.number):
            key = _float_key(floats.FloatKind.EQUATION, number)
            defined.append(Mark(Sort.FLOAT, key, equation.span, equation.span, True))
    named = [
        Mark(Sort.FLOAT, _float_key(one.kind, one.number), one.span, one.span)
        for one in block.fact(references.figures_tables_equations)
        if not one.foreign and not any(one.span.overlaps(caption.span) for caption in defined)
    ]
    return (*defined, *{mark.span: mark for mark in named}.values())


def _float_key(kind: floats.FloatKind, number: floats.FloatNumber) -> str:
    """Tables and figures are counted each for themselves; the letter of a panel makes no difference."""
    return f"{kind.value} {number.dotted}"


def _sections(block: Block) -> tuple[Mark, ...]:
    return tuple(
        Mark(Sort.SECTION, f"{_counted(one.target)} {'.'.join(map(str, one.values))}", one.span, one.span)
        for one in block.fact(references.sections)
        if not one.foreign
    )


def _counted(target: Target) -> str:
    """Chapters and sections are counted alike; appendices have numbers of their own."""
    return str(Target.APPENDIX.value if target is Target.APPENDIX else Target.SECTION.value)


def _labels(block: Block) -> tuple[Mark, ...]:
    defined = [Mark(Sort.LABEL, one.label, one.span, one.span, True) for one in block.fact(labels.definitions)]
    named = (*block.fact(labels.references), *block.fact(labels.anchors))
    return (*defined, *(Mark(Sort.LABEL, one.label, one.span, one.span) for one in named))


def _terms(block: Block) -> tuple[Mark, ...]:
    return tuple(_term(one, one.span) for one in block.fact(abbreviations.read_uses) if one.alone)


def _term(use: Use, span: Span) -> Mark:
    """A short form; its plural ending is no part of its name."""
    return Mark(Sort.TERM, use.name, span, Span(span.start, span.start + len(use.name)))


def _term_marks(document: Document, key: str) -> Iterator[Mark]:
    """The definitions and the uses of a short form."""
    known = document.fact(terms)
    for bound in known.by_short.get(key, ()):
        start = bound.short_span.start
        yield Mark(Sort.TERM, key, bound.short_span, Span(start, start + len(key)), True)
    if key in known.by_short:
        for used in document.fact(uses).get(key, ()):
            if used.use.alone:
                yield _term(used.use, used.span)


READERS: dict[Sort, Callable[[Block], tuple[Mark, ...]]] = {
    Sort.FOOTNOTE: _footnotes,
    Sort.KEY: _keys,
    Sort.NUMBER: _numbers,
    Sort.LABEL: _labels,
    Sort.FLOAT: _floats,
    Sort.SECTION: _sections,
    Sort.TERM: _terms,
}
