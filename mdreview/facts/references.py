"""Mentions of sections, figures, tables and equations in prose: 见第3.2节, Section 3.2, 图5, Figs. 2–4, 式(3)."""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import Enum
from typing import NamedTuple

from mdreview.facts import floats
from mdreview.facts.floats import FloatKind, FloatNumber, parse_number
from mdreview.facts.known_abbreviations import EMPHASIS
from mdreview.facts.numbering import CHINESE_NUMERAL, HALF_WIDTH, chinese_value, roman_value
from mdreview.facts.wording import FOLDED
from mdreview.markdown import Block, InlineKind, Kind, LeafKind, where
from mdreview.patterns import regex
from mdreview.source import Span


class Target(Enum):
    """What a mention of a section counts by: 章, 节, an appendix, a part (第二部分), or a section of any depth."""

    CHAPTER = "chapter"
    SECTION = "section"
    APPENDIX = "appendix"
    PART = "part"


class SectionMention(NamedTuple):
    """One section named in the text, relative to its block.

    `values` are the number's parts, an appendix's letter as 1 for A. `pointing` tells that the words around say
    "see", "as in", "this paper's": the author sends the reader there. `foreign` tells that they speak of another work.
    """

    target: Target
    values: tuple[int, ...]
    span: Span
    pointing: bool
    foreign: bool


class FloatMention(NamedTuple):
    """One figure, table or equation named in the text, relative to its block; `range_` where 2-4 may be a range."""

    kind: FloatKind
    number: FloatNumber
    span: Span
    foreign: bool
    bracketed: bool = False
    range_: bool = False


