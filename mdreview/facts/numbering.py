"""Numbers of sections, figures, tables and lists: `1.2`, `一、`, `（一）`, `第三章`, `Appendix A`, `§1`.

A number is its values, by which it is compared, and its style, by which it is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from mdreview.patterns import regex

DIGITS = "〇一二三四五六七八九"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
CHINESE_VALUE = {
    **{digit: value for value, digit in enumerate(DIGITS)},
    "零": 0,
    "两": 2,
    "兩": 2,
}

CHINESE_NUMERAL = "[〇零一二三四五六七八九十百两兩]{1,7}"
CHINESE_UNIT = "(?:部分|单元|單元|[章节節篇部讲講课課编編卷回])"
ROMAN_NUMERAL = "[IVXLC]{1,11}"
POINT = "[.．]"
NUMBER = regex(
    rf"""
    (?P<before>(?P<ordinal>第[ ]?) | [(（] | (?:chapter|part|section|appendix|annex|sec\.)[ ]{{0,2}}
      | 附[录錄][ ]? | §{{1,2}}[ ]? )?
    (?: (?P<chinese>{CHINESE_NUMERAL})
      | (?P<circled>[{CIRCLED}])
      | (?P<roman>(?-i:{ROMAN_NUMERAL})(?![A-Za-z0-9]))
      | (?P<letter>(?-i:[A-Z])(?![A-Za-z0-9]))
      | (?P<arabic>[0-9]{{1,4}}(?![0-9０-９]))
      | (?P<full>[０-９]{{1,4}}(?![0-9０-９]))
    )
    (?P<rest>(?:{POINT}[0-9]{{1,3}}(?![0-9０-９])|{POINT}[０-９]{{1,3}}(?![0-9０-９])){{0,7}})
    (?P<after>(?(ordinal)[ ]?{CHINESE_UNIT}|[.．、)）:：]))?
    """,
    re.X | re.I,
)


class Script(Enum):
    """The signs of a number's first part; the parts after a point are Arabic."""

    ARABIC = "1"
    FULL_WIDTH = "１"
    CHINESE = "一"
    CIRCLED = "①"
    ROMAN = "I"
    LETTER = "A"


class Style(NamedTuple):
    """How a number is written, apart from its value: `第` before and `章` after, the point between its parts."""

    script: Script
    before: str = ""
    after: str = ""
    point: str = "."

    @property
    def unit(self) -> str:
        """What is counted, in lower case: `章`, `chapter`, `appendix`, `§`; empty for a bare number."""
        if not self.before:
            return ""
        before = self.before.strip(" (（").casefold()
        if before == "第":
            return self.after.strip().translate(SIMPLIFIED)
        return {"附录": "appendix", "附錄": "appendix", "annex": "appendix", "sec.": "section"}.get(before, before[:8])


SIMPLIFIED = str.maketrans("節講課編單錄", "节讲课编单录")
FULL_WIDTH_DIGIT = regex(r"[０-９]")


class Number(NamedTuple):
    """A number as it stands in a text. Numbers are compared by `values`: 2.9 is less than 2.10."""

    values: tuple[int, ...]
    style: Style

    @property
    def depth(self) -> int:
        """How many parts the number has."""
        return len(self.values)

    @property
    def unit(self) -> str:
        """What is counted: `章`, `chapter`, `appendix`; empty for a bare number."""
        return self.style.unit

    @property
    def dotted(self) -> str:
        """The values with points between them, the first as a letter where it is one."""
        first = _LETTERS[self.style.script](self.values[0]) if self.style.script in _LETTERS else str(self.values[0])
        return ".".join([first, *map(str, self.values[1:])])


class Leading(NamedTuple):
    """A number that opens a text, and where it ends."""

    number: Number
    end: int


def parse(text: str) -> Number | None:
    """The number that the whole of `text` is, or None."""
    leading = read(text)
    return leading.number if leading is not None and leading.end == len(text) else None


