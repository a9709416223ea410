"""What a text generator left in a text: its thinking, its chat, the prompt that it was given."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from mdreview.facts import chatter
from mdreview.facts.placeholders import in_quotes
from mdreview.facts.wording import FOLDED, folded
from mdreview.markdown import TEXT, Block, InlineKind, Kind, Leaf, LeafKind, Sentences, where
from mdreview.patterns import regex
from mdreview.source import Span


class ResidueKind(Enum):
    """What was left; OPENER counts only where a text begins."""

    EMPTY_THINKING = "empty thinking"
    THINKING = "thinking"
    CHATTER = "chatter"
    PROMPT = "prompt"
    OPENER = "opener"
    MARK = "citation mark"


class Residue(NamedTuple):
    """A piece of residue with its place in the block."""

    kind: ResidueKind
    span: Span


THINKING = regex(r"\s{0,10}<(think(?:ing)?)>(?P<body>.*?)(?:</think(?:ing)?>|\Z)", re.I | re.S)
LONE_TAG = regex(
    r"^[ \t]{0,3}(?P<tag></?think(?:ing)?>|<\|(?:im_start|im_end|endoftext|assistant|user|system)\|>)(?=[ \t]*$"
    r"|<|[ \t]*\w+[ \t]*$)",
    re.I | re.M,
)
TAG_MARK = regex(r"<(?:/?think|\|)", re.I)
OPAQUE = frozenset({Kind.CODE, Kind.MATH, Kind.FRONT_MATTER, Kind.COMMENT, Kind.LINK_DEFINITION})
QUOTED = frozenset({Kind.QUOTE, Kind.TABLE, Kind.CODE, Kind.FOOTNOTE})

PROMPT = regex(
    r"请(?:严格)?(?:根据|按照|基于|参考)(?:上述|以上|以下|下面|前面)的?"
    r"(?:(?:指令|提示词?|大纲|提纲)(?:来|，)?(?:撰写|生成|写|完成|输出|续写|回答|继续|进行)?"
    r"|(?:要求|内容|信息|材料)(?:来|，)?(?:撰写|生成|写|输出|续写|创作))"
    r"|(?:根据|按照)[您你]的?(?:要求|指令|提示|需求)，?(?:我|以下|下面|现|对|重新|撰写|修改|润色)"
    r"|^[ \t*_]{0,6}(?P<end>(?:本次)?对话已?(?:结束|完毕))(?=[。！.]?[ \t*_]{0,6}$)"
    r"|[\[【（(](?:本次)?对话已?(?:结束|完毕)[\]】）)]"
    r"|\[(?:end of (?:conversation|chat|response|output)|conversation ends)\]|\[/?INST\]|<</?SYS>>",
    re.I | re.M,
)
PROMPT_MARK = regex(
    r"请(?:严格)?[根按基参]|您的?[要指提需]|你的?[要指提需]|对话已?[结完]|\[(?:end of|conversation|/?inst)|<</?sys>>"
)
LOOK_UP = r"turn\d{1,3}(?:search|view|news|fetch|file|image)\d{1,3}"
MARK = regex(
    r"【\d{1,3}(?::\d{1,3})?†[^【】\n]{0,100}】"
    r"|(?::contentReference)?\[oaicite:\d{1,3}\](?:\{index=\d{1,3}\})?"
    rf"|(?<![A-Za-z])(?:\uE200?cite\uE202?)?{LOOK_UP}(?:\uE202?{LOOK_UP}){{0,20}}\uE201?"
)
"""The marks by which chat tools cite what they have looked up; outside the chat they lead nowhere."""
MARKS = ("†", "oaicite", regex(r"turn\d"))
WRITING = "报告|文章|论文|综述|大纲|正文|初稿|改写|润色|翻译|版本|全文|草稿|修改稿"
OPENER = regex(
    r"(?:好的|当然(?:可以)?|没问题|明白了|收到|可以的)[，,！!。~][ ]?(?:以下|下面|这|我|根据|为您|让)"
    rf"|(?:以下|下面)(?:是|为)(?:对|关于|为|根据|按照|针对|一[篇份个])?[^。\n]{{0,60}}?"
    rf"(?:{WRITING})[^。\n]{{0,10}}[：:]?\s*$"
    r"|(?:sure|certainly|of course|absolutely|great question|understood)[!,.] (?:here|I(?:'|’)|below|let|I )"
    r"|(?:here(?:'|’)?s?(?: is| are)?|below is) (?:the|a|an|your) "
    r"(?=[^.\n]{0,80}?\b(?:requested|revised|rewritten|polished"
    r"|edited|translated|improved|your|you)\b)[^.\n]{0,100}:\s*$"
    r"|(?:human|user|用户|提问者)[ ]?[:：][ ]?(?:请|帮|写|给我|please|write|can you|could you|generate|help)"
    r"|(?:assistant|chatgpt|助手|AI助手)[ ]?[:：]",
    re.I,
)
OPENER_MARK = regex(
    r"\n[^\S\n]*(?:好的|当然|没问题|明白了|收到|可以的|以下[是为]|下面[是为]|sure[!,.]|certainly[!,.]|of course[!,.]"
    r"|absolutely[!,.]|great question|understood[!,.]|here|below is|human ?[:：]|user ?[:：]|用户 ?[:：]|提问者"
    r"|assistant ?[:：]|chatgpt|(?:ai)?助手)"
)


@where(TEXT(TAG_MARK), FOLDED(OPENER_MARK, chatter.CHINESE_MARK, chatter.ENGLISH_MARK, PROMPT_MARK, *MARKS))
def read(block: Block) -> tuple[Residue, ...]:
    """The residue in a block, in order. Code, comments, tables, quotations and footnotes are not looked at."""
    if block.kind is Kind.THINKING:
        match = THINKING.match(block.text)
        empty = match is not None and not match["body"].strip()
        return (Residue(ResidueKind.EMPTY_THINKING if empty else ResidueKind.THINKING, Span(0, len(block.text))),)
    if block.kind in OPAQUE or not block.leaves:
        return ()
    found = _lone_tags(block) if "<" in block.text else []
    text = block.fact(folded)
    chatty = chatter.places(text)
    prompted = PROMPT_MARK.search(text)
    marked = MARK.search(text)
    for leaf in block.leaves:
        if leaf.kind is LeafKind.PARAGRAPH and not QUOTED.intersection(leaf.inside):
            if not leaf.inside:
                found += _opener(block, leaf)
            if prompted:
                found += _prompts(block, leaf)
            if marked:
                found += _marks(block, leaf)
            if any(leaf.span.start <= offset < leaf.span.end for offset in chatty):
                found += _chatter(block, leaf)
    return tuple(sorted(found, key=lambda residue: residue.span))


def _lone_tags(block: Block) -> list[Residue]:
    hidden = [part.span for part in block.parts if part.kind in OPAQUE]
    hidden += [inline.span for inline in block.inlines if inline.kind in (InlineKind.CODE, InlineKind.MATH)]
    return [
        Residue(ResidueKind.THINKING, Span(*match.span("tag")))
        for match in LONE_TAG.finditer(block.text)
        if not any(span.start <= match.start("tag") < span.end for span in hidden)
    ]


def _chatter(block: Block, leaf: Leaf) -> list[Residue]:
    """The first sentence of a paragraph in which an assistant speaks; one is enough for a paragraph."""
    for span in block.fact(Sentences).of(leaf.span):
        for offset in chatter.places(block.fact(folded)[span.start : span.end]):
            if not in_quotes(block.prose, leaf, span.start + offset):
                return [Residue(ResidueKind.CHATTER, span)]
    return []


def _prompts(block: Block, leaf: Leaf) -> list[Residue]:
    return [
        Residue(ResidueKind.PROMPT, Span(*match.span("end" if match["end"] else 0)))
        for match in PROMPT.finditer(block.prose, *leaf.span)
        if not in_quotes(block.prose, leaf, match.start())
    ]


def _marks(block: Block, leaf: Leaf) -> list[Residue]:
    return [
        Residue(ResidueKind.MARK, Span(*match.span()))
        for match in MARK.finditer(block.prose, *leaf.span)
        if not in_quotes(block.prose, leaf, match.start())
    ]


def _opener(block: Block, leaf: Leaf) -> list[Residue]:
    match = OPENER.match(block.prose[: leaf.span.end], leaf.span.start)
    if match is None:
        return []
    return [Residue(ResidueKind.OPENER, Span(match.start(), match.start() + len(match.group().rstrip())))]
