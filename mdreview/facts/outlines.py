"""Outlines and tables of contents, and how they differ from a document's headings."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from enum import Enum
from typing import NamedTuple
from urllib.parse import unquote

from mdreview.facts import headings
from mdreview.facts.numbering import Number
from mdreview.facts.pseudo_headings import pseudo_headings
from mdreview.facts.regions import Region, region_of_title, regions
from mdreview.facts.sections import Section, section_tree
from mdreview.markdown import Block, Document, InlineKind, Kind
from mdreview.patterns import regex
from mdreview.source import Span


class Entry(NamedTuple):
    """A line of an outline: `depth` counts from 0, `span` is in the outline's document, `anchor` a link's target."""

    number: Number | None
    title: str
    depth: int
    span: Span
    anchor: str = ""

    @property
    def key(self) -> str:
        """The title without case, white space and punctuation."""
        return headings.normalised(self.title)

    @property
    def values(self) -> tuple[int, ...]:
        """The number's values, empty without one."""
        return self.number.values if self.number else ()

    @property
    def text(self) -> str:
        """Number and title for people."""
        return f"{self.number.dotted} {self.title}" if self.number else self.title


class Change(Enum):
    """How a document departs from its outline."""

    MISSING = "missing"
    EXTRA = "extra"
    RENAMED = "renamed"
    RENUMBERED = "renumbered"
    MOVED = "moved"


class Difference(NamedTuple):
    """One departure; `wanted` is None for an extra heading, `found` for a missing one.

    `after` is the heading after which a missing one should stand.
    """

    change: Change
    wanted: Entry | None
    found: Entry | None
    after: Entry | None = None


PAGE = regex(r"(?:[\s.…·・_]{2,}|\t)\d{1,4}\s*\Z")
ENTRIES_AT_LEAST = 3
FREE = frozenset({Region.REFERENCES, Region.ACKNOWLEDGEMENTS, Region.ABSTRACT, Region.KEYWORDS, Region.CONTENTS})


def document_entries(document: Document) -> tuple[Entry, ...]:
    """The headings of a document as an outline. Its one title is left out. Ask through `document.fact(…)`."""
    tree = document.fact(section_tree)
    sections = [section for section in tree if not section.repeated]
    title = _title(sections)
    inner = [section for section in sections if section is not title]
    levels = sorted({section.level for section in inner if section.region is Region.BODY} or {1})
    return tuple(Entry(section.number, section.title, _depth(section, levels), section.span) for section in inner)


def _title(sections: list[Section]) -> Section | None:
    """The heading that is the whole text's title: the first, if no other section stands on its level."""
    if not sections or sections[0].number is not None or sections[0].region is not Region.BODY:
        return None
    same = [section for section in sections if section.level <= sections[0].level and section.region is Region.BODY]
    return sections[0] if len(same) == 1 and len(sections) > 1 else None


def _depth(section: Section, levels: list[int]) -> int:
    if section.number is not None and section.number.depth > 1:
        return section.number.depth - 1
    return min(bisect_left(levels, section.level), len(levels) - 1)


def contents(document: Document) -> tuple[Entry, ...]:
    """The entries of the document's own table of contents, empty where it has none worth the name."""
    found: list[Entry] = []
    for stretch in document.fact(regions).of(Region.CONTENTS):
        first = document.block_at(stretch.span.start)
        for number in range(max(first, 0), len(document.blocks)):
            block = document.blocks[number]
            if document.start_of(number) >= stretch.span.end:
                break
            if block.kind is Kind.LIST:
                start = document.start_of(number)
                found += [entry._replace(span=entry.span.shifted(start)) for entry in block.fact(_list_entries)]
        if found:
            break
    elsewhere = sum(1 for entry in found if entry.anchor and not entry.anchor.startswith("#"))
    return tuple(found) if len(found) >= ENTRIES_AT_LEAST and elsewhere * 2 < len(found) else ()


