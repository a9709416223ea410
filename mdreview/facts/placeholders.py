"""What stands in a draft where text is still to come: TODO, 【待补充】, `Figure ??`, a note to a co-author."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from mdreview.facts.wording import FOLDED, folded
from mdreview.markdown import Block, InlineKind, Kind, Leaf, LeafKind, where
from mdreview.markdown.conditions import Mark
from mdreview.patterns import regex
from mdreview.source import Span


class PlaceholderKind(Enum):
    """A place that waits for its content, a note among authors, a cross-reference that was not resolved."""

    PLACEHOLDER = "placeholder"
    NOTE = "note"
    BROKEN_REFERENCE = "broken reference"


class Placeholder(NamedTuple):
    """A placeholder with its place in the block."""

    kind: PlaceholderKind
    span: Span


# What a text in small letters must hold for each of the expressions to be tried.
BRACKETED_MARK = regex(
    r"[\[【［（(] {0,2}(?:todo|fixme|tb[dac]|xxx|insert |add |your|author|company|institution|recipient|@?cit"
    r"|@?ref|source|figure|image|link|table|clarification|place|to be |[内数图表文引来资此这出待需请在插填补添输])"
)
WAITING_WORDS = ("待", "此处", "这里", "插入", "补充", "填写", "需", "引用", "占位")
BARE_WORDS = ("todo", "fixme", "tbd", "xx", "lorem")
BARE_MARKS = (regex("待[补填添插撰]"), regex("此处[待需应请插添填放]"), regex("这里[待需应请插添填放]"))
BROKEN_WORDS = ("??", "？？", "error!", "错误")
NOTE_MARKS: tuple[Mark, ...] = (
    regex(r"note(?: to \w{2,20})? ?:"),
    "n.b.",
    regex("reminder ?:"),
    regex("comment ?:"),
    *(regex(f"{verb} (?:th|more|fig|cit|ref|link|im|text)") for verb in ("add", "put", "insert", "fix", "cite")),
)
CITE_NOTE_MARKS: tuple[Mark, ...] = ("引用", "cite ", regex("add (?:a )?(?:cit|ref)"))
THINGS = (
    "here|figure|image|video|photo|quote|citation|reference|table|link|graph|chart|infographic|timeline|screenshot|text|name|date"
    r"|title|\.png|\.jpg|from|rate"
)
ADD = "(?:插入|填写|填入|补充|添加|输入)"
CONTENT = "(?:内容|数据|图|表|文献|引用|来源|资料|此处|这里|出处)"
WAITING = "(?:补充?|填写?|完善|添加|插入|撰写|更新|补全|核实|确认|续|定|写|查证|引用|补图)"
BRACKETED = regex(
    r"[\[【［（(][ ]{0,2}(?:(?:TODO|FIXME|TBD|TBA|(?-i:XXX+))\b[^\]】］）)\n]{0,200}"
    rf"|(?:insert|add) (?=[^\]\n]{{0,80}}(?:{THINGS})\b)[^\]】］）)\n]{{1,160}}"
    r"|(?:your|author(?:'s)?|company|institution|recipient) (?:name|title|email|affiliation|company|institution"
    r"|university|address"
    r"|text|here)\b[^\]\n]{0,60}"
    r"|(?:citation|reference|source|figure|image|link|table|clarification) (?:needed|missing|required|here"
    r"|to be added|to come)"
    # [cite] and [@cite] wait for a source; links, definitions and keys of another name do not
    r"|(?<=[\[【［])(?:@?(?:cite|citations?|refs?)|TBC)(?=\](?![\[:{]))"
    r"|place ?holder[^\]\n]{0,60}"
    r"|to be (?:written|added|completed|determined|filled|done|continued|updated)[^\]\n]{0,60}"
    rf"|{CONTENT}?(?:待|需要?){WAITING}(?:[，,:：][^\]】］）)\n]{{0,60}}|内容|数据|图片?|文献|引用)?"
    # round brackets set off what is said by the way: （添加注意力模块）, （输入文件的路径）
    rf"|(?:请在?{ADD}|在?请?(?:此处|这里)请?{ADD}|(?<=[\[【［]){ADD}|(?<=[\[【［] ){ADD}|{ADD}(?={CONTENT}))"
    r"[^\]】］）)\n]{0,30}"
    r"|此处[^\]】］）)\n]{0,20}(?:图|表|文献|引用|内容|数据|补充|插入)"
    r")[ ]{0,2}[\]】］）)](?![(（])",
    re.I,
)
BARE = regex(
    r"(?<![\w/.#@-])(?:TODO|FIXME)(?=[:：\s(（]|$)(?!\s*(?:list|item|comment|app|列表|清单|注释|事项|s\b))"
    r"|(?<![\w.])TBD(?=[.,;，。\s]|$)"
    r"|(?<![A-Za-z0-9-])(?:(?:figure|fig\.|table|equation|eq\.|doi:|第|[图表式见])[ ]?(?-i:X{2,8})"
    # XX and XXX are Roman numerals here
    r"|(?:section|chapter|appendix|page|ref\.|reference) (?-i:X{4,8}))(?![A-Za-z0-9-])"
    r"|lorem ipsum(?: dolor)?|(?<![有亟尚仍])待(?:补充|填写|添加|插入|补全|补图|撰写)(?=[。；;\s]|$)"
    r"|(?:此处|这里)(?:待|需要?|应|请)(?:补充|插入|添加|填写|引用|配)(?:图|表|文献|引用|参考|数据|来源|出处|截图)[^。；\n]{0,12}"
    r"|(?:此处|这里)(?:插入|添加|填写|放置)(?:图|表|文献|引用|参考|数据|内容|截图|示意)[^。；\n]{0,12}",
    re.I,
)
BROKEN = regex(
    r"(?:(?:fig(?:ure|s?\.)|tab(?:le|\.)|sec(?:tion|\.)|eqn?\.|equation|chapter|appendix|ref\.|algorithm"
    r"|listing)[ \xa0~]{0,2}"
    r"|第|[图表式节见章])[ ]?[(（\[*]{0,3}(?:\?\?|？？)[)）\]*]{0,3}"
    r"|[\[(（](?:\?\?|？？)[\])）]|\*\*\?\?\*\*|error! reference source not found\.?"
    r"|错误[！!][ ]?(?:未找到引用源|未定义书签)[。.]?",
    re.I,
)
NOTE = regex(
    r"(?:note(?: to (?:self|\w{2,20}))?|n\.b\.|reminder|comment)[ ]?:[ ]?(?:please )?"
    r"(?:ask|add|check|fix|insert|rewrite|expand|find|replace|remove|include|update|verify|need to|cite)\b[^.\n]{0,120}"
    r"|[^.\n]{0,160}\b(?:add|put|insert|fix|cite) (?:this|these|that|more|figure|citation|reference|ref|link"
    r"|image|text)s? "
    r"(?:in|here|later)[ ]?[.!]?\s*$",
    re.I,
)
CITE_NOTE = regex(
    r"(?:(?:补充|加)?引用(?!自|于|了|本|文|格式)[ ]?|(?:cite(?! as)|add (?:a )?(?:citation|reference)(?: to"
    r"| for)?)[ ])[^\d\n]{1,60}$",
    re.I,
)
QUOTE_MARKS = regex(r"[“”「」『』\"]")
OPAQUE = frozenset({Kind.CODE, Kind.MATH, Kind.FRONT_MATTER, Kind.COMMENT, Kind.LINK_DEFINITION, Kind.THINKING})


@where(FOLDED(BRACKETED_MARK, *BROKEN_WORDS, *BARE_WORDS, *BARE_MARKS, *NOTE_MARKS, *CITE_NOTE_MARKS))
def read(block: Block) -> tuple[Placeholder, ...]:
    """The placeholders in a block, in order; none in code, comments, quotation marks, and none that are links."""
    if block.kind in OPAQUE or not block.leaves:
        return ()
    marks = _marks(block.fact(folded))
    links = {inline.span.start for inline in block.inlines if inline.kind is InlineKind.LINK}
    found: list[Placeholder] = []
    for leaf in block.leaves:
        _add_marks(found, block.prose[: leaf.span.end], leaf, links, marks)
        _add_notes(found, block, leaf)
    return tuple(sorted(found, key=lambda placeholder: placeholder.span))


_Marks = list[tuple[PlaceholderKind, re.Pattern[str]]]


def _marks(text: str) -> _Marks:
    """The expressions that may match in a text, given in simplified characters and small letters."""
    marks: _Marks = []
    bracketed = BRACKETED_MARK.search(text)
    if bracketed and (bracketed.group()[-1].isascii() or any(word in text for word in WAITING_WORDS)):
        marks.append((PlaceholderKind.PLACEHOLDER, BRACKETED))
    if any(word in text for word in BROKEN_WORDS):
        marks.append((PlaceholderKind.BROKEN_REFERENCE, BROKEN))
    if any(word in text for word in BARE_WORDS) or any(mark.search(text) for mark in BARE_MARKS):
        marks.append((PlaceholderKind.PLACEHOLDER, BARE))
    return marks


def _add_marks(found: list[Placeholder], prose: str, leaf: Leaf, links: set[int], marks: _Marks) -> None:
    done = [Span(0, leaf.span.start)]
    for kind, pattern in marks:
        taken = {offset for span in done[1:] for offset in range(*span)}
        for match in pattern.finditer(prose, leaf.span.start):
            span = Span(*match.span())
            if span.start not in links and span.start not in taken and not in_quotes(prose, leaf, span.start):
                found.append(Placeholder(kind, span))
                done.append(span)


def _add_notes(found: list[Placeholder], block: Block, leaf: Leaf) -> None:
    prose = block.prose[: leaf.span.end]
    note = NOTE.match(prose, leaf.span.start) if leaf.kind is LeafKind.PARAGRAPH else None
    if note is None and block.kind is Kind.FOOTNOTE:
        note = CITE_NOTE.match(prose.rstrip(), leaf.span.start)
    if note is not None and not any(placeholder.span.start >= leaf.span.start for placeholder in found):
        span = Span(*note.span())
        found.append(Placeholder(PlaceholderKind.NOTE, Span(span.start, span.start + len(note.group().rstrip()))))


def in_quotes(prose: str, leaf: Leaf, offset: int) -> bool:
    """Whether an odd number of quotation marks stands before a place on its line, at most 200 characters back."""
    start = max(prose.rfind("\n", leaf.span.start, offset) + 1, leaf.span.start, offset - 200)
    return len(QUOTE_MARKS.findall(prose[start:offset])) % 2 == 1
