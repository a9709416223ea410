"""Renumbers sections together with every reference to them, and mends the level and style of single ones."""

from __future__ import annotations

from collections import defaultdict

from mdreview.diagnostic import Edit, Fix, Safety, Text
from mdreview.facts import numbering
from mdreview.facts.headings import normalised, read_opening
from mdreview.facts.numbering import Number, write
from mdreview.facts.regions import Region, regions
from mdreview.facts.sections import Section, section_tree
from mdreview.markdown import Document
from mdreview.patterns import regex
from mdreview.remedies import anchors, floats, section_mentions
from mdreview.remedies.headings import move_level
from mdreview.remedies.making import fix_of
from mdreview.remedies.section_numbers import expected_numbers, numbers_with, wanted_levels
from mdreview.source import Span

RENUMBER = Text("Renumber the sections and the references to them", "重新编排章节编号，并更新对它们的引用")
ADD = Text("Number the section, and those after it on", "为该节编号，并顺延其后的编号")
STYLE = Text("Write the number as {number}", "编号写作 {number}")
LEADER = regex(r"[ \t*_]*(?:\.{2,}|…+|·{2,}|\t| {3,}|\|)[ \t.…·]*\d*[ \t]*\Z|[ \t]+\d{1,4}[ \t]*\Z")
MARKUP = regex(r"\]\([^()]{0,500}\)|[*_\[\]`]")


def renumber(document: Document) -> Fix | None:
    """Gives every section its number, and every reference, link and table of contents the new one.

    A reference to a number that two sections bore, or none, is left; unsafe where such a one would then lead to a
    section that is mentioned under its old number. Figures, tables and equations that count by chapter get the new
    number of theirs. None where two neighbours would come to bear one number. Ask through `document.fact(renumber)`.
    """
    numbers = document.fact(expected_numbers)
    if _collide(document, numbers):
        return None
    safety = Safety.SAFE if section_mentions.clear(document, numbers) else Safety.UNSAFE
    return fix_of(document, RENUMBER, _edits(document, numbers), safety) if numbers else None


def _collide(document: Document, numbers: dict[int, Number]) -> bool:
    """Whether new numbers would be one for two sections under the same parent that bear different numbers."""
    borne: dict[tuple[int, int, object], tuple[int, ...]] = {}
    for section in document.fact(section_tree) if numbers else ():
        if section.number is not None:
            number = numbers.get(section.index, section.number)
            key = section.parent, section.level, (number.style.script, number.values)
            if borne.setdefault(key, section.number.values) != section.number.values:
                return True
    return False


def changes(document: Document, section: Section) -> Fix | None:
    """The document's renumbering, if it reaches this section."""
    return document.fact(renumber) if section.index in document.fact(expected_numbers) else None


def add_numbers(document: Document, bare: tuple[Section, ...]) -> Fix | None:
    """Numbers sections that have no number among numbered ones, and those after them."""
    numbers = numbers_with(document, bare)
    if not any(section.index in numbers for section in bare):
        return None
    return fix_of(document, ADD, _edits(document, numbers), Safety.UNSAFE)


def set_style(document: Document, section: Section, number: Number) -> Fix | None:
    """Writes a section's number in another style, and lets links to it follow."""
    return fix_of(document, STYLE, _edits(document, {section.index: number}), number=write(number).strip())


def _edits(document: Document, numbers: dict[int, Number]) -> list[Edit]:
    """The edits that give sections these numbers, in the headings and wherever they are named."""
    tree = document.fact(section_tree)
    edits = {index: _heading(document, tree.sections[index], number) for index, number in numbers.items()}
    texts = {}
    for index, edit in edits.items():
        start, end = tree.sections[index].span
        before, after = Span(start, edit.span.start), Span(edit.span.end, end)
        texts[index] = document.text_of(before) + edit.text + document.text_of(after)
    found = {edit.span: edit for edit in anchors.moved(document, texts)}
    values = {index: number for index, number in numbers.items() if tree.sections[index].number is not None}
    floating = floats.follow_chapters(document, values)
    mentions = section_mentions.follow(document, values)
    for edit in (*_linked(document, values), *_contents(document, values), *floating, *mentions):
        if not any(edit.span.overlaps(span) for span in found):
            found[edit.span] = edit
    return [*edits.values(), *found.values()]


