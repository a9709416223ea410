"""What a question has read of a followed document, so that it is known whether its answer holds still."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise
from operator import eq
from typing import Any, TypeVar

from mdreview.markdown.blocks import Block
from mdreview.markdown.document import Document, Placed
from mdreview.markdown.segments import Segment

T = TypeVar("T")
OfDocument = Callable[[Document], object]
OfBlock = Callable[[Block], Iterable[Any]]
OfFact = Callable[[Placed[Any], Block], Any]
OfItem = Callable[[Document, Any], Any]
Window = tuple[int, int]


class Reads:
    """What one question has read of a document, with the answers: its own answer holds as long as those do.

    `last` is how many blocks there are, where nothing came after the last of them: who looks at several places sees in
    the windows if something comes. `blocks` and `starts_of` are by number, `segments` are places, `windows` those of
    each answer to several values, each from the place of one segment to that of another.
    """

    __slots__ = (
        "blocks",
        "count",
        "each",
        "end",
        "facts",
        "joined",
        "last",
        "mapped",
        "segments",
        "starts",
        "starts_of",
        "trusted",
        "whole",
        "windows",
    )

    def __init__(self) -> None:
        self.facts: dict[OfDocument, object] = {}
        self.joined: dict[OfBlock, list[Placed[Any]]] = {}
        self.mapped: dict[tuple[OfBlock, OfFact], list[Any]] = {}
        self.each: dict[Callable[[Block], object], list[Any]] = {}
        self.blocks: dict[int, Block] = {}
        self.starts_of: dict[int, int] = {}
        self.segments: set[int] = set()
        self.windows: list[list[tuple[Window, ...]]] = []
        self.starts: list[int] | None = None
        self.end: int | None = None
        self.count: int | None = None
        self.last: int | None = None
        self.whole: list[Segment] | None = None
        self.trusted = True

    def add_wide(self, other: Reads) -> None:
        """Takes in what another question has read that is no single place."""
        if other.facts:
            self.facts |= other.facts
        if other.joined:
            self.joined |= other.joined
        if other.mapped:
            self.mapped |= other.mapped
        if other.each:
            self.each |= other.each
        self.starts = self.starts if other.starts is None else other.starts
        self.end = self.end if other.end is None else other.end
        self.count = self.count if other.count is None else other.count
        self.whole = self.whole if other.whole is None else other.whole
        self.trusted = self.trusted and other.trusted


class Answer:
    """An answer, what it rests on, and the number of the version for which it was last found to hold."""

    __slots__ = ("reads", "value", "version")

    def __init__(self, value: object, reads: Reads, version: int) -> None:
        self.value = value
        self.reads = reads
        self.version = version


class Answers:
    """What was said of several values, what all of it rests on, and where in the text each answer looked."""

    __slots__ = ("items", "reads", "values", "version", "windows")

    def __init__(
        self, items: list[Any], values: list[Any], windows: list[tuple[Window, ...]], reads: Reads, version: int
    ) -> None:
        self.items = items
        self.values = values
        self.windows = windows
        self.reads = reads
        self.version = version


def asks_alike(one: Any, other: Any) -> bool:
    """Whether two values are the same but for the numbers of blocks, which change where a block comes or goes."""
    if one == other:
        return True
    if isinstance(one, Placed) and isinstance(other, Placed):
        return one.start == other.start and one.fact == other.fact
    plain = type(one) is tuple and type(other) is tuple
    return plain and len(one) == len(other) and all(map(asks_alike, one, other))


def numbers_in(item: object) -> Iterator[int]:
    """The numbers of blocks that a value holds: a placed fact, or a plain tuple of such."""
    if isinstance(item, Placed):
        yield item.block
    elif type(item) is tuple:
        for part in item:
            yield from numbers_in(part)


Alike = Callable[[T, T], bool]


def untouched(read: dict[int, T], now: Sequence[T], alike: Alike[T], known: tuple[int, int] | None) -> bool:
    """Whether all that was read is still there, by its number; `known` is the range where alone it can differ."""
    if known is None or len(read) <= known[1] - known[0]:
        return all(number < len(now) and alike(value, now[number]) for number, value in read.items())
    return not any(number in read and not alike(read[number], now[number]) for number in range(*known))


def windows_of(places: Iterable[int], within: Sequence[Window]) -> tuple[Window, ...]:
    """Two windows that hold all the places, or one: one looks here, and often where something was first.

    One where windows `within` belong to it as well.
    """
    if within:
        seen = [*chain(places, *within)]
        return ((min(seen), max(seen)),)
    ordered = sorted(places)
    if len(ordered) < 2:
        return tuple((place, place) for place in ordered)
    _, gap = max((after - before, number) for number, (before, after) in enumerate(pairwise(ordered), 1))
    return (ordered[0], ordered[gap - 1]), (ordered[gap], ordered[-1])


def shared(one: Sequence[T], other: Sequence[T], alike: Alike[T] = eq) -> tuple[int, int]:
    """How many values two sequences share at their start, and how many more at their end."""
    shorter = min(len(one), len(other))
    first = next((number for number, same in enumerate(map(alike, one, other)) if not same), shorter)
    rest = islice(map(alike, reversed(one), reversed(other)), shorter - first)
    return first, next((number for number, same in enumerate(rest) if not same), shorter - first)
