"""What a question has read of a followed document, so that it is known whether its answer holds still."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from mdreview.markdown.blocks import Block
from mdreview.markdown.document import Document, Placed
from mdreview.markdown.segments import Segment

T = TypeVar("T")
OfDocument = Callable[[Document], object]
OfBlock = Callable[[Block], Iterable[Any]]
OfFact = Callable[[Placed[Any], Block], Any]


class Reads:
    """What one question has read of a document, with the answers: its own answer holds as long as those do."""

    __slots__ = (
        "blocks",
        "count",
        "each",
        "end",
        "facts",
        "joined",
        "mapped",
        "places",
        "segments",
        "starts",
        "trusted",
        "whole",
    )

    def __init__(self) -> None:
        self.facts: dict[OfDocument, object] = {}
        self.joined: dict[OfBlock, list[Placed[Any]]] = {}
        self.mapped: dict[tuple[OfBlock, OfFact], list[Any]] = {}
        self.each: dict[Callable[[Block], object], list[Any]] = {}
        self.blocks: dict[int, Block] = {}
        self.places: dict[int, int] = {}
        self.segments: set[int] = set()
        self.starts: list[int] | None = None
        self.end: int | None = None
        self.count: int | None = None
        self.whole: list[Segment] | None = None
        self.trusted = True


class Found:
    """What was found in all blocks, and the number of the version that last asked for it."""

    __slots__ = ("items", "used")

    def __init__(self, items: list[Any], used: int = -1) -> None:
        self.items = items
        self.used = used


class Answer:
    """An answer, what it rests on, and the number of the version for which it was last found to hold."""

    __slots__ = ("reads", "value", "version")

    def __init__(self, value: object, reads: Reads, version: int) -> None:
        self.value = value
        self.reads = reads
        self.version = version


Alike = Callable[[T, T], bool]


def untouched(read: dict[int, T], now: Sequence[T], alike: Alike[T], known: tuple[int, int] | None) -> bool:
    """Whether all that was read is still there, by its number; `known` is the range where alone it can differ."""
    if known is None or len(read) <= known[1] - known[0]:
        return all(number < len(now) and alike(value, now[number]) for number, value in read.items())
    return not any(number in read and not alike(read[number], now[number]) for number in range(*known))
