"""The texts that are open in the editor, the same as there after every edit.

pygls keeps texts too, but splits their lines at characters that are no line ends and so loses the place of edits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from mdreview.markdown import parse
from mdreview.source import Place, Source, Span, Units

LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
SURROGATE = re.compile("[\ud800-\udfff]")


class Change(NamedTuple):
    """New text for what stands between two places; without places, for the whole text."""

    start: Place | None
    end: Place | None
    text: str


class _Touched(NamedTuple):
    """Which lines were replaced by how many."""

    first: int
    end: int
    pieces: int


class OpenText:
    """One text in the editor, read as a document that follows its edits. `units` is what the editor's columns count."""

    def __init__(self, uri: str, version: int, text: str, units: Units, language: str = "markdown") -> None:
        self.uri = uri
        self.version = version
        self.units = units
        self.language = language
        self._lines = split(whole(text))
        self.document = parse(self._source())

    @property
    def source(self) -> Source:
        """The text as it is now."""
        return self.document.source

    def change(self, version: int, changes: Iterable[Change]) -> None:
        """Makes the changes one after the other; each counts its places in the text that the one before left."""
        old_first = old_end = first = end = -1
        for change in changes:
            touched = self._splice(change)
            if first < 0:
                first, end = touched.first, touched.first + touched.pieces
                old_first, old_end = touched.first, touched.end
                continue
            # the lines touched so far, as they were at first and as they are now, grown by those of this change
            old_first -= first - min(first, touched.first)
            old_end += max(end, touched.end) - end
            first = min(first, touched.first)
            end = max(end, touched.end) + touched.pieces - (touched.end - touched.first)
        self.version = version
        if first >= 0:
            self._read_again(old_first, old_end, self._lines[first:end])

    def _splice(self, change: Change) -> _Touched:
        lines = self._lines
        text = whole(change.text)
        if change.start is None or change.end is None:
            before = len(lines)
            lines[:] = split(text)
            return _Touched(0, before, len(lines))
        (first, start), (last, end) = sorted((self._point(change.start), self._point(change.end)))
        if start == 0 and first > 0 and lines[first - 1].endswith("\r"):
            # what comes next may begin with "\n" and so belong to that line's end
            first, start = first - 1, len(lines[first - 1])
        fresh = split(whole(lines[first][:start] + text + lines[last][end:]))
        if last + 1 < len(lines):
            # the last piece ends its line, and the empty line after it is there already
            fresh.pop()
        lines[first : last + 1] = fresh
        return _Touched(first, last + 1, len(fresh))

    def _point(self, place: Place) -> tuple[int, int]:
        """The number of a line and an index in it, both within the text."""
        if place.line < 0:
            return 0, 0
        if place.line >= len(self._lines):
            return len(self._lines) - 1, len(self._lines[-1])
        return place.line, Source(self._lines[place.line]).offset(Place(0, place.column), self.units)

    def _read_again(self, old_first: int, old_end: int, lines: list[str]) -> None:
        old = self.source
        starts = old.line_starts
        start = starts[old_first]
        end = starts[old_end] if old_end < len(starts) else len(old.text)
        replacement = "".join(lines)
        by = len(replacement) - (end - start)
        span, replacement = narrowed(old.text, Span(start, end), replacement)
        if replacement or span.end > span.start:
            self.document = self.document.edited(span, replacement)
            touched = list(accumulate(map(len, lines), initial=start))[:-1]
            after = [place + by for place in starts[old_end:]] if by else starts[old_end:]
            self.document.source.line_starts = [*starts[:old_first], *touched, *after]

    def _source(self) -> Source:
        source = Source("".join(self._lines))
        source.line_starts = self._line_starts()
        return source

    def _line_starts(self) -> list[int]:
        # the lines are known, so their starts need no second search through the text
        starts = list(accumulate(map(len, self._lines), initial=0))
        starts.pop()
        return starts


def split(text: str) -> list[str]:
    """The lines of a text with their ends; the last one has none and may be empty."""
    lines: list[str] = LINE.findall(text)
    if not lines or lines[-1][-1] in "\r\n":
        lines.append("")
    return lines


def whole(text: str) -> str:
    """The text with the halves of each character that came in two pieces put together."""
    if text.isascii() or not SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def narrowed(text: str, span: Span, replacement: str) -> tuple[Span, str]:
    """The same edit without what it leaves as it is at its start and its end."""
    old = text[span.start : span.end]
    before = common_prefix(old, replacement)
    after = common_prefix(old[before:][::-1], replacement[before:][::-1])
    return Span(span.start + before, span.end - after), replacement[before : len(replacement) - after]


def common_prefix(one: str, other: str) -> int:
    """How many code points two texts share at their start."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