def resolved(entries: tuple[Entry, ...], found: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The entries of a table of contents under the titles of the headings that their links lead to.

    A table of contents may shorten a title; where its link leads to a heading, it means that one.
    """
    titles: dict[str, Entry] = {}
    for entry in found:
        titles.setdefault(slug(f"{entry.number.dotted if entry.number else ''}{entry.title}"), entry)
        titles.setdefault(slug(entry.title), entry)
    keys = {entry.key for entry in found}
    return tuple(
        entry._replace(title=target.title)
        if entry.key not in keys and (target := titles.get(slug(entry.anchor))) is not None
        else entry
        for entry in entries
    )


def outline_entries(document: Document) -> tuple[Entry, ...]:
    """The entries of a file that is an outline: its headings, or the items of its lists if it has none."""
    entries = document.fact(document_entries)
    if entries:
        return entries
    return tuple(entry for placed in document.joined(_list_entries) for entry in [_shifted(placed.fact, placed.start)])


def _shifted(entry: Entry, by: int) -> Entry:
    return entry._replace(span=entry.span.shifted(by))


def _list_entries(block: Block) -> tuple[Entry, ...]:
    """The items of a list, each with its nesting."""
    if block.kind is not Kind.LIST:
        return ()
    entries = []
    links = [inline for inline in block.inlines if inline.kind is InlineKind.LINK]
    starts = [link.span.start for link in links]
    for leaf in block.leaves:
        span = leaf.span
        text = block.prose[span.start : span.end]
        if page := PAGE.search(text):
            span = Span(span.start, span.start + page.start())
        at = bisect_left(starts, span.start)
        link = links[at] if at < len(links) and span.contains(links[at].content) else None
        anchor = link.target if link is not None else ""
        if link is not None:
            span = Span(*link.content) if not block.prose[span.start : link.span.start].strip() else span
        opening = headings.read_opening(block.prose, span.start, span.end)
        number = opening.number if opening else None
        title_start = opening.title_start if opening else span.start
        title = headings.plain(block, Span(min(title_start, span.end), span.end))
        depth = max(leaf.inside.count(Kind.ITEM) - 1, 0)
        entries.append(Entry(number, title, depth, span, anchor))
    return tuple(entries)


def differences(wanted: tuple[Entry, ...], found: tuple[Entry, ...], document: Document) -> tuple[Difference, ...]:
    """How the headings `found` in a document depart from the entries `wanted`, in order of their places.

    Numbers are compared by value, so that `1.` and `1` agree; numbers count only where both sides have them.
    What deeper levels hold than the outline goes into is free, and so are reference lists and other back matter.
    """
    matched = _matched(wanted, found)
    taken = {index for index in matched if index is not None}
    pseudo = {line.key for line in document.fact(pseudo_headings)}
    result: list[Difference] = []
    shifted: set[tuple[tuple[int, ...], tuple[int, ...]]] = set()
    last: Entry | None = None
    for entry, index in zip(wanted, matched, strict=True):
        if index is None:
            if entry.key not in pseudo and region_of_title(entry.title)[0] not in FREE:
                result.append(Difference(Change.MISSING, entry, None, last))
            continue
        other = found[index]
        last = other
        if entry.key != other.key:
            result.append(Difference(Change.RENAMED, entry, other))
        elif entry.values and other.values and entry.values != other.values:
            # a subsection that only follows its renumbered section is not told again
            if (entry.values[:-1], other.values[:-1]) not in shifted or entry.values[-1] != other.values[-1]:
                result.append(Difference(Change.RENUMBERED, entry, other))
            shifted.add((entry.values, other.values))
    result += [Difference(Change.MOVED, wanted[at], found[index]) for at, index in _out_of_order(matched)]
    named = {entry.key for entry in wanted}
    deepest = max((entry.depth for entry in wanted), default=0)
    result += [
        Difference(Change.EXTRA, None, entry)
        for index, entry in enumerate(found)
        if index not in taken and entry.depth <= deepest and entry.key not in named and not _is_free(entry)
    ]
    return tuple(result)


def _is_free(entry: Entry) -> bool:
    region = region_of_title(entry.title)[0]
    return region in FREE or region is Region.APPENDIX


def _matched(wanted: tuple[Entry, ...], found: tuple[Entry, ...]) -> list[int | None]:
    """For each wanted entry the index of its heading.

    Looked for by number and title, then by title, by the link's target, by number; what is left between two entries
    that are found, as many headings as entries, is taken for renamed.
    """
    matched: list[int | None] = [None] * len(wanted)
    taken: set[int] = set()
    for key in (_number_and_title, _title_only, _number_only):
        places: dict[object, deque[int]] = defaultdict(deque)
        for index, entry in enumerate(found):
            if index not in taken and (name := key(entry)) is not None:
                places[name].append(index)
        for at, entry in enumerate(wanted):
            name = key(entry)
            if matched[at] is None and name is not None and (waiting := places.get(name)):
                index = waiting.popleft()
                matched[at] = index
                taken.add(index)
    _pair_by_place(wanted, found, matched, taken)
    return matched


def _pair_by_place(
    wanted: tuple[Entry, ...], found: tuple[Entry, ...], matched: list[int | None], taken: set[int]
) -> None:
    at = 0
    before = -1
    while at < len(wanted):
        index = matched[at]
        if index is not None:
            before = index
            at += 1
            continue
        end = at
        while end < len(wanted) and matched[end] is None:
            end += 1
        following = matched[end] if end < len(wanted) else len(found)
        if following is not None and following - before - 1 == end - at:
            gap = range(before + 1, following)
            alike = all(
                found[place].depth == wanted[at + step].depth and not (found[place].values and wanted[at + step].values)
                for step, place in enumerate(gap)
            )
            if alike and taken.isdisjoint(gap):
                matched[at:end] = gap
                taken.update(gap)
        at = end


def _number_and_title(entry: Entry) -> object:
    return (entry.values, entry.key)


def _title_only(entry: Entry) -> object:
    return entry.key or None


def slug(text: str) -> str:
    """An anchor or a title without case and punctuation: what the anchors of all renderers agree on."""
    return headings.normalised(unquote(text).replace("-", "").replace("_", ""))


def _number_only(entry: Entry) -> object:
    return entry.values or None


def _out_of_order(matched: list[int | None]) -> list[tuple[int, int]]:
    """The matches outside the longest run that keeps the order, as (place in the outline, place in the text)."""
    pairs = [(at, index) for at, index in enumerate(matched) if index is not None]
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for position, (_, index) in enumerate(pairs):
        length = bisect_left(tails, index)
        before.append(ends[length - 1] if length else -1)
        if length == len(tails):
            tails.append(index)
            ends.append(position)
        else:
            tails[length], ends[length] = index, position
    kept = set()
    position = ends[-1] if ends else -1
    while position >= 0:
        kept.add(position)
        position = before[position]
    return [pair for position, pair in enumerate(pairs) if position not in kept]