def _heading(document: Document, section: Section, number: Number) -> Edit:
    written = write(number)
    if section.number is None:
        return Edit(Span(section.span.start, section.span.start), written + _gap(document, section, number))
    old = document.text_of(section.number_span)
    if number.style == section.number.style:
        return Edit(section.number_span, section_mentions.padded(written, old))
    gap = Span(section.number_span.end, section.number_span.end + len(_blank(document, section.number_span.end)))
    return Edit(Span(section.number_span.start, gap.end), written + _gap(document, section, number))


def _gap(document: Document, section: Section, number: Number) -> str:
    """What the neighbours of a section have between a number of this style and the title."""
    for other in document.fact(section_tree):
        if other.number is not None and other.number.style == number.style and other.level == section.level:
            return _blank(document, other.number_span.end)
    return "" if number.style.after.strip() in ("、", "）") else " "


def _blank(document: Document, start: int) -> str:
    end = start
    while document.text_of(Span(end, end + 1)) in (" ", "\t", "\u3000", "\xa0"):
        end += 1
    return document.text_of(Span(start, end))


def _linked(document: Document, numbers: dict[int, Number]) -> list[Edit]:
    """Numbers in the text of links that lead to a section: `[1.2 Methods](#12-methods)`."""
    edits = []
    for link, section in document.fact(anchors.led_to).items():
        if section.index in numbers and link.content.end > link.content.start:
            edits += _opening(document, link.content, section, numbers[section.index], alone=True)
    return edits


def _contents(document: Document, numbers: dict[int, Number]) -> list[Edit]:
    """Numbers in the lines of the document's own table of contents."""
    tree = document.fact(section_tree)
    by_title: dict[str, list[Section]] = defaultdict(list)
    for section in tree:
        by_title[section.key].append(section)
    edits = []
    for stretch in document.fact(regions).of(Region.CONTENTS):
        for start, block in document:
            if not (stretch.title.end <= start < stretch.span.end):
                continue
            for piece in (piece for leaf in block.leaves for piece in leaf.pieces):
                edits += _contents_line(document, piece.shifted(start), by_title, numbers)
    return edits


def _contents_line(
    document: Document, line: Span, by_title: dict[str, list[Section]], numbers: dict[int, Number]
) -> list[Edit]:
    number = _block_opening(document, line)
    if number is None:
        return []
    title = LEADER.sub("", document.text_of(Span(number[1], line.end)))
    title = MARKUP.sub("", title)
    for section in by_title.get(normalised(title), ()):
        if section.index in numbers:
            found = _opening(document, line, section, numbers[section.index])
            if found:
                return found
    return []


def _block_opening(document: Document, span: Span) -> tuple[Number, int] | None:
    number = document.block_at(span.start)
    start = document.start_of(number)
    opening = read_opening(document.blocks[number].prose, span.start - start, span.end - start)
    return None if opening is None else (opening.number, opening.title_start + start)


def _opening(document: Document, span: Span, section: Section, new: Number, *, alone: bool = False) -> list[Edit]:
    """The edit of the number that opens a stretch, if it is the section's old one."""
    assert section.number is not None
    number = document.block_at(span.start)
    start = document.start_of(number)
    block = document.blocks[number]
    begin = span.start - start
    while begin < span.end - start and block.prose[begin] in " \t*_[":
        begin += 1
    leading = numbering.read(block.prose, begin)
    if leading is None or leading.number.values != section.number.values or leading.end > span.end - start:
        return []
    if leading.end < span.end - start and block.prose[leading.end].isalnum() and not leading.number.style.after:
        return []
    if not alone and leading.end >= span.end - start:
        return []
    old = block.text[begin : leading.end]
    written = write(Number(new.values, leading.number.style))
    return [Edit(Span(begin, leading.end).shifted(start), section_mentions.padded(written, old))]


def place(document: Document, section: Section) -> Fix | None:
    """Gives a section on another level than its number says that level, or, where the number is wrong, its number."""
    level = document.fact(wanted_levels).get(section.index)
    if level is None:
        return changes(document, section)
    return move_level(document, (section,), level - section.level, Safety.SAFE)
