"""The lines of a stretch of text whose lines end at `\\n`, and the cells of a table's line."""

from __future__ import annotations

from itertools import pairwise

from mdreview.patterns import regex
from mdreview.source import Span

PIPE = regex(r"(?<!\\)\|")
ITEM_BEFORE_CELL = regex(r"(?:[-+*]|\d{1,9}[.)])[ \t]+(?=\|)")


class Lines:
    """A text with the starts of its lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        position = text.find("\n")
        while position >= 0:
            self.starts.append(position + 1)
            position = text.find("\n", position + 1)

    def span(self, first: int, last: int) -> Span:
        """Lines `first` up to, not including, `last`, without the line end and white space at their end."""
        start = self.starts[first]
        end = self.starts[last] - 1 if last < len(self.starts) else len(self.text)
        return Span(start, start + len(self.text[start:end].rstrip()))

    def line(self, number: int) -> tuple[int, str]:
        """The start of a line, and the line."""
        start = self.starts[number]
        end = self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.text)
        return start, self.text[start:end]

    def piece(self, number: int, least: int = 0) -> Span:
        """A line from its column `least` on, without the white space around it; at least one character must be left."""
        start, line = self.line(number)
        content = line[least:]
        begin = start + least + len(content) - len(content.lstrip())
        return Span(begin, begin + len(content.strip()))


def cells(line: str) -> list[Span]:
    """The cells of a table's line as GFM splits it: at pipes that no backslash stands before.

    What follows the last pipe counts as a cell; a table takes as many cells as it has columns.
    """
    start = len(line) - len(line.lstrip(" \t>"))
    if marker := ITEM_BEFORE_CELL.match(line, start):
        start = marker.end()
    bounds = [start - 1, *(match.start() for match in PIPE.finditer(line, start)), len(line)]
    if len(bounds) > 2 and bounds[1] == start:
        bounds = bounds[1:]
    found = []
    for left, right in pairwise(bounds):
        inner = line[left + 1 : right]
        begin = left + 1 + len(inner) - len(inner.lstrip())
        found.append(Span(begin, max(begin, begin + len(inner.strip()))))
    return found
