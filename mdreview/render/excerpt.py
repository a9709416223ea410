"""A line of the text with a place in it marked, right where characters take two columns, one or none."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import NamedTuple

from mdreview.source import Span

JOINER = "\u200d"
EMOJI_STYLE = "\ufe0f"
ELLIPSIS = "…"
REACH = 1000
CONTEXT = 0.6
"""How much of the window stands before the place, where the line goes on at both sides."""


class Excerpt(NamedTuple):
    """What to print: the line, or a window of it, and how far in and how wide the mark below it is, in columns."""

    line: str
    before: int
    width: int


def excerpt(text: str, line: Span, place: Span, room: int) -> Excerpt:
    """A window of a line of the text around a place in it, at most `room` columns wide (and no narrower than 20).

    Characters that would move the cursor or colour the terminal are shown as ␛ and the like, tabs as one space.
    """
    room = max(room, 20)
    start = min(max(place.start, line.start), line.end)
    end = min(max(place.end, start), line.end)
    # a line can be as long as the text: what is farther than this cannot be in the window, unless it takes no columns
    for reach in (room + 1, REACH):
        left, right = max(line.start, start - reach), min(line.end, start + reach)
        shown = printable(text[left:right])
        widths = column_widths(shown)
        if 0 not in widths:
            break
    start, end = start - left, min(end, right) - left
    first, last = _window(widths, start, end, room)
    cut_before, cut_after = left + first > line.start, left + last < line.end
    before = sum(widths[first:start]) + cut_before
    marked = sum(widths[start : min(end, last)])
    piece = ELLIPSIS * cut_before + shown[first:last] + ELLIPSIS * cut_after
    return Excerpt(piece.rstrip(), before, max(marked, 1))


def width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(column_widths(text))


def column_widths(text: str) -> list[int]:
    """The columns of each character: 2 for wide ones, 0 for those that join the one before."""
    if text.isascii():
        return [1] * len(text)
    if JOINER not in text and EMOJI_STYLE not in text:
        widths = list(map(_COLUMNS.__getitem__, text))
        widths[0] = widths[0] or _alone(text[0])
        return widths
    widths = []
    joined = False
    for character in text:
        if character == JOINER:
            joined = bool(widths)
            widths.append(0)
            continue
        if character == EMOJI_STYLE:
            if widths and widths[-1] == 1:
                widths[-1] = 2
            widths.append(0)
        elif joined:
            widths.append(0)
        else:
            widths.append(_COLUMNS[character] if widths else _alone(character))
        joined = False
    return widths


def printable(text: str) -> str:
    """The text, character for character, without what a terminal would obey instead of showing it."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else _substitute(character) for character in text)


def _window(widths: list[int], start: int, end: int, room: int) -> tuple[int, int]:
    """The part of a line to show: all of it if it fits, else some columns before the place and what follows."""
    before = list(accumulate(widths, initial=0))
    total = before[-1]
    if total <= room:
        return 0, len(widths)
    room -= 2
    marked = min(before[end] - before[start], room)
    left = max(int((room - marked) * CONTEXT), room - (total - before[start]))
    first = bisect_left(before, before[start] - left)
    last = bisect_right(before, before[first] + room) - 1
    while first < start and widths[first] == 0:
        first += 1
    return first, last


class _Columns(dict[str, int]):
    """The columns of each character that was ever asked for, behind another one."""

    def __missing__(self, character: str) -> int:
        columns = self[character] = 0 if _joins(character) else _alone(character)
        return columns


_COLUMNS = _Columns()


def _alone(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _joins(character: str) -> bool:
    if character < "\u0300":
        return False
    return (
        unicodedata.category(character) in ("Mn", "Me")
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\u1160" <= character <= "\u11ff"
    )


def _substitute(character: str) -> str:
    if character in "\t\u3000\xa0" or unicodedata.category(character) == "Zs":
        return character if character == "\u3000" else " "
    if character == JOINER or unicodedata.category(character) == "Co":
        return character
    if character < " ":
        return chr(0x2400 + ord(character))
    return "\ufffd"
