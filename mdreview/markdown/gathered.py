"""The facts of all blocks of a followed document, taken over from version to version."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from mdreview.markdown.blocks import Block, facts
from mdreview.markdown.conditions import Texts
from mdreview.markdown.document import Placed
from mdreview.markdown.reads import OfBlock, OfFact, Reads

FEW = 8
"""So many blocks are asked sooner than it is searched which of them are worth asking."""


class Found:
    """What was found in all blocks, and the number of the version that last asked for it."""

    __slots__ = ("items", "used")

    def __init__(self, items: list[Any], used: int = -1) -> None:
        self.items = items
        self.used = used


class Numbers(NamedTuple):
    """Those of the first block that changed, and of the first after it that did not, before and now."""

    first: int
    old_end: int
    end: int


class Gathered:
    """The facts of the blocks of one version, under the question that was asked of each block.

    `joined` holds those of `document.joined` and `document.asked`, `mapped` what was made of them, `each` one value a
    block, `unkept` the questions of `document.asked`.
    """

    def __init__(self, blocks: list[Block], starts: list[int]) -> None:
        self._blocks = blocks
        self._starts = starts
        self.joined: dict[OfBlock, Found] = {}
        self.mapped: dict[tuple[OfBlock, OfFact], Found] = {}
        self.each: dict[Callable[[Block], object], list[Any]] = {}
        self.unkept: set[OfBlock] = set()
        self._stretch = (0, 0)
        self._texts: Texts | None = None

    def find(self, read: OfBlock, version: int) -> list[Placed[Any]]:
        """What `read` says of all blocks, each with its block's place; `version` is the number of this one."""
        found = self.joined.get(read)
        if found is None:
            found = self.joined[read] = Found(self._facts(read, 0, len(self._blocks)))
        found.used = version
        return found.items

    def make(self, read: OfBlock, make: OfFact, version: int) -> list[Any]:
        """What `make` says of all that `read` says."""
        items = self.find(read, version)
        found = self.mapped.get((read, make))
        if found is None:
            found = self.mapped[read, make] = Found(self._made(make, items))
        found.used = version
        return found.items

    def say(self, read: Callable[[Block], Any]) -> list[Any]:
        """What `read` says of each block, in order."""
        if read not in self.each:
            self.each[read] = [read(block) for block in self._blocks]
        return self.each[read]

    def holds(self, reads: Reads, version: int) -> bool:
        """Whether the facts of blocks that were read are the same."""
        for read, items in reads.joined.items():
            found = self.joined.get(read)
            if found is None or found.items is not items:
                return False
            found.used = version
        for (read, make), items in reads.mapped.items():
            found = self.mapped.get((read, make))
            if found is None or found.items is not items:
                return False
            found.used = self.joined[read].used = version
        return all(self.each.get(read) is found for read, found in reads.each.items())

    def take_over(self, before: Gathered, version: int, numbers: Numbers) -> None:
        """Takes over what was gathered in `version`, asking anew only of the blocks that changed."""
        used = {read for read in before.unkept if read in before.joined and before.joined[read].used == version}
        self.unkept = used
        makers: dict[OfBlock, list[tuple[OfFact, Found]]] = {}
        for (read, make), made in before.mapped.items():
            if made.used == version:
                makers.setdefault(read, []).append((make, made))
        for read, found in before.joined.items():
            if read in before.unkept and read not in used:
                continue
            try:
                self._follow(read, found, makers.get(read, ()), numbers)
            except Exception:  # it is read again, and fails again, where it is wanted
                continue
        first, old_end, end = numbers
        fresh = self._blocks[first:end]
        for of_each, known in before.each.items():
            try:
                now = [of_each(block) for block in fresh]
            except Exception:
                continue
            same = now == known[first:old_end]
            self.each[of_each] = known if same else [*known[:first], *now, *known[old_end:]]

    def forget(self, oldest: int, each: set[Callable[[Block], object]]) -> None:
        """Drops what nobody has asked for since a version; of what is said of each block all but this."""
        self.joined = {read: found for read, found in self.joined.items() if found.used > oldest}
        self.each = {read: found for read, found in self.each.items() if read in each}

    def _follow(self, read: OfBlock, known: Found, makers: Iterable[tuple[OfFact, Found]], numbers: Numbers) -> None:
        """Takes over facts of all blocks, and what was made of them; the same lists where nothing in them changed."""
        first, old_end, end = numbers
        found: list[Placed[Any]] = known.items
        low = bisect_left(found, first, key=_number)
        high = bisect_left(found, old_end, low, key=_number)
        fresh = self._facts(read, first, end)
        by = end - old_end
        if by or fresh != found[low:high]:
            after = found[high:]
            if by:
                after = [Placed(number + by, start, fact) for number, start, fact in after]
            known = Found([*found[:low], *fresh, *after], known.used)
        self.joined[read] = known
        for make, made in makers if not by else ():
            # the same facts of another block: what is made of them may be something else
            items = self._made(make, fresh)
            same = items == made.items[low:high]
            self.mapped[read, make] = made if same else Found([*made.items[:low], *items, *made.items[high:]])

    def _facts(self, read: OfBlock, first: int, end: int) -> list[Placed[Any]]:
        found: Iterable[tuple[int, Iterable[Any]]]
        if read in self.unkept:
            found = enumerate(map(read, self._blocks[first:end]))
        elif end - first <= FEW:
            found = enumerate(block.fact(read) for block in self._blocks[first:end])
        else:
            if self._stretch != (first, end):
                self._stretch, self._texts = (first, end), Texts(self._blocks[first:end])
            found = facts(self._blocks[first:end], read, self._texts)
        starts = self._starts
        return [Placed(first + number, starts[first + number], fact) for number, several in found for fact in several]

    def _made(self, make: OfFact, found: list[Placed[Any]]) -> list[Any]:
        return [make(placed, self._blocks[placed.block]) for placed in found]


def _number(placed: Placed[Any]) -> int:
    return placed.block
