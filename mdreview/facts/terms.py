"""The terms of a document: every definition with its Chinese name cut out, and every use of a short form."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from mdreview.facts import abbreviations, chinese_names
from mdreview.facts.abbreviations import Definition
from mdreview.facts.chinese_names import Written
from mdreview.facts.regions import Region, Regions, regions
from mdreview.facts.short_forms import Use
from mdreview.markdown import Block, Document, Kind, Leaf, LeafKind, Placed, Question, where
from mdreview.patterns import regex
from mdreview.source import Span

HABIT = 3
NAMES_AT_MOST = 8
CAPTION = regex(
    r"[\s*_!\[({<:>-]{0,8}(?:图|圖|表|图表|算法|附图|附表|Figure|Fig\.?|Table|Scheme|Box|Algorithm|Chart)[\s*_]{0,3}[A-Z]?\d"
    r"|(?:Table)?:\s",
    re.I,
)
GENERIC = regex(
    r"(?:该|其|的|某|本)?(?:模型|方法|算法|网络|系统|数据集|任务|性能|指标|工具|框架|平台|公司|机构|组织|大学|作者"
    r"|产品|技术|结果|实验|部分|"
    r"类型|参数|变量|函数|模块|接口|信号|指令|版本|项目|单位|头数|数量|速度|时间|成本|价格|收入|人数|比例|后者|前者"
    r"|二者|两者|其他|其它)\Z"
)
HAN = regex(r"\p{Han}+")
FIGURE = regex(r"<(?:img|figcaption|figure|center)\b")
HTML_CELL = regex(r"<t[dhr]\b", re.I)
LATIN = regex(r"[A-Za-z]+")
WORD = regex(r"[a-z0-9]+")
POSSESSIVE = regex(r"['’]s?\b")


class Setting(NamedTuple):
    """Where something stands: its region, and what kind of text it is part of."""

    region: Region
    heading: bool
    caption: bool
    cell: bool
    note: bool
    chinese: bool

    @property
    def running(self) -> bool:
        """Whether it is running text: no heading, caption, table cell or footnote, in the abstract or the body."""
        aside = self.heading or self.caption or self.cell or self.note
        return not aside and self.region in (Region.BODY, Region.ABSTRACT, Region.APPENDIX)


class Bound(NamedTuple):
    """A definition or gloss in its document; spans count from the text's start. `name` is the Chinese name or ""."""

    definition: Definition
    span: Span
    short_span: Span
    english_span: Span | None
    name: str
    name_span: Span | None
    setting: Setting


class Used(NamedTuple):
    """A use of a short form in its document, outside definitions of that form."""

    use: Use
    span: Span
    setting: Setting


class Terms(NamedTuple):
    """Definitions, those by short form, glosses, and doubtful definitions; each in order of their places."""

    bound: tuple[Bound, ...]
    by_short: dict[str, list[Bound]]
    glosses: tuple[Bound, ...]
    loose: tuple[Bound, ...]


def terms(document: Document) -> Terms:
    """The terms of a document. Ask through `document.fact(terms)`."""
    names, shortest = document.fact(_names), document.fact(_shortest_names)
    named = []
    for one in document.joined(abbreviations.read):
        definition = one.fact
        name = definition.chinese if definition.exact else names.get(_written(definition), "")
        named.append((one, name, shortest.get(_key(definition), [])))
    bound = document.answers(_bound, named)
    by_short: dict[str, list[Bound]] = defaultdict(list)
    loose: list[Bound] = []
    for item in bound:
        if item.definition.form == "loose":
            loose.append(item)
        elif item.definition.short and item.setting.region is not Region.REFERENCES:
            by_short[item.definition.short].append(item)
    glosses = tuple(item for item in bound if not item.definition.short)
    return Terms(tuple(bound), dict(by_short), glosses, tuple(loose))


def _bound(document: Document, named: tuple[Placed[Definition], str, list[str]]) -> Bound:
    """Gives a definition its place in the document, its Chinese name and its setting."""
    one, name, shorter = named
    definition, block = one.fact, document.blocks[one.block]
    name = next((_cut_at(other, name) for other in shorter if other in name), name)
    span, name_span = one.span(definition.span), None
    if name and definition.chinese_span is not None:
        least, end = definition.chinese_span
        name_span = one.span(Span(_reached(block.prose, least, end, len(name)), end))
        if definition.span.start == least:
            span = Span(name_span.start, span.end)
    english = one.span(definition.english_span) if definition.english_span else None
    setting = setting_of(document.fact(regions), one.start, block, definition.leaf)
    return Bound(definition, span, one.span(definition.short_span), english, name, name_span, setting)


class _Naming(NamedTuple):
    """A definition's names, wherever it stands; `exact` tells that the Chinese one is known to its first character."""

    written: Written
    exact: bool


@where(abbreviations.read)
def _namings(block: Block) -> tuple[_Naming, ...]:
    return tuple(_Naming(_written(one), one.exact) for one in block.fact(abbreviations.read))


def _names(document: Document) -> dict[Written, str]:
    return chinese_names.resolved(document, document.fact(_runs))


def _runs(document: Document) -> frozenset[Written]:
    """What stands before the brackets in which names are to be told."""
    placed = document.joined(_namings)
    return frozenset(one.fact.written for one in placed if one.fact.written.run and not one.fact.exact)


def _written(definition: Definition) -> Written:
    return Written(definition.chinese, definition.english, definition.short)


def _reached(text: str, least: int, end: int, letters: int) -> int:
    """How far before `end` that many characters begin, spaces and emphasis not counted."""
    at = end
    while at > least and letters:
        at -= 1
        letters -= not (text[at].isspace() or text[at] == "*")
    return at


