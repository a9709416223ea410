"""Mends the levels of headings, and marks lines as headings that stand as such."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from mdreview.diagnostic import Edit, Fix, Safety, Text
from mdreview.facts.numbering import Number
from mdreview.facts.pseudo_headings import BOLD, PseudoHeading, pseudo_headings
from mdreview.facts.regions import Region
from mdreview.facts.sections import Section, section_tree
from mdreview.markdown import Document
from mdreview.patterns import regex
from mdreview.remedies.making import fix_of, line_end, line_start
from mdreview.source import Span

LEVEL = Text("Make it a heading of level {level}", "改为 {level} 级标题")
LEVELS = Text("Close the gap between the heading levels", "补上缺少的标题级别")
HEADING_MARK = regex(r"[ ]{0,3}(#{1,6})(?=[ \t])")
DEEPEST = 6
# what a title opens for the whole text, wherever it stands
CLOSING = regex(
    r"参考|參考|文献|文獻|致谢|致謝|鸣谢|附录|附錄|结论|結論|结语|總結|总结|摘要|目录|关键词"
    r"|reference|bibliograph|acknowledg|appendi|conclusion|abstract|contents|keyword",
    re.I,
)


def move_level(document: Document, sections: Iterable[Section], by: int, safety: Safety) -> Fix | None:
    """Moves sections with what stands under them `by` levels; None where one would fall out of the six levels.

    What stands under a section by its level, but beside it by its number, stays.
    """
    edits: list[Edit] = []
    level = 0
    for section in sections:
        moved = _moved(document, section, by)
        if moved is None:
            return None
        edits += moved
        level = section.level + by
    return fix_of(document, LEVEL, edits, safety, level=level)


def close_gaps(document: Document, parents: Iterable[Section]) -> Fix | None:
    """Moves all that stands right under each of `parents` to the level below it."""
    tree = document.fact(section_tree)
    edits: list[Edit] = []
    for parent in parents:
        for index in parent.children:
            child = tree.sections[index]
            moved = _moved(document, child, parent.level + 1 - child.level)
            if moved is None:
                return None
            edits += moved
    return fix_of(document, LEVELS, edits, Safety.UNSAFE)


def _moved(document: Document, section: Section, by: int) -> list[Edit] | None:
    tree = document.fact(section_tree)
    edits = []
    for index in range(section.index, len(tree)):
        other = tree.sections[index]
        if index > section.index and other.level <= section.level:
            break
        if index > section.index and _beside(other, section):
            break
        mark = HEADING_MARK.match(document.blocks[other.block].text)
        if mark is None or not 1 <= other.level + by <= DEEPEST:
            return None
        span = Span(*mark.span(1)).shifted(document.start_of(other.block))
        edits.append(Edit(span, "#" * (other.level + by)))
    return edits


def _beside(other: Section, section: Section) -> bool:
    if other.number is None or section.number is None or other.number.style.script is not section.number.style.script:
        return False
    return 1 < other.number.depth <= section.number.depth


def mark_heading(document: Document, line: PseudoHeading) -> Fix | None:
    """Marks a line as a heading of the level that its number or its neighbours ask for."""
    level = document.fact(levels).get(line.span.start, DEEPEST + 1)
    if level > DEEPEST:
        return None
    written = document.text_of(line.span).rstrip()
    if bold := BOLD.match(written):
        written = bold["text"].strip()
    end = document.span_of(line.block).end
    below = document.text_of(Span(line.span.end, end))
    edits = [Edit(line.span, f"{'#' * level} {written}" + (line_end(document) if below.strip() else ""))]
    start = line_start(document, line.span.start)
    if start < line.span.start and not document.text_of(Span(start, line.span.start)).strip():
        edits.append(Edit(Span(start, line.span.start), ""))
    return fix_of(document, LEVEL, edits, Safety.UNSAFE, level=level)


def levels(document: Document) -> dict[int, int]:
    """The level of each line that stands as a heading, by its start. Ask through `document.fact(levels)`.

    That is the level of headings numbered in the same style; or else the next one below the heading above, the styles
    of a section's lines each a level below the one before. A line without a number comes right below the heading of a
    subsection, or gets the highest level of the text.
    """
    tree = document.fact(section_tree)
    title = next((section for section in tree if section.level == 1), None)
    inner = [section for section in tree if section is not title]
    upwards = sorted(inner, key=lambda section: section.level)
    highest = next((section for section in upwards if section.region is Region.BODY), next(iter(upwards), None))
    base = highest.level if highest is not None else 2
    by_style: dict[object, Counter[int]] = {}
    for section in tree:
        if section.number is not None:
            by_style.setdefault(_style(section.number), Counter())[section.level] += 1
    known = {style: counts.most_common(1)[0][0] for style, counts in by_style.items()}
    styles: dict[int, list[object]] = {}
    found: dict[int, int] = {}
    for line in document.fact(pseudo_headings):
        above = tree.at(line.span.start)
        level = base
        if line.number is not None:
            style = _style(line.number)
            inside = styles.setdefault(above.index if above is not None else -1, [])
            if style not in inside:
                inside.append(style)
            outer = above.level if above is not None and above is not title else base - 1
            by_depth = line.number.depth - 1 if above is None or above is title else 0
            level = known.get(style, outer + 1 + max(inside.index(style), by_depth))
        elif above is not None and above.level > base and not CLOSING.search(document.text_of(line.span)):
            level = above.level + 1
        found[line.span.start] = level
    return found


def _style(number: Number) -> tuple[object, ...]:
    style = number.style
    return style.script, style.before.strip(), style.after.strip(), number.depth
