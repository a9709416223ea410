"""Renumbers figures, tables and equations together with every mention of them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise

from mdreview.diagnostic import Edit, Fix, Safety, Text
from mdreview.facts import floats, references
from mdreview.facts.caption_series import Run, runs, same_float, starts_at_one
from mdreview.facts.floats import EQUATION_NUMBER, Caption, FloatKind, FloatNumber, parse_number
from mdreview.facts.numbering import Number, chinese_numeral
from mdreview.facts.sections import SectionTree, section_tree
from mdreview.markdown import Document
from mdreview.patterns import regex
from mdreview.remedies.making import fix_of
from mdreview.source import Span

CAPTIONS = Text("Renumber the captions and the mentions of them", "重新编排题注编号，并更新正文中的引用")
EQUATIONS = Text("Renumber the equations and the mentions of them", "重新编排公式编号，并更新正文中的引用")
DIGITS = regex(r"\d+")
HAN = regex(r"[〇零一二三四五六七八九十百]+")
NUMBER = regex(r"[A-Z]?\d[\d.．‑–—-]*(?:[a-zA-Z](?![A-Za-z0-9])|[ ]?[(（][a-zA-Z][)）])?|[〇零一二三四五六七八九十百]+")
NEAR = 2

Key = tuple[FloatKind, str, tuple[int, ...]]


class Numbers:
    """The new last part of each number, by kind and old number; a number that two floats bore has several."""

    def __init__(self) -> None:
        self.new: dict[Key, set[int]] = defaultdict(set)

    def put(self, kind: FloatKind, number: FloatNumber, value: int) -> None:
        self.new[kind, *number.key].add(value)

    def get(self, kind: FloatKind, number: FloatNumber) -> int | None:
        """The new last part; None where nobody can tell."""
        found = self.new.get((kind, *number.key), set())
        return next(iter(found)) if len(found) == 1 else None


def renumber(document: Document) -> Fix | None:
    """Numbers the captions of each kind, or of each kind in each chapter, 1, 2, 3, …; mentions follow.

    A file's own first number is kept where the others follow it. A mention of a number that two floats bore, or none,
    is left. Unsafe where such a mention would then lead to another float, and where the numbers hardly follow each
    other, as those of captions that were taken from another work. Ask through `document.fact(renumber)`.
    """
    numbers = Numbers()
    edits: dict[Span, Edit] = {}
    new: dict[int, int] = {}
    by_key: dict[Key, list[tuple[int, int]]] = defaultdict(list)
    whole = document.fact(starts_at_one)
    safe = True
    for run in document.fact(runs):
        counted = _counted(run, whole)
        safe = safe and _mostly_follow(run) and _clear(document, run, counted)
        for caption, value in zip(run, counted, strict=True):
            numbers.put(caption.fact.kind, caption.fact.number, value)
            new[caption.start + caption.fact.label.start] = value
            by_key[caption.fact.kind, *caption.fact.number.key].append((caption.block, value))
    for caption in document.joined(floats.captions):
        start = caption.start + caption.fact.label.start
        same = by_key[caption.fact.kind, *caption.fact.number.key]
        own = new[start] if start in new else _beside(caption.block, same)
        span = caption.span(caption.fact.number_span)
        if own is not None:
            edits[span] = Edit(span, _written(document, span, own))
    safety = Safety.SAFE if safe else Safety.UNSAFE
    return fix_of(document, CAPTIONS, (*edits.values(), *_mentions(document, numbers)), safety)


def _mostly_follow(run: Run) -> bool:
    """Whether most numbers of a run follow the one before them."""
    olds = [caption.fact.number.values[-1] for caption in run]
    breaks = sum(1 for earlier, later in pairwise(olds) if later - earlier not in (0, 1))
    return breaks <= max(2, len(run) // 4)


def _clear(document: Document, run: Run, counted: list[int]) -> bool:
    """Whether every mention leads to the same float as before, or to one that it was meant for.

    A mention of a number that no float bore is meant for the float that now gets it, unless that one was mentioned
    under its old number. Of two floats with one number, only one is mentioned, unless the new number is too.
    """
    mentioned = document.fact(mentioned_numbers)
    bearers: dict[Key, int] = defaultdict(int)
    for caption in run:
        bearers[_key(caption.fact)] += 1
    for caption, value in zip(run, counted, strict=True):
        old = _key(caption.fact)
        new = (*old[:2], (*old[2][:-1], value))
        if new == old:
            continue
        if bearers[old] > 1 and new not in mentioned:
            return False
        if bearers[old] == 1 and old in mentioned and new in mentioned and not bearers.get(new):
            return False
    return True


def _key(caption: Caption) -> Key:
    return caption.kind, *caption.number.key


def mentioned_numbers(document: Document) -> frozenset[Key]:
    """The floats that the text mentions. Ask through `document.fact(mentioned_numbers)`."""
    mentions = (placed.fact for placed in document.joined(references.figures_tables_equations))
    return frozenset((mention.kind, *mention.number.key) for mention in mentions if not mention.foreign)


def _beside(block: int, same: list[tuple[int, int]]) -> int | None:
    """The number of a caption in another language or of an image: that of the same caption near by, or the only one."""
    values = {value for _, value in same}
    if len(values) == 1:
        return values.pop()
    place = bisect_left(same, (block, 0))
    nearest = min(same[max(place - 1, 0) : place + 1], key=lambda other: abs(other[0] - block), default=None)
    return nearest[1] if nearest is not None and abs(nearest[0] - block) <= NEAR else None


def _counted(run: Run, whole: bool) -> list[int]:
    """The new last parts of the numbers of a run."""
    olds = [caption.fact.number.values[-1] for caption in run]
    number = run[0].fact.number
    value = 1 if whole and len(number.values) == 1 and not number.prefix else _first(olds)
    twice = len(run) > 1 and olds[1] == olds[0] and not same_float(run[0], run[1])
    value = min(value, max(olds[0] - 1, 1) if twice else olds[0])
    new = [value]
    seen = {olds[0]: (run[0], value)}
    for caption, old in zip(run[1:], olds[1:], strict=True):
        if old in seen and same_float(seen[old][0], caption):
            new.append(seen[old][1])
        else:
            value += 1
            new.append(value)
        seen[old] = caption, new[-1]
    return new


def _first(olds: list[int]) -> int:
    """The first new number: the file's own where the others follow it."""
    follows = all(old > olds[0] for old in olds[1:] if old != olds[0])
    return olds[0] if olds[0] <= 1 or follows else 1


