"""The sections of a document as a tree, with their numbers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from mdreview.facts import headings, labels
from mdreview.facts.headings import Heading
from mdreview.facts.numbering import Number, Script
from mdreview.facts.regions import Region, region_of_title
from mdreview.markdown import Block, Document, Kind, Placed
from mdreview.patterns import regex
from mdreview.source import Span

SHORT_SERIES = 20
LOWEST = 4
TAGS = regex(r"tags?[ ]?[:：]", re.I)  # a line under the title that some editors ask for, in the guise of a heading
CALLOUT = regex(r"\{[^{}]*\.callout-")
PARTS = frozenset({"部", "部分", "篇", "编", "卷", "part", "单元"})


class Section(NamedTuple):
    """A heading and what stands under it. All spans count from the document's start.

    `parent` and `children` are indices into the tree's sections, `parent` is -1 at the top. `repeated` marks a title
    of the whole text that stands a second time and opens nothing new. `end` is where the section's own text and
    subsections end, `block` the number of the heading's block.
    """

    index: int  # type: ignore[assignment]
    block: int
    level: int
    number: Number | None
    title: str
    span: Span
    number_span: Span
    title_span: Span
    parent: int
    children: tuple[int, ...]
    end: int
    repeated: bool = False

    @property
    def key(self) -> str:
        """The title without case, white space and punctuation, for comparing."""
        return headings.normalised(self.title)

    @property
    def region(self) -> Region:
        """What the title says the section is: abstract, references, appendix, …"""
        return region_of_title(self.title)[0]


class SectionTree:
    """All sections in order."""

    def __init__(self, sections: tuple[Section, ...]) -> None:
        self.sections = sections

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SectionTree) and self.sections == other.sections

    def __hash__(self) -> int:
        return hash(self.sections)

    def __iter__(self) -> Iterator[Section]:
        return iter(self.sections)

    def __len__(self) -> int:
        return len(self.sections)

    @property
    def roots(self) -> tuple[Section, ...]:
        """The sections that stand in no other."""
        return tuple(section for section in self.sections if section.parent < 0)

    def parent(self, section: Section) -> Section | None:
        """The section around `section`."""
        return self.sections[section.parent] if section.parent >= 0 else None

    def numbered_ancestor(self, section: Section) -> Section | None:
        """The nearest section around `section` that has a number; parts and volumes do not count."""
        parent = self.parent(section)
        while parent is not None and (parent.number is None or parent.number.unit in PARTS):
            parent = self.parent(parent)
        return parent

    def path(self, section: Section) -> tuple[int, ...]:
        """The values of the section's number after those of the sections around it: 3, then （一）, is (3, 1)."""
        if section.number is None:
            return ()
        values = section.number.values
        ancestor = self.numbered_ancestor(section)
        if ancestor is None or section.number.unit in PARTS or len(values) > 1:
            return values
        return (*self.path(ancestor), *values)

    def siblings(self) -> Iterator[tuple[Section | None, tuple[Section, ...]]]:
        """Each run of sections of one level under one parent, with the parent."""
        groups: dict[tuple[int, int], list[Section]] = defaultdict(list)
        for section in self.sections:
            if not section.repeated:
                groups[section.parent, section.level].append(section)
        for (parent, _), group in groups.items():
            yield (self.sections[parent] if parent >= 0 else None), tuple(group)

    def at(self, offset: int) -> Section | None:
        """The innermost section that holds an offset of the document."""
        index = bisect_right(self.sections, offset, key=lambda section: section.span.start) - 1
        return self.sections[index] if index >= 0 else None


def section_tree(document: Document) -> SectionTree:
    """The section tree of a document. Ask through `document.fact(section_tree)`."""
    placed = document.joined(headings.read)
    placed = [item for item in placed if not (item.fact.level > LOWEST and TAGS.match(item.fact.title))]
    boxes = document.each(_opens_box) if placed else []
    if any(boxes):
        # the heading that opens a box is the title of the box
        placed = [item for item in placed if not (item.block and boxes[item.block - 1])]
    numbers = _clear_numbers([item.fact for item in placed])
    end_of_text = document.end
    parents: list[int] = []
    ends = [end_of_text] * len(placed)
    repeated = [False] * len(placed)
    titles: dict[str, int] = {}
    open_: list[int] = []
    for index, item in enumerate(placed):
        heading = item.fact
        if heading.level == 1 and numbers[index] is None and heading.key in titles:
            repeated[index] = True
            parents.append(-1)
            first = titles[heading.key]
            open_ = [first] if first in open_ else open_
            ends[index] = item.start
            continue
        if heading.level == 1:
            titles.setdefault(heading.key, index)
        while open_ and placed[open_[-1]].fact.level >= heading.level:
            ends[open_.pop()] = item.start
        parents.append(open_[-1] if open_ else -1)
        open_.append(index)
    children: dict[int, list[int]] = defaultdict(list)
    for index, parent in enumerate(parents):
        if parent >= 0:
            children[parent].append(index)
    return SectionTree(
        tuple(
            _section(index, item, numbers[index], parents[index], tuple(children[index]), ends[index], repeated[index])
            for index, item in enumerate(placed)
        )
    )


