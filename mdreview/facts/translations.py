"""Chinese names and English terms that do not go one to one."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from mdreview.facts.chinese_names import counted
from mdreview.facts.redefinitions import same_chinese, same_english
from mdreview.facts.regions import Region
from mdreview.facts.terms import Bound, Defined, defines, english_key, qualifies, terms
from mdreview.markdown import Document, Question
from mdreview.patterns import regex
from mdreview.source import Span

LONGEST_NAME = 12
NAMES_AT_MOST = 8
TOOL = regex(r"(?:设备|工具|装置|仪器|系统|平台|软件|公司)")
JOINED = regex(r"[和与與及]")
LIST_BEFORE = regex(r"\w[ ]?[，、,][ ]?\Z")
UNREADABLE = regex(r"[的了什么]|\d")


class Conflict(NamedTuple):
    """Two places that name one term differently; with `terms`, two terms that bear one name."""

    first: Bound
    second: Bound
    term: str
    name: str
    other: str
    terms: bool = False


def conflicts(document: Document) -> tuple[Conflict, ...]:
    """The conflicts of a document in order of their second place; ask through `document.fact`."""
    found = document.fact(terms)
    answers: list[Conflict] = []
    for short in found.by_short:
        answers += document.fact(_OfShort(short))
    told = {conflict.second.span for conflict in answers}
    named = [item for item in found.bound if item.name and item.definition.english and _readable(item)]
    named = [item for item in named if not _ends_a_list(document, item)]
    answers += [conflict for conflict in _of_english(document, named) if conflict.second.span not in told]
    told |= {conflict.second.span for conflict in answers}
    answers += [conflict for conflict in _of_name(named) if conflict.second.span not in told]
    return tuple(sorted(answers, key=lambda conflict: conflict.second.span))


def _conflict(document: Document, first: Bound, second: Bound, term: str) -> Conflict:
    """The conflict, told at the place that is likelier wrong: no full definition, or the name that comes up later."""
    sure = bool(first.definition.english), bool(second.definition.english)
    fuller = first.name.startswith(second.name) and first.definition.short and sure == (False, True)
    if fuller or _is_tool(first.name, second.name):
        first, second = second, first
    elif not first.definition.short and sure[0] == sure[1]:
        places = document.fact(_FirstPlace(first.name)), document.fact(_FirstPlace(second.name))
        first, second = (second, first) if places[1] < places[0] else (first, second)
    return Conflict(first, second, term, second.name, first.name)


class _FirstPlace(Question):
    """Where a name first stands in a text: a question to a document."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __call__(self, document: Document) -> int:
        return document.source.text.find(self.name)


def _is_tool(one: str, other: str) -> bool:
    """Whether the first name is the other with what carries it out: 沉积设备 for 沉积."""
    return one.startswith(other) and bool(TOOL.fullmatch(one, len(other)))


def _readable(item: Bound) -> bool:
    aside = item.setting.region is Region.REFERENCES or item.setting.cell or item.setting.caption
    return not aside and len(item.name) <= LONGEST_NAME and not UNREADABLE.search(item.name)


def _ends_a_list(document: Document, item: Bound) -> bool:
    """Whether a name is only the end of what it names: 性能、功耗和面积（PPA）."""
    if item.name_span is None or not JOINED.search(item.name):
        return False
    start = item.name_span.start
    return bool(LIST_BEFORE.search(document.text_of(Span(max(start - 3, 0), start))))


def _of_short(document: Document, short: str, defined: list[Bound]) -> list[Conflict]:
    """Definitions of one short form whose Chinese names differ: against the first that is sure, each name once."""
    named = [item for item in defined if item.name and defines(item) and _readable(item) and not qualifies(item)]
    answers: list[Conflict] = []
    kept: list[Bound] = []
    for item in named:
        if len(kept) >= NAMES_AT_MOST or any(same_chinese(other, item) for other in kept):
            continue
        rival = next((other for other in kept if _rivals(other, item)), None)
        if rival is not None:
            answers.append(_conflict(document, rival, item, short))
        kept.append(item)
    return answers


def _rivals(one: Bound, other: Bound) -> bool:
    """Whether two names are two names of one thing: both full definitions of one English form, or names alike."""
    if one.definition.fits and other.definition.fits and one.definition.english and other.definition.english:
        return same_english(one, other)
    return _alike(one.name, other.name) or (one.definition.fits and _alike(one.name, other.name, least=0.3))


def _alike(one: str, other: str, least: float = 0.5) -> bool:
    """Whether two names share enough of their characters to be readings of one term."""
    shared = len(set(one) & set(other))
    return shared >= 2 and shared / min(len(set(one)), len(set(other))) >= least and abs(len(one) - len(other)) <= 4


class _OfShort(Question):
    """The conflicts among the definitions of one short form: a question to a document."""

    def __init__(self, short: str) -> None:
        super().__init__(short)
        self._short = short

    def __call__(self, document: Document) -> list[Conflict]:
        defined = [item for item in document.fact(Defined(self._short)) if not _ends_a_list(document, item)]
        return _of_short(document, self._short, defined)


def _of_english(document: Document, named: list[Bound]) -> list[Conflict]:
    by_key: dict[str, list[Bound]] = defaultdict(list)
    for item in named:
        by_key[english_key(item.definition.english)].append(item)
    answers = []
    for items in by_key.values():
        kept: list[Bound] = []
        for item in items:
            if len(kept) >= NAMES_AT_MOST:
                break
            if any(same_chinese(other, item) or _one_holds_the_other(other, item) for other in kept):
                continue
            if kept and _shares(kept[0].name, item.name):
                answers.append(_conflict(document, kept[0], item, item.definition.english))
            kept.append(item)
    return answers


def _one_holds_the_other(one: Bound, other: Bound) -> bool:
    return one.name in other.definition.chinese or other.name in one.definition.chinese


def _shares(one: str, other: str) -> bool:
    return bool(set(one) & set(other)) and abs(len(one) - len(other)) <= 2


def _of_name(named: list[Bound]) -> list[Conflict]:
    by_name: dict[str, list[Bound]] = defaultdict(list)
    for item in named:
        if not item.definition.short and not counted(item.definition.chinese, item.name):
            by_name[item.name].append(item)
    answers = []
    for name, items in by_name.items():
        first = items[0]
        key = english_key(first.definition.english).split()
        for item in items[1:]:
            other = english_key(item.definition.english).split()
            if (
                "".join(key) != "".join(other)
                and len(key) > 1
                and len(other) > 1
                and key[-1] == other[-1]
                and len(name) >= 4
            ):
                answers.append(Conflict(first, item, name, item.definition.english, first.definition.english, True))
                break
    return answers
