"""Terms that are defined more than once: whether two definitions say the same, and the pairs that do or do not."""

from __future__ import annotations

import re
from bisect import bisect_right

from mdreview.facts import chinese_names
from mdreview.facts.regions import regions
from mdreview.facts.terms import WORD, Bound, Defined, defines, english_key, qualifies, terms
from mdreview.markdown import Document, InlineKind, Question
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


def repeats(document: Document, defined: list[Bound]) -> list[tuple[Bound, Bound]]:
    """Pairs of a first definition and a needless later one of the same meaning, among those of one short form."""
    found = document.fact(regions)
    first: dict[tuple[object, bool], Bound] = {}
    pairs = []
    for item in defined:
        if not item.setting.running or not defines(item) or qualifies(item):
            continue
        label = item.definition.written != item.definition.short or item.short_span.start == item.span.start
        if not item.definition.english and label:
            continue
        stretch = found.stretch_at(item.span.start)
        key = (stretch, item.setting.chinese)
        if key not in first or _leads_in(document, first[key], item):
            first[key] = item
        elif item.definition.form == "phrase" or linked(document, item):
            continue
        elif same_english(first[key], item) and same_chinese(first[key], item) and not drifts(first[key], item):
            pairs.append((first[key], item))
    return pairs


def _leads_in(document: Document, first: Bound, item: Bound) -> bool:
    """Whether the first definition is the bold title of the very paragraph or list item that gives the second."""
    if document.block_at(first.span.start) != document.block_at(item.span.start):
        return False
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
    pairs = [pair for short in found.by_short for pair in document.fact(_Differing(short))]
    for item in found.loose:
        first = next((other for other in found.by_short.get(item.definition.short, ()) if other.definition.fits), None)
        if first is not None and item.setting.running and _one_head(first, item):
            pairs.append((first, item))
    return sorted(pairs, key=lambda pair: pair[1].span)


class _Differing(Question):
    """The pairs among the definitions of one short form: a question to a document."""

    def __init__(self, short: str) -> None:
        super().__init__(short)
        self._short = short

    def __call__(self, document: Document) -> list[tuple[Bound, Bound]]:
        pairs = []
        first: Bound | None = None
        for item in document.fact(Defined(self._short)):
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
