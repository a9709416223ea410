"""The headings of a block: level, number, title. Whether an unclear number is one, the section tree decides."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from mdreview.facts import numbering
from mdreview.facts.numbering import Number, Script
from mdreview.markdown import Block, Kind
from mdreview.markdown.blocks import OBJECT
from mdreview.patterns import regex
from mdreview.source import Span


class Heading(NamedTuple):
    """One heading, relative to its block.

    `span` is its text without marks and attributes; `title` is what follows the number, as plain text. An `unclear`
    number is one only if the document counts on from it: `3 ways …`, `2.5 Flash`.
    """

    level: int
    span: Span
    number: Number | None
    number_span: Span
    title: str
    title_span: Span
    unclear: bool = False

    @property
    def key(self) -> str:
        """The title without case, white space and punctuation, for comparing."""
        return normalised(self.title)


class Opening(NamedTuple):
    """The number that opens a line that is, or could be, a heading."""

    number: Number
    span: Span
    title_start: int
    unclear: bool


LEADING_DRESS = regex(r"[\s*_\[~\u200b\ufe0f\u2600-\u27bf\U0001f300-\U0001faff]{0,20}")
AFTER_NUMBER = regex(r"[\s*_:：.．、—–|·-]{0,20}")
SENTENCE_END = regex(r"[。！？；.!?;][*_\s]*\Z")
MEASURE = regex(
    r"""
    (?: 年|月|日|号|號|世纪|世紀|个|個|种|種|倍|次|天|类|類|步|级|級|代|维|維|版|分钟|分鐘|小时|小時|秒|岁|歲|周|週
      | 位|名|人|家|篇
      | 本|张|張|条|條|款|项|項|大|万|萬|亿|億|元|美元|时代|時代|点 )
    """,
    re.X,
)
NO_NUMBER = regex(
    r"""
    \s? (?: 版本(?!控制|管理|更新)|万元|亿元|美元|英寸|毫米|厘米|公里|公斤|千克|[KMG]?Hz\b|[cmn]m\b|km\b|[KMGT]B\b
      | (?:ways?|steps?|reasons?|things?|tips?|years?|days?|weeks?|months?|hours?|minutes?)\b )
  | (?: nd|rd|th|st|bit|[a-zA-Z] )\b
  | \s? [%％‰°℃$€/~～×+&=<>→] | [-–—~～/:][0-9０-９] | \s?[-–—]\s?[0-9]
    """,
    re.X,
)
CHINESE_WORD = regex(r"[的与與和及、至到或中里]|自查")
SEVERAL = regex(
    r"[、，,和与與及至到~～—–-]\s?(?:第|[〇零一二三四五六七八九十百0-9]{1,4}\s?(?:章|节|節|篇|部分|讲|講|课|課|编|編|卷|回))"
)
DATE = regex(r"\s*(?:[-–—]\s*)?[(（\[]?\s?(?:19|20)\d\d[-./]")
MARKUP = regex(r"[*\[\]\\]|\b_|_\b")
MARKUP_SIGN = regex(r"[*\[\]\\_]")
COUNTING_UNITS = frozenset({"章", "节", "篇", "部分", "部", "讲", "课", "编", "卷", "回", "单元"})
PARENTHESES = ("(", "（")


def read(block: Block) -> tuple[Heading, ...]:
    """The heading that the block is; headings nested in quotes, lists and notes head no section."""
    if block.kind is not Kind.HEADING or not block.leaves:
        return ()
    leaf = block.leaves[0]
    start, end = leaf.span
    if len(leaf.pieces) > 1 and (end - start > 120 or SENTENCE_END.search(block.prose, start, end)):
        # a paragraph with a line of hyphens below it that was meant as a rule
        return ()
    while end > start and block.prose[end - 1].isspace():
        end -= 1
    if end == start:
        return ()
    opening = read_opening(block.prose, start, end)
    if opening is None:
        title = Span(start, end)
        return (Heading(block.level, title, None, Span(start, start), plain(block, title), title),)
    title = Span(min(opening.title_start, end), end)
    return (
        Heading(
            block.level,
            Span(start, end),
            opening.number,
            opening.span,
            plain(block, title),
            title,
            opening.unclear,
        ),
    )


def read_opening(prose: str, start: int, end: int) -> Opening | None:
    """The number that opens a heading's line, or None where the line's first number is no section number."""
    dress = LEADING_DRESS.match(prose, start, end)
    begin = dress.end() if dress else start
    leading = numbering.read(prose[begin:end])
    if leading is None:
        return None
    number = leading.number
    after = begin + leading.end
    if begin > start and prose[begin - 1] == "[" and prose[after : after + 1] == "]":
        return None
    unclear = _unclear(number, prose, after, end)
    if unclear is None:
        return None
    rest = AFTER_NUMBER.match(prose, after, end)
    title_start = rest.end() if rest else after
    return Opening(number, Span(begin, after), title_start, unclear)


def _unclear(number: Number, prose: str, after: int, end: int) -> bool | None:
    """Whether only the other headings can tell that this is a section number; None if it is none."""
    style = number.style
    following = prose[after:end]
    first = following[:1]
    closing = style.after.strip()
    unit = style.unit
    if SEVERAL.match(following):
        return None
    if unit in COUNTING_UNITS:
        if first in (" ", "\u3000", ":", "：", "*", "_", ".", "．", "-", "—", "|", "、", ""):
            return False
        if unit in ("章", "节", "篇", "讲", "课") and not CHINESE_WORD.match(following):
            return False
        return None
    if unit:
        if (first.isalnum() and first.isascii()) or first in (OBJECT, "-", "/"):
            return None
        return False
    if style.before in PARENTHESES:
        return None if number.values[0] > 50 else style.script in (Script.LETTER, Script.ROMAN)
    if style.script is Script.CIRCLED:
        return False
    if style.script is Script.CHINESE:
        if closing:
            return None if number.depth > 1 and not following.strip() else False
        return True if first in (" ", "\u3000") and number.depth == 1 else None
    if style.script in (Script.LETTER, Script.ROMAN):
        return _letter_unclear(number, following)
    return _arabic_unclear(number, following)


def _letter_unclear(number: Number, following: str) -> bool | None:
    if number.depth > 1:
        return None if following[:1].isalnum() and following[:1].isascii() else False
    if number.style.after in (".", "．", "、", ")", "）") and (following[:1].isspace() or number.style.after in "、）"):
        return True
    if number.style.script is Script.ROMAN and number.values[0] > 1 and following[:1].isspace():
        return True
    return None


def _arabic_unclear(number: Number, following: str) -> bool | None:
    first = following[:1]
    if max(number.values) > 199 or len(number.values) > 6:
        return None
    if number.style.after:
        if number.style.after in (".", "．") and first.isascii() and first.isalpha() and first.islower():
            return None
        if number.style.after in (":", "：") and first.isdigit():
            return None
        return number.style.after in (":", "：")
    if NO_NUMBER.match(following) or (number.depth > 2 and (not following.strip() or DATE.match(following))):
        return None
    if number.depth < 3 and MEASURE.match(following):
        return None
    latin = first.isascii() and first.isalpha()
    if latin and (number.depth == 1 or first.islower()):
        return None
    if first and not (first.isspace() or first == OBJECT or first in "*_[（(《“\"'<「【" or first.isalpha()):
        return None
    word = following.strip(" *_[")[:1]
    if number.depth == 1:
        return None if word.isascii() and word.islower() else True
    return number.depth == 2


def plain(block: Block, span: Span) -> str:
    """A stretch of prose as a reader sees it: code kept, marks of emphasis, links and tags dropped."""
    prose, text = block.prose, block.text
    if OBJECT in prose[span.start : span.end]:
        signs = [text[at] if prose[at] == OBJECT else prose[at] for at in range(*span)]
        seen = "".join(signs).replace("`", "").replace("$", "")
    else:
        seen = prose[span.start : span.end]
    return " ".join((MARKUP.sub("", seen) if MARKUP_SIGN.search(seen) else seen).split())


def normalised(title: str) -> str:
    """A title without case, width, white space and punctuation, for comparing."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(sign for sign in folded if sign.isalnum()) or folded.strip()
