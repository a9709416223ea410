"""Faults of section numbers and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from benchmarks.faults.kinds import Fault, makes
from mdreview.diagnostic import Edit
from mdreview.facts import references
from mdreview.facts.numbering import Number, write
from mdreview.facts.sections import Section, section_tree
from mdreview.markdown import Document
from mdreview.source import Span


def numbered(document: Document) -> Iterator[tuple[Section, list[Section]]]:
    """Each numbered section with its siblings, itself among them, all of them numbered in one style."""
    tree = document.fact(section_tree)
    for section in tree:
        siblings = [other for other in tree if other.parent == section.parent and other.level == section.level]
        styles = {other.number.style if other.number else None for other in siblings}
        if section.number is not None and len(styles) == 1 and not section.repeated:
            yield section, siblings


def named(document: Document) -> set[tuple[int, ...]]:
    """The numbers of sections that the text names."""
    return {placed.fact.values for placed in document.joined(references.sections)}


def last_leaf(document: Document) -> Iterator[tuple[Section, Number]]:
    """Sections without subsections that are the last of several and not named."""
    mentioned = named(document)
    for section, siblings in numbered(document):
        if section is siblings[-1] and len(siblings) > 2 and not section.children:
            assert section.number is not None
            if section.number.values not in mentioned:
                yield section, section.number


def with_last(number: Number, by: int) -> str:
    return write(number._replace(values=(*number.values[:-1], number.values[-1] + by)))


@makes("SEC001", "leave a number out before the last section")
def gap(document: Document) -> Iterator[Fault]:
    for section, number in last_leaf(document):
        yield [Edit(section.number_span, with_last(number, 1))]


@makes("SEC007", "number the last section like the one before")
def twice(document: Document) -> Iterator[Fault]:
    for section, number in last_leaf(document):
        yield [Edit(section.number_span, with_last(number, -1))]


@makes("SEC002", "drop the parent's part of a number", also=("REF006",))
def shallow(document: Document) -> Iterator[Fault]:
    mentioned = named(document)
    for section, siblings in numbered(document):
        number = section.number
        if number is not None and number.depth > 1 and len(siblings) > 2 and section is not siblings[0]:
            cut = number._replace(values=number.values[1:])
            if not {number.values, cut.values} & mentioned:
                yield [Edit(section.number_span, write(cut))]


@makes("SEC002", "set a subsection on the level of its parent")
def raised(document: Document) -> Iterator[Fault]:
    text = document.source.text
    for section, siblings in numbered(document):
        start = document.starts[section.block]
        leaf = section is siblings[-1] and len(siblings) > 1 and not section.children
        if leaf and section.number is not None and section.number.depth > 1 and text.startswith("##", start):
            yield [Edit(Span(start, start + 1), "")]


@makes("SEC003", "number a section under another parent")
def parent(document: Document) -> Iterator[Fault]:
    known = {section.number.values for section in document.fact(section_tree) if section.number is not None}
    for section, number in last_leaf(document):
        if len(number.values) > 1:
            moved = number._replace(values=(number.values[0] + 1, *number.values[1:]))
            if (moved.values[0],) in known and moved.values not in known:
                yield [Edit(section.number_span, write(moved))]


@makes("SEC006", "drop the number of a heading", also=("REF006",))
def bare(document: Document) -> Iterator[Fault]:
    for section, siblings in numbered(document):
        place = siblings.index(section)
        gaps = {other.title_span.start - other.number_span.end for other in siblings}
        if 0 < place < len(siblings) - 1 and not section.children and len(siblings) > 3 and len(gaps) == 1:
            yield [Edit(Span(section.number_span.start, section.title_span.start), "")]


@makes("SEC004", "set a heading one level too deep")
def deep(document: Document) -> Iterator[Fault]:
    text = document.source.text
    tree = document.fact(section_tree)
    for section in tree:
        only = section.parent >= 0 and not section.children and len(tree.sections[section.parent].children) > 1
        start = document.starts[section.block]
        first = section.parent >= 0 and section.index == tree.sections[section.parent].children[0]
        if only and first and section.level in (2, 3) and text.startswith("#", start):
            yield [Edit(Span(start, start), "#")]


@makes("SEC005", "write a number in another style")
def style(document: Document) -> Iterator[Fault]:
    text = document.source.text
    for section, siblings in numbered(document):
        written = text[section.number_span.start : section.number_span.end]
        if len(siblings) > 3 and section is not siblings[0] and re.fullmatch(r"\d+(\.\d+)+", written):
            yield [Edit(Span(section.number_span.end, section.number_span.end), ".")]


@makes("SEC008", "set a heading as bold text")
def pseudo(document: Document) -> Iterator[Fault]:
    for section, siblings in numbered(document):
        block = document.blocks[section.block]
        # the last one, or a number would be missing too; `**4. Title**` is rather an item, and the rule is silent on it
        item = section.number and section.number.depth == 1 and "." in section.number.style.after
        if (
            section is siblings[-1]
            and not item
            and len(siblings) > 3
            and not section.children
            and "*" not in block.text
        ):
            start = document.starts[section.block]
            title = document.source.text[section.span.start : section.span.end].strip()
            yield [Edit(Span(start, start + len(block.text.rstrip())), f"**{title}**")]
