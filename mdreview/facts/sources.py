"""What in a sentence says where its statement comes from."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from mdreview.facts.citations import numeric_citations
from mdreview.facts.wording import folded, plain
from mdreview.markdown import Block, InlineKind
from mdreview.patterns import near, regex
from mdreview.source import Span


class SourceKind(Enum):
    """How a source is named; NUMERIC counts only in a document that cites by number."""

    CITED = "cited"
    NUMERIC = "numeric"
    POINTER = "pointer"


class Source(NamedTuple):
    """A source with its place in the block."""

    kind: SourceKind
    span: Span


YEAR = r"(?:1[89]|20)\d\d[a-z]?"
NAME = r"(?:(?:de|van|von|der|den|la|le|di|da)[ ]){0,2}[A-Z][A-Za-z\u00c0-\u024f'’.-]{1,40}"
MONTH = (
    r"(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Autumn|Fall|Winter|Since|Until|From|In|By"
    r"|As|Before|After|Q[1-4])[a-z]{0,7}\b)"
)
MARKED = regex(
    r"""\[(?:\^[^\]\n]{1,100}\] | [^\[\]\n]{0,200}?-?@[\w{][^\]\n]{0,300}\])  # a footnote, citation keys
    | \^\[[^\]\n]{2}
    | \][ ]?\[[^\[\]\n^@]{1,60}\](?!\()  # a reference link
    | 《[^《》\n]{2,80}》 | 【\d{1,3}[^】\n]{0,20}】
    | \\cite[a-z]{0,6}\{
    """,
    re.X,
)
ET_AL = regex(r"\bet al\b")
KEY = regex(r"@(?<![\w@.]@)(?!sec|fig|tbl|tab|eq|lst)[A-Za-z][\w-]{0,60}\d{2}[\w:.-]{0,60}")
BRACKETED = regex(  # (Li and Chen, 2020)
    rf"[（(](?:[^()（）\n]{{0,200}}[;；,，][ ]?)?(?:see[ ]|e\.g\.,?[ ]|cf\.[ ]|见|参见)?{MONTH}"
    rf"(?:{NAME}|\p{{Han}}{{2,20}})[^()（）\n]{{0,100}}?[,，;；\s][ ]{{0,2}}{YEAR}(?![\d年])[^()（）\n]{{0,100}}[)）]"
)
NAMED = regex(  # Li (2020)
    rf"""(?=[A-Zdlv]){MONTH}{NAME}(?:[ ](?:and|&)[ ]{NAME})?(?:[’']s)?[ ]?[（(]{YEAR}(?:[,;:][^()（）\n]{{0,60}})?[)）]
    | \p{{Han}}(?:等人?)?[ ]?[（(]{YEAR}(?:[,，;；][^()（）\n]{{0,60}})?[)）]
    """,
    re.X,
)
BRACKETED_YEAR = regex(r"[（(](?:1[89]|20)\d\d")
YEAR_IN_BRACKETS = regex(r"(?:1[89]|20)\d\d(?![\d年])(?=[^()（）\n]{0,101}[)）])")
NUMBERED = regex(r"\b10\.\d{4,9}/\S|\b(?i:doi|arxiv|pmid)[ ]?[:：]?[ ]?\d")
SAID = regex(r"(?:数据|资料|信息|图片)?来源[:：]|\b[Ss]ources?:")
AFTER_POINTER = r"(?:[ ]?[(（]?[\da-z一二三四五六七八九十]|\ufffc|中|所示|里|上)"
POINTER = regex(
    rf"图{AFTER_POINTER}|表{AFTER_POINTER}|式{AFTER_POINTER}|上[图表]|下[图表]|附(?:录|表|图)|表格(?:[中里：:所]|显示)"
    r"|如[下上]?[图表]|见[下上]?[图表]|下面的?[图表]|上面的?[图表]|上述的?[图表]|以[上下]的?[图表]"
)
# sought in a text with a space before it, so that each begins after a character that is no letter
ENGLISH_POINTER = regex(
    r"\W("
    r"(?:fig(?:ure|s?\.)|tab(?:le|\.)|appendi(?:x|ces)|eqn?\.|equation|chart|listing|sec(?:tion|\.)|supplementary)s?"
    r"[ \u00a0~]?(?:[\da-z(\[@\ufffc]|\\ref)"
    r"|(?:figure|table|chart|graph|plot|diagram)s?[ ](?:below|above|shows?)\b"
    r"|(?:above|below|following|this|previous|next)[ ](?:figure|table|chart|graph|plot)s?\b)"
    r"|(@(?:fig|tbl|tab|sec|eq)[:-]\w)"
)
ENGLISH_POINTER_MARK = regex(
    r"\W(?:f(?:ig)|t(?:ab|bl)|a(?:ppendi)|e(?:q)|c(?:hart)|l(?:isting)|s(?:ec|upplem)|g(?:raph)|p(?:lot)|d(?:iagram))"
)
POINTER_ROLES = frozenset({"ref", "numref", "eq", "eqref", "cite", "doc", "footcite"})


def read(block: Block) -> tuple[Source, ...]:
    """The sources of a block in order: notes, citations, links, addresses, pointers to figures and tables."""
    text = block.fact(folded)
    spans = [] if text.isascii() else [match.span() for match in POINTER.finditer(text)]
    for match in near(ENGLISH_POINTER, ENGLISH_POINTER_MARK, f" {text}", 20, 40):
        start, end = match.span(match.lastindex or 0)
        spans.append((start - 1, end - 1))
    if not spans:
        return block.fact(citing)
    found = [Source(SourceKind.POINTER, Span(*span)) for span in spans]
    return tuple(sorted((*block.fact(citing), *found), key=_place))


def citing(block: Block) -> tuple[Source, ...]:
    """The sources of a block in order without the pointers, which lead to another place of the document."""
    found = [
        Source(SourceKind.CITED, inline.span) for inline in block.inlines if _is_source(inline.kind, inline.target)
    ]
    found += [Source(SourceKind.CITED, Span(*match.span())) for match in _cited(block.fact(plain), block.fact(folded))]
    found += [Source(SourceKind.NUMERIC, citation.span) for citation in block.fact(numeric_citations)]
    return tuple(sorted(found, key=_place)) if found else ()


def _cited(text: str, small: str) -> list[re.Match[str]]:
    found = list(MARKED.finditer(text))
    if "@" in text:
        found += KEY.finditer(text)
    if "et al" in text:
        found += ET_AL.finditer(text)
    if ("(" in text or "（" in text) and YEAR_IN_BRACKETS.search(text):
        found += BRACKETED.finditer(text)
        found += near(NAMED, BRACKETED_YEAR, text, 140, 80)
    if "10." in text or "doi" in small or "arxiv" in small or "pmid" in small:
        found += NUMBERED.finditer(text)
    if "来源" in text or "ource" in text:
        found += SAID.finditer(text)
    return found


def _place(source: Source) -> Span:
    return source.span


def _is_source(kind: InlineKind, target: str) -> bool:
    if kind in (InlineKind.LINK, InlineKind.URL):
        return True
    if kind is InlineKind.TAG:
        return "href" in target or target[:5].lower() == "<cite"
    if kind is InlineKind.ROLE:
        return target.partition(":")[0] in POINTER_ROLES or target.startswith("cite")
    return False
