"""Lets what names a section follow its number: 见第3.2节, Section 3.2, §3.2, “二、史料”."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice

from mdreview.diagnostic import Edit
from mdreview.facts import numbering, references
from mdreview.facts.numbering import HALF_WIDTH, Number, Script, chinese_numeral, chinese_value, roman_numeral, write
from mdreview.facts.references import PART, SectionMention, Target
from mdreview.facts.sections import Section, section_tree
from mdreview.markdown import Block, Document, Kind, Question
from mdreview.patterns import regex
from mdreview.source import Span

ZERO_PADDED = regex(r"0\d")
PLAIN_UNITS = ("", "章", "chapter", "§")
QUOTED_AT_LEAST = 4


def follow(document: Document, numbers: Mapping[int, Number]) -> list[Edit]:
    """The edits of what names sections that get these numbers, given by the sections' indices."""
    return [*_mentioned(document, numbers), *_quoted(document, numbers)]


def clear(document: Document, numbers: Mapping[int, Number]) -> bool:
    """Whether every mention leads to the same section as before, or to one that it was meant for.

    A mention of a number that no section bore is meant for the section that now gets it, unless that one is mentioned
    under its old number. A mention that would name two sections by the new number is left, and then leads elsewhere.
    """
    tree = document.fact(section_tree)
    if any(ambiguous for *_, ambiguous in _led(document, numbers)):
        return False
    named = {
        (placed.fact.target is Target.APPENDIX, placed.fact.values)
        for placed in document.joined(references.sections)
        if not placed.fact.foreign
    }
    borne = {(_is_appendix(section), section.number.values) for section in tree if section.number is not None}
    for index, number in numbers.items():
        section = tree.sections[index]
        new = (_is_appendix(section), number.values)
        if section.number is None or new in borne or new not in named:
            continue
        if (new[0], section.number.values) in named:
            return False
    return True


def _is_appendix(section: Section) -> bool:
    number = section.number
    return number is not None and (number.unit == "appendix" or number.style.script is Script.LETTER)


def _quoted(document: Document, numbers: Mapping[int, Number]) -> list[Edit]:
    """Numbers in running text that stand with their title as in the heading: 见“二、史料”."""
    tree = document.fact(section_tree)
    known: dict[str, tuple[int, str]] = {}
    for index, number in numbers.items():
        section = tree.sections[index]
        whole = document.text_of(Span(section.number_span.start, section.title_span.end))
        if len(whole) >= QUOTED_AT_LEAST and section.title_span.end - section.title_span.start > 1:
            old = document.text_of(section.number_span)
            known[whole] = (len(old), padded(write(number), old))
    if not known:
        return []
    edits = []
    for placed in document.asked(_Wholes(tuple(sorted(known, reverse=True)))):
        length, written = known[placed.fact[1]]
        start = placed.start + placed.fact[0]
        edits.append(Edit(Span(start, start + length), written))
    return edits


class _Wholes(Question):
    """Where titles stand in a block's prose with their numbers."""

    def __init__(self, wholes: tuple[str, ...]) -> None:
        super().__init__(wholes)
        # the sign that a whole begins with leads, since it is found faster than what stands before it
        ways = (rf"{re.escape(whole[0])}(?<![\w.．].){re.escape(whole[1:])}" for whole in wholes)
        self._finder = re.compile("|".join(ways))

    def __call__(self, block: Block) -> list[tuple[int, str]]:
        if block.kind in (Kind.HEADING, Kind.CODE, Kind.MATH):
            return []
        return [(match.start(), match[0]) for match in self._finder.finditer(block.prose)]


def _mentioned(document: Document, numbers: Mapping[int, Number]) -> list[Edit]:
    """Numbers in running text: 见第3.2节, Sections 3 and 4, §3.2."""
    edits: dict[Span, Edit] = {}
    for number, mention, index, ambiguous in _led(document, numbers):
        if ambiguous:
            continue
        start = document.start_of(number)
        for span, written in _rewritten(document.blocks[number].text, mention, numbers[index].values):
            edits.setdefault(span.shifted(start), Edit(span.shifted(start), written))
    return list(edits.values())


