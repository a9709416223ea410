"""The document: blocks in their places, kept through edits."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from operator import add, attrgetter
from typing import Generic, NamedTuple, TypeVar, cast

from mdreview.markdown.blocks import Block, facts
from mdreview.markdown.conditions import Texts
from mdreview.markdown.segments import Segment, next_segment
from mdreview.source import Source, Span

T = TypeVar("T")
R = TypeVar("R")


class Placed(NamedTuple, Generic[T]):
    """A block's fact with the block's number and its start in the document."""

    block: int
    start: int
    fact: T

    def span(self, span: Span) -> Span:
        """A span of the block as a span of the document."""
        return Span(span.start + self.start, span.end + self.start)


class Question:
    """Something that is asked of many facts or blocks, `given` what the answer rests on besides: equal if that is."""

    def __init__(self, *given: object) -> None:
        self._given = given
        # what is given can be long, or have no hash; the words and numbers in it tell most questions apart
        self._hash = hash((type(self), *(one for one in given if isinstance(one, str | int))))

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and isinstance(other, Question) and self._given == other._given

    def __hash__(self) -> int:
        return self._hash


class Document:
    """A text read as Markdown. Immutable: an edit makes a new document that shares the blocks that stayed."""

    def __init__(self, source: Source, segments: list[Segment]) -> None:
        self.source = source
        self.segments = segments
        self._kept: dict[Callable[[Document], object], object] = {}
        self._joined: dict[Callable[[Block], object], object] = {}
        self._each: dict[Callable[[Block], object], object] = {}

    @cached_property
    def blocks(self) -> Sequence[Block]:
        """The blocks in order."""
        return [block for segment in self.segments for _, block in segment.blocks]

    @cached_property
    def _texts(self) -> Texts:
        return Texts(self.blocks)

    @cached_property
    def starts(self) -> list[int]:
        """The offset of each block, in order."""
        starts: list[int] = []
        position = 0
        for segment in self.segments:
            starts.extend(position + offset for offset, _ in segment.blocks)
            position += segment.length
        return starts

    def __iter__(self) -> Iterator[tuple[int, Block]]:
        return zip(self.starts, self.blocks, strict=True)

    def block_at(self, offset: int) -> int:
        """The number of the block that holds `offset` or else ends last before it; -1 before the first."""
        return bisect_right(self.starts, offset) - 1

    def start_of(self, block: int) -> int:
        """Where a block starts, by its number."""
        return self.starts[block]

    def block_after(self, block: int) -> Block | None:
        """The block after another, by its number; None after the last."""
        return self.blocks[block + 1] if block + 1 < len(self.blocks) else None

    def span_of(self, block: int) -> Span:
        """The place of a block, by its number."""
        start = self.starts[block]
        return Span(start, start + len(self.blocks[block].text))

    def each(self, read: Callable[[Block], T]) -> list[T]:
        """What `read` says of each block, in order, asked once; for what is said of most blocks."""
        if read not in self._each:
            self._each[read] = [read(block) for block in self.blocks]
        return cast("list[T]", self._each[read])

    @property
    def end(self) -> int:
        """The offset of the end of the text."""
        return len(self.source.text)

    def text_of(self, span: Span) -> str:
        """The text of a stretch."""
        return self.source.text[span.start : span.end]

    def fact(self, make: Callable[[Document], T]) -> T:
        """What `make` says of this document, asked once and kept."""
        if make not in self._kept:
            self._kept[make] = make(self)
        return cast(T, self._kept[make])

    def joined(self, read: Callable[[Block], Iterable[T]]) -> list[Placed[T]]:
        """The facts of all blocks in order, each with its block's place."""
        if read not in self._joined:
            starts = self.starts
            found = facts(self.blocks, read, self._texts)
            self._joined[read] = [Placed(number, starts[number], fact) for number, several in found for fact in several]
        return cast("list[Placed[T]]", self._joined[read])

    def mapped(self, read: Callable[[Block], Iterable[T]], make: Callable[[Placed[T], Block], R]) -> list[R]:
        """What `make` says of each fact of `joined(read)` and its block."""
        blocks = self.blocks
        return [make(placed, blocks[placed.block]) for placed in self.joined(read)]

    def asked(self, read: Callable[[Block], Iterable[T]]) -> list[Placed[T]]:
        """The same as `joined`, for what only this document wants to know: it is not kept with the blocks."""
        starts = self.starts
        return [
            Placed(number, starts[number], fact) for number, block in enumerate(self.blocks) for fact in read(block)
        ]

    def answers(self, make: Callable[[Document, T], R], items: Iterable[T]) -> list[R]:
        """What `make` says of each of several values that were found in this document."""
        return [make(self, item) for item in items]

    def edited(self, span: Span, replacement: str) -> Document:
        """The document after one replacement, equal to reading the new text from scratch."""
        old = self.source.text
        source = Source("".join((old[: span.start], replacement, old[span.end :])))
        # "\r\n" and "\r" change what the characters beside them mean, so the edit reaches one further on each side
        first, position = self._first_touched(max(span.start - 1, 0))
        by = len(replacement) - (span.end - span.start)
        settled = span.start + len(replacement) + 1
        starts = self.segment_starts
        text = normalised(source.text)
        fresh: list[Segment] = []
        absent: set[str] = set()
        while position < len(text):
            if fresh and position > settled:
                index = bisect_left(starts, position - by)
                if index < len(starts) and starts[index] == position - by:
                    return self._with(source, first, fresh, index)
            segment = next_segment(text, position, absent)
            fresh.append(segment)
            position += segment.length
        return self._with(source, first, fresh, len(self.segments))

    def _with(self, source: Source, first: int, fresh: list[Segment], end: int) -> Document:
        """The document with other segments from `first` to `end`; what reads as before keeps the blocks it had."""
        old, starts = self.segments, [*self.segment_starts, len(self.source.text)]
        by = len(source.text) - len(self.source.text)

        def stays(one: int, other: int, by: int) -> bool:
            before, now, start = old[one], fresh[other], starts[one]
            if before.length != now.length or before.blocks != now.blocks:
                return False
            stretch = self.source.text[start : start + now.length]
            if stretch != source.text[start + by : start + by + now.length]:
                return False
            fresh[other] = before if before == now else now._replace(blocks=before.blocks)
            return True

        shorter = min(len(fresh), end - first)
        ahead = 0
        while ahead < shorter and stays(first + ahead, ahead, 0):
            ahead += 1
        behind = 1
        while behind <= shorter - ahead and stays(end - behind, len(fresh) - behind, by):
            behind += 1
        return Document(source, [*old[:first], *fresh, *old[end:]])

    @cached_property
    def segment_starts(self) -> list[int]:
        """The offset of each segment, in order."""
        lengths = map(attrgetter("length"), self.segments[:-1])
        return list(accumulate(lengths, initial=0)) if self.segments else []

    def _first_touched(self, offset: int) -> tuple[int, int]:
        ends = map(add, self.segment_starts, map(attrgetter("reach"), self.segments))
        for index, end in enumerate(ends):
            if end >= offset:
                return index, self.segment_starts[index]
        if not self.segments:
            return 0, 0
        return len(self.segments) - 1, self.segment_starts[-1]


def normalised(text: str) -> str:
    """The text with every line end as one `\\n`, each character still at its offset."""
    if "\r" not in text:
        return text
    return text.replace("\r\n", " \n").replace("\r", "\n")


def parse(text: str | Source) -> Document:
    """Reads a text; never raises, whatever the text."""
    source = text if isinstance(text, Source) else Source(text)
    plain = normalised(source.text)
    segments: list[Segment] = []
    absent: set[str] = set()
    position = 0
    while position < len(plain):
        segment = next_segment(plain, position, absent)
        segments.append(segment)
        position += segment.length
    return Document(source, segments)
