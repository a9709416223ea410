"""Text made harmless for HTML, and small pieces of markup."""

from __future__ import annotations

import re

from mdreview.source import Span

PLANES = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef" + PLANES + "]"
)
"""Characters that HTML does not allow, or that change how others are shown."""
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
LETTER = re.compile("[A-Za-z]")
LETTERS_PER_HAN = 4
"""A line is Chinese from one Chinese character for so many Latin letters on: it may well name English terms."""
CHINESE, ENGLISH = "zh-Hans", "en"
LANG = {"zh": CHINESE, "en": ENGLISH}
"""The tag of each language of the interface."""


def escaped(text: str) -> str:
    """The text for HTML, within an element or a quoted attribute; characters that cannot be shown are named."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text if text.isprintable() else OBEYED.sub(_named, text)


def on_one_line(text: str, longest: int) -> str:
    """The text for HTML, its line ends as ↵, cut where it is longer."""
    cut = text[:longest] + "…" if len(text) > longest else text
    return escaped(cut.replace("\r\n", "↵").replace("\n", "↵").replace("\r", "↵"))


def language_of(text: str) -> str | None:
    """The tag of the language that a text is in; None where it has no letters."""
    han = 0 if text.isascii() else len(HAN.findall(text))
    if han and LETTERS_PER_HAN * han >= len(LETTER.findall(text)):
        return CHINESE
    return ENGLISH if LETTER.search(text) else None


def around(text: str, line: Span, place: Span, reach: int) -> tuple[str, str]:
    """What stands before and after a place on its line, as far as `reach`, with … where the line goes on."""
    first, last = max(line.start, place.start - reach), min(max(line.end, place.end), place.end + reach)
    before = ("…" if first > line.start else "") + text[first : place.start]
    after = text[place.end : last].partition("\n")[0].rstrip("\r")
    return before, after + ("…" if last < line.end else "")


def _named(found: re.Match[str]) -> str:
    character = ord(found.group())
    if character < 0x20:
        return chr(0x2400 + character)
    return f"⟨U+{character:04X}⟩"
