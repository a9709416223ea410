"""What a text generator or an unfinished draft left in a text: thinking, chat, prompts, placeholders."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from mdreview.markdown import Block, InlineKind, Kind, Leaf, LeafKind, sentences
from mdreview.source import Span


class ResidueKind(Enum):
    """What was left; the rules word their findings by it. OPENER counts only where a text begins."""

    EMPTY_THINKING = "empty thinking"
    THINKING = "thinking"
    CHATTER = "chatter"
    PROMPT = "prompt"
    OPENER = "opener"
    PLACEHOLDER = "placeholder"
    NOTE = "note"
    BROKEN_REFERENCE = "broken reference"


class Residue(NamedTuple):
    """A piece of residue with its place in the block."""

    kind: ResidueKind
    span: Span


THINKING = re.compile(r"\s{0,10}<(think(?:ing)?)>(?P<body>.*?)(?:</think(?:ing)?>|\Z)", re.I | re.S)
LONE_TAG = re.compile(
    r"^[ \t]{0,3}(?P<tag></?think(?:ing)?>|<\|(?:im_start|im_end|endoftext|assistant|user|system)\|>)(?=[ \t]*$|<|[ \t]*\w+[ \t]*$)",
    re.I | re.M,
)
OPAQUE = frozenset({Kind.CODE, Kind.MATH, Kind.FRONT_MATTER, Kind.COMMENT, Kind.LINK_DEFINITION})
QUOTED = frozenset({Kind.QUOTE, Kind.TABLE, Kind.CODE})
QUOTE_MARKS = re.compile(r"[“”「」『』\"]")

CHATTER_TRIGGER = re.compile(
    r"[让讓]我|我[将將需还還会會现現先再已可]|[为為][您你]|[您你]|搜索|[作為为]|\b(?:let me|I(?:'|’)?(?:ll|m| will| need| now| hope| can|'ve)|my research|as an ai|your (?:question|inquiry|request|query))",
    re.I,
)
SEARCH = r"(?:搜索|搜集|查找|查询|查詢|检索|檢索|寻找|尋找|收集|获取|獲取|调研|調研|探索|了解|深入|研究|查阅|查看)"
ADVERB = r"(?:先|再|继续|繼續|进一步|進一步|更|接着|来|來|现在|最后|首先|尝试|试着|具体地?|详细地?|深入地?|全面地?|补充|专门|针对性地?){0,4}"
MATERIAL = r"(?:信息|資訊|资料|資料|数据|數據|文献|案例|细节|情况|报告|结果|内容|方面|进展|研究|发展|应用)"
CHATTER = re.compile(
    rf"""(?:[让讓]我(?:们|們)?(?:先|再|继续|繼續|进一步|進一步|现在|最后|首先|来|來){{0,3}}(?:搜索|搜集|查找|查询|查詢|检索|檢索|寻找|尋找|收集|获取|獲取|查阅)(?![到了])
        | [让讓]我(?:先|再|继续|繼續|进一步|進一步|更|接着|来){{1,3}}(?:深入|详细|全面|具体){{0,2}}(?:地)?(?:研究|了解|探索|分析|调研|整理|撰写|看看)(?![到了])
        | [让讓]我(?:们)?(?:继续|再)(?:了解|找一些|找找)(?:更多|关于|一些)
        | [让讓]我做最后一次(?:搜索|检索|查询)
        | (?:我(?!们|們)|最后，|现在|首先，|需要)(?:还|现在|也|先|仍|已经?)?(?:仍然)?(?:需要|将|會|会|要|需)(?:先|再|还)?{ADVERB}
            (?:搜索|搜集|查找|查询|检索|获取|寻找|收集)[^。！？\n]{{0,60}}?{MATERIAL}
        | 我(?:还|现在|先|也|仍)?(?:需要|想)(?:先|再|进行一些|进一步|补充){{0,2}}(?:相关)?(?:了解|调研|更多|更(?:具体|详细|全面|准确|精确|深入)地?(?:的)?)(?:了解|搜索|检索|信息|数据|资料|关于|调研)?
        | 我(?:将|会|已|现在|来|可以|需要|先){{0,2}}(?:将)?(?:为|為|给)[您你](?:们)?(?:的?[^，。\n]{{0,10}})?(?:提供|撰写|分析|生成|准备|整理|调研|制定|总结|搜索|介绍|解答|创建|写)
        | (?:为了|为)(?:给|向|回答|解答|满足)?[您你][^，。\n]{{0,60}}，[^。\n]{{0,20}}?我(?:将|需要|会|先|来|先需要)
        | 为了[^，。\n]{{2,60}}，我(?:先)?(?:将|需要|会)(?:先)?(?:从多个维度|进行|查询|搜索|获取|了解|对)[^。\n]{{0,30}}?(?:调研|搜索|查询|信息|资料|数据|检索|了解)
        | 我(?:现在)?(?:已经?|可以)(?:收集|搜集|获取|掌握|搜索)(?:了|到|到了|足够)[^。\n]{{0,30}}?(?:信息|资料|数据)
        | 我(?:现在)?(?:可以|将|能够|来)(?:开始)?撰写(?:一份|一篇|这份|最终|完整|报告)
        | (?:基于|根据|通过)(?:以上|上述|当前的?|初步的?|目前的?)?(?:我)?(?:所)?(?:搜索|检索|收集|搜集)(?:到|收集)?的?(?:信息|资料|结果|数据)，[^。\n]{{0,12}}?我(?:将|可以|现在|会|需要)
        | (?:根据|基于|目前的?|当前的?|初步的?){{1,2}}搜索(?:信息|结果)(?:，|没有|显示|中没有)
        | 作为(?:一个|一款|一名|您的)?(?:大型|大)?(?:AI|人工智能|语言)(?:语言)?(?:模型|助手|助理)，?我?(?:无法|不能|没有|会|可以|的|将)
        | (?:我的知识|我的训练数据|训练数据)(?:截止|截至)|截至我(?:的知识|上次更新|最后一次)
        | 希望(?:这份|以上|这些|本|上述|该)?(?:内容|信息|报告|分析|回答|解答|建议|总结)?(?:能够?|可以)?(?:对[您你](?:们)?有(?:所)?帮助|帮助到?[您你]|满足[您你]的)
        | 如(?:果)?[您你](?:还)?(?:有|需要|希望|想)[^。\n]{{0,40}}?(?:请随时|随时|请)(?:告诉我|告知我|向我提问|与我联系|提出|问我)
        | 如(?:果)?[您你](?:需要|希望|想)[^。\n]{{0,40}}?，我(?:可以|会|将|很乐意)
    )"""
    r"""|(?<![\w'’])(?:
        (?:let[ ]me|I(?:'|’)ll|I[ ]will|I[ ](?:also[ ]|still[ ]|now[ ])?need[ ]to|now[ ]I[ ]need[ ]to)[ ](?:now[ ]|also[ ]|first[ ]|next[ ]|then[ ]|quickly[ ]|conduct[ ](?:a[ ])?|continue[ ](?:to[ ]|my[ ])?|do[ ](?:one[ ]more[ ]|another[ ])?)*
            (?:search(?:ing)?(?:[ ]for)?|gather(?:ing)?|look(?:ing)?[ ](?:up|for|into)|find[ ](?:more|additional|specific|information|out)|explor(?:e|ing)[ ](?:information|more|additional|the[ ]core)|research(?:ing)?|
            investigate|dig[ ](?:deeper|into)|get[ ](?:more|additional|specific)|check[ ](?:for|more)|start[ ]by[ ](?:search|research|explor|look|gather)\w*|begin[ ]by[ ](?:search|research|explor|look|gather)\w*|
            collect[ ](?:more|additional|information)|compile[ ](?:this|the|a)|provide[ ]you|provide[ ]a[ ](?:comprehensive|detailed|thorough)|create[ ]a[ ](?:comprehensive|detailed)|write[ ](?:the|a)[ ](?:final|comprehensive)|synthesize)\b
        | now[ ]that[ ]I[ ]have[ ][^.\n]{0,60}?,[ ](?:let[ ]me|I(?:'|’)?ll|I[ ](?:will|need|can|should))
        | I[ ](?:now[ ]|still[ ]|also[ ])?(?:need|have)[ ](?:more|additional|enough|sufficient|gathered)[ ][^.\n]{0,40}?(?:information|data|details)
        | to[ ](?:properly[ ]|fully[ ]|thoroughly[ ])?(?:address|answer|respond[ ]to)[ ]your[ ](?:question|inquiry|request|query)
        | (?:based[ ]on|from)[ ](?:my|the)[ ](?:research|searches|search[ ]results|information[ ]I)[^.\n]{0,40}?,[ ]I[ ]?(?:'|’)?(?:ll|will|can|now|have)
        | as[ ]an?[ ](?:AI|artificial[ ]intelligence)(?:[ ](?:language|chat))?[ ](?:model|assistant|chatbot)?,?[ ]?I\b
        | as[ ]a[ ]large[ ]language[ ]model,?[ ]I\b
        | my[ ](?:knowledge[ ]cutoff|training[ ]data[ ](?:ends|goes|only)|last[ ](?:knowledge[ ])?update)
        | I(?:'|’)m[ ]sorry,[ ]but[ ]I[ ](?:can(?:'|’)t|cannot|am[ ]unable)
        | I[ ]hope[ ]this[ ](?:helps|(?:report|answer|information|analysis|response|summary)[ ](?:helps|is[ ]helpful|meets|provides))
        | let[ ]me[ ]know[ ]if[ ]you(?:(?:'|’)d[ ]like|[ ]would[ ]like|[ ]need[ ](?:any|more|further|me)|[ ]have[ ]any[ ](?:other[ ]|further[ ])?questions|[ ]want[ ]me)
        | feel[ ]free[ ]to[ ]ask(?:[ ]me)?[ ](?:if|any|for)|is[ ]there[ ]anything[ ]else[ ](?:I|you)
        | (?:would[ ]you[ ]like|do[ ]you[ ]want)[ ]me[ ]to[ ]
    )""",
    re.X | re.I,
)
PROMPT = re.compile(
    r"请(?:严格)?(?:根据|按照|基于|参考)(?:上述|以上|以下|下面|前面)的?(?:指令|要求|提示词?|大纲|内容|信息|提纲|材料)(?:来|，)?(?:撰写|生成|写|完成|输出|续写|回答|继续|进行)?"
    r"|(?:根据|按照)[您你]的?(?:要求|指令|提示|需求)，?(?:我|以下|下面|现|对|重新|撰写|修改|润色)"
    r"|[\[【（(]?(?:本次)?对话(?:已)?(?:结束|完毕)[\]】）)]?(?=\s*[。！.]?\s*$)"
    r"|\[(?:end of (?:conversation|chat|response|output)|conversation ends)\]|\[/?INST\]|<</?SYS>>",
    re.I | re.M,
)
OPENER = re.compile(
    r"(?:好的|当然(?:可以)?|没问题|明白了|收到|可以的)[，,！!。~][ ]?(?:以下|下面|这|我|根据|为您|让)"
    r"|(?:以下|下面)(?:是|为)(?:对|关于|为|根据|按照|针对|一[篇份个])?[^。\n]{0,60}?(?:报告|文章|论文|综述|大纲|正文|初稿|改写|润色|翻译|版本|全文|草稿|修改稿)[^。\n]{0,10}[：:]?\s*$"
    r"|(?:sure|certainly|of course|absolutely|great question|understood)[!,.][ ](?:here|I(?:'|’)|below|let|I[ ])"
    r"|(?:here(?:'|’)?s?(?: is| are)?|below is) (?:the|a|an|your) [^.\n]{0,60}?(?:report|article|essay|review|paper|draft|version|outline|summary|rewrite)[^.\n]{0,40}:\s*$"
    r"|(?:human|user|assistant|chatgpt|用户|助手|AI助手|提问者)[ ]?[:：]",
    re.I,
)

PLACEHOLDER_TRIGGER = re.compile(
    r"TODO|FIXME|XX|TB[DA]\b|待|此处|这里|插入|补充|lorem|\?\?|？？|未找到引用|reference source|\[[ ]?(?:insert|add|your|place|citation|to be|cite|ref|image|figure|link|author|date|name)|"
    r"to be (?:written|added|completed)|\bnote\b|add (?:this|more)|引用|占位",
    re.I,
)
BRACKETED = re.compile(
    r"[\[【［（(][ ]{0,2}(?:"
    r"(?:TODO|FIXME|TBD|TBA|(?-i:XXX+))\b[^\]】］）)\n]{0,200}"
    r"|(?:insert|add)[ ](?=[^\]\n]{0,80}(?:here|figure|image|video|photo|quote|citation|reference|table|link|graph|chart|infographic|timeline|screenshot|text|name|date|title|\.png|\.jpg|from|rate)\b)[^\]】］）)\n]{1,160}"
    r"|(?:your|author(?:'s)?|company|institution|recipient)[ ](?:name|title|email|affiliation|company|institution|university|address|text|here)\b[^\]\n]{0,60}"
    r"|(?:citation|reference|source|figure|image|link|table|clarification)[ ](?:needed|missing|required|here|to be added|to come)|place ?holder[^\]\n]{0,60}"
    r"|to be (?:written|added|completed|determined|filled|done|continued|updated)[^\]\n]{0,60}"
    r"|(?:内容|数据|图|表|文献|引用|来源|资料|此处|这里|出处)?(?:待|需要?)(?:补充?|填写?|完善|添加|插入|撰写|更新|补全|核实|确认|续|定|写|查证|引用|补图)(?:[，,:：][^\]】］）)\n]{0,60}|内容|数据|图片?|文献|引用)?"
    r"|(?:请)?(?:在)?(?:此处|这里)?(?:请)?(?:插入|填写|填入|补充|添加|输入)[^\]】］）)\n]{0,30}"
    r"|此处[^\]】］）)\n]{0,20}(?:图|表|文献|引用|内容|数据|补充|插入)"
    r")[ ]{0,2}[\]】］）)](?![(（])",
    re.I,
)
BARE = re.compile(
    r"(?<![\w/.#@-])(?:TODO|FIXME)(?=[:：\s(（]|$)(?!\s*(?:list|item|comment|app|列表|清单|注释|事项|s\b))|(?<![\w.])TBD(?=[.,;，。\s]|$)"
    r"|(?<![\w-])(?:section|chapter|figure|fig\.|table|equation|eq\.|appendix|page|ref\.|reference|doi:|第|[图表式见])[ ]?(?-i:X{2,8})(?![\w-])"
    r"|lorem ipsum(?: dolor)?|(?<![有亟尚仍])待(?:补充|填写|添加|插入|补全|补图|撰写)(?=[。；;\s]|$)"
    r"|(?:此处|这里)(?:待|需要?|应|请)(?:补充|插入|添加|填写|引用|配)[^。；\n]{0,20}"
    r"|(?:此处|这里)(?:插入|添加|填写|放置)(?:图|表|文献|引用|参考|数据|内容|截图|示意)[^。；\n]{0,12}",
    re.I,
)
BROKEN = re.compile(
    r"(?:(?:fig(?:ure|s?\.)|tab(?:le|\.)|sec(?:tion|\.)|eqn?\.|equation|chapter|appendix|ref\.|algorithm|listing)[ \xa0~]{0,2}|第|[图表式节见章])[ ]?[(（\[*]{0,3}(?:\?\?|？？)[)）\]*]{0,3}"
    r"|[\[(（](?:\?\?|？？)[\])）]|\*\*\?\?\*\*|error! reference source not found\.?|错误[！!][ ]?未找到引用源[。.]?|错误[！!][ ]?未定义书签[。.]?",
    re.I,
)
NOTE = re.compile(
    r"(?:note(?: to (?:self|\w{2,20}))?|n\.b\.|reminder|comment)[ ]?:[ ]?(?:please )?(?:ask|add|check|fix|insert|rewrite|expand|find|replace|remove|include|update|verify|need to|cite)\b[^.\n]{0,120}"
    r"|[^.\n]{0,160}\b(?:add|put|insert|fix|cite) (?:this|these|that|more|figure|citation|reference|ref|link|image|text)s? (?:in|here|later)[ ]?[.!]?\s*$",
    re.I,
)
CITE_NOTE = re.compile(
    r"(?:(?:补充|加)?引用(?!自|于|了|本|文|格式)[ ]?|(?:cite(?! as)|add (?:a )?(?:citation|reference)(?: to| for)?)[ ])[^\d\n]{1,60}$",
    re.I,
)


def read(block: Block) -> tuple[Residue, ...]:
    """The residue in a block, in order. Code, comments, tables and quotations are not looked at."""
    if block.kind is Kind.THINKING:
        match = THINKING.match(block.text)
        empty = match is not None and not match["body"].strip()
        return (Residue(ResidueKind.EMPTY_THINKING if empty else ResidueKind.THINKING, Span(0, len(block.text))),)
    if block.kind in OPAQUE or not block.leaves:
        return ()
    found: list[Residue] = []
    if "<" in block.text:
        found += _lone_tags(block)
    chatty, unfinished = CHATTER_TRIGGER.search(block.prose), PLACEHOLDER_TRIGGER.search(block.prose)
    for leaf in block.leaves:
        if QUOTED.intersection(leaf.inside) or leaf.kind is not LeafKind.PARAGRAPH:
            continue
        found += _openers(block, leaf)
        if chatty:
            found += _chatter(block, leaf)
        found += _prompts(block, leaf)
    if unfinished:
        found += _placeholders(block)
    return tuple(sorted(found, key=lambda residue: residue.span))


def _lone_tags(block: Block) -> list[Residue]:
    hidden = [part.span for part in block.parts if part.kind in OPAQUE]
    hidden += [inline.span for inline in block.inlines if inline.kind in (InlineKind.CODE, InlineKind.MATH)]
    return [
        Residue(ResidueKind.THINKING, Span(*match.span("tag")))
        for match in LONE_TAG.finditer(block.text)
        if not any(span.start <= match.start() < span.end for span in hidden)
    ]


def _chatter(block: Block, leaf: Leaf) -> list[Residue]:
    """The first sentence of a paragraph in which an assistant speaks; one is enough for a paragraph."""
    for span in sentences(block.prose, leaf.span):
        text = block.prose[span.start : span.end]
        for match in CHATTER.finditer(text):
            if len(QUOTE_MARKS.findall(text[: match.start()])) % 2 == 0:
                return [Residue(ResidueKind.CHATTER, span)]
    return []


def _prompts(block: Block, leaf: Leaf) -> list[Residue]:
    return [
        Residue(ResidueKind.PROMPT, Span(*match.span()))
        for match in PROMPT.finditer(block.prose, *leaf.span)
        if len(QUOTE_MARKS.findall(block.prose[leaf.span.start : match.start()])) % 2 == 0
    ]


def _openers(block: Block, leaf: Leaf) -> list[Residue]:
    match = OPENER.match(block.prose[leaf.span.start : leaf.span.end])
    if match is None or leaf.inside:
        return []
    return [Residue(ResidueKind.OPENER, match_span(match, leaf.span.start))]


def _placeholders(block: Block) -> list[Residue]:
    found: list[Residue] = []
    links = {inline.span.start for inline in block.inlines if inline.kind is InlineKind.LINK}
    for leaf in block.leaves:
        start, end = leaf.span
        prose = block.prose[:end]
        for kind, pattern in (
            (ResidueKind.PLACEHOLDER, BRACKETED),
            (ResidueKind.BROKEN_REFERENCE, BROKEN),
            (ResidueKind.PLACEHOLDER, BARE),
        ):
            for match in pattern.finditer(prose, start):
                span = Span(*match.span())
                taken = span.start in links or any(span.overlaps(other.span) for other in found)
                if not taken and not _quoted(prose, start, span):
                    found.append(Residue(kind, span))
        if leaf.kind is LeafKind.PARAGRAPH and (note := NOTE.match(prose, start)):
            span = match_span(note, 0)
            if not any(span.overlaps(other.span) for other in found):
                found.append(Residue(ResidueKind.NOTE, span))
        if block.kind is Kind.FOOTNOTE and (cite := CITE_NOTE.match(prose.rstrip(), start)):
            found.append(Residue(ResidueKind.NOTE, match_span(cite, 0)))
    return found


def _quoted(prose: str, start: int, span: Span) -> bool:
    line = max(prose.rfind("\n", start, span.start) + 1, start, span.start - 200)
    return len(QUOTE_MARKS.findall(prose[line : span.start])) % 2 == 1


def match_span(match: re.Match[str], by: int) -> Span:
    """A match's place without white space at its ends, `by` further on."""
    text = match.group()
    begin = match.start() + len(text) - len(text.lstrip())
    return Span(begin + by, match.start() + len(text.rstrip()) + by)