def renumber_equations(document: Document) -> Fix | None:
    """Numbers the equations that have a number 1, 2, 3, … in each chapter; mentions follow.

    An equation that is written again with its number keeps it. Ask through `document.fact(renumber_equations)`.
    """
    groups: dict[object, list[tuple[Span, FloatNumber]]] = defaultdict(list)
    for span, number in _equations(document):
        groups[number.prefix, number.values[:-1]].append((span, number))
    numbers = Numbers()
    edits = []
    for group in groups.values():
        olds = list(dict.fromkeys(number.values[-1] for _, number in group))
        new = {old: value for value, old in enumerate(olds, _first(olds))}
        for span, number in group:
            value = new[number.values[-1]]
            numbers.put(FloatKind.EQUATION, number, value)
            edits.append(Edit(span, _written(document, span, value)))
    return fix_of(document, EQUATIONS, (*edits, *_mentions(document, numbers)))


def _equations(document: Document) -> list[tuple[Span, FloatNumber]]:
    """The places of the numbers of equations, in order."""
    found: dict[Span, FloatNumber] = {}
    for placed in document.joined(floats.equations):
        equation = placed.fact
        if not equation.number or equation.automatic:
            continue
        span = placed.span(equation.span)
        for match in EQUATION_NUMBER.finditer(document.text_of(span)):
            group = "tag" if match["tag"] else "plain"
            number = parse_number(match[group])
            if number is not None and DIGITS.search(match[group]):
                found[Span(*match.span(group)).shifted(span.start)] = number
    return sorted(found.items())