def read(text: str, start: int = 0) -> Leading | None:
    """The number that stands at `start`, as long as it reaches, or None. Whether it is meant as one is not asked."""
    match = NUMBER.match(text, start)
    if match is None:
        return None
    before, after = match.group("before", "after")
    before, after = before or "", after or ""
    end = match.end()
    opening, closing = before.strip(), after.strip()
    if opening == "第" or (closing and closing not in ".．、)）:："):
        if opening != "第" or closing in ".．、)）:：":
            return None
    elif opening and opening in "(（":
        if after not in (")", "）"):
            return None
    elif opening and after:
        # "Chapter 1:" and "§1." are the number and a mark that belongs to the title
        end -= len(after)
        after = ""
    first = _first(match)
    if first is None:
        return None
    script, value = first
    rest = match["rest"]
    if not rest:
        return Leading(Number((value,), Style(script, before, after)), end)
    if script is not Script.FULL_WIDTH and not rest.isascii() and FULL_WIDTH_DIGIT.search(rest):
        return None
    values = (value, *(int(part.translate(HALF_WIDTH)) for part in re.split(POINT, rest)[1:]))
    return Leading(Number(values, Style(script, before, after, rest[0])), end)


def write(number: Number) -> str:
    """The number as its style writes it."""
    script, before, after, point = number.style
    rest = "".join(f"{point}{value}" for value in number.values[1:])
    if script is Script.FULL_WIDTH:
        rest = rest.translate(FULL_WIDTH)
    return f"{before}{_WRITERS[script](number.values[0])}{rest}{after}"


def chinese_value(text: str) -> int | None:
    """The value of a Chinese numeral up to 999, or None."""
    if len(text) > 1 and "十" not in text and "百" not in text:
        return None
    total = 0
    digit: int | None = None
    unit = 1000
    for sign in text:
        if sign in "十百":
            step = 10 if sign == "十" else 100
            if step >= unit or (digit == 0 and step == 100):
                return None
            total += (digit or 1) * step
            digit, unit = None, step
        elif digit:
            return None
        else:
            digit = CHINESE_VALUE[sign]
    return total + (digit or 0)


def chinese_numeral(value: int) -> str:
    """A number below 1000 in Chinese numerals."""
    if value < 10:
        return DIGITS[value]
    hundreds, below = divmod(value, 100)
    tens, ones = divmod(below, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")


def roman_value(text: str) -> int | None:
    """The value of a Roman numeral in capitals, or None for letters that are none."""
    total, position = 0, 0
    for value, sign in ROMAN:
        while text.startswith(sign, position):
            total += value
            position += len(sign)
    return total if position == len(text) and total and roman_numeral(total) == text else None


def roman_numeral(value: int) -> str:
    """A positive number below 400 as a Roman numeral."""
    text = ""
    for step, sign in ROMAN:
        count, value = divmod(value, step)
        text += sign * count
    return text


def _first(match: re.Match[str]) -> tuple[Script, int] | None:
    """Script and value of a number's first part. A single I, V or X is Roman, every other single capital a letter."""
    if text := match["arabic"]:
        return Script.ARABIC, int(text)
    if text := match["chinese"]:
        value = chinese_value(text)
        return None if value is None else (Script.CHINESE, value)
    if text := match["circled"]:
        return Script.CIRCLED, CIRCLED.index(text) + 1
    if text := match["roman"]:
        if len(text) == 1 and text in "LC":
            return Script.LETTER, ord(text) - 64
        value = roman_value(text)
        return None if value is None else (Script.ROMAN, value)
    if text := match["letter"]:
        return Script.LETTER, ord(text) - 64
    return Script.FULL_WIDTH, int(match["full"].translate(HALF_WIDTH))


def _letter(value: int) -> str:
    return chr(64 + value)


_LETTERS: dict[Script, Callable[[int], str]] = {Script.LETTER: _letter, Script.ROMAN: roman_numeral}
_WRITERS: dict[Script, Callable[[int], str]] = {
    Script.ARABIC: str,
    Script.FULL_WIDTH: lambda value: str(value).translate(FULL_WIDTH),
    Script.CHINESE: chinese_numeral,
    Script.CIRCLED: lambda value: CIRCLED[value - 1],
    **_LETTERS,
}
