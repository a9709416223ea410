"""Percentages, multiples, ratios and ranks in Chinese and English prose."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from mdreview.facts.wording import folded, names_any
from mdreview.markdown import Block, InlineKind
from mdreview.patterns import near, regex
from mdreview.source import Span, Spans


class Measure(Enum):
    """What a quantity says: a share of a whole, a change by a factor, a change between two values, a rank."""

    PERCENT = "percent"
    MULTIPLE = "multiple"
    CHANGE = "change"
    RANK = "rank"


class Quantity(NamedTuple):
    """A quantity with its place in the block."""

    measure: Measure
    span: Span


# in all of these the text is in small letters; what leads is a plain character, so that the engine can skip to it
NUMBER = r"\d(?<![a-z0-9_.]\d)(?:\d{0,2}(?:[,，]\d{3}){1,4}(?!\d)|\d{0,14})(?:\.\d{1,10})?"
RANGE = r"[ ]?(?:[-–—~～―]|至|到|to|and|or|和|或)[ ]?"
SIGN = r"(?:[ ]|&nbsp;|\xa0|\u202f|\u2009)?(?:\\?%|％|‰)"
ONES = "one|two|three|four|five|six|seven|eight|nine"
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
WORDED = rf"(?:ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:{TENS})(?:[ -](?:{ONES}))?|{ONES}|half a)"
HAN_NUMBER = "[零〇一二两三四五六七八九十百点半几数]"
PERCENT = regex(
    rf"{NUMBER}\+?(?:{SIGN})?(?:{RANGE}(?:\d{{1,15}}(?:\.\d{{1,10}})?))?\+?{SIGN}(?![a-z0-9]|20)",
)
POINTS = regex(rf"(?:{NUMBER}|{HAN_NUMBER}{{1,6}})(?:{RANGE}\d{{1,9}}(?:\.\d{{1,9}})?)?[ ]?个百分点")
WORDED_PERCENT = regex(
    rf"(?:{NUMBER}|(?<![a-z]){WORDED})(?:{RANGE}(?:\d{{1,9}}(?:\.\d{{1,9}})?|{WORDED}))?"
    r"[ -]?(?:per[ ]?cent(?:age[ -]points?)?)\b"
)
HAN_PERCENT = regex(
    rf"百分之(?:{HAN_NUMBER}{{1,9}}|[ ]?\d{{1,9}}(?:\.\d{{1,9}})?)(?:[至到~～—-](?:百分之)?{HAN_NUMBER}{{1,9}})?"
)
TENTHS = regex(
    r"""(?<=[约近超达逾占过足仅])[ ]?(?:[一二三四五六七八九两]|\d)[ ]?成(?![为立长员功熟本果绩就都效交])
    | (?<![一二三四五六七八九十])(?:[一二三四五六七八九两][到至])?[一二三四五六七八九两]成
      (?:[一二三四五六七八九半](?=[^\w]|[的以左]|$)
        |(?=以上|以下|左右|的|多|[，。；、）)]|用户|企业|受访|员工|学生|人|份额|运营|开发者))
    """,
    re.X,
)
# each way to write a share, what to look for first, and what that begins with
SHARES = (
    (PERCENT, regex("[%％‰]"), frozenset("%％‰")),
    (HAN_PERCENT, regex("百分之"), frozenset("百")),
    (POINTS, regex("个百分点"), frozenset("个")),
    (TENTHS, regex(r"成(?<=[一二三四五六七八九两\d ]成)"), frozenset("成")),
    (WORDED_PERCENT, regex("per ?cent"), frozenset("p")),
)
SHARE = regex(r"%|％|‰|百分之|个百分点|成(?<=[一二三四五六七八九两\d ]成)|per ?cent")
SHARE_BEFORE, SHARE_AFTER = 80, 50
REACH = 120
MATH_PERCENT = regex(
    rf"\s*(?:[<>≥≤~≈]|\\(?:sim|approx|geq?|leq?|pm))?\s*{NUMBER}(?:{RANGE}\d{{1,9}}(?:\.\d{{1,9}})?)?\s*\\?%\s*"
)

UP_DOWN = (
    r"提升|提高|增长|增加|增至|增大|上升|上涨|降低|减少|减小|下降|缩短|加快|加速|扩大|改善|领先|飙升|激增"
    r"|[降升减增缩][至到]"
)
COMPARED = r"快|慢|高|低|大|小|多|少|强|长|短"
FEW = r"(?:[两三四五六七八九十百千几数]{1,4}|\d{1,15}(?:\.\d{1,9})?(?:[ ]?[-–~～至到][ ]?\d{1,9}(?:\.\d{1,9})?)?)"
MULTIPLE = regex(
    rf"""(?P<zh>(?:{UP_DOWN}|{COMPARED})(?:了|到|至|为|达|达到|约|近|超过|超|出|将近|[ ]){{0,4}}{FEW}[ ]?(?:多
        |余)?[ ]?倍(?!数|频|率|体))
    | (?P<zh_after>(?:约|近|超过?|将近|高达)?[ ]?{FEW}[ ]?(?:多|余)?[ ]?倍(?:以上|左右)?[ ]?的?[ ]?(?:{UP_DOWN}))
    | (?P<zh_of>(?:性能|速度|吞吐|效率|收入|成本|产量|规模|销量|价格|市值|人口|能耗
        |幅度)[^，。；\n]{{0,12}}(?:是|为|达到?|相当于)[^，。；\n]{{1,24}}的?[ ]?
        {FEW}[ ]?(?:多|余)?[ ]?倍(?!数|频|率|体))
    | (?P<scale>(?:{COMPARED})(?:了|出)?[ ]?(?:约|近|至少)?[ ]?(?:{FEW}|一|多)[ ]?个?数量级)
    | (?P<double>翻了?[一两三几][番倍]|翻番|减半(?=[，。；、]))
    """,
    re.X,
)
MULTIPLE_MARK = "倍|数量级|翻[番了一两三几]|减半"
MORE = (
    "faster|slower|higher|lower|more|less|fewer|greater|larger|smaller|better|cheaper|longer|shorter|increase|decrease"
    "|reduction|improvement|speed-?up|growth|rise|gain"
)
AS_MUCH = "as[ ](?:many|much|fast|likely|large|high|long|big|often)"
ENGLISH_MULTIPLE = regex(
    rf"""(?:{NUMBER}|(?<![a-z])(?:two|three|four|five|six|seven|eight|nine|ten|several|hundreds[ ]of|dozens[ ]of))
        (?:[ ]?[-–~][ ]?\d{{1,9}}(?:\.\d{{1,9}})?|[ ](?:to|or)[ ](?:\d{{1,9}}(?:\.\d{{1,9}})?|\w{{3,6}}))?
        (?:[ ]?[x×]|[ -]times|-?fold)[ ](?:(?:{MORE})\b|{AS_MUCH}\b)
    | \b(?:an?|one|two|three|four|several|many|\d)[ ]orders?[ ]of[ ]magnitude[ ](?:(?:in|of)[ ])?
        (?:faster|slower|higher|lower|more|less|fewer|greater|larger|smaller|better|cheaper|improvement|reduction|increase|speed-?up)\b
    | \b(?:(?:was|were|is|been|be)[ ](?:doubled|tripled|quadrupled|halved)
        |twice[ ]{AS_MUCH}|(?:more[ ]than|nearly|almost|roughly|about)[ ](?:doubled|tripled|quadrupled|halved)
        |(?:doubled|tripled|quadrupled|halved)(?=[ ](?:since|from|between|in[ ](?:\d{{4}}|the[ ]past)
            |over[ ]the|every|within)))
    """,
    re.X,
)
ENGLISH_MULTIPLE_MARK = regex("times |fold |x |× |order|doubled|tripled|quadrupled|halved|twice as")
ENGLISH_MULTIPLE_WORDS = ("times", "fold", "x ", "×", "magnitude", "doubl", "tripl", "quadrupl", "halv", "twice")
UNIT = r"[ ]?(?:[kmgtp]i?b|[kmg]?bps|ms|s|秒|分钟|小时|天|minutes?|hours?|seconds?|days?|万|亿|million|billion)"
CHANGE = regex(
    rf"[从由][^，。；\n]{{0,12}}?{NUMBER}{UNIT}[^，。；\n]{{0,12}}?(?:{UP_DOWN}|压缩|缩减)[到至为了]{{0,2}}"
    rf"[ ]?(?:约|近)?[ ]?{NUMBER}{UNIT}"
)
CHANGE_MARK = r"从(?=[^，。；\n]{0,12}\d)|由(?=[^，。；\n]{0,12}\d)"
ENGLISH_CHANGE = regex(
    rf"""(?:reduc|increas|decreas|cut|grew|grown|fell|fallen|dropp|rose|shr[aiu]nk)\w{{0,4}}\b[^.;,\n]{{0,60}}?\bfrom[ ]
        [^.;,\n]{{0,16}}?{NUMBER}{UNIT}\b[^.;,\n]{{0,16}}?[ ]to[ ][^.;,\n]{{0,12}}?{NUMBER}{UNIT}\b
    """,
    re.X,
)
ENGLISH_CHANGE_MARK = regex(r"from [^.;,\n]{0,16}\d")
RANK = regex(
    r"(?:位居|位列|高居|跃居|排名|名列|居)(?:全球|世界|全国|亚洲"
    r"|国内)(?:总榜)?第[ ]?[一二三四五六七八九十\d]{1,3}(?!大)(?:位|名)?"
    r"|(?:全球|世界|全国)(?:排名|位列|位居)第[ ]?[一二三四五六七八九十\d]{1,3}"
)
RANK_MARK = r"第(?<=[界球国洲内榜名列居]第)[ ]?[一二三四五六七八九十\d]"
# each way to compare in Chinese, what to look for first, and what that begins with
CHINESE_COMPARISONS = (
    (Measure.MULTIPLE, MULTIPLE, regex(MULTIPLE_MARK), frozenset("倍数翻减")),
    (Measure.CHANGE, CHANGE, regex(CHANGE_MARK), frozenset("从由")),
    (Measure.RANK, RANK, regex(RANK_MARK), frozenset("第")),
)
CHINESE_COMPARISON = regex(f"{MULTIPLE_MARK}|{CHANGE_MARK}|{RANK_MARK}")
ENGLISH_RANK = regex(
    r"rank(?<!\wrank)(?:s|ed|ing)?[ ](?:the[ ])?(?:first|second|third|fourth|fifth|#\d{1,3}|\d{1,3}(?:st|nd|rd|th))"
    r"[ ](?:in[ ]the[ ]world|worldwide|globally)"
)


def percentages(block: Block) -> tuple[Quantity, ...]:
    """The percentages of a block's prose, `$25\\%$` among them."""
    text = block.fact(folded)
    marks = SHARE.findall(text)
    if not marks and "$" not in block.text:
        return ()
    begun = {mark[0] for mark in marks}
    ways = [way for way in SHARES if not way[2].isdisjoint(begun)]
    found = [
        Quantity(Measure.PERCENT, _trimmed(match))
        for pattern, mark, _ in ways
        for match in near(pattern, mark, text, SHARE_BEFORE, SHARE_AFTER)
    ]
    if len(ways) > 1:
        found = _apart(found)
    if "$" in block.text:
        for inline in block.inlines:
            content = block.text[inline.content.start : inline.content.end]
            if inline.kind is InlineKind.MATH and "%" in content and MATH_PERCENT.fullmatch(content):
                found.append(Quantity(Measure.PERCENT, inline.span))
        found.sort(key=_place)
    return tuple(found)