DOTTED = r"[0-9０-９]{1,3}(?:[.．][0-9０-９]{1,3}){0,4}"
ORDINAL = rf"(?:{DOTTED}|{CHINESE_NUMERAL})"
LETTERED = r"[A-Z](?:\.\d{1,2}){0,3}(?![A-Za-z])"
NO_SECTION = "(?![课奏点點日气省目假])"
CHINESE_SECTION = regex(
    rf"""
    第[ ]?(?P<numbers>{ORDINAL} (?:[ ]?(?:[、，,和与與及至到~～–—-]|以及)[ ]?第?[ ]?{ORDINAL}){{0,5}})
      [ ]?(?P<unit>小?[章节節]{NO_SECTION}|部分)
  | (?:见|見|参见|參見|详见|参阅|如|在|由|与|和|及|（|\()[ ]?
      (?P<bare>[0-9]{{1,3}}(?:[.．][0-9]{{1,3}}){{1,4}})[ ]?小?[节節]{NO_SECTION}
  | 附[录錄][ ]?(?P<appendix>[A-Z](?:\.\d{{1,2}}){{0,2}}(?![A-Za-z\d])|[一二三四五六七八九十]{{1,2}}|\d{{1,2}}(?![\d.]))
    """,
    re.X,
)
ENGLISH_SECTION = regex(
    rf"""
    (?P<word>\b(?i:sections?|secs?\.|sect\.|chapters?|chap\.|appendix|appendices)[ \u00a0~]{{1,3}}|§{{1,2}}[ \u00a0~]?)
    (?P<numbers>(?:{DOTTED}|{LETTERED}|[IVX]{{1,5}}(?![A-Za-z]))
      (?:(?:,?[ ](?:and|or|to|through|&)[ ]|,[ ]|[–—-])§{{0,2}}(?:{DOTTED}|{LETTERED})){{0,6}})
    (?![\w%])
    """,
    re.X,
)
FLOAT_NUMBER = (
    r"[A-Z]?\d{1,3}(?:[.．‑–—-]\d{1,3}|-[A-Z](?![A-Za-z])){0,3}(?:[a-zA-Z](?![A-Za-z0-9])|[ ]?[(（][a-zA-Z][)）])?"
)
CHINESE_FLOAT = regex(
    rf"""
    (?P<word>图表|圖表|表格|示意图|图|圖|表|公式|方程式?|式)(?P<space>[ \t*_]{{0,4}})(?P<open>[(（]?)[ ]?
    (?P<numbers>{FLOAT_NUMBER}
      (?:(?:、|，|,|和|与|及|至|到|~|～|[ ][和与及至到][ ])[ ]?(?:(?P=word))?[ ]?[(（]?{FLOAT_NUMBER}[)）]?){{0,8}}
      | [一二三四五六七八九十]{{1,3}}(?![一二三四五六七八九十个個种種些次般样樣边邊切直起下定]))
    (?P<close>[)）]?)(?![%％年月日个個种種次])
    """,
    re.X,
)
ENGLISH_FLOAT = regex(
    rf"""
    \b(?P<word>(?i:figures?|figs?\.?|tables?|tabs?\.|equations?|eqs?\.?|eqns?\.?))
    (?P<space>[ \u00a0~*_]{{0,4}})(?P<open>[(（]?)
    (?P<numbers>{FLOAT_NUMBER}[)）]?
      (?:(?:,?[ ](?:and|or|to|through|&)[ ]|,[ ]?|[–—])[(（]?{FLOAT_NUMBER}[)）]?){{0,8}})
    (?![\w%])
    """,
    re.X,
)
# what CHINESE_SECTION and ENGLISH_SECTION hold, in simplified characters and small letters
SECTION_MARKS = (
    "第",
    regex("节(?:(?<=\\d节)|(?<=\\d 节)|(?<=小节))"),
    "附录",
    "§",
    regex(r"sec(?:tions?|s?\.|t\.)[ \u00a0~]"),
    regex(r"chap(?:ters?|\.)[ \u00a0~]"),
    regex(r"append(?:ix|ices)[ \u00a0~]"),
)
DASH = regex("[‑–—-]")
BEFORE_HAN_NUMBER = frozenset("如见由从在(（，。")
BEFORE_CHINESE_FLOAT = frozenset(
    "如见見由从從据據和与與及或的在中对對照以看按是即至到将將把用各参本上下为為于於、给給依取述文"
)
FLOAT_PART = regex(f"{FLOAT_NUMBER}|[一二三四五六七八九十]{{1,3}}")
RANGE = regex(r"[ ]?(?:[-–—~～至到]|to|through)[ ]?")
PART = regex(rf"{DOTTED}|{CHINESE_NUMERAL}|[IVX]{{2,5}}(?![A-Za-z])|[A-Z](?:\.\d{{1,2}}){{0,3}}")
POINTING = regex(
    r"(?:见|見|参见|參見|详见|详述于|参阅|如|本文|本报告|本论文|本研究"
    r"|\b(?:see|cf\.|in|our|as shown in|refer to|described in))[ (（]{0,2}\Z",
    re.I,
)
FOREIGN_BEFORE = regex(
    r"(?:《[^《》]{1,60}》|\[\d{1,3}\]|\]\("
    r"|\b(?:RFC|ISO|IEEE|GB/?T?|IEC|NIST|W3C|ITU|U\.?S\.?C\.?|C\.?F\.?R\.?|Code|Act|Title|paper|book|thesis|report of"
    r"|et al\.?,?|Regulation|Directive|Specification|Manual)(?!\w)"
    r"|原文|原论文|原著|论文(?!的?结构)|该文|该书|书中|此书|文献|作者|手册|标准|规范|白皮书|法案|条例|注疏"
    r"|[“\"「『][^“”\"「」『』\n]{1,20}(?:书|書|教材|教程|讲义)[”\"」』]"
    r")(?P<between>[^。！？\n]{0,40})\Z",
    re.I,
)
SUPPLEMENT_BEFORE = regex(
    r"\b(?:supplementa(?:ry|l)|supp?l\.|supporting|extended data|online(?: resource)?|additional file \d{1,2}:?)"
    r"[ \u00a0]\Z",
    re.I,
)
NAME_BEFORE = regex(r"(?<![\w-])(?P<name>[A-Z]{2,8}\d{0,2})(?:['’]s)?[ \u00a0\n]\Z")  # BDA3 Section 5.2 is of a book
LISTED = regex(r"\s*(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})[.):]?[ \u00a0]+(?=[^\W\d_])")
CITED_BEFORE = regex(r"(?:@[\w:+./-]{1,80}(?:['’]s)?,?[ \u00a0\[(]{1,2}|\b(?:their|his|her) )\Z", re.I)
NEW_THOUGHT = regex(r"[.!?][\"”’)]{0,2}\s+(?:[A-Z§]|\Z)|[，,；;]\s?(?:详?见|詳?見|参见|參見|参阅|(?i:see\b|cf\.))")
OWN = regex(r"本论文|本文|本章|本书|本报告|this (?:paper|thesis|report|work|section|chapter)", re.I)
OWN_PART = regex(r"(?:本文|本论文|本報告|本报告|本研究|全文|文章)[^。！？\n]{0,60}\Z|(?:详?见|参见|如)\Z")
UNIT_TARGETS = {"章": Target.CHAPTER, "部分": Target.PART}
FOREIGN_AFTER = regex(
    r"(?:[-–—]{1,3}\d{1,4})?(?:"
    r"[)）]?[ ]?of[ ](?-i:[A-Z]{2,8}\d{0,2}(?![\w-]))"
    r"|[)）]?[ ]?of[ ](?-i:(?:[A-Z][\w.-]{0,30}[ ]){0,2}[A-Z][\w-]{1,30}(?:['’]s?[ ]|[ ](?:et[ ]al\b|\((?:19|20)\d\d)))"
    r"|[)）]?[ ]?(?:of|in|from)[ ](?:\[|\\cite|@|ref\.|(?:the|that|their|his|her)[ ]"
    r"(?:(?!previous|following|present|current|main)[\w-]{1,30}[ ]){0,3}"
    r"(?:paper|book|report|thesis|act|code|specification|standard|manual|supplement|document|guide|article))"
    r"|,[ ](?:(?:pages?|pp?\.)[ ][\divxlc]|@)"
    r"|[ ]?[(（]?\[\^?\d|[ ]?(?:注|曰|云|讲述|原文))",
    re.I,
)
SKIPPED = frozenset({Kind.CODE, Kind.MATH, Kind.FRONT_MATTER, Kind.COMMENT, Kind.THINKING})


