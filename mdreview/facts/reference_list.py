"""The entries of the reference list: `[1] …`, `1. …`, list items, plain paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_left
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from mdreview.facts.regions import Region, regions
from mdreview.facts.regions import read as region_marks
from mdreview.markdown import Block, Document, InlineKind, Kind, Leaf, Part
from mdreview.patterns import regex
from mdreview.source import Span


class Style(Enum):
    """How an entry is marked."""

    BRACKET = "[1]"
    DOT = "1."
    ORDERED = "1. (list)"
    BULLET = "-"
    PLAIN = ""


class Entry(NamedTuple):
    """One entry. `number` is None where it has none, `label` is what the brackets hold (`1`, `BGT13`).

    `mark` is the place of the label with its brackets (empty where there is none), `span` of the whole entry,
    `text` what follows the mark, as it stands in the source, comments aside.
    """

    number: int | None
    label: str
    style: Style
    mark: Span
    span: Span
    text: str

    @property
    def mark_text(self) -> str:
        """How people refer to the entry: `[3]`; empty where it has no label."""
        return f"[{self.label}]" if self.label else ""

    def shifted(self, by: int) -> Entry:
        return self._replace(mark=self.mark.shifted(by), span=self.span.shifted(by))


class ReferenceList(NamedTuple):
    """A list of references, its spans in the document; `title` is None for a list at the end that has no title.

    `further` tells that its title offers it as further reading, which nobody expects to be cited.
    """

    title: Span | None
    entries: tuple[Entry, ...]
    further: bool = False

    @property
    def numbered(self) -> tuple[Entry, ...]:
        """The entries that have a number."""
        return tuple(entry for entry in self.entries if entry.number is not None)

    @property
    def place(self) -> Span:
        """Where to show the list: its title, or else its first entry."""
        return self.title or self.entries[0].span


MARK = regex(
    r"[\s\u200b\ufeff]{0,200}(?P<mark>\\?[\[［【〔](?P<label>\d{1,4}|[A-Z][A-Za-z+]{0,12}\d{2,4}[a-z]?)\\?[\]］】〕](?!\s?[(\[（])[:：.．、]?"
    r"|(?P<dot>[(（]?(?P<number>\d{1,3})(?:[)）]|[.．、](?!\d)))(?=\s|[^\s\d]))"
)
LINKED_MARK = regex(r"[\s\u200b\ufeff]{0,200}(?P<mark>\\?[\[［【](?P<label>\d{1,4})\\?[\]］】])[ \t]{0,4}(?=\[)")
FURTHER = regex(
    r"延伸|扩展|擴展|推荐|推薦|相关|相關|链接|連結|further|additional|suggested|recommended|see also|links", re.I
)
TEXT_KINDS = frozenset({Kind.PARAGRAPH, Kind.QUOTE, Kind.HTML, Kind.ADMONITION})
MINIMUM_WITHOUT_TITLE = 3


def entries(block: Block) -> tuple[Entry, ...]:
    """The entries of a block that stands in a reference list."""
    if block.kind is Kind.LIST:
        return tuple(_items(block))
    if block.kind in TEXT_KINDS:
        return tuple(entry for leaf in block.leaves for entry in _lines(block, leaf))
    return ()


def _items(block: Block) -> list[Entry]:
    found = []
    end = 0
    for part in block.parts:
        if part.kind is not Kind.ITEM or part.span.start < end:
            continue
        end = part.span.end
        found.append(_item(block, part))
    return found


def _item(block: Block, part: Part) -> Entry:
    raw = block.text[part.span.start : part.span.end]
    lead = len(raw) - len(raw.lstrip())
    marker = Span(part.span.start + lead, min(part.span.start + lead + max(len(part.info), 1), part.span.end))
    if (mark := _mark(block, marker.end, part.span.end)) and mark["label"]:
        return _entry(block, mark, part.span)
    digits = part.info[:-1]  # without the dot or the bracket
    text = _said(block, marker.end, part.span.end)
    if digits.isdigit():
        return Entry(int(digits), digits, Style.ORDERED, marker, part.span, text)
    return Entry(None, "", Style.BULLET, Span(marker.start, marker.start), part.span, text)


def _mark(block: Block, start: int, end: int) -> re.Match[str] | None:
    return MARK.match(block.prose, start, end) or LINKED_MARK.match(block.prose, start, end)


def _entry(block: Block, mark: re.Match[str], span: Span) -> Entry:
    groups = mark.groupdict()
    number = groups.get("number") or groups["label"]
    style = Style.DOT if groups.get("number") else Style.BRACKET
    text = _said(block, mark.end(), span.end)
    return Entry(int(number) if number.isdecimal() else None, number, style, Span(*mark.span("mark")), span, text)


def _lines(block: Block, leaf: Leaf) -> list[Entry]:
    marked = [(piece.start, mark) for piece in leaf.pieces if (mark := _mark(block, *piece))]
    if not marked:
        span = leaf.span
        return [Entry(None, "", Style.PLAIN, Span(span.start, span.start), span, _said(block, *span))]
    ends = [start for start, _ in marked[1:]] + [leaf.span.end]
    found = []
    for (start, mark), end in zip(marked, ends, strict=True):
        text = block.text[start:end].rstrip()
        if not text.endswith("-->"):
            # the mark of a quote's next line
            text = text.rstrip(" \t\r\n>")
        found.append(_entry(block, mark, Span(start, start + len(text))))
    return found


def _said(block: Block, start: int, end: int) -> str:
    """The text between two places of a block, without comments and outer spaces."""
    text = block.text[start:end]
    if "<!--" in text:
        for inline in reversed(block.inlines):
            if inline.kind is InlineKind.COMMENT and start <= inline.span.start and inline.span.end <= end:
                text = text[: inline.span.start - start] + text[inline.span.end - start :]
    return text.strip()


def reference_lists(document: Document) -> tuple[ReferenceList, ...]:
    """The reference lists of a document, in order. Ask through `document.fact(reference_lists)`."""
    found = []
    marks = document.joined(region_marks)
    titles = [
        placed.span(placed.fact.title)
        for placed in marks
        if placed.fact.region is Region.REFERENCES and placed.fact.whole
    ]
    for stretch in document.fact(regions).of(Region.REFERENCES):
        inner = titles[bisect_left(titles, (stretch.title.end,)) : bisect_left(titles, (stretch.span.end,))]
        starts = [stretch.title, *inner]
        for title, end in zip(starts, [*(title.start for title in inner), stretch.span.end], strict=True):
            if kept := _of_one_style(_members(document, Span(title.end, end))):
                further = bool(FURTHER.search(document.text_of(title)))
                found.append(ReferenceList(title, kept, further))
    return tuple(found) or _without_title(document)


def _members(document: Document, span: Span) -> list[Entry]:
    """The entries of all blocks within a span of the document, in order."""
    members: list[Entry] = []
    number = max(document.block_at(span.start), 0)
    while number < len(document.blocks) and document.start_of(number) < span.end:
        start = document.start_of(number)
        for entry in document.blocks[number].fact(entries):
            placed = entry.shifted(start)
            if span.start <= placed.span.start and placed.span.end <= span.end:
                members.append(placed)
        number += 1
    return members


def _of_one_style(members: list[Entry]) -> tuple[Entry, ...]:
    """The entries in the list's main style: beside marked entries an unmarked paragraph is a remark, not an entry."""
    counts = {style: sum(1 for entry in members if entry.style is style) for style in Style}
    if not members:
        return ()
    marked = [style for style in (Style.BRACKET, Style.DOT, Style.ORDERED, Style.BULLET) if counts[style]]
    if not marked:
        return tuple(members)
    main = max(marked, key=lambda style: counts[style])
    return tuple(entry for entry in members if entry.style is main)


