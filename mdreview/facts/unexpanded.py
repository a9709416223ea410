"""Abbreviations that a text uses and never explains."""

from __future__ import annotations

import re

from mdreview.facts import known_abbreviations, long_forms
from mdreview.facts.regions import Region, regions
from mdreview.facts.terms import Used, terms, uses
from mdreview.markdown import Block, Document, Kind
from mdreview.patterns import regex
from mdreview.source import Span

LEAST_USES = 1
SPOKEN = regex(
    r"[B-DF-HJ-NP-TV-XZ]{0,2}[AEIOUY]{1,2}(?:[B-DF-HJ-NP-TV-XZ]{1,2}[AEIOUY]{1,2})+[B-DF-HJ-NP-TV-XZ]{0,2}\Z"
    r"|.*[AEIOU]{3}"
)
SET_OFF_BEFORE = regex(r'[*_\["“‘「『《<]\Z')
SET_OFF_AFTER = regex(r'[*_\]"”’」』》>]')
CAPITALS_BEFORE = regex(r"(?<![A-Za-z])[A-Z]{3,}[ -]{1,2}\Z|∈ ?\Z|(?:\d[A-Z*+-]{0,4}|\))/\Z|[a-z]\d-\Z|\$\Z")
BESIDE_A_NAME = regex(r"[A-Za-z0-9-]*[a-z][A-Za-z0-9-]*(?:、|和|与|及|或)\Z")
CAPITALS_AFTER = regex(
    r" ?\[@|[ -]{1,2}(?:[A-Z]{3,}(?![A-Za-z])|[A-Z][A-Za-z]+ [A-Z][a-z]|[A-Z][a-z]+,? \((?:19|20)\d\d)"
)
REPEATED = regex(r"([A-Z])\1+\Z")
PLAIN = regex(r"[A-Z]{2,5}\Z")
NAME_AFTER = regex(
    r"<su[bp]>|\$|-seq\b|:\s?\d|\([A-Z]\)/|, (?:19|20)\d\d[a-z]?\s?[;\])）]"
    r"|\s?(?:[’']\d\d\b|v?\d|-(?=[A-Z0-9])|[_/.](?=\w)|模型|算法|数据集|資料集|框架|平台|工具|软件|軟體|公司|大学|大學|系列|语言"
    r"|語言|协议|協議|标准|標準|格式|集团|系统|芯片|"
    r"库|网络|基准|榜|指令|寄存器|信号|模块|接口|策略|损失|优化器|会议|杂志|期刊|\s?(?:algorithm|dataset|data set"
    r"|model|framework|library|"
    r"toolkit|package|benchmark|corpus|protocol|standard|format|University|Inc|Corp|Ltd|license|licence|project"
    r"|program|programme|team|Berkeley|[Gg]roup|Corporation|Institute|Foundation|"
    r"system|server|tool|software|chip|signal|register|loss|optimizer|conference|journal"
    # symbols of genes and enzymes, titles of journals
    r"|gene|mutation|mutant|allele|inhibitor|family of|camera|Quarterly)s?\b)"
)


CREDITS = regex(
    r"author(?:s['’]?|['’]s)? contribution|^[#\d. ]*(?:contributions|credit\b|funding|financial support|declarations"
    r"|competing interests|conflicts? of interest)|作者贡献|作者貢獻",
    re.I,
)
CAPITALS = regex(r"[A-Z]{2,8}")
# (False negative rate, FNR, FNR = …), (Part-of-Speech Tagging, POS Tagging), Super Output Areas or SOAs
AMONG_OTHERS = (
    regex(r"[（(](?P<long>[A-Za-z][A-Za-z -]{6,60})[,，]\s?(?P<short>[A-Z]{2,8})(?=[,，;；]|\s[A-Za-z]{3,16}[)）])"),
    regex(r"(?P<long>(?:[A-Z][a-z]{1,20} ){2,5})or (?P<short>[A-Z]{2,8}s?)(?![A-Za-z])"),
    # WLU for Wilfrid Laurier University; Group Robust Optimization (Group RO)
    regex(
        r"(?P<short>[A-Z](?<![A-Za-z].)[A-Z]{1,7}) (?:for |= ?)?"
        r"(?P<long>[A-Z][\w'’]{1,20}(?: (?:[A-Z][\w'’]{0,20}|of|and|the|for|in)){1,6})"
    ),
    regex(
        r"(?P<first>[A-Z](?<![A-Za-z].)[a-z]{2,15}) (?P<long>[A-Za-z][A-Za-z -]{6,60}) "
        r"[(（](?P=first) (?P<short>[A-Z]{2,8})[)）]"
    ),
)
EXPLAINING = (
    regex(r"([A-Z][A-Za-z]{1,7})[\s*_\]]{0,4}[（(](?!如|例如|比如|见|e\.g|such|like|see )[^()（）]{4,80}[)）]"),
    regex(r"[（(]\s?([A-Z][A-Za-z]{1,7})(?=[)）,，;； ]|\p{Han})"),
    regex(r"[,，;；、]\s?([A-Z][A-Za-z]{1,7})\s?[)）]"),
    regex(r"\[([A-Z][A-Za-z]{1,7})(?:\](?!\()|;\s?@)"),
    regex(r"([A-Z](?<![A-Za-z-].)[A-Za-z]{1,7}) ?(?:是(?![否不由在的])|即|指|表示|代表|—|[：:] ?(?=\p{Han}{2}))"),
    regex(r"([A-Z](?<![A-Za-z-].)[A-Z]{1,7}), an? "),
)


