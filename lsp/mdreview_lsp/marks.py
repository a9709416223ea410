"""Footnotes, citations, mentions of sections, terms: what stands at a place in a text, and where else it stands."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from mdreview.facts import abbreviations, citations, footnotes, references
from mdreview.facts.numbering import Script
from mdreview.facts.reference_list import Entry, numbered_entries
from mdreview.facts.references import Target
from mdreview.facts.sections import Section, section_tree
from mdreview.facts.terms import Bound, terms
from mdreview.markdown import Block, Document
from mdreview.source import Span


class Sort(Enum):
    """What a mark is a mark of."""

    FOOTNOTE = "footnote"
    KEY = "citation key"
    NUMBER = "numeric citation"
    SECTION = "section"
    TERM = "term"


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
    holding = [mark for mark in _of_block(block) if mark.span.start <= offset - start <= mark.span.end]
    for mark in sorted(holding, key=lambda mark: mark.span.end - mark.span.start):
        placed = mark._replace(span=mark.span.shifted(start), name=mark.name.shifted(start))
        if _is_meant(document, placed):
            return placed
    return None


def same(document: Document, mark: Mark) -> list[Mark]:
    """All marks of what `mark` is a mark of, itself included, in order."""
    if mark.sort is Sort.TERM:
        found = list(_term_marks(document, mark.key))
    else:
        read = {Sort.FOOTNOTE: _footnotes, Sort.KEY: _keys, Sort.NUMBER: _numbers, Sort.SECTION: _sections}[mark.sort]
        found = [
            one.fact._replace(span=one.span(one.fact.span), name=one.span(one.fact.name))
            for one in document.joined(read)
            if _alike(one.fact, mark)
        ]
        if mark.sort is Sort.NUMBER:
            found += [Mark(Sort.NUMBER, mark.key, entry.mark, entry.mark, True) for entry in entries_of(document, mark)]
        if mark.sort is Sort.SECTION and (section := section_of(document, mark)) is not None:
            found.append(Mark(Sort.SECTION, mark.key, section.span, section.number_span, True))
    unique = {found_mark.name: found_mark for found_mark in sorted(found, key=lambda one: one.defines)}
    return sorted(unique.values(), key=lambda one: one.span)


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
    """The section that a mention names."""
    tree = document.fact(section_tree)
    target, _, number = mark.key.partition(" ")
    values = tuple(int(value) for value in number.split("."))
    for section in tree:
        if section.number is None:
            continue
        appendix = section.number.unit == "appendix" or section.number.style.script is Script.LETTER
        if appendix is (target == Target.APPENDIX.value) and values in (section.number.values, tree.path(section)):
            return section
    return None


def term_definitions(document: Document, key: str) -> list[Bound]:
    """Where a short form is defined, in order."""
    return document.fact(terms).by_short.get(key, [])


def _of_block(block: Block) -> Iterator[Mark]:
    for read in (_footnotes, _keys, _numbers, _sections, _terms):
        yield from block.fact(read)


def _is_meant(document: Document, mark: Mark) -> bool:
    if mark.sort is Sort.NUMBER:
        return document.fact(citations.cites_numerically)
    if mark.sort is Sort.TERM:
        return any(one.name == mark.name for one in _term_marks(document, mark.key))
    return True


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


def _sections(block: Block) -> tuple[Mark, ...]:
    return tuple(
        Mark(Sort.SECTION, f"{_counted(one.target)} {'.'.join(map(str, one.values))}", one.span, one.span)
        for one in block.fact(references.sections)
        if not one.foreign
    )


def _counted(target: Target) -> str:
    """Chapters and sections are counted alike; appendices have numbers of their own."""
    return str(Target.APPENDIX.value if target is Target.APPENDIX else Target.SECTION.value)


def _terms(block: Block) -> tuple[Mark, ...]:
    uses = block.fact(abbreviations.read_uses)
    return tuple(Mark(Sort.TERM, one.name, one.span, one.span) for one in uses)


def _term_marks(document: Document, key: str) -> Iterator[Mark]:
    """The definitions and the uses of a short form."""
    known = document.fact(terms)
    for bound in known.by_short.get(key, ()):
        yield Mark(Sort.TERM, key, bound.short_span, bound.short_span, True)
    if key in known.by_short:
        for used in known.uses.get(key, ()):
            yield Mark(Sort.TERM, key, used.span, used.span)
