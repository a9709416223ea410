"""What stands in a bracket: a short form, an English name, a Chinese name, or a list of things."""

from __future__ import annotations

from typing import NamedTuple

from mdreview.facts.short_forms import looks_short
from mdreview.patterns import regex
from mdreview.source import Span

HAN = regex(r"\p{Han}")
CLOSERS = " \t\n*_]”’\"'」』》】〕"
OPENERS = " \t\n*_[“‘\"'「『《【〔"
SEPARATOR = regex(r"[,，;；、]")
WORD = regex(r"[A-Za-z]{2}")
JOINED = regex(r"\s*([-–/&])\s*")
KIND_WORD = regex(r"(?<=[A-Za-z0-9])[ ]?(?:方法|算法|模型|网络|網絡|框架|技术|技術|机制|理论|策略|架构|结构|准则|指标)")
NAMES_LISTED = regex(r"[^\s,，;；、]+(?:\s?[,，;；、]\s?[^\s,，;；、]+)+")
LISTED = regex(r"[、]|\betc\b|等(?:等)?\s*\Z|……|\.\.\.")
LEAD_IN = regex(
    r"[\s“”\"'「『*_]*(?:(?:also|formerly|often|sometimes|previously|hereafter|hereinafter|henceforth"
    r"|collectively)[ ,]+)*"
    r"(?:(?:known|called|referred to|abbreviated|abbr\.?|denoted|short for|standing for|termed)(?:[ ]+(?:as|to|by"
    r"|for))?|i\.e\.,?|"
    r"or|hereafter|hereinafter|henceforth|以下简称为?|下文简称为?|下称|简称为?|又称为?|也称为?|亦称|缩写为?"
    r"|英文缩写为?|英文简称为?|"
    r"英文全称为?|英文名称?为?|英文为?|英语|全称为?|全名为?|即|以下簡稱|簡稱為?|縮寫為?|又稱|也稱|英文簡稱|全稱為?)"
    r"[\s:：“\"'「*_]*"
)
NOT_A_NAME = regex(
    r"(?:如|例如|比如|包括|等|见|参见|作为|约|不含|含|其中|除|仅|以|从|由|共|每|或|和|与|在|是|为|非|即使|尤其|特别|主要|详见"
    r"|又|也|当|用于|通过|基于|使用|采用|参考|来自|来源|数据|图|表|已|未|不|无|可|暂|部分|适用|指|需|要|已经|目前|现|原|前"
    r"|后|上|下|注|今|至|見|參見|約|詳見|其|對|对|这|该|此|那)"
)
SENTENCE_MARK = regex(r"[。！？…]|[=<>≥≤≈%％]|\d{3,}")
GLOSS = regex(r"[A-Za-z][A-Za-z0-9\s\-–’'&/+.]{2,80}")
# a bracket with a letter, or with Chinese where it does not follow Chinese
BRACKET_MARK = regex(r"[（(](?:[^()（）]{0,239}?[A-Za-z\u00aa-\u052f]|(?<!\p{Han}.)[^()（）]{0,239}?\p{Han})")


class Content(NamedTuple):
    """The parts of a bracket by what they are, None where there is none; `listed` tells of several things."""

    short: Span | None
    english: Span | None
    chinese: Span | None
    shorts: int
    listed: bool


def content_of(prose: str, start: int, end: int) -> Content:
    """The parts of the bracket whose content is `prose[start:end]`."""
    pieces = []
    position = start
    for separator in [*SEPARATOR.finditer(prose, start, end), None]:
        stop = separator.start() if separator else end
        piece = dressed(prose, position, stop)
        if piece.end > piece.start:
            pieces.append(piece)
        position = separator.end() if separator else end
    shorts: list[Span] = []
    written: list[Span] = []
    latin: list[Span] = []
    for piece in pieces:
        if HAN.search(prose, *piece):
            written.append(piece)
        elif is_short(prose[piece.start : piece.end]):
            shorts.append(piece)
        elif WORD.search(prose, *piece):
            latin.append(piece)
    english = Span(latin[0].start, latin[-1].end) if latin else None
    if len(latin) > 1 and english and any(english.overlaps(piece) for piece in (*shorts, *written)):
        english = latin[0]
    # what “or” opens is said to be another name
    name = next((piece for piece in written if prose[piece.start] != "或"), None)
    listed = len(pieces) > 3 or (len(pieces) > 1 and bool(LISTED.search(prose, start, end)))
    return Content(shorts[0] if shorts else None, english, name, len(shorts), listed)


def dressed(prose: str, start: int, end: int) -> Span:
    """A piece of a bracket without lead-in words, quotes and emphasis."""
    if lead_in := LEAD_IN.match(prose, start, end):
        start = lead_in.end()
    while start < end and (prose[start].isspace() or prose[start] in OPENERS):
        start += 1
    while end > start and (prose[end - 1].isspace() or prose[end - 1] in CLOSERS):
        end -= 1
    return Span(start, end)


def stripped_end(prose: str, start: int, end: int) -> int:
    """Where a stretch ends without spaces, quotes and emphasis behind it."""
    while end > start and prose[end - 1] in CLOSERS:
        end -= 1
    return end


def is_short(text: str) -> bool:
    """Whether a piece is one token that looks like an abbreviation."""
    token = dense(text)
    if " " in token or HAN.search(token):
        return False
    return looks_short(token)


def dense(text: str) -> str:
    """A token without the spaces around the marks that join its parts, as in text that was cut into tokens."""
    return JOINED.sub(r"\1", text) if [text] != text.split() else text


def plausible_gloss(prose: str, english: Span) -> bool:
    """Whether what stands in a bracket can be the English name of a thing."""
    text = prose[english.start : english.end]
    return bool(GLOSS.fullmatch(text)) and len(text.split()) <= 8 and "et al" not in text


def plausible_name(text: str) -> bool:
    """Whether a piece of a bracket can be the Chinese name of a thing."""
    name = "".join(text.split())
    return 2 <= len(name) <= 24 and not NOT_A_NAME.match(name) and not SENTENCE_MARK.search(name)