def unexpanded(document: Document) -> tuple[tuple[str, Span], ...]:
    """Each abbreviation that is never explained, with its first use in running text."""
    found = document.fact(terms)
    explained = set(found.by_short) | {item.definition.short for item in found.loose}
    candidates = []
    for name, used in document.fact(uses).items():
        if name in explained or not PLAIN.match(name) or known_abbreviations.known(name):
            continue
        if REPEATED.match(name) or (len(name) >= 4 and SPOKEN.match(name)):
            continue
        running = [use for use in used if use.use.alone and use.setting.running and not _credited(document, use.span)]
        told = sum(use.setting.region is not Region.REFERENCES for use in used)
        if len(running) >= LEAST_USES and len(running) * 2 >= told and not _is_name(document, running):
            candidates.append((name, running[0].span))
    # asking every block what it explains takes longest
    explained = _explained_elsewhere(document) if candidates else set()
    answers = [candidate for candidate in candidates if candidate[0] not in explained]
    return tuple(sorted(answers, key=lambda answer: answer[1]))


def _credited(document: Document, span: Span) -> bool:
    """Whether a place is in the section that tells who did what, where capitals are the initials of authors."""
    return any(stretch.start <= span.start < stretch.end for stretch in document.fact(_credits))


def _credits(document: Document) -> tuple[Span, ...]:
    """The sections that tell what each author did."""
    headings = [number for number, block in enumerate(document.blocks) if block.kind is Kind.HEADING]
    starts = [document.start_of(number) for number in headings] + [document.end]
    return tuple(
        Span(starts[index], starts[index + 1])
        for index, number in enumerate(headings)
        if CREDITS.search(document.blocks[number].text)
    )


def _is_name(document: Document, uses: list[Used]) -> bool:
    named = sum(_named(document, use.span) for use in uses)
    return named * 2 >= len(uses)


def _named(document: Document, span: Span) -> bool:
    """Whether a use reads as a name: by what stands after or before it, or because it is set off."""
    before = document.text_of(Span(max(0, span.start - 24), span.start))
    after = document.text_of(Span(span.end, span.end + 24))
    if NAME_AFTER.match(after) or (SET_OFF_BEFORE.search(before) and SET_OFF_AFTER.match(after)):
        return True
    return bool(CAPITALS_BEFORE.search(before) or CAPITALS_AFTER.match(after) or BESIDE_A_NAME.search(before))


def _singular(word: str) -> str:
    return word.removesuffix("s")


def _explained_elsewhere(document: Document) -> set[str]:
    """Short forms in front matter and keywords, and those that a bracket of words follows or that fill a bracket."""
    where = document.fact(regions)
    explained = {one.fact for one in document.joined(_explains) if where.at(one.start) is not Region.KEYWORDS}
    for stretch in where.of(Region.KEYWORDS):
        for number in range(document.block_at(stretch.span.start - 1) + 1, len(document.blocks)):
            if document.start_of(number) >= stretch.span.end:
                break
            explained.update(CAPITALS.findall(document.blocks[number].text))
    return explained


def _explains(block: Block) -> list[str]:
    """Short forms in front matter, and those that a bracket of words follows or that fill a bracket."""
    if block.kind is Kind.FRONT_MATTER:
        return CAPITALS.findall(block.text)
    prose = block.prose
    fitting = [
        _singular(match["short"])
        for find in AMONG_OTHERS
        for match in find.finditer(prose)
        if long_forms.after(prose, *match.span("long"), match["short"]) is not None
    ]
    return fitting + [_singular(match[1]) for find in EXPLAINING for match in find.finditer(prose)]