def _opens_box(block: Block) -> bool:
    """Whether a block opens a callout of Quarto."""
    return block.kind is Kind.CONTAINER and CALLOUT.search(block.info) is not None


def _section(
    index: int,
    item: Placed[Heading],
    number: Number | None,
    parent: int,
    children: tuple[int, ...],
    end: int,
    repeated: bool,
) -> Section:
    heading, start = item.fact, item.start
    as_title = number is None and heading.number is not None
    title_span = heading.span if as_title else heading.title_span
    title = f"{numbering_text(heading)}{heading.title}" if as_title else heading.title
    return Section(
        index,
        item.block,
        heading.level,
        number,
        title,
        heading.span.shifted(start),
        heading.number_span.shifted(start),
        title_span.shifted(start),
        parent,
        children,
        end,
        repeated,
    )


def numbering_text(heading: Heading) -> str:
    """What stands before the title where the number turned out to be none."""
    from mdreview.facts.numbering import write

    return f"{write(heading.number)} " if heading.number else ""


def _clear_numbers(found: list[Heading]) -> list[Number | None]:
    """The headings' numbers, without the unclear ones that no other heading bears out."""
    numbers = [_as_letter(found, index) for index in range(len(found))]
    known: set[tuple[int, Script, tuple[int, ...]]] = set()
    prefixes: set[tuple[int, ...]] = set()
    whole: set[tuple[int, ...]] = set()
    for heading, number in zip(found, numbers, strict=True):
        if number is not None:
            known.add((heading.level if number.depth == 1 else 0, number.style.script, number.values))
            whole.add(number.values)
            if not heading.unclear or number.depth > 2:
                prefixes.update(number.values[:size] for size in range(1, number.depth))
    clear: list[Number | None] = []
    earlier = [-1] * 7
    for index, (heading, number) in enumerate(zip(found, numbers, strict=True)):
        sibling = clear[earlier[heading.level]] if earlier[heading.level] >= 0 else None
        earlier[heading.level :] = [index, *[-1] * (6 - heading.level)]
        if number is None or not heading.unclear:
            clear.append(number)
            continue
        *before, last = number.values
        level, script = heading.level if number.depth == 1 else 0, number.style.script
        # 1 and what is counted from it bear each other out; other numbers do so in the neighbourhood
        near = set(range(2, SHORT_SERIES)) if last == 1 else {last - 2, last - 1, last + 1, last + 2}
        if last < SHORT_SERIES:
            near |= {1}
        near -= {last}
        borne_out = (
            any((level, script, (*before, other)) in known for other in near)
            or number.values in prefixes
            or (len(before) > 0 and tuple(before) in whole)
            or (sibling is not None and _tail_follows(sibling, number))
        )
        clear.append(number if borne_out else None)
    return clear


def _tail_follows(sibling: Number, number: Number) -> bool:
    """Whether a number counts on from the one before it, whose first parts it leaves out: 2.3, then 4."""
    tail = sibling.values[-number.depth :]
    same = sibling.style.script is number.style.script and sibling.depth > number.depth
    return same and (*tail[:-1], tail[-1] + 1) == number.values


def _as_letter(found: list[Heading], index: int) -> Number | None:
    """The heading's number; I after H, V after U and X after W are letters."""
    number = found[index].number
    if number is None or number.style.script is not Script.ROMAN or number.depth > 1:
        return number
    letter = {1: 9, 5: 22, 10: 24}.get(number.values[0])
    if letter is None or index == 0:
        return number
    for other in reversed(found[max(0, index - 30) : index]):
        if other.level < found[index].level:
            break
        before = other.number
        if other.level == found[index].level and before is not None:
            if before.style.script is Script.LETTER and before.values == (letter - 1,):
                return Number((letter,), number.style._replace(script=Script.LETTER))
            break
    return number


def is_chapter(document: Document) -> bool:
    """Whether the file is one chapter of a book: it opens with its only heading of the first level, and labels it."""
    first = [section for section in document.fact(section_tree) if section.level == 1]
    return len(first) == 1 and first[0].index == 0 and bool(document.blocks[first[0].block].fact(labels.definitions))
