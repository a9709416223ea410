"""A text and the places in it.

Offsets count code points from the start of the text; spans are half-open. Lines end at `\n`, `\r\n`
and `\r` only: U+2028, U+0085 and form feed are ordinary characters, as CommonMark and LSP say.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from enum import Enum
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from mdreview.patterns import regex

LINE_END = regex(r"\r\n|\n|\r")


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int

    def shifted(self, by: int) -> Span:
        """The same range, `by` code points further on."""
        return Span(self.start + by, self.end + by)

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly within this range."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two ranges share at least one code point."""
        return self.start < other.end and other.start < self.end


class Spans:
    """Ranges in the order of their starts; tells which of them touch a range without looking at all of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = tuple(spans)
        self._starts = [span.start for span in self._spans]
        self._ends = list(accumulate((span.end for span in self._spans), max))

    def touch(self, span: Span) -> bool:
        """Whether any of the ranges shares a code point with `span`."""
        return bisect_right(self._ends, span.start) < bisect_left(self._starts, span.end)

    def within(self, span: Span) -> list[int]:
        """The numbers of the ranges that lie wholly within `span`."""
        first, last = bisect_left(self._starts, span.start), bisect_right(self._starts, span.end)
        return [number for number in range(first, last) if self._spans[number].end <= span.end]


class Units(Enum):
    """What a column counts."""

    UTF8 = "utf-8"
    UTF16 = "utf-16"
    CODE_POINTS = "utf-32"


class Place(NamedTuple):
    """A line and a column, both from 0; the column counts the units it was asked in."""

    line: int
    column: int


class Source:
    """A text with its line starts; turns offsets into places and back."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset of the first code point of every line, ascending; never empty."""
        if "\r" in self.text:
            return [0, *(match.end() for match in LINE_END.finditer(self.text))]
        *lines, _ = self.text.split("\n")
        return [0, *accumulate(len(line) + 1 for line in lines)]

    def line_at(self, offset: int) -> int:
        """The number, from 0, of the line that holds `offset` (clamped to the text)."""
        return bisect_right(self.line_starts, offset) - 1 if offset > 0 else 0

    def line_span(self, line: int) -> Span:
        """The range of a line without its line end. Raises IndexError past the last line."""
        start = self.line_starts[line]
        if line + 1 == len(self.line_starts):
            return Span(start, len(self.text))
        end = self.line_starts[line + 1] - 1
        if end > start and self.text[end] == "\n" and self.text[end - 1] == "\r":
            end -= 1
        return Span(start, end)

    def line_text(self, line: int) -> str:
        """A line without its line end. Raises IndexError past the last line."""
        start, end = self.line_span(line)
        return self.text[start:end]

    def place(self, offset: int, units: Units = Units.CODE_POINTS) -> Place:
        """The place of an offset; an offset outside the text is clamped to it."""
        offset = min(max(offset, 0), len(self.text))
        line = self.line_at(offset)
        start = self.line_starts[line]
        if units is Units.CODE_POINTS:
            return Place(line, offset - start)
        return Place(line, width(self.text[start:offset], units))

    def offset(self, place: Place, units: Units = Units.CODE_POINTS) -> int:
        """The offset of a place; a column past the line's end is its end, a line past the last is the text's end.

        A column in the middle of a character that takes several units is the character's start.
        """
        if place.line >= len(self.line_starts):
            return len(self.text)
        if place.line < 0:
            return 0
        start, end = self.line_span(place.line)
        if units is Units.CODE_POINTS or self.text.isascii():
            return min(start + max(place.column, 0), end)
        left = place.column
        for offset in range(start, end):
            left -= width(self.text[offset], units)
            if left < 0:
                return offset
        return end


def width(text: str, units: Units) -> int:
    """How many units a stretch of text is wide."""
    if units is Units.CODE_POINTS or text.isascii():
        return len(text)
    # "surrogatepass": a lone surrogate can reach us from Python callers and has a width like any other
    if units is Units.UTF16:
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
    return len(text.encode("utf-8", "surrogatepass"))
