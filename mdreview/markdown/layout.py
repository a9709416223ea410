"""Where the segments of a text stand in a copy of it that has room between them.

In that copy a segment keeps its place when one before it grows or shrinks, so that what was found out about it stays
true as it is. The room is blank lines where the text has a blank line already: it reads the same.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from operator import is_
from typing import NamedTuple

from mdreview.markdown.segments import Segment

ROOM = 128
"""Blank lines that are put before a segment at first: how much the one before may grow until this one must move."""

NOWHERE = -1
"""Where one reads who reads a text of no length."""


class Change(NamedTuple):
    """The segments from `first` to `end` were `old_end - first` others, or stood elsewhere; all others stayed."""

    first: int
    old_end: int
    end: int


class Layout:
    """The places of segments: in the text itself (`offsets`) and in the copy with room (`places`), ascending."""

    def __init__(self, text: str, segments: Sequence[Segment], offsets: list[int], places: list[int]) -> None:
        self.text = text
        self.segments = segments
        self.offsets = offsets
        self.places = places
        self.blank = "\r" if "\n" not in text and "\r" in text else "\n"

    @property
    def end(self) -> int:
        """The length of the copy."""
        return self.places[-1] + self.segments[-1].length if self.places else 0

    def offset(self, place: int) -> int:
        """The offset in the text of a place in the copy; for a place in the room between, that of what follows."""
        index = bisect_right(self.places, place) - 1
        if index < 0:
            return place
        return self.offsets[index] + min(place - self.places[index], self.segments[index].length)

    def spread(self, first: int = 0, end: int | None = None) -> str:
        """The copy from one segment, with the room before it, up to another's room."""
        end = len(self.segments) if end is None else end
        text = self.text
        pieces: list[str] = []
        done = self.places[first - 1] + self.segments[first - 1].length if first else 0
        for index in range(first, end):
            place, offset, length = self.places[index], self.offsets[index], self.segments[index].length
            if place > done:
                pieces.append(self.blank * (place - done))
            pieces.append(text[offset : offset + length])
            done = place + length
        return "".join(pieces)

    def spliced(self, before: Layout, old: str, change: Change) -> str:
        """The copy, made of the one of the layout before."""
        start = before.places[change.first - 1] + before.segments[change.first - 1].length if change.first else 0
        end = before.places[change.old_end] if change.old_end < len(before.places) else before.end
        inner = self.spread(change.first, change.end)
        room = self.places[change.end] - start - len(inner) if change.end < len(self.places) else 0
        return "".join((old[:start], inner, self.blank * room, old[end:]))


def lay_out(text: str, segments: Sequence[Segment], offsets: list[int], before: Layout | None) -> tuple[Layout, Change]:
    """Gives segments their places, the old ones where they stayed, and tells which of them did not."""
    if before is None:
        room = (ROOM if index and _parted(text, offset) else 0 for index, offset in enumerate(offsets))
        places = [offset + extra for offset, extra in zip(offsets, accumulate(room), strict=True)]
        return Layout(text, segments, offsets, places), Change(0, 0, len(segments))
    first, old_end = _differing(before.segments, segments)
    by = len(segments) - len(before.segments)
    places = before.places[:first]
    done = places[-1] + segments[first - 1].length if first else 0
    index, fresh = first, old_end + by
    while index < len(segments):
        known = index - by if index >= fresh else index if index == first < old_end or not by else -1
        place = done
        if index and known >= 0 and _parted(text, offsets[index]):
            place = max(done, before.places[known])
        if index >= fresh and place == before.places[known]:
            places += before.places[known:]
            break
        places.append(place)
        done = place + segments[index].length
        index += 1
    return Layout(text, segments, offsets, places), Change(first, index - by, index)


def _parted(text: str, offset: int) -> bool:
    """Whether a blank line stands before a segment, or begins it, so that there may be more of them."""
    return text[offset] in "\r\n" or text.endswith(("\n\n", "\n\r\n", "\r\r"), max(offset - 3, 0), offset)


def touched(before: Layout, now: Layout, change: Change) -> frozenset[int]:
    """The places of segments that are gone, new or not what they were, and of those from which one reads on to them."""
    old = dict(
        zip(before.places[change.first : change.old_end], before.segments[change.first : change.old_end], strict=True)
    )
    new = dict(zip(now.places[change.first : change.end], now.segments[change.first : change.end], strict=True))
    alike = {place for place in old.keys() & new.keys() if bool(old[place].blocks) == bool(new[place].blocks)}
    changed = {place for place in alike if not new[place].reads_as(old[place])}
    for layout, segments in ((before, old), (now, new)):
        for index, place in enumerate(segments, change.first):
            if place not in alike:
                changed.update(_read_on_to(layout, index))
    return frozenset(changed)


def _read_on_to(layout: Layout, index: int) -> Iterator[int]:
    """The places of a segment and of those before it, back to one with blocks."""
    yield layout.places[index]
    for number in range(index - 1, -1, -1):
        yield layout.places[number]
        if layout.segments[number].blocks:
            return
    yield NOWHERE


def _differing(old: Sequence[Segment], new: Sequence[Segment]) -> tuple[int, int]:
    """How many segments are the same at the start, and up to where in `old` they are not the same from the end."""
    shorter = min(len(old), len(new))
    first = next((number for number, same in enumerate(map(is_, old, new)) if not same), shorter)
    while first < shorter and (old[first] is new[first] or old[first].reads_as(new[first])):
        first += 1
    rest = islice(map(is_, reversed(old), reversed(new)), shorter - first)
    last = next((number for number, same in enumerate(rest) if not same), shorter - first)
    while last < shorter - first and (old[-1 - last] is new[-1 - last] or old[-1 - last].reads_as(new[-1 - last])):
        last += 1
    return first, len(old) - last