@where(FOLDED(*SECTION_MARKS))
def sections(block: Block) -> tuple[SectionMention, ...]:
    """The sections that a block's prose names. A mention in a link's text that leads elsewhere is foreign."""
    if block.kind in SKIPPED:
        return ()
    found: list[SectionMention] = []
    prose = block.prose
    outward = _outward_links(block)
    titles = [leaf.span for leaf in block.leaves if leaf.kind is LeafKind.HEADING]
    for pattern in (CHINESE_SECTION, ENGLISH_SECTION):
        for match in pattern.finditer(prose):
            if _inside(titles, match.start()):
                continue
            target, numbers, start = _section_target(match)
            before = prose[max(0, match.start() - 60) : match.start()]
            if target is Target.PART and not OWN_PART.search(before):
                continue
            elsewhere = foreign(before, prose[match.end() : match.end() + 80])
            elsewhere = elsewhere or _inside(outward, match.start())
            if pattern is ENGLISH_SECTION and (name := NAME_BEFORE.search(before)):
                elsewhere = elsewhere or name["name"] not in EMPHASIS
            pointing = bool(POINTING.search(before[-24:])) or match[0][0] in "见見参參详"
            named = _values(numbers, start)
            for values, span in named:
                place = span if len(named) > 1 else Span(*match.span())
                found.append(SectionMention(target, values, place, pointing, elsewhere))
    found.sort(key=lambda mention: mention.span)
    return tuple(found)


def listed_sections(block: Block) -> tuple[tuple[int, ...], ...]:
    """The numbers that list items begin with (7.6 Example): an outline of this text or of the one it is about."""
    if block.kind is not Kind.LIST:
        return ()
    found = (LISTED.match(block.prose, leaf.span.start, leaf.span.end) for leaf in block.leaves)
    return tuple(tuple(map(int, match["number"].split("."))) for match in found if match)


def _section_target(match: re.Match[str]) -> tuple[Target, str, int]:
    groups = match.groupdict()
    if groups.get("appendix"):
        return Target.APPENDIX, groups["appendix"], match.start("appendix")
    if groups.get("bare"):
        return Target.SECTION, groups["bare"], match.start("bare")
    if "unit" in groups:
        target = UNIT_TARGETS.get(groups["unit"], Target.SECTION)
        return target, groups["numbers"], match.start("numbers")
    word = groups["word"].strip().casefold()
    target = Target.SECTION
    if word.startswith("chap"):
        target = Target.CHAPTER
    elif word.startswith("append"):
        target = Target.APPENDIX
    return target, groups["numbers"], match.start("numbers")


def _values(numbers: str, start: int) -> list[tuple[tuple[int, ...], Span]]:
    """The numbers of a list or range of sections; of a range, its two ends."""
    found = []
    for part in PART.finditer(numbers):
        text = part.group()
        if text[0] in "0123456789０１２３４５６７８９":
            values = tuple(int(piece.translate(HALF_WIDTH)) for piece in text.replace("．", ".").split("."))
        elif text[0].isascii():
            head, *rest = text.split(".")
            first = roman_value(head) if len(head) > 1 else ord(head) - 64
            if first is None:
                continue
            values = (first, *map(int, rest))
        else:
            value = chinese_value(text)
            if value is None:
                continue
            values = (value,)
        found.append((values, Span(start + part.start(), start + part.end())))
    return found


