"""The blocks of a followed document, which notes those that are looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, overload

from mdreview.markdown.blocks import Block

if TYPE_CHECKING:
    from mdreview.markdown.followed import Followed


class NotedBlocks(Sequence[Block]):
    """Reads as the list of blocks; how many there are is noted only where that is asked, or a number counts from it."""

    def __init__(self, document: Followed, blocks: list[Block]) -> None:
        self._document = document
        self._blocks = blocks

    def __len__(self) -> int:
        return self._document.count

    @overload
    def __getitem__(self, index: int) -> Block: ...
    @overload
    def __getitem__(self, index: slice) -> list[Block]: ...
    def __getitem__(self, index: int | slice) -> Block | list[Block]:
        if isinstance(index, slice):
            start, end = index.start or 0, index.stop
            within = index.step is None and start >= 0 and end is not None and 0 <= end <= len(self._blocks)
            numbers = range(start, end) if within else range(*index.indices(len(self)))
            return [self._document.block(number) for number in numbers]
        return self._document.block(index if index >= 0 else index + len(self))

    def __iter__(self) -> Iterator[Block]:
        return iter(self._document.all_blocks())

    def __reversed__(self) -> Iterator[Block]:
        return reversed(self._document.all_blocks())
