"""A document that is followed through its edits: what was found out about it is kept where it is still true.

Facts and rules read a document through its methods, so it can be seen what each of them has read. After an edit, what
read nothing that changed is not asked again. Offsets would change with every key, so a followed document counts them in
a copy of the text with room between the paragraphs; `Layout` tells what they are in the text itself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from operator import eq, is_
from typing import Any, TypeVar, cast

from mdreview.markdown.blocks import Block
from mdreview.markdown.document import Document, Placed
from mdreview.markdown.gathered import Gathered, Numbers
from mdreview.markdown.layout import NOWHERE, Change, Layout, lay_out, touched
from mdreview.markdown.noted_blocks import NotedBlocks
from mdreview.markdown.reads import (
    Answer,
    Answers,
    OfDocument,
    OfItem,
    Reads,
    Window,
    asks_alike,
    numbers_in,
    shared,
    untouched,
    windows_of,
)
from mdreview.source import Source, Span

T = TypeVar("T")
R = TypeVar("R")
KEPT = 256
"""For how many versions an answer that nobody asks for is kept."""


class Followed(Document):
    """One version of a followed document. Takes over what `before`, the version before it, knew."""

    def __init__(self, document: Document, before: Followed | None = None) -> None:
        super().__init__(document.source, document.segments)
        self.layout: Layout
        self.layout, self.change = lay_out(
            document.source.text,
            document.segments,
            document.segment_starts,
            before.layout if before is not None else None,
        )
        self.version: int = before.version + 1 if before is not None else 0
        self._reads: Reads | None = None
        self._answers: dict[OfDocument, Answer] = {}
        self._several: dict[OfItem, Answers] = {}
        self._gathered: Gathered
        self._copy: Source | None = None
        self._spliced: str | None = None
        self._changed_blocks: tuple[int, int] | None = None
        self._touched: deque[frozenset[int]] = deque(maxlen=2 * KEPT)
        self._plain_blocks: list[Block]
        self._plain_starts: list[int]
        if before is None:
            self._plain_blocks = [block for segment in self.segments for _, block in segment.blocks]
            self._plain_starts = list(self._starts_of(0, len(self.segments)))
            self._gathered = Gathered(self._plain_blocks, self._plain_starts)
        else:
            self._take_over(before, self.change)

    # what facts and rules read

    @property
    def blocks(self) -> Sequence[Block]:
        """The blocks in order."""
        return NotedBlocks(self, self._plain_blocks)

    @property
    def starts(self) -> list[int]:
        """The place of each block, in order, for one who looks at all of them."""
        if self._reads is not None:
            self._reads.starts = self._plain_starts
        return self._plain_starts

    def start_of(self, block: int) -> int:
        """The place of a block, by its number."""
        start = self._plain_starts[block]
        if self._reads is not None:
            self._reads.starts_of[block] = start
        return start

    def block_at(self, offset: int) -> int:
        """The number of the block that holds `offset` or else ends last before it; -1 before the first."""
        number = bisect_right(self._plain_starts, offset) - 1
        if self._reads is not None:
            # it is this one as long as it starts before, and the next one does not
            if number >= 0:
                self.start_of(number)
            if number + 1 < len(self._plain_blocks):
                self.start_of(number + 1)
            else:
                self._reads.last = number + 1
        return number

    @property
    def end(self) -> int:
        """The place of the end of the text."""
        if self._reads is not None:
            self._reads.end = self.layout.end
        return self.layout.end

    @property
    def source(self) -> Source:
        """The copy of the text with room in it."""
        self._note_whole()
        return self._spread

    @source.setter
    def source(self, source: Source) -> None:
        self.own_source = source

    def __iter__(self) -> Iterator[tuple[int, Block]]:
        self._note_whole()
        return zip(self._plain_starts, self._plain_blocks, strict=True)

    @property
    def count(self) -> int:
        """How many blocks there are."""
        if self._reads is not None:
            self._reads.count = len(self._plain_blocks)
        return len(self._plain_blocks)

    def block(self, number: int) -> Block:
        """A block by its number."""
        block = self._plain_blocks[number]
        if self._reads is not None:
            self._reads.blocks[number] = block
        return block

    def block_after(self, block: int) -> Block | None:
        """The block after another, by its number; None after the last."""
        # that it is the next one rests on where this one is
        self.start_of(block)
        if block + 1 < len(self._plain_blocks):
            return self.block(block + 1)
        if self._reads is not None:
            self._reads.last = block + 1
        return None

    def all_blocks(self) -> list[Block]:
        """The blocks in order, for one who looks at all of them."""
        self._note_whole()
        return self._plain_blocks

    def text_of(self, span: Span) -> str:
        """The text of a stretch."""
        if (reads := self._reads) is not None:
            places = self.layout.places
            first = max(bisect_right(places, span.start) - 1, 0)
            reads.segments.update(places[first : max(bisect_left(places, span.end), first + 1)] or (NOWHERE,))
        return self._spread.text[span.start : span.end]

    def span_of(self, block: int) -> Span:
        """The place of a block, by its number."""
        start = self.start_of(block)
        return Span(start, start + len(self.block(block).text))

    def fact(self, make: Callable[[Document], T]) -> T:
        """What `make` says of this document, asked again only if something that it has read has changed."""
        answer = self._answers.get(make)
        if answer is None or answer.version != self.version:
            answer = self._gather(self._asked, make, answer)
        if self._reads is not None:
            self._reads.facts[make] = answer.value
        return cast(T, answer.value)

    def joined(self, read: Callable[[Block], Iterable[T]]) -> list[Placed[T]]:
        """The facts of all blocks in order, each with its block's place."""
        found = self._gather(self._gathered.find, read, self.version)
        if self._reads is not None:
            self._reads.joined[read] = found
        return found

    def mapped(self, read: Callable[[Block], Iterable[T]], make: Callable[[Placed[T], Block], R]) -> list[R]:
        """What `make` says of each fact of `joined(read)` and its block, asked again only where these have changed."""
        found = self._gather(self._gathered.make, read, make, self.version)
        if self._reads is not None:
            self._reads.mapped[read, make] = found
        return found

    def each(self, read: Callable[[Block], T]) -> list[T]:
        """What `read` says of each block, in order."""
        found = self._gather(self._gathered.say, read)
        if self._reads is not None:
            self._reads.each[read] = found
        return found

    def asked(self, read: Callable[[Block], Iterable[T]]) -> list[Placed[T]]:
        """The same as `joined`, for what only this document wants to know: it is not kept with the blocks."""
        self._gathered.unkept.add(read)
        return self.joined(read)

    def answers(self, make: Callable[[Document, T], R], items: Iterable[T]) -> list[R]:
        """What `make` says of each of several values, asked again only where it looked at a place that has changed.

        An answer holds no numbers of blocks. One list of values may be asked about with one question.
        """
        answers = self._gather(self._answered, make, list(items))
        if self._reads is not None:
            self._reads.add_wide(answers.reads)
            self._reads.windows.append(answers.windows)
        return answers.values

    def _gather(self, find: Callable[..., R], *asked: object) -> R:
        """What is found. Where it fails nothing is noted of what was read, so whoever asks is asked again."""
        try:
            return find(*asked)
        except BaseException:
            if self._reads is not None:
                self._reads.trusted = False
            raise

    # whether it still holds

    def _note_whole(self) -> None:
        if self._reads is not None:
            self._reads.whole = self.segments

    def _asked(self, make: OfDocument, before: Answer | None) -> Answer:
        if before is not None and self._holds(before):
            before.version = self.version
            return before
        outer, self._reads = self._reads, Reads()
        try:
            value = make(self)
            reads = self._reads
        finally:
            self._reads = outer
        if before is not None and type(before.value) is type(value) and before.value == value:
            value = before.value
        answer = self._answers[make] = Answer(value, reads, self.version)
        return answer

    def _answered(self, make: OfItem, items: list[Any]) -> Answers:
        before = self._several.get(make)
        if before is None or not self._holds_widely(before.reads):
            before = Answers([], [], [], Reads(), self.version)
        if len(items) == len(before.items):
            others = [number for number, same in enumerate(map(eq, before.items, items)) if not same]
            fresh = {number for number in others if not asks_alike(before.items[number], items[number])}
            windows, values = before.windows.copy(), before.values.copy()
        else:
            first, last = shared(before.items, items, asks_alike)
            end, old_end = len(items) - last, len(before.items) - last
            fresh = set(range(first, end))
            windows = [*before.windows[:first], *([()] * (end - first)), *before.windows[old_end:]]
            values = [*before.values[:first], *([None] * (end - first)), *before.values[old_end:]]
        for place in self._touched_since(before.version):
            fresh.update(
                number for number, several in enumerate(windows) for low, high in several if low <= place <= high
            )
        # if one fails, nothing of what was known is kept
        self._several.pop(make, None)
        outer = self._reads
        try:
            for number in fresh:
                reads = self._reads = Reads()
                values[number] = make(self, items[number])
                before.reads.add_wide(reads)
                windows[number] = self._windows(reads, [*numbers_in(items[number])])
        finally:
            self._reads = outer
        values = before.values if values == before.values else values
        answers = self._several[make] = Answers(items, values, windows, before.reads, self.version)
        return answers

    def _windows(self, reads: Reads, own: list[int]) -> tuple[Window, ...]:
        """From which segments to which one has looked, by their places, who was told of these blocks by number."""
        places = self.layout.places
        seen = reads.segments
        numbers = {*reads.blocks, *reads.starts_of, *own}
        if own:
            # whether a block between comes or goes matters to one who counts on from another
            numbers = {*range(min(numbers), max(numbers) + 1)}
        for number in numbers:
            seen.add(places[bisect_right(places, self._plain_starts[number]) - 1])
        return windows_of(seen, [*chain.from_iterable(chain.from_iterable(reads.windows))])

    def _touched_since(self, version: int) -> frozenset[int]:
        """The places of segments that are not what they were in a version before."""
        return frozenset().union(*islice(self._touched, self.version - version))

    def _holds(self, answer: Answer) -> bool:
        """Whether everything that an answer rests on is still the same."""
        reads = answer.reads
        # where it is the version before that had other blocks, it is known which
        known = self._changed_blocks if self.version - answer.version == 1 else None
        if reads.last not in (None, len(self._plain_blocks)):
            return False
        if not untouched(reads.blocks, self._plain_blocks, is_, known):
            return False
        if not untouched(reads.starts_of, self._plain_starts, eq, known):
            return False
        if reads.segments or reads.windows:
            places = self._touched_since(answer.version)
            if not reads.segments.isdisjoint(places):
                return False
            windows = chain.from_iterable(chain.from_iterable(reads.windows))
            if places and any(low <= place <= high for low, high in windows for place in places):
                return False
        return self._holds_widely(reads)

    def _holds_widely(self, reads: Reads) -> bool:
        """Whether all that was read is still the same, but for what was read in single places."""
        if not reads.trusted or (reads.whole is not None and reads.whole is not self.segments):
            return False
        if reads.end not in (None, self.layout.end) or reads.count not in (None, len(self._plain_blocks)):
            return False
        if reads.starts is not None and reads.starts is not self._plain_starts:
            return False
        return self._gathered.holds(reads, self.version) and self._still(reads.facts)

    def _still(self, facts: dict[OfDocument, object]) -> bool:
        outer, self._reads = self._reads, None
        try:
            for make, value in facts.items():
                known = self._answers.get(make)
                if known is None or known.version != self.version:
                    known = self._asked(make, known)
                if known.value is not value:
                    return False
        except Exception:  # it is asked again, and fails again, where it is wanted
            return False
        finally:
            self._reads = outer
        return True

    # from one version to the next

    @property
    def changed_places(self) -> tuple[int, int]:
        """Outside this range every place is in the line and column where it was, or in a line that moved as a whole."""
        layout, end = self.layout, self.change.end
        while 0 < end < len(layout.places) and layout.text[layout.offsets[end] - 1] not in "\r\n":
            # a segment that starts in the middle of a line
            end += 1
        first, last = (
            layout.places[index] if index < len(layout.places) else layout.end + 1 for index in (self.change.first, end)
        )
        return first, last

    def _take_over(self, before: Followed, change: Change) -> None:
        # the segments before this place are those that were there before
        reached = self.layout.places[change.first - 1] + self.segments[change.first - 1].length if change.first else 0
        first = bisect_left(before._plain_starts, reached)
        fresh = [block for segment in self.segments[change.first : change.end] for _, block in segment.blocks]
        old_end = first + sum(len(segment.blocks) for segment in before.segments[change.first : change.old_end])
        end = first + len(fresh)
        self._changed_blocks = (first, end) if old_end == end else None
        self._touched = before._touched
        self._touched.appendleft(touched(before.layout, self.layout, change))
        self._plain_blocks = [*before._plain_blocks[:first], *fresh, *before._plain_blocks[old_end:]]
        self._plain_starts = before._plain_starts
        starts = list(self._starts_of(change.first, change.end))
        if starts != before._plain_starts[first:old_end]:
            self._plain_starts = [*before._plain_starts[:first], *starts, *before._plain_starts[old_end:]]
        if self.version % KEPT == 0:
            before._forget(KEPT)
        self._answers, before._answers = before._answers, {}
        self._several, before._several = before._several, {}
        self._gathered = Gathered(self._plain_blocks, self._plain_starts)
        self._gathered.take_over(before._gathered, before.version, Numbers(first, old_end, end))
        if before._copy is not None and before.layout.blank == self.layout.blank:
            self._spliced = self.layout.spliced(before.layout, before._copy.text, change)

    def _forget(self, versions: int) -> None:
        """Drops what nobody has asked for so many versions."""
        oldest = self.version - versions
        self._answers = {make: answer for make, answer in self._answers.items() if answer.version > oldest}
        self._several = {make: answers for make, answers in self._several.items() if answers.version > oldest}
        reads = [answer.reads for answer in self._answers.values()]
        reads += [answers.reads for answers in self._several.values()]
        self._gathered.forget(oldest, {read for one in reads for read in one.each})

    def _starts_of(self, first: int, end: int) -> Iterator[int]:
        for index in range(first, end):
            place = self.layout.places[index]
            for offset, _ in self.segments[index].blocks:
                yield place + offset

    @property
    def _spread(self) -> Source:
        if self._copy is None:
            self._copy = Source(self._spliced if self._spliced is not None else self.layout.spread())
            self._spliced = None
        return self._copy