def _without_title(document: Document) -> tuple[ReferenceList, ...]:
    """`[1] …`, `[2] …`, … as the last lines of a text that names no reference list."""
    tail: list[Entry] = []
    for number in reversed(range(len(document.blocks))):
        block = document.blocks[number]
        if block.kind in (Kind.BREAK, Kind.COMMENT):
            continue
        members = block.fact(entries) if block.kind in TEXT_KINDS else ()
        if not members or any(entry.style is not Style.BRACKET or entry.number is None for entry in members):
            break
        start = document.start_of(number)
        tail += [entry.shifted(start) for entry in reversed(members)]
    tail.reverse()
    if len(tail) < MINIMUM_WITHOUT_TITLE or tail[0].number != 1 or not _counts_up(tail):
        return ()
    return (ReferenceList(None, tuple(tail)),)


def _counts_up(members: list[Entry]) -> bool:
    """Whether the numbers mostly run on by one."""
    steps = [(after.number or 0) - (before.number or 0) for before, after in pairwise(members)]
    return 4 * steps.count(1) >= 3 * len(steps) - 1


def numbered_entries(document: Document) -> dict[int, Entry]:
    """The entries under their numbers; of several with one number the last. Ask through `document.fact`.

    Further reading is left out: nothing is expected to cite it.
    """
    lists = [list_ for list_ in document.fact(reference_lists) if not list_.further]
    return {entry.number: entry for list_ in lists for entry in list_.entries if entry.number is not None}
