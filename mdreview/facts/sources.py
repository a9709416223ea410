"""What in a sentence says where its statement comes from."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from mdreview.facts.citations import numeric_citations
from mdreview.facts.wording import simplified
from mdreview.markdown import Block, InlineKind
from mdreview.patterns import regex
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


TRIGGER = regex(
    r"[\[［【@《^]|et al|10\.\d{4}|arxiv|doi|pmid|(?:1[89]|20)\d\d|\\cite|[图表式附见圖見]"
    r"|Fig|Tab|App|Eq|Sec|figure|table|append"
    r"|chart|graph|plot|listing|suppl|above|below|来源|來源|source",
    re.I,
)
YEAR = r"(?:1[89]|20)\d\d[a-z]?"
NAME = r"(?:(?:de|van|von|der|den|la|le|di|da)[ ]){0,2}[A-Z][A-Za-z\u00c0-\u024f'’.-]{1,40}"
MONTH = (
    r"(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Autumn|Fall|Winter|Since|Until|From|In|By"
    r"|As|Before|After|Q[1-4])[a-z]{0,7}\b)"
)
CITED = regex(
    rf"""\[\^[^\]\n]{{1,100}}\] | \^\[[^\]\n]{{2}}  # a footnote
    | \[[^\[\]\n]{{0,200}}?-?@[\w{{][^\]\n]{{0,300}}\]  # a citation key in brackets
    | (?<![\w@.])@(?!sec|fig|tbl|tab|eq|lst)[A-Za-z][\w-]{{0,60}}\d{{2}}[\w:.-]{{0,60}}  # and one in the sentence
    | \bet[ ]al\b
    | [（(](?:[^()（）\n]{{0,200}}[;；,，][ ]?)?(?:see[ ]|e\.g\.,?[ ]|cf\.[ ]|见|参见)?{MONTH}
        (?:{NAME}|[\u4e00-\u9fff]{{2,20}})
        [^()（）\n]{{0,100}}?[,，;；\s][ ]{{0,2}}{YEAR}(?![\d年])[^()（）\n]{{0,100}}[)）]  # (Li and Chen, 2020)
    | {MONTH}{NAME}(?:[ ](?:and|&)[ ]{NAME})?(?:[’']s)?[ ]?[（(]{YEAR}(?:[,;:][^()（）\n]{{0,60}})?[)）]  # Li (2020)
    | [\u4e00-\u9fff](?:等人?)?[ ]?[（(]{YEAR}(?:[,，;；][^()（）\n]{{0,60}})?[)）]
    | \b10\.\d{{4,9}}/\S | \b(?i:doi|arxiv|pmid)[ ]?[:：]?[ ]?\d | \\cite[a-z]{{0,6}}\{{
    | \][ ]?\[[^\[\]\n^@]{{1,60}}\](?!\()  # a reference link
    | 《[^《》\n]{{2,80}}》 | 【\d{{1,3}}[^】\n]{{0,20}}】
    | (?:数据|资料|信息|图片)来源[:：]|来源[:：] | \b[Ss]ources?:
    """,
    re.X,
)
POINTER = regex(
    r"[图表式](?:[ ]?[(（]?[\dA-Z一二三四五六七八九十]|[\ufffc])|[上下][图表]|(?:图|表|式)(?:中|所示|里|上)"
    r"|附(?:录|表|图)|表格(?:[中里：:所]|显示)|[如见](?:下|上)?(?:图|表)|(?:下面|上面|上述|以上|以下)的?(?:图|表)"
    r"|\b(?:fig(?:ure|s?\.)|tab(?:le|\.)|appendi(?:x|ces)|eqn?\.|equation|chart|listing|sec(?:tion|\.)|supplementary)s?"
    r"[ \u00a0~]?(?:[\dA-Z(\[@\ufffc]|\\ref)"
    r"|\b(?:figure|table|chart|graph|plot|diagram)s?[ ](?:below|above|shows?)\b"
    r"|\b(?:above|below|following|this|previous|next)[ ](?:figure|table|chart|graph|plot)s?\b"
    r"|@(?:fig|tbl|tab|sec|eq)[:-]\w",
    re.I,
)
POINTER_ROLES = frozenset({"ref", "numref", "eq", "cite", "doc", "footcite"})


def read(block: Block) -> tuple[Source, ...]:
    """The sources of a block in order: notes, citations, links, addresses, pointers to figures and tables."""
    found = [
        Source(SourceKind.CITED, inline.span) for inline in block.inlines if _is_source(inline.kind, inline.target)
    ]
    if TRIGGER.search(block.text):
        text = simplified(block.prose)
        found += (Source(SourceKind.CITED, Span(*match.span())) for match in CITED.finditer(text))
        found += (Source(SourceKind.NUMERIC, citation.span) for citation in block.fact(numeric_citations))
        found += (Source(SourceKind.POINTER, Span(*match.span())) for match in POINTER.finditer(text))
    return tuple(sorted(found, key=lambda source: source.span))


def _is_source(kind: InlineKind, target: str) -> bool:
    if kind in (InlineKind.LINK, InlineKind.URL):
        return True
    if kind is InlineKind.TAG:
        return "href" in target or target[:5].lower() == "<cite"
    if kind is InlineKind.ROLE:
        return target.partition(":")[0] in POINTER_ROLES or target.startswith("cite")
    return False