@where(FOLDED(*floats.NUMBERED))
def figures_tables_equations(block: Block) -> tuple[FloatMention, ...]:
    """The figures, tables and equations that a block's prose names; captions name nothing."""
    if block.kind in SKIPPED:
        return ()
    labels = [caption.label for caption in block.fact(floats.captions)]
    found: list[FloatMention] = []
    prose = block.prose
    outward = _outward_links(block)
    for pattern in (CHINESE_FLOAT, ENGLISH_FLOAT):
        chinese = pattern is CHINESE_FLOAT
        for match in pattern.finditer(prose):
            if _inside(labels, match.start()):
                continue
            if not (_chinese_mention if chinese else _english_mention)(prose, match):
                continue
            before = prose[max(0, match.start() - 60) : match.start()]
            elsewhere = foreign(before, prose[match.end() : match.end() + 80])
            elsewhere = elsewhere or _inside(outward, match.start())
            found += _float_mentions(match, elsewhere)
    found.sort(key=lambda mention: mention.span)
    return tuple(found)


def _chinese_mention(prose: str, match: re.Match[str]) -> bool:
    before = prose[match.start() - 1 : match.start()]
    word = match["word"]
    if word == "式" and not match["open"]:
        return False
    if word.startswith("方程") and not match["open"]:
        return False
    han = "\u3400" <= before <= "\u9fff"
    if han and before not in BEFORE_CHINESE_FLOAT:
        return False
    if match["numbers"][0] in "一二三四五六七八九十" and (before or "。") not in BEFORE_HAN_NUMBER:
        return False
    return bool(match["open"]) == bool(match["close"]) or not match["open"]


def _english_mention(prose: str, match: re.Match[str]) -> bool:
    word = match["word"]
    if not match["space"] and not match["open"] and word[-1] != ".":
        return False
    if word[0].islower() and word.lower().rstrip("s") in ("figure", "table", "tab") and match["open"]:
        return False
    return not (word in ("figure", "figures") and re.search(r"\b\d+\Z", prose[: match.start()][-4:].strip()))


def _float_mentions(match: re.Match[str], foreign: bool) -> list[FloatMention]:
    word = match["word"].casefold()
    kind = FloatKind.FIGURE
    if word.startswith(("表", "tab")):
        kind = FloatKind.TABLE
    elif word.startswith(("式", "公", "方", "eq")):
        kind = FloatKind.EQUATION
    numbers = match["numbers"]
    parts = list(FLOAT_PART.finditer(numbers))
    found = []
    for part in parts:
        number = parse_number(part.group())
        if number is None:
            continue
        start = match.start("numbers")
        span = Span(start + part.start(), start + part.end())
        if len(parts) == 1:
            span = Span(match.start(), match.end("numbers"))
        ambiguous = bool(DASH.search(part.group()))
        found.append(FloatMention(kind, number, span, foreign, bool(match["open"]), ambiguous))
    if len(found) == 2 and RANGE.search(numbers) and found[0].number.values < found[1].number.values:
        found += _between(found[0], found[1])
    return found


def _between(first: FloatMention, last: FloatMention) -> list[FloatMention]:
    """What a range names besides its ends."""
    *chapter, low = first.number.values
    *other, high = last.number.values
    if chapter != other or high - low > 30:
        return []
    return [
        first._replace(number=first.number._replace(values=(*chapter, value), panel=""))
        for value in range(low + 1, high)
    ]


def foreign(before: str, after: str) -> bool:
    """Whether the words around a mention say that it is of another work."""
    if FOREIGN_AFTER.match(after) or SUPPLEMENT_BEFORE.search(before) or CITED_BEFORE.search(before):
        return True
    found = FOREIGN_BEFORE.search(before)
    return found is not None and not OWN.search(before) and not NEW_THOUGHT.search(before, found.start("between"))


def _outward_links(block: Block) -> list[Span]:
    return [
        inline.content
        for inline in block.inlines
        if inline.kind is InlineKind.LINK and not inline.target.startswith("#")
    ]


def _inside(spans: list[Span], offset: int) -> bool:
    """Whether one of the spans, which are in order, holds the offset."""
    index = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return index >= 0 and offset < spans[index].end
