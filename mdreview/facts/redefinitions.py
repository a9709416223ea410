"""Terms that are defined more than once: whether two definitions say the same, and the pairs that do or do not."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import chain
from typing import NamedTuple

from mdreview.facts import chinese_names
from mdreview.facts.regions import Stretch, regions
from mdreview.facts.terms import WORD, Bound, defines, english_key, qualifies, terms
from mdreview.markdown import Document, InlineKind, Kind
from mdreview.patterns import regex
from mdreview.source import Span

TITLE_END = regex(r"[^*_\n]{0,40}(?:\*\*|__)[:：]|[^*_\n]{0,40}[:：](?:\*\*|__)")
BETWEEN_TERMS = regex(r"\b(?:with|by|using|via|through|from)\b", re.I)
CAPITALS = regex(r"\b[A-Z]{2,}")


def same_chinese(one: Bound, other: Bound) -> bool:
    """Whether two definitions may give one Chinese name: what stands before one bracket ends with the other's name."""
    if not one.name or not other.name or one.name == other.name:
        return True
    runs = (one.definition.chinese, other.definition.chinese)
    if chinese_names.one_ending(one.name, other.name):
        return True
    return chinese_names.one_name(one.name, other.name) or runs[0].endswith(other.name) or runs[1].endswith(one.name)


def modifier(name: str, other: str) -> int:
    """How many characters of a Chinese name stand before what the other name is another form of.

    消息传递 in 消息传递图网络 beside 图神经网络: what follows has letters of the other one only, in its order.
    """
    for start in range(1, len(name) - 1):
        if name[start] == other[:1]:
            letters = iter(other)
            if all(letter in letters for letter in name[start:]):
                return start
    return 0


def same_english(one: Bound, other: Bound) -> bool:
    """Whether two definitions may give one English name; True where one gives none."""
    if one.definition.english == other.definition.english:
        return True
    keys = (english_key(one.definition.english), english_key(other.definition.english))
    if not all(keys):
        return True
    return keys[0] == keys[1] or keys[0].replace(" ", "") == keys[1].replace(" ", "")


class _Standing(NamedTuple):
    """What a definition counts for: the start of its block, the stretch and language for which it holds.

    `aside` tells that it repeats none: it is a phrase, or part of a link or a quotation.
    """

    block: int
    stretch: Stretch | None
    chinese: bool
    aside: bool


def repeats(document: Document) -> list[tuple[Bound, Bound]]:
    """Pairs of a first definition and a needless later one of the same meaning, by short forms.

    Ask through `document.fact(repeats)`.
    """
    by_short = document.fact(terms).by_short.values()
    standing = iter(document.answers(_standing, chain.from_iterable(by_short)))
    groups = [tuple((item, next(standing)) for item in defined) for defined in by_short]
    return [pair for pairs in document.answers(_repeats, groups) for pair in pairs]


def _standing(document: Document, item: Bound) -> _Standing | None:
    """None for a definition that does not count."""
    if not item.setting.running or not defines(item) or qualifies(item):
        return None
    label = item.definition.written != item.definition.short or item.short_span.start == item.span.start
    if not item.definition.english and label:
        return None
    number = document.block_at(item.span.start)
    start = document.start_of(number)
    stretch = document.fact(regions).stretch_at(item.span.start)
    block = document.blocks[number]
    # a box with a bold title is the author's own
    quoted = block.kind is Kind.QUOTE and not block.prose.lstrip().startswith("**")
    aside = item.definition.form == "phrase" or quoted or linked(document, item)
    return _Standing(start, stretch, item.setting.chinese, aside)


def _repeats(document: Document, defined: tuple[tuple[Bound, _Standing | None], ...]) -> list[tuple[Bound, Bound]]:
    first: dict[tuple[object, bool], tuple[Bound, int]] = {}
    pairs = []
    for item, standing in defined:
        if standing is None:
            continue
        key = (standing.stretch, standing.chinese)
        before, block = first.get(key, (item, -1))
        if before is item or (block == standing.block and _leads_in(document, before, item)):
            first[key] = item, standing.block
        elif standing.aside:
            continue
        elif same_english(before, item) and same_chinese(before, item) and not drifts(before, item):
            pairs.append((before, item))
    return pairs


def _leads_in(document: Document, first: Bound, item: Bound) -> bool:
    """Whether the first definition is the bold title of the very paragraph or list item that gives the second."""
    between = document.text_of(Span(first.span.end, item.span.start))
    return "\n" not in between and bool(TITLE_END.match(between))


def linked(document: Document, item: Bound) -> bool:
    """Whether a definition is part of a link's text: of the title of something else."""
    number = document.block_at(item.span.start)
    span = item.span.shifted(-document.start_of(number))
    inlines = document.blocks[number].inlines
    last = bisect_right(inlines, span.start, key=lambda inline: inline.span.start)
    for inline in inlines[max(last - 3, 0) : last]:
        if inline.kind is InlineKind.LINK and inline.content.contains(span):
            text = document.blocks[number].text[inline.content.start : inline.content.end]
            return len(text.strip("*_ ")) > span.end - span.start + 1
    return False


def drifts(one: Bound, other: Bound) -> bool:
    """Whether two long forms in Chinese text differ by a plural only: Network, Networks."""
    keys = one.definition.english.lower(), other.definition.english.lower()
    if keys[0] == keys[1] or not (all(keys) and one.setting.chinese and other.setting.chinese):
        return False
    return _plain(keys[0]) != _plain(keys[1]) and english_key(keys[0]) == english_key(keys[1])


def _plain(text: str) -> str:
    return "".join(WORD.findall(text))


def differing_expansions(document: Document) -> list[tuple[Bound, Bound]]:
    """Pairs of a first definition and a later one whose English long form differs, in order of the later.

    Ask through `document.fact(differing_expansions)`.
    """
    found = document.fact(terms)
    by_short = document.answers(_differing, map(tuple, found.by_short.values()))
    pairs = [pair for several in by_short for pair in several]
    for item in found.loose:
        first = next((other for other in found.by_short.get(item.definition.short, ()) if other.definition.fits), None)
        if first is not None and item.setting.running and _one_head(first, item):
            pairs.append((first, item))
    return sorted(pairs, key=lambda pair: pair[1].span)


def _differing(_: Document, defined: tuple[Bound, ...]) -> list[tuple[Bound, Bound]]:
    """The pairs among the definitions of one short form."""
    pairs = []
    first: Bound | None = None
    for item in defined:
        if not item.definition.english or not item.definition.fits or item.setting.note:
            continue
        if first is None:
            first = item
        elif item.setting.cell or item.definition.form == "row":
            continue
        elif drifts(first, item) or (not same_english(first, item) and not _cut(first, item)):
            pairs.append((first, item))
    return pairs


def _cut(one: Bound, other: Bound) -> bool:
    """Whether one long form is the other with a word more or less at an end."""
    keys = english_key(one.definition.english), english_key(other.definition.english)
    if any(CAPITALS.search(item.definition.english) for item in (one, other)):
        # a long form that holds another abbreviation is the same one, half spelt out
        return True
    short, long = sorted(keys, key=len)
    return long.startswith(short) or long.endswith(short)


def _one_head(one: Bound, other: Bound) -> bool:
    if BETWEEN_TERMS.search(other.definition.english):
        return False
    keys = english_key(one.definition.english).split(), english_key(other.definition.english).split()
    return bool(keys[0] and keys[1]) and keys[0][-1] == keys[1][-1] and keys[0] != keys[1][-len(keys[0]) :]
