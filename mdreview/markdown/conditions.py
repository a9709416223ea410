"""What a block must hold for a reader of blocks to say anything of it.

Many readers are asked of all blocks, and most blocks hold nothing for most of them. Where a reader declares what it
needs, `@where(TEXT("[^"))`, one search of the whole text finds the blocks that are worth asking.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from mdreview.markdown.blocks import Block

Read = TypeVar("Read", bound="Callable[[Block], Iterable[Any]]")
Mark = str | re.Pattern[str]
"""A string, or an expression that finds what it finds in a block as well where other lines stand before and after it.

A line end stands before every block, the first one too: `\\n` at the start of an expression is also a block's start.
"""


class View:
    """A text that every block has: `of(block)`, folded in a way that moves no character."""

    def __init__(self, of: Callable[[Block], str], fold: Callable[[str], str] = str) -> None:
        self.of = of
        self.fold = fold

    def __call__(self, *marks: Mark) -> Held:
        """That this text of a block holds one of the marks; for `where`."""
        return Held(self, marks)


class Held(NamedTuple):
    """That a view of a block holds one of several marks."""

    view: View
    marks: tuple[Mark, ...]


Condition = tuple[Held, ...]
"""One of these must hold."""
TEXT = View(attrgetter("text"))
PROSE = View(attrgetter("prose"))
CONDITIONS: dict[Callable[[Any], Any], Condition] = {}
"""What was declared of readers."""


def where(*one_of: Held | Callable[[Block], Iterable[Any]]) -> Callable[[Read], Read]:
    """Declares that a reader says nothing of a block for which none of this holds.

    A reader among it stands for what was declared of that. It must be true without the declaration, which spares asking
    and filters nothing.
    """
    condition = tuple(held for one in one_of for held in ((one,) if isinstance(one, Held) else CONDITIONS[one]))

    def declare(read: Read) -> Read:
        CONDITIONS[read] = condition
        return read

    return declare


class Texts:
    """The texts of blocks, those of one view joined when they are first searched."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._starts: list[int] = []
        self._joined: dict[View, str] = {}
        self._known: dict[tuple[View, Mark], list[int]] = {}

    def holding(self, condition: Condition) -> list[int]:
        """The numbers of the blocks for which a condition holds, in order."""
        found = [self._with(view, mark) for view, marks in condition for mark in marks]
        found = [numbers for numbers in found if numbers]
        return found[0] if len(found) == 1 else sorted(set().union(*found))

    def _with(self, view: View, mark: Mark) -> list[int]:
        if (view, mark) not in self._known:
            self._known[view, mark] = list(self._search(self._text(view), mark))
        return self._known[view, mark]

    def _text(self, view: View) -> str:
        if view not in self._joined:
            self._joined[view] = view.fold("\n".join(["", *map(view.of, self._blocks)]))
        return self._joined[view]

    def _search(self, text: str, mark: Mark) -> Iterator[int]:
        """The blocks that hold a mark; the search goes on in the next block after each."""
        if not self._starts:
            # of the line end before each block, and of the end of all
            self._starts = list(accumulate((len(block.text) + 1 for block in self._blocks), initial=0))
        if isinstance(mark, str) and mark[0] not in text:
            # one character is sought far faster than several, and Chinese ones are in no English text
            return
        position = 0
        while (position := _place(text, mark, position)) >= 0:
            number = bisect_right(self._starts, position) - 1
            yield number
            position = self._starts[number + 1]


def _place(text: str, mark: Mark, position: int) -> int:
    if isinstance(mark, str):
        return text.find(mark, position)
    match = mark.search(text, position)
    return match.start() if match is not None else -1
