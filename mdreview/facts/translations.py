"""Chinese names and English terms that do not go one to one."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from mdreview.facts.chinese_names import counted
from mdreview.facts.redefinitions import same_chinese, same_english
from mdreview.facts.regions import Region
from mdreview.facts.terms import Bound, defines, english_key, qualifies, terms
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
    by_short = document.answers(_of_short, ((short, tuple(defined)) for short, defined in found.by_short.items()))
    answers = [conflict for several in by_short for conflict in several]
    keys = document.answers(_english_key, found.bound)
    by_english: dict[str, list[Bound]] = defaultdict(list)
    by_name: dict[str, list[Bound]] = defaultdict(list)
    for item, key in zip(found.bound, keys, strict=True):
        if key is not None:
            by_english[key].append(item)
            if not item.definition.short:
                by_name[item.name].append(item)
    for make, groups in ((_of_english, by_english), (_of_name, by_name)):
        told = {conflict.second.span for conflict in answers}
        several_each = document.answers(make, (tuple(items) for items in groups.values() if len(items) > 1))
        answers += [one for several in several_each for one in several if one.second.span not in told]
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


def _english_key(document: Document, item: Bound) -> str | None:
    """The key of the English term that a definition names; None where it names none for a reader."""
    if not item.name or not item.definition.english or not _readable(item) or _ends_a_list(document, item):
        return None
    return english_key(item.definition.english)


def _ends_a_list(document: Document, item: Bound) -> bool:
    """Whether a name is only the end of what it names: 性能、功耗和面积（PPA）."""
    if item.name_span is None or not JOINED.search(item.name):
        return False
    start = item.name_span.start
    return bool(LIST_BEFORE.search(document.text_of(Span(max(start - 3, 0), start))))


def _of_short(document: Document, group: tuple[str, tuple[Bound, ...]]) -> list[Conflict]:
    """Definitions of one short form whose Chinese names differ: against the first that is sure, each name once."""
    short, defined = group
    named = [item for item in defined if not _ends_a_list(document, item)]
    named = [item for item in named if item.name and defines(item) and _readable(item) and not qualifies(item)]
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


def _of_english(document: Document, named: tuple[Bound, ...]) -> list[Conflict]:
    """Names of one English term that differ."""
    answers = []
    kept: list[Bound] = []
    for item in named:
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


def _of_name(_: Document, named: tuple[Bound, ...]) -> list[Conflict]:
    """The first of the English terms with one Chinese name that differs from the one before all."""
    items = [item for item in named if not counted(item.definition.chinese, item.name)]
    if not items or len(items[0].name) < 4:
        return []
    first = items[0]
    key = english_key(first.definition.english).split()
    for item in items[1:]:
        other = english_key(item.definition.english).split()
        if "".join(key) != "".join(other) and len(key) > 1 and len(other) > 1 and key[-1] == other[-1]:
            english = item.definition.english, first.definition.english
            return [Conflict(first, item, first.name, *english, terms=True)]
    return []
