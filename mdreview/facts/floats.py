"""Figures, tables and equations: what carries them, their captions and numbers."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from mdreview.facts.numbering import CHINESE_NUMERAL, chinese_value
from mdreview.facts.wording import FOLDED
from mdreview.markdown import TEXT, Block, InlineKind, Kind, LeafKind, where
from mdreview.markdown.blocks import OBJECT
from mdreview.patterns import regex
from mdreview.source import Span


class FloatKind(Enum):
    """What a caption names or a mention means."""

    FIGURE = "figure"
    TABLE = "table"
    EQUATION = "equation"


class FloatNumber(NamedTuple):
    """A float's number, `3`, `3.1`, `S2`, `2-0-D`, without the letter of a panel."""

    prefix: str
    values: tuple[int, ...]
    panel: str = ""

    @property
    def dotted(self) -> str:
        """The number for people, without the panel."""
        return self.prefix + ".".join(map(str, self.values))

    @property
    def key(self) -> tuple[str, tuple[int, ...]]:
        """What two numbers are compared by."""
        return self.prefix, self.values


class Caption(NamedTuple):
    """A caption, relative to its block: `span` is the caption's line, `label` its `表1` or `Figure 3`.

    `language` is that of the label's word, `image` tells that the caption is an image's alternative text.
    """

    kind: FloatKind
    number: FloatNumber
    span: Span
    label: Span
    number_span: Span
    language: str
    image: bool = False


class Carrier(NamedTuple):
    """Something that a caption can stand for, relative to its block."""

    kinds: frozenset[FloatKind]
    span: Span


FIGURE_WORD = r"(?:图表|圖表|插图|插圖|示意图|图|圖|(?i:figure|fig\.?|scheme|chart|diagram))"
TABLE_WORD = r"(?:表格|列表|表|(?i:table|tab\.))"
LABEL_NUMBER = (
    rf"(?P<number>(?P<prefix>[A-Z]?)(?:\d{{1,3}}(?:[.．‑–—-](?:\d{{1,3}}|[A-Z](?![A-Za-z]))){{0,3}}"
    rf"|(?P<han>{CHINESE_NUMERAL}))(?P<panel>[a-z](?![a-z0-9])|[ ]?[(（][a-zA-Z][)）])?)"
)
LABEL = regex(
    rf"(?P<label>(?:(?P<figure>{FIGURE_WORD})|(?P<table>{TABLE_WORD}))[  \t*_]{{0,4}}(?:S\.)?{LABEL_NUMBER})(?![\d%])"
    r"(?!\.(?:xlsx?|csv|png|jpe?g|pdf|svg|eps|tex|txt|py|md|qmd)\b)"
)
# the ends of labels' words with the beginning of a number, which are found faster than a whole label or mention
NUMBERED = tuple(
    regex(word + r"[ \xa0\t~*_]{0,4}[(（]? ?(?:s\.)?[a-z]?[\d〇零一二三四五六七八九十百两]")
    for word in ("[图表格式程]", r"fig(?:ures?|s?\.?)", r"tab(?:les?|s?\.)", r"eq(?:uations?|n?s?\.?)")
)
OTHER_WORDS = ("scheme", "chart", "diagram")
DRESS = regex(r"[\s*_#>\ufffc|•▲△◆★☆■□（(【\[]{0,200}")
SEPARATOR = regex(r"[  \t*_]{0,6}(?P<mark>[:：.．、|｜\]】）)—–-]|-{1,2})?[  \t*_]{0,6}")
VERB = regex(
    r"(?:展示|显示|顯示|给出|給出|表明|说明(?![图书])|說明|描述|列出|列举|所[示列]|反映|总结了|汇总了|概括|对比了|比较了|介绍|呈现|呈現|提供|揭示|描绘|绘制"
    r"|是|为|為|的|和|及|、|至|到|或|可以|可见|即|则|就|也|还|我们|有|中[，,的所可我各]|与(?!.{1,30}(?:对比|比较|关系|区别)))"
)
GLUED_VERB = regex(r"[中左右上下里内与從从由以将把]|分别|进一步")
ENGLISH_VERB = regex(
    r"(?:is|are|was|were|shows?|gives?|lists?|presents?|illustrates?|depicts?|summari[sz]es|summari[sz]ed|contains?|compares?"
    r"|provides?|describes?|displays?|demonstrates?|reports?|and|or|to|in|of|for|with|below|above|has|have|can|we|also|plots?"
    r"|represents?|outlines?|indicates?|suggests?|reveals?|details|explains?|highlights?|captures?|visuali[sz]es)\b"
)
ENDS_SENTENCE = regex(r"[。；，,;][*_\s）)]*\Z")
HTML_CAPTION = regex(r"<(?:center|figcaption|caption|p\s[^>]{0,100}center|div\s[^>]{0,100}center)", re.I)
IMAGE_TAG = regex(r"<(?:img|svg|figure|iframe|video|picture|embed|object|canvas)\b|!\[\[|\{\{<?\s?figure", re.I)
TABLE_TAG = regex(r"<table\b", re.I)
EMPHASIS = ("*", "_")
CAPTION_LENGTH = 90
LONG_CAPTION = 320
SENTENCES = regex(r"[。；！？]|[.;!?](?:\s|\Z)")
EITHER = frozenset({FloatKind.FIGURE, FloatKind.TABLE})
ONLY_TABLE = frozenset({FloatKind.TABLE})
TABULAR_MATH = regex(r"\\begin\{(?:array|tabular|table|figure|tikzpicture|[bpvB]?matrix)")
TABULAR = regex(r"\t[^\t\n]+\t|\S {3,}\S.* {3,}\S")
NUMBER = regex(LABEL_NUMBER)
POINT = regex(r"[.．‑–—-]")
STOP = regex("[，。,.]")
EQUATION_NUMBER = regex(
    r"\\tag\*?\{(?P<tag>[^{}\n]{1,20})\}"
    r"|(?:\\q?quad|\\hfill|\\enspace|\\hspace\{[^}]{0,20}\}|~|\$\$|\s|[,，.。;；])\s*"
    r"[(（](?:式|Eq\.?)?\s?(?P<plain>[A-Z]?\d{1,3}(?:[.\-–]\d{1,3}){0,2}[a-z]?)[)）]\s{0,20}(?:\$\$|\\\]|\\end|\\\\|\Z|\n)"
)
AUTO_NUMBERED = regex(r"\\begin\{(?:equation|align|gather|multline|eqnarray|alignat)\}|\\label\{|\{#eq[:-]")