def _led(document: Document, numbers: Mapping[int, Number]) -> Iterator[tuple[int, SectionMention, int, bool]]:
    """The mentions that lead to one section, which gets another number.

    Each with its block, the section's index, and whether it could by the new number as well mean another section:
    第二节 where there are 二、 and （二）.
    """
    tree = document.fact(section_tree)
    by_values = document.fact(_by_values)
    afterwards: dict[tuple[int, ...], list[Section]] = defaultdict(list)
    for section in tree:
        if section.number is not None and not section.repeated:
            afterwards[numbers.get(section.index, section.number).values].append(section)
    for placed in document.joined(references.sections):
        mention = placed.fact
        if mention.foreign:
            continue
        possible = by_values.get(mention.values, ())
        meant = list(islice((index for index in possible if _may_mean(mention, tree.sections[index])), 2))
        if len(meant) != 1 or meant[0] not in numbers:
            continue
        old = tree.sections[meant[0]].number
        assert old is not None
        if len(mention.values) > len(old.values):
            continue
        others = (other for other in afterwards[numbers[meant[0]].values] if other.index != meant[0])
        yield placed.block, mention, meant[0], any(_may_mean(mention, other) for other in others)


def _by_values(document: Document) -> dict[tuple[int, ...], set[int]]:
    """The sections that a number may mean: by itself, or after the numbers of the sections around."""
    tree = document.fact(section_tree)
    by_values: dict[tuple[int, ...], set[int]] = defaultdict(set)
    for section in tree:
        if section.number is not None and not section.repeated:
            by_values[section.number.values].add(section.index)
            by_values[tree.path(section)].add(section.index)
    return by_values


def _may_mean(mention: SectionMention, section: Section) -> bool:
    assert section.number is not None
    appendix = _is_appendix(section)
    if mention.target is Target.APPENDIX:
        return appendix
    if mention.target is Target.CHAPTER:
        return not appendix and section.number.unit in PLAIN_UNITS and section.number.depth == 1
    if mention.target is Target.PART:
        top = section.number.depth == 1 and section.number.style.before.strip() not in ("(", "（")
        return not appendix and top and section.number.unit in ("", "部分")
    return not appendix


def _rewritten(text: str, mention: SectionMention, new: tuple[int, ...]) -> list[tuple[Span, str]]:
    """The places in a mention where its number stands, with the new number as it would be written there."""
    found = []
    for part in PART.finditer(text, *mention.span):
        written = _as(part.group(), mention.values, new)
        if written is not None:
            found.append((Span(*part.span()), written))
    return found


def _as(old: str, values: tuple[int, ...], new: tuple[int, ...]) -> str | None:
    """The new number in the signs of the old one; None if `old` does not say `values` or has no signs for it."""
    head, *rest = re.split("[.．]", old)
    point = "．" if "．" in old else "."
    if head.translate(HALF_WIDTH).isdecimal():
        if tuple(int(piece) for piece in (head, *rest)) != values:
            return None
        written = point.join(map(str, new))
        return written.translate(numbering.FULL_WIDTH) if not head.isascii() else padded(written, old)
    if not head.isascii():
        same = len(new) == 1 and (chinese_value(old),) == values
        return chinese_numeral(new[0]) if same and new[0] < 1000 else None
    if tuple(map(int, rest)) != values[1:]:
        return None
    if len(head) == 1 and ord(head) - 64 == values[0]:
        first = chr(64 + new[0]) if 0 < new[0] <= 26 else ""
    else:
        first = roman_numeral(new[0]) if numbering.roman_value(head) == values[0] else ""
    return point.join((first, *map(str, new[1:]))) if first else None


def padded(written: str, old: str) -> str:
    """The number with leading zeros where the old one had them: 09 becomes 10, 01 becomes 02."""
    if not ZERO_PADDED.search(old):
        return written
    width = len(re.search(r"\d+", old)[0])  # type: ignore[index]
    return re.sub(r"\d+", lambda match: match[0].zfill(width), written, count=1)
