"""The numbers that the sections of a document should bear: counted on from each other, each in its own style."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from mdreview.facts.numbering import Number, Script
from mdreview.facts.section_series import Misplaced, counted_elsewhere, foreign, misplaced, series
from mdreview.facts.sections import Section, SectionTree, section_tree
from mdreview.markdown import Document

LARGEST = {Script.CIRCLED: 50, Script.LETTER: 26, Script.ROMAN: 399, Script.CHINESE: 999}
SMALLEST = {Script.CIRCLED: 1, Script.LETTER: 1, Script.ROMAN: 1}

NEAR = 60
FILLED_WITHIN = 400

Values = tuple[int, ...]


def expected_numbers(document: Document) -> dict[int, Number]:
    """The new number of each section whose number should be another one, by the section's index.

    Runs that start anew at 1, a run's own first number where a file may start so, and gaps that unnumbered sections
    fill are kept. Ask through `document.fact(expected_numbers)`.
    """
    return numbers_with(document, ())


def numbers_with(document: Document, added: Iterable[Section]) -> dict[int, Number]:
    """As `expected_numbers`, with a number for sections that have none and stand among numbered ones."""
    levels = document.fact(wanted_levels)
    faults = [fault for fault in document.fact(misplaced) if fault.section.index not in levels]
    rows = _rows(document) if faults else {}
    aside = {fault.section.index: fault.usual for fault in faults if _room(rows, fault)}
    counter = _Counter(document, aside)
    for run in _runs(document, counter, added):
        counter.take(run)
    found = {}
    for index, number in sorted(counter.new.items()):
        old = counter.tree.sections[index].number
        if old is None or old.values != number.values:
            found[index] = number
    return found


def wanted_levels(document: Document) -> dict[int, int]:
    """The levels that misplaced sections should have whose numbers are right, by the section's index.

    A number is right where it counts on from a section before it, or opens the section before it; but not where it
    lacks the first parts of the number that its neighbours leave room for. Ask through `document.fact(wanted_levels)`.
    """
    tree = document.fact(section_tree)
    bearers = Counter(section.number.values for section in tree if section.number is not None)
    found: dict[int, int] = {}
    for fault in document.fact(misplaced):
        number = _number(fault.section)
        *prefix, last = number.values
        if _is_cut(fault, bearers):
            continue
        for other in reversed(tree.sections[max(fault.section.index - NEAR, 0) : fault.section.index]):
            if other.number is None or other.number.style.script is not number.style.script:
                continue
            level = found.get(other.index, other.level)
            if last > 1 and other.number.values == (*prefix, last - 1):
                found[fault.section.index] = level
                break
            if last == 1 and list(other.number.values) == prefix:
                found[fault.section.index] = level + 1
                break
    return found


def _is_cut(fault: Misplaced, bearers: Counter[Values]) -> bool:
    """Whether a misplaced section's number is that after its neighbour's without the first parts: 4 after 2.3.

    It may as well be a section of its own, unless another one has the number, or the neighbours count on behind it.
    """
    cut, whole = _number(fault.section).values, _number(fault.usual).values
    if len(cut) >= len(whole) or (*whole[-len(cut) : -1], whole[-1] + 1) != cut:
        return False
    return bearers[cut] > 1 or bearers[(*whole[:-1], cut[-1] + 1)] > 0


class _Counter:
    """New numbers, given out run after run; a run comes after those of the sections around it."""

    def __init__(self, document: Document, aside: dict[int, Section]) -> None:
        self.aside = aside
        self.tree: SectionTree = document.fact(section_tree)
        self.new: dict[int, Number] = {}
        self.by_old: dict[Values, Values] = {}
        self.lasts: dict[tuple[int, Script], tuple[int, int]] = {}
        self.repeated = [section.index for section in self.tree if section.repeated]
        self.first = next((section for section in self.tree if section.number), None)
        self.foreign = {(one.section.parent, _number(one.section).values[:-1]) for one in document.fact(foreign)}

    def is_foreign(self, section: Section) -> bool:
        return (section.parent, _number(section).values[:-1]) in self.foreign

    def number(self, section: Section) -> Number:
        return self.new[section.index] if section.index in self.new else _number(section)

    def new_path(self, section: Section) -> Values:
        """As the tree's `path`, of the new numbers."""
        if section.number is None:
            return ()
        values = self.number(section).values
        ancestor = self.tree.numbered_ancestor(section)
        if ancestor is None or len(values) > 1:
            return values
        return (*self.new_path(ancestor), *values)

    def prefix(self, section: Section) -> Values:
        """The parts of a section's number before its last one, as they should be."""
        old = _number(section).values[:-1]
        around = self.tree.numbered_ancestor(section)
        if not old:
            return ()
        if around is not None:
            path, new = self.tree.path(around), self.new_path(around)
            if self.is_foreign(section) and len(self.number(around).values) == len(old):
                return self.number(around).values
            if len(old) <= len(path) and path[-len(old) :] == old and len(new) == len(path):
                return new[-len(old) :]
        return self.by_old.get(old, old)

    def take(self, run: list[Section]) -> None:
        """Numbers one run: sections in order, misplaced ones and such without a number among them."""
        aside = self.aside
        olds = [
            None if section.number is None or section.index in aside else section.number.values[-1] for section in run
        ]
        natives = [section for section, old in zip(run, olds, strict=True) if old is not None]
        prefix = self.prefix(natives[0])
        value = self.start(run, natives)
        before = olds[0] if olds[0] is not None else value
        for position, (section, old) in enumerate(zip(run, olds, strict=True)):
            if position:
                following = olds[position + 1] if position + 1 < len(run) else None
                if old is None:
                    value += 1
                    before += section.number is None
                elif old <= 1 and (self.again(run[position - 1], section) or (before > 1 and following == old + 1)):
                    value = before = old
                elif old != before or section.key != run[position - 1].key:
                    # the same number and title twice are one section too many, not a wrong number
                    value += self.step(run[position - 1], section, before)
                    before = old
            usual = aside.get(section.index, natives[0] if section.number is None else section)
            self.set(section, Number((*prefix, value), _number(usual).style))
        self.remember(run, natives)

    def again(self, earlier: Section, section: Section) -> bool:
        """Whether the title of the whole text stands between two sections a second time."""
        return bisect_left(self.repeated, earlier.index) < bisect_left(self.repeated, section.index)

    def start(self, run: list[Section], natives: list[Section]) -> int:
        """The last part of a run's first number."""
        opening = natives[0]
        number = _number(opening)
        value = number.values[-1]
        known = self.lasts.get((opening.level, number.style.script))
        if opening is not run[0]:
            return 1
        if number.depth == 1 and known is not None and known[0] == value - 1:
            return known[1] + 1
        second = _number(natives[1]).values[-1] if len(natives) > 1 else value + 1
        if value <= 1:
            return 1 if value == 0 and second > 1 else value
        may_open = number.unit == "appendix" or (self.may_open(opening) and not self.is_foreign(opening))
        around = self.tree.sections[max(opening.parent + 1, opening.index - NEAR) : opening.index]
        bare = sum(1 for other in around if _bare_sibling(other, opening))
        if counted_elsewhere(self.tree, opening, range(1, value), opening.parent + 1):
            return value
        return value if (may_open and second > value) or bare == value - 1 else 1

    def may_open(self, opening: Section) -> bool:
        """Whether a file may start with this number."""
        if self.first is None or _number(opening).depth > 1:
            return self.first is not None and opening.index == self.first.index
        beyond = _number(opening).values[0] - _number(self.first).values[0]
        return beyond in (0, 1) and opening.level <= self.first.level

    def step(self, earlier: Section, section: Section, before: int) -> int:
        """How far a section's number is from the one before it: 1, or more where other sections fill the gap.

        These have no number, or the missing ones on another level.
        """
        last = _number(section).values[-1]
        if last <= before + 1:
            return 1
        between = self.tree.sections[earlier.index + 1 : min(section.index, earlier.index + FILLED_WITHIN)]
        bare = sum(1 for other in between if other.level == section.level and other.number is None)
        missing = range(before + 1, last)
        elsewhere = counted_elsewhere(self.tree, section, missing, earlier.index + 1)
        return last - before if bare == len(missing) or elsewhere else 1

    def set(self, section: Section, number: Number) -> None:
        if writable(number):
            self.new[section.index] = number

    def remember(self, run: list[Section], natives: list[Section]) -> None:
        for section in natives:
            self.by_old.setdefault(_number(section).values, self.number(section).values)
        if _number(natives[0]).depth == 1:
            last = max(_number(section).values[0] for section in natives)
            key = (natives[0].level, _number(natives[0]).style.script)
            # one whose number has no sign in its script stays without
            end = next(section for section in reversed(run) if section.number or section.index in self.new)
            self.lasts[key] = (last, self.number(end).values[-1])


