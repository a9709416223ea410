"""Lines that stand as headings without being marked as such: `**摘要**`, `一、背景`, `1.1 Data`."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import islice
from typing import NamedTuple

from mdreview.facts import headings
from mdreview.facts.numbering import Number, Script
from mdreview.facts.regions import Region, region_of_title
from mdreview.facts.sections import section_tree
from mdreview.markdown import Block, Document, Kind, LeafKind, kind_of
from mdreview.markdown.blocks import OBJECT
from mdreview.patterns import regex
from mdreview.source import Span


class Line(NamedTuple):
    """A line of its own at the start of a paragraph, relative to its block.

    `bold` tells that the whole line is, `alone` that the paragraph has no other line, `name` that the title is one
    that only sections bear.
    """

    span: Span
    number: Number | None
    title: str
    bold: bool
    alone: bool
    name: bool

    @property
    def key(self) -> str:
        """The title without case, white space and punctuation, for comparing."""
        return headings.normalised(self.title)


class PseudoHeading(NamedTuple):
    """A line that stands as a heading, in its place in the document."""

    span: Span
    number: Number | None
    title: str
    block: int

    @property
    def key(self) -> str:
        """The title without case, white space and punctuation, for comparing."""
        return headings.normalised(self.title)


BOLD = regex(r"(?P<open>\*\*\*|___|\*\*|__)(?P<text>[^*_\n]{1,120})(?P=open)[:：]?\Z")
ENDS = regex(r"[。！？；，,;.!?…][\"'”’）)]?\Z")
CHINESE_STOP = regex("[。！？；]")
INNER_STOP = regex(r"[.!?]\s")
LENGTH = 60
NAMES = regex(
    r"(?:引言|绪论|緒論|前言|研究背景|相关工作|文献综述|研究方法|实验结果|结果与讨论|结果和讨论|讨论|结论|结语|结束语|总结与展望|结论与展望"
    r"|introduction|background|related work|methods?|materials and methods|results(?: and discussion)?|discussions?"
    r"|conclusions?(?: and future work)?|future work)\Z",
    re.I,
)
NAMED_REGIONS = frozenset({Region.ABSTRACT, Region.REFERENCES, Region.ACKNOWLEDGEMENTS, Region.APPENDIX})
PLAIN_NAMES = regex(
    r"(?:摘[ \u3000]{0,4}要|(?:中文|英文)摘要|参考文献|參考文獻|致[ \u3000]{0,4}谢|附录[A-Z]?"
    r"|abstract|references|bibliography|acknowledge?ments?)\Z",
    re.I,
)
BARE_AT_LEAST = 3


def read(block: Block) -> tuple[Line, ...]:
    """The line that opens the block, if it is short and no sentence."""
    if block.kind is not Kind.PARAGRAPH or not block.leaves or block.leaves[0].kind is not LeafKind.PARAGRAPH:
        return ()
    leaf = block.leaves[0]
    start, end = leaf.pieces[0]
    if end - start > 2 * LENGTH or end <= start:
        return ()
    text = block.prose[start:end].rstrip()
    end = start + len(text)
    bold = BOLD.match(text)
    inner = bold["text"].strip() if bold else text
    if not inner or "|" in inner or len(inner) > LENGTH or inner[0] == OBJECT or CHINESE_STOP.search(inner):
        return ()
    offset = start + text.index(inner)
    opening = headings.read_opening(block.prose, offset, offset + len(inner))
    title_start = opening.title_start if opening else offset
    title = headings.plain(block, Span(min(title_start, end), offset + len(inner)))
    plain = title.rstrip(":： ")
    number = opening.number if opening is not None and (bold or not opening.unclear) else None
    if number is None and not bold and not PLAIN_NAMES.match(plain):
        return ()
    region, early = region_of_title(plain)
    name = (region in NAMED_REGIONS and not early) or bool(NAMES.match(plain))
    alone = len(leaf.pieces) == 1
    # the point of `5.3. ` ends no sentence; that of `4. ` opens items more often than sections
    begin = title_start - offset if opening and opening.number.depth > 1 else 0
    if not plain or INNER_STOP.search(inner, begin) or (ENDS.search(inner) and not name):
        return ()
    if number is not None and not _counts_sections(number):
        return ()
    stops = ":：，" if number is not None else "，"
    if not bold and any(stop in (inner.rstrip(" :：") if name else inner) for stop in stops):
        return ()
    return (Line(Span(start, end), number, plain, bold is not None, alone, name),)


def _counts_sections(number: Number) -> bool:
    """Whether sections are numbered so; (1), 1) and ① count what a paragraph enumerates."""
    style = number.style
    enclosed = style.before.strip() in ("(", "（") or style.after.strip() in (")", "）")
    return style.script is not Script.CIRCLED and (not enclosed or style.script is Script.CHINESE)


def pseudo_headings(document: Document) -> tuple[PseudoHeading, ...]:
    """The lines of a document that stand as headings. Ask through `document.fact(pseudo_headings)`."""
    placed = document.joined(read)
    if not placed:
        return ()
    lines = {item.block for item in placed}
    counted = _counted(document)
    tree = document.fact(section_tree)
    unmarked = len(tree) <= 1
    bare = sum(1 for item in placed if item.fact.bold and item.fact.alone and item.fact.number is None)
    found = []
    for item in placed:
        line = item.fact
        if line.alone and not _has_text(document, item.block, lines):
            continue
        if line.number is not None:
            stands = item.block in counted
        elif line.name:
            stands = line.bold or line.alone
        else:
            stands = unmarked and line.alone and bare >= BARE_AT_LEAST
        if stands:
            found.append(PseudoHeading(item.span(line.span), line.number, line.title, item.block))
    return tuple(found)


def _has_text(document: Document, block: int, lines: set[int]) -> bool:
    """Whether something other than another such line stands below."""
    for following, kind in enumerate(islice(document.each(kind_of), block + 1, None), block + 1):
        if kind in (Kind.COMMENT, Kind.LINK_DEFINITION):
            continue
        if kind in (Kind.BREAK, Kind.HEADING):
            return False
        if following in lines:
            line = document.blocks[following].fact(read)[0]
            below = line.number is not None and not line.alone
            return below or _deeper(document.blocks[block].fact(read)[0], line)
        return True
    return False


def _deeper(line: Line, below: Line) -> bool:
    """Whether `below` may be the first subsection of `line`."""
    if line.number is None or below.number is None:
        return False
    return below.number.values[-1] <= 1 and (
        below.number.depth > line.number.depth or below.number.style != line.number.style
    )


def _counted(document: Document) -> set[int]:
    """The blocks whose line's number counts on from another such line or from a heading."""
    series: dict[object, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for item in document.joined(read):
        number = item.fact.number
        if number is not None:
            series[_family(number)][number.values[-1]].append(item.block)
    marked = {
        (_family(section.number), section.number.values[-1])
        for section in document.fact(section_tree)
        if section.number is not None
    }
    counted: set[int] = set()
    for family, values in series.items():
        for value, blocks in values.items():
            if any(other in values or (family, other) in marked for other in (value - 1, value + 1)):
                counted.update(blocks)
    return counted


def _family(number: Number) -> object:
    style = number.style
    return style.script, style.before.strip(), style.after.strip(), number.values[:-1]