def percentage_places(block: Block) -> Spans:
    """Where the percentages of a block stand."""
    return Spans(quantity.span for quantity in block.fact(percentages))


def comparisons(block: Block) -> tuple[Quantity, ...]:
    """The multiples, changes between two values, and ranks of a block's prose, in order."""
    text = block.fact(folded)
    found: list[tuple[Measure, re.Match[str]]] = []
    if not text.isascii() and (marks := CHINESE_COMPARISON.findall(text)):
        begun = {mark[0] for mark in marks}
        for measure, pattern, mark, leads in CHINESE_COMPARISONS:
            if not leads.isdisjoint(begun):
                found += ((measure, match) for match in near(pattern, mark, text, REACH, REACH))
    if names_any(block, ENGLISH_MULTIPLE_WORDS):
        matches = near(ENGLISH_MULTIPLE, ENGLISH_MULTIPLE_MARK, text, REACH, REACH)
        found += ((Measure.MULTIPLE, match) for match in matches)
    if "from " in text:
        found += ((Measure.CHANGE, match) for match in near(ENGLISH_CHANGE, ENGLISH_CHANGE_MARK, text, REACH, REACH))
    if "rank" in text:
        found += ((Measure.RANK, match) for match in ENGLISH_RANK.finditer(text))
    if not found:
        return ()
    return tuple(sorted((Quantity(measure, Span(*match.span())) for measure, match in found), key=_place))


def _apart(found: list[Quantity]) -> list[Quantity]:
    """The quantities in order, without those that begin inside another."""
    kept: list[Quantity] = []
    for quantity in sorted(found, key=_place):
        if not kept or quantity.span.start >= kept[-1].span.end:
            kept.append(quantity)
    return kept


def _place(quantity: Quantity) -> Span:
    return quantity.span


def _trimmed(match: re.Match[str]) -> Span:
    """The place of a match without the space that it may begin with."""
    start, end = match.span()
    return Span(start + 1 if match.string[start] == " " else start, end)