def _rows(document: Document) -> dict[object, list[Section]]:
    """The numbered sections under one parent, on one level and of one depth, in order."""
    rows: dict[object, list[Section]] = {}
    for section in document.fact(section_tree):
        if section.number is not None:
            rows.setdefault((section.parent, section.level, section.number.depth), []).append(section)
    return rows


def _room(rows: dict[object, list[Section]], fault: Misplaced) -> bool:
    """Whether the run around a misplaced section leaves out a number that could be its own."""
    run = rows.get((fault.section.parent, fault.section.level, _number(fault.usual).depth), [])
    place = bisect_left(run, fault.section.index, key=lambda other: other.index)
    if not 0 < place < len(run):
        return True
    return _number(run[place]).values[-1] > _number(run[place - 1]).values[-1] + 1


def _runs(document: Document, counter: _Counter, added: Iterable[Section]) -> Iterable[list[Section]]:
    """The runs to number, in order, foreign sections and misplaced ones put among those where they stand."""
    runs: list[list[Section]] = []
    homes: dict[object, list[Section]] = {}
    strays: list[list[Section]] = []
    for run in document.fact(series):
        sections = list(run.sections)
        if counter.is_foreign(sections[0]):
            strays.append(sections)
        else:
            runs.append(sections)
            homes.setdefault(_home(sections[0]), sections)
    for sections in strays:
        around = counter.tree.numbered_ancestor(sections[0])
        home = homes.get(_home(sections[0]))
        fits = around is not None and home is not None and _number(home[0]).values[:-1] == _number(around).values
        if home is not None and fits:
            home += sections
        else:
            runs.append(sections)
            homes.setdefault(_home(sections[0]), sections)
    home_of = {section.index: run for run in runs for section in run} if counter.aside else {}
    for index, usual in counter.aside.items():
        if usual.index in home_of:
            home_of[usual.index].append(counter.tree.sections[index])
    beside: dict[tuple[int, int], list[tuple[int, int, list[Section]]]] = {}
    for sections in runs if added else ():
        spread = (sections[0].index, max(section.index for section in sections), sections)
        beside.setdefault((sections[0].parent, sections[0].level), []).append(spread)
    for section in added:
        rows = beside.get((section.parent, section.level), [])[:FILLED_WITHIN]
        begun = [row for row in rows if row[0] < section.index]
        if begun:
            # the run around the section, or else the one that ends last before it
            _, _, place = max(begun, key=lambda row: (row[1] > section.index, row[1]))
            place.append(section)
    for sections in runs:
        sections.sort(key=lambda section: section.index)
    return sorted(runs, key=lambda run: run[0].index)


def _home(section: Section) -> object:
    number = _number(section)
    return section.parent, section.level, number.depth, number.unit, number.style.before.strip() in ("(", "（")


def _bare_sibling(other: Section, section: Section) -> bool:
    return other.parent == section.parent and other.level == section.level and other.number is None


def _number(section: Section) -> Number:
    assert section.number is not None
    return section.number


def writable(number: Number) -> bool:
    """Whether the number's script has a sign for it."""
    script = number.style.script
    return SMALLEST.get(script, 0) <= number.values[0] <= LARGEST.get(script, 9999)