CHUNK_CAPTIONS = {
    FloatKind.FIGURE: regex(r"\bfig[.-]cap\s{0,3}[=:]"),
    FloatKind.TABLE: regex(r"\b(?:tbl|tab)[.-]cap\s{0,3}[=:]|\bcaption\s{0,3}=\s{0,3}[\"']"),
}


class Equation(NamedTuple):
    """A displayed formula, relative to its block; `number` as it stands in the source, empty where it has none."""

    span: Span
    number: str
    automatic: bool


def parse_number(text: str) -> FloatNumber | None:
    """A float's number as written: `3`, `3-1`, `S2`, `一`, `4A`, `1(a)`."""
    match = NUMBER.fullmatch(text.strip())
    return _number(match) if match else None


def _number(match: re.Match[str]) -> FloatNumber | None:
    panel = (match["panel"] or "").strip(" ()（）")
    if han := match["han"]:
        value = chinese_value(han)
        return None if value is None else FloatNumber(match["prefix"], (value,), panel)
    body = match["number"][len(match["prefix"]) : len(match["number"]) - len(match["panel"] or "")]
    parts = POINT.split(body.strip())
    return FloatNumber(match["prefix"], tuple(int(p) if p.isdigit() else ord(p) - 64 for p in parts), panel)


@where(FOLDED(*NUMBERED, *OTHER_WORDS), TEXT("!["))
def captions(block: Block) -> tuple[Caption, ...]:
    """The captions of figures and tables in a block."""
    if block.kind in (Kind.CODE, Kind.MATH, Kind.FRONT_MATTER, Kind.COMMENT, Kind.THINKING, Kind.FOOTNOTE):
        return ()
    found: list[Caption] = []
    for leaf in block.leaves:
        if leaf.kind is LeafKind.HEADING and block.kind is not Kind.HEADING:
            continue
        fresh = True
        for number, piece in enumerate(leaf.pieces, 1):
            below = block.prose[slice(*leaf.pieces[number])].strip() if number < len(leaf.pieces) else ""
            titled = below[:1] in EMPHASIS and below[-1:] == below[:1]
            caption = _caption(block, piece, fresh, leaf.kind is LeafKind.HTML, len(leaf.pieces) == 1, titled)
            if caption is not None and not (leaf.kind is LeafKind.CELL and not _has_image(block, leaf.span)):
                found.append(caption)
            # a caption follows an image, a tag, another caption; in the midst of prose a label is a mention
            seen = block.prose[piece.start : piece.end].strip(f" \t{OBJECT}*_")
            fresh = caption is not None or not seen or leaf.kind is LeafKind.HTML
    found += _alternative_texts(block)
    found.sort(key=lambda caption: caption.span)
    return tuple(found)


