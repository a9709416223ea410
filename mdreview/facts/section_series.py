"""How the section numbers of a document follow each other: runs that count on, and numbers in the wrong place."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import NamedTuple

from mdreview.facts.numbering import Number, Script
from mdreview.facts.sections import Section, SectionTree, section_tree
from mdreview.markdown import Document

FLAT_AT_LEAST = 3
ELSEWHERE_WITHIN = 400
PLAIN_UNITS = frozenset({"", "§", "section", "章", "chapter", "节"})


class Series(NamedTuple):
    """Sections of one level under one parent whose numbers should count on from each other, in order."""

    parent: Section | None
    sections: tuple[Section, ...]


class Misplaced(NamedTuple):
    """A section whose number has more or fewer parts than those of its neighbours (`usual`, the nearest one)."""

    section: Section
    usual: Section


class Foreign(NamedTuple):
    """A section whose number says that it belongs to another section than the one around it."""

    section: Section
    around: Section


def series(document: Document) -> tuple[Series, ...]:
    """The runs of numbered sections. Misplaced sections belong to none. Ask through `document.fact(series)`."""
    tree = document.fact(section_tree)
    aside = {fault.section.index for fault in document.fact(misplaced)}
    found: list[Series] = []
    for parent, siblings in tree.siblings():
        groups: dict[object, list[list[Section]]] = {}
        merged = _counts_on(siblings)
        loose = False
        for section in siblings:
            number = section.number
            if number is None:
                loose = True
                continue
            if section.index in aside:
                continue
            runs = groups.setdefault(_family(number, merged), [[]])
            if loose and number.values[-1] <= 1 and number.depth == 1 and runs[-1]:
                # an unnumbered heading opens a new group, which counts from 1 again
                runs.append([])
            loose = False
            runs[-1].append(section)
        found += [Series(parent, tuple(run)) for runs in groups.values() for run in runs]
    found.sort(key=lambda item: item.sections[0].index)
    return tuple(found)


def counted_elsewhere(tree: SectionTree, after: Section, missing: range, since: int) -> bool:
    """Whether the missing numbers before a section stand in its script on other levels, from index `since` on."""
    assert after.number is not None
    *prefix, _ = after.number.values
    around = tree.sections[max(since, after.index - ELSEWHERE_WITHIN) : after.index]
    between = [other.number for other in around if other.number is not None]
    values = {number.values for number in between if number.style.script is after.number.style.script}
    return bool(missing) and all((*prefix, value) in values for value in missing)


def _counts_on(siblings: tuple[Section, ...]) -> bool:
    """Whether the siblings' numbers count on from each other whatever their style."""
    values = [section.number.values for section in siblings if section.number and _numeric(section.number)]
    return len(values) > 1 and all(
        later[:-1] == earlier[:-1] and later[-1] == earlier[-1] + 1 for earlier, later in pairwise(values)
    )


def _numeric(number: Number) -> bool:
    return number.style.script is not Script.LETTER and number.unit != "appendix"


def _family(number: Number, merged: bool) -> object:
    if merged and _numeric(number):
        return True
    script = Script.ARABIC if number.style.script is Script.FULL_WIDTH else number.style.script
    return number.unit, script, number.style.before.strip() in ("(", "（"), number.values[:-1]


def misplaced(document: Document) -> tuple[Misplaced, ...]:
    """The sections that stand on another level than their number says. Ask through `document.fact(misplaced)`."""
    tree = document.fact(section_tree)
    levels: dict[int, Counter[int]] = defaultdict(Counter)
    for section in tree:
        if section.number is not None and _dotted(section.number):
            levels[section.number.depth][section.level] += 1
    found: list[Misplaced] = []
    for parent, siblings in tree.siblings():
        numbered = [section for section in siblings if section.number is not None and _dotted(section.number)]
        depths = Counter(section.number.depth for section in numbered if section.number)
        if len(depths) < 2:
            continue
        level = numbered[0].level
        deepest = max(depths)
        if depths[deepest] >= FLAT_AT_LEAST and all(levels[depth].total() == levels[depth][level] for depth in depths):
            continue
        inner = parent.number.depth + 1 if parent is not None and parent.number is not None else 1
        usual = min(depths, key=lambda depth: (-depths[depth], depth != inner, depth))
        nearest = next(section for section in numbered if section.number and section.number.depth == usual)
        for section in numbered:
            if section.number and section.number.depth == usual:
                nearest = section
            else:
                found.append(Misplaced(section, nearest))
    found.sort(key=lambda item: item.section.index)
    return tuple(found)


def _dotted(number: Number) -> bool:
    """Whether the number's parts tell its level: 1, 1.2, 一、, but not （一）, ① or A."""
    style = number.style
    return (
        style.script in (Script.ARABIC, Script.FULL_WIDTH, Script.CHINESE)
        and style.before.strip() not in ("(", "（")
        and style.after.strip() not in (")", "）")
        and number.unit in PLAIN_UNITS
    )


def foreign(document: Document) -> tuple[Foreign, ...]:
    """The sections numbered for another parent, the first of each run. Ask through `document.fact(foreign)`."""
    tree = document.fact(section_tree)
    aside = {fault.section.index for fault in document.fact(misplaced)}
    found: list[Foreign] = []
    last: tuple[int, tuple[int, ...]] | None = None
    for section in tree:
        number = section.number
        if number is None or number.depth < 2 or section.index in aside:
            continue
        around = tree.numbered_ancestor(section)
        if around is None or _belongs(tree, number, around):
            continue
        run = (section.parent, number.values[:-1])
        if run != last:
            found.append(Foreign(section, around))
        last = run
    return tuple(found)


def _belongs(tree: SectionTree, number: Number, around: Section) -> bool:
    outer = around.number
    assert outer is not None
    lettered = outer.unit == "appendix" and outer.style.script is Script.LETTER
    if outer.unit not in PLAIN_UNITS and not lettered:
        return True
    if (outer.style.script is Script.LETTER) != (number.style.script is Script.LETTER):
        return True
    if number.values[: outer.depth] == outer.values:
        return True
    path = tree.path(around)
    prefix = number.values[:-1]
    return prefix == path[-len(prefix) :] or number.values[: len(path)] == path