def follow_chapters(document: Document, numbers: Mapping[int, Number]) -> list[Edit]:
    """The edits of captions, equations and mentions that count by a chapter which gets another number.

    `numbers` are the new numbers of sections by their indices. A float counts by its chapter where the first of the
    two parts of its number is that of the chapter it stands in.
    """
    tree = document.fact(section_tree)
    chapters: dict[int, int] = {}
    for index, new in numbers.items():
        old = tree.sections[index].number
        if old is not None and old.depth == new.depth == 1 and tree.numbered_ancestor(tree.sections[index]) is None:
            chapters[old.values[0]] = new.values[0]
    if not chapters:
        return []
    placed = [
        (one.fact.kind, one.fact.number, one.span(one.fact.number_span)) for one in document.joined(floats.captions)
    ]
    placed += [(FloatKind.EQUATION, number, span) for span, number in _equations(document)]
    counted: set[Key] = set()
    edits: list[Edit] = []
    for kind, number, span in placed:
        if len(number.values) == 2 and number.values[0] in chapters and _chapter(tree, span.start) == number.values[0]:
            counted.add((kind, *number.key))
            edits.append(Edit(span, _in_chapter(document, span, chapters[number.values[0]])))
    for one in document.joined(references.figures_tables_equations):
        mention = one.fact
        parts = list(NUMBER.finditer(document.blocks[one.block].text, *mention.span))
        if mention.foreign or not parts or (mention.kind, *mention.number.key) not in counted:
            continue
        if parse_number(parts[-1].group()) == mention.number:
            span = one.span(Span(*parts[-1].span()))
            edits.append(Edit(span, _in_chapter(document, span, chapters[mention.number.values[0]])))
    return edits


def _chapter(tree: SectionTree, offset: int) -> int | None:
    """The number of the chapter that an offset stands in."""
    section = tree.at(offset)
    while section is not None and (tree.numbered_ancestor(section) is not None or section.number is None):
        section = tree.parent(section)
    return section.number.values[0] if section is not None and section.number is not None else None


def _in_chapter(document: Document, span: Span, chapter: int) -> str:
    """A number with another first part, the rest as it stands: 3-1 as 2-1."""
    return DIGITS.sub(str(chapter), document.text_of(span), count=1)


def _mentions(document: Document, numbers: Numbers) -> list[Edit]:
    edits: dict[Span, Edit] = {}
    for placed in document.joined(references.figures_tables_equations):
        mention = placed.fact
        block = document.blocks[placed.block]
        parts = list(NUMBER.finditer(block.text, *mention.span))
        if mention.foreign or not parts:
            continue
        part = parts[-1]
        span = placed.span(Span(*part.span()))
        if parse_number(part.group()) != mention.number:
            continue
        value = numbers.get(mention.kind, mention.number)
        if value is not None:
            edits.setdefault(span, Edit(span, _written(document, span, value)))
        elif mention.range_ and len(mention.number.values) == 2:
            ends = [mention.number._replace(values=(end,), panel="") for end in mention.number.values]
            low, high = (numbers.get(mention.kind, end) for end in ends)
            if low is not None and high is not None:
                digits = [match.span() for match in DIGITS.finditer(part.group())]
                written = f"{low}{part.group()[digits[0][1] : digits[-1][0]]}{high}{part.group()[digits[-1][1] :]}"
                edits.setdefault(span, Edit(span, written))
    return list(edits.values())


def _written(document: Document, span: Span, value: int) -> str:
    """A number with another last part, the rest as it stands: 3-1 as 3-2, S1a as S2a, 一 as 二."""
    old = document.text_of(span)
    digits = list(DIGITS.finditer(old))
    if not digits:
        return HAN.sub(chinese_numeral(value), old, count=1)
    start, end = digits[-1].span()
    return old[:start] + str(value) + old[end:]