def _has_image(block: Block, span: Span) -> bool:
    return any(inline.kind is InlineKind.IMAGE and span.contains(inline.span) for inline in block.inlines)


def _caption(block: Block, piece: Span, fresh: bool, html: bool, alone: bool, titled: bool) -> Caption | None:
    prose = block.prose
    dress = DRESS.match(prose, piece.start, piece.end)
    start = dress.end() if dress else piece.start
    match = LABEL.match(prose, start, piece.end)
    if match is None or (number := _number(match)) is None:
        return None
    if prose[piece.start : start].rstrip()[-1:] in ("(", "（", "[", "【") and "]" not in prose[start : piece.end]:
        return None
    end = piece.start + len(prose[piece.start : piece.end].rstrip())
    opened = "*" in prose[piece.start : start] or "_" in prose[piece.start : start]
    dressed = html or (opened and prose[end - 1] in "*_")
    dressed = dressed or bool(HTML_CAPTION.match(block.text, piece.start, piece.end))
    if not fresh and not dressed:
        return None
    if not _is_caption(prose[match.end() : end], match, dressed, html, alone, titled, opened):
        return None
    return _made(match, number, Span(start, end), image=False)


def _is_caption(
    rest: str,
    match: re.Match[str],
    dressed: bool,
    html: bool,
    alone: bool = False,
    titled: bool = False,
    opened: bool = False,
) -> bool:
    """Whether what follows a label makes it a caption and no sentence that begins with a mention.

    `alone` tells that the line is a paragraph of its own, where a title may be long if it holds no sentence,
    `titled` that the next line is a title in italics, `opened` that an emphasis begins before the label.
    """
    separator = SEPARATOR.match(rest)
    assert separator is not None
    title = rest[separator.end() :]
    mark = separator["mark"]
    if mark and mark in ":：.．|｜" and (title or dressed or mark in ":："):
        if match["han"] and mark in ".．":
            return False
        return not (mark in ".．" and title[:1].isdigit())
    if not title:
        return dressed or not mark or titled
    closed = "*" in separator.group() or "_" in separator.group()
    if opened and not closed and mark and not title[0].islower() and not VERB.match(title):
        # **Table 1 — A title.** What follows explains the table
        return True
    if closed and (len(title) > CAPTION_LENGTH // 2 or STOP.search(title)) and not html:
        return False
    if (dressed and not closed) or "\t" in separator.group():
        return True
    length = len(" ".join(title.split()))
    if length > CAPTION_LENGTH and not (alone and length <= LONG_CAPTION and not SENTENCES.search(title)):
        return False
    if ENDS_SENTENCE.search(title):
        return False
    if match["han"] and not separator.group():
        return False
    word = match["figure"] or match["table"]
    if title[0].isascii() and title[0].isalpha() and word.isascii():
        return bool(separator.group()) and not ENGLISH_VERB.match(title) and title[0].isupper()
    if VERB.match(title) or "所示" in title[:12] or (not separator.group() and GLUED_VERB.match(title)):
        return False
    return title[0].isalnum() or title[0] in '“"《「（(' + OBJECT


def _made(match: re.Match[str], number: FloatNumber, span: Span, *, image: bool) -> Caption:
    kind = FloatKind.FIGURE if match["figure"] else FloatKind.TABLE
    word = match["figure"] or match["table"]
    language = "en" if word.isascii() else "zh"
    return Caption(kind, number, span, Span(*match.span("label")), Span(*match.span("number")), language, image)


def _alternative_texts(block: Block) -> list[Caption]:
    found = []
    for inline in block.inlines:
        if inline.kind is not InlineKind.IMAGE or inline.content.end <= inline.content.start:
            continue
        match = LABEL.match(block.text, inline.content.start, inline.content.end)
        if match is not None and (number := _number(match)) is not None:
            rest = block.text[match.end() : inline.content.end]
            if _is_caption(rest, match, True, True):
                found.append(_made(match, number, inline.content, image=True))
    return found


@where(TEXT("![", "|", "```", "~~~", ":::", "\\begin{", IMAGE_TAG, TABLE_TAG, "\t", "   "))
def carriers(block: Block) -> tuple[Carrier, ...]:
    """What a caption can stand for: images, tables, diagrams and code, pictures of tables included."""
    whole = Span(0, len(block.text))
    if block.kind is Kind.CODE:
        return (Carrier(EITHER, whole),)
    if block.kind is Kind.CONTAINER or (block.kind is Kind.MATH and TABULAR_MATH.search(block.text)):
        return (Carrier(EITHER, whole),)
    if block.kind is Kind.TABLE:
        return (Carrier(EITHER, whole),)
    if block.kind in (Kind.FRONT_MATTER, Kind.COMMENT, Kind.THINKING):
        return ()
    found = [Carrier(EITHER, inline.span) for inline in block.inlines if inline.kind is InlineKind.IMAGE]
    found += [Carrier(EITHER, part.span) for part in block.parts if part.kind in (Kind.TABLE, Kind.CODE)]
    if "<" in block.text or "{{" in block.text or "![[" in block.text:
        found += [Carrier(EITHER, Span(*match.span())) for match in IMAGE_TAG.finditer(block.text)]
        found += [Carrier(EITHER, Span(*match.span())) for match in TABLE_TAG.finditer(block.text)]
    spaced = "\t" in block.text or "   " in block.text
    if not found and block.kind is Kind.PARAGRAPH and spaced and TABULAR.search(block.text):
        found.append(Carrier(ONLY_TABLE, whole))
    if not found and block.kind is Kind.PARAGRAPH and block.text.count("|") > 3:
        found.append(Carrier(ONLY_TABLE, whole))
    return tuple(found)


def chunk_captions(block: Block) -> tuple[FloatKind, ...]:
    """What the code of a block, where it is run, gives a caption and hence a number."""
    if block.kind is not Kind.CODE or not block.info.startswith("{"):
        return ()
    return tuple(kind for kind, pattern in CHUNK_CAPTIONS.items() if pattern.search(block.text))


def equations(block: Block) -> tuple[Equation, ...]:
    """The displayed formulas of a block, and formulas in its text that carry a number."""
    if block.kind is Kind.MATH:
        return tuple(_numbered(block.text, Span(0, len(block.text)), always=True))
    found: list[Equation] = []
    for part in block.parts:
        if part.kind is Kind.MATH:
            found += _numbered(block.text, part.span, always=True)
    for inline in block.inlines:
        if inline.kind is InlineKind.MATH:
            line_end = block.text.find("\n", inline.span.end)
            end = len(block.text) if line_end < 0 else line_end
            displayed = block.text.startswith("$$", inline.span.start)
            found += _numbered(block.text, Span(inline.span.start, min(end, inline.span.end + 40)), always=displayed)
    return tuple(found)


def _numbered(text: str, span: Span, *, always: bool) -> list[Equation]:
    stretch = text[span.start : span.end]
    automatic = bool(AUTO_NUMBERED.search(stretch))
    numbers = [(match["tag"] or match["plain"] or "").strip("() ") for match in EQUATION_NUMBER.finditer(stretch)]
    if numbers:
        return [Equation(span, number, automatic) for number in numbers]
    return [Equation(span, "", automatic)] if always else []