def _key(definition: Definition | Written) -> str:
    return definition.short or english_key(definition.english)


def _cut_at(other: str, name: str) -> str:
    """The name from where a known name of the same thing begins in it."""
    return name[name.index(other) :]


def _shortest_names(document: Document) -> dict[str, list[str]]:
    """For each short form or English term its Chinese names, those of three characters and more, the shortest first.

    Two definitions of one thing show where its name begins: 随后用价值函数 and 价值函数.
    """
    found: dict[str, set[str]] = defaultdict(set)
    names = document.fact(_names)
    for written, exact in {one.fact for one in document.joined(_namings)}:
        name = written.run if exact else names.get(written, "")
        if len(name) >= 3:
            found[_key(written)].add(name)
    return {key: sorted(several, key=lambda name: (len(name), name))[:NAMES_AT_MOST] for key, several in found.items()}


def uses(document: Document) -> dict[str, list[Used]]:
    """The uses of short forms, in order of their places. Ask through `document.fact(uses)`."""
    defining = document.fact(_defining)
    found: dict[str, list[Used]] = defaultdict(list)
    for used in document.mapped(abbreviations.leaf_uses, _Using(document.fact(regions))):
        if used.span not in defining:
            found[used.use.name].append(used)
    return dict(found)


class _Using(Question):
    """Gives a use its place in the document and its setting."""

    def __init__(self, where: Regions) -> None:
        super().__init__(where)
        self._regions = where

    def __call__(self, one: Placed[tuple[int, Use]], block: Block) -> Used:
        leaf, use = one.fact
        return Used(use, one.span(use.span), setting_of(self._regions, one.start, block, leaf))


def _defining(document: Document) -> frozenset[Span]:
    """The places of short forms that are being defined."""
    return frozenset(one.span(one.fact.short_span) for one in document.joined(abbreviations.read) if one.fact.short)


def setting_of(where: Regions, start: int, block: Block, leaf: int) -> Setting:
    """The setting of a leaf, by its number in a block that starts at `start`."""
    setting = block.fact(_Leaves).setting(leaf)
    region = where.at(start + block.leaves[leaf].span.start)
    return setting if region is Region.BODY else setting._replace(region=region)


class _Leaves:
    """The settings of a block's leaves, but for their region, which the block does not know."""

    def __init__(self, block: Block) -> None:
        self._kind, self._text, self._prose, self._leaves = block.kind, block.text, block.prose, block.leaves
        self._known: dict[int, Setting] = {}

    def setting(self, index: int) -> Setting:
        if index not in self._known:
            self._known[index] = self._read(self._leaves[index])
        return self._known[index]

    def _read(self, leaf: Leaf) -> Setting:
        text = self._prose[leaf.span.start : leaf.span.end]
        note = self._kind is Kind.FOOTNOTE or Kind.FOOTNOTE in leaf.inside
        shown = leaf.kind is LeafKind.HTML and bool(FIGURE.search(self._text[:4000]))
        # an image alone in its paragraph: its text is the caption
        alone = self._text.startswith("![", leaf.span.start) and self._text.endswith((")", "}"), *leaf.span)
        caption = shown or bool(CAPTION.match(text)) or (alone and len(leaf.pieces) == 1)
        cell = leaf.kind is LeafKind.CELL or (leaf.kind is LeafKind.HTML and bool(HTML_CELL.search(self._text[:4000])))
        han = sum(map(len, HAN.findall(text)))
        chinese = han > 0 and han * 2 >= len(LATIN.findall(text))
        return Setting(Region.BODY, leaf.kind is LeafKind.HEADING, caption, cell, note, chinese)


@lru_cache(maxsize=4096)
def english_key(text: str) -> str:
    """A long form without what does not part terms: case, hyphens, articles, plural endings."""
    words = WORD.findall(POSSESSIVE.sub("", text.lower()))
    return " ".join(_stem(word) for word in words if word not in ("the", "a", "an", "and", "of"))


def _stem(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def qualifies(item: Bound) -> bool:
    """Whether the bracket only adds a period, a currency or a label: 净收入（TTM）."""
    from mdreview.facts.known_abbreviations import QUALIFIERS, UNITS

    definition = item.definition
    return not definition.english and (definition.short in QUALIFIERS or definition.short in UNITS - {"PM", "AM"})


def defines(item: Bound) -> bool:
    """Whether a definition is one that readers take as such: its letters fit, or it gives a Chinese name."""
    named = bool(item.name) and not GENERIC.match(item.name)
    return item.definition.form in ("bracket", "phrase") and (item.definition.fits or named)


def unused(document: Document) -> tuple[Bound, ...]:
    """Definitions of a Chinese name, an English name and a short form in running text whose short form never returns.

    One or two such may give the form by which readers know the thing; from HABIT on, brackets are filled by habit.
    """
    found = document.fact(terms)
    used_again = document.fact(uses)
    lone = []
    for short, defined in found.by_short.items():
        first = defined[0]
        whole = first.setting.running and first.name and first.definition.english and first.definition.fits
        used = any(use.setting.region is not Region.REFERENCES for use in used_again.get(short, ()))
        if whole and not used and len(defined) == 1 and first.setting.region is not Region.ABSTRACT:
            lone.append(first)
    if len(lone) < HABIT:
        return ()
    text = _outside_references(document)
    lone = [item for item in lone if text.count(item.definition.short) == 1]
    return tuple(lone) if len(lone) >= HABIT else ()


def _outside_references(document: Document) -> str:
    text = document.source.text
    pieces = []
    done = 0
    for stretch in document.fact(regions).of(Region.REFERENCES):
        pieces.append(text[done : stretch.span.start])
        done = stretch.span.end
    return "".join((*pieces, text[done:]))
