"""Citations in the text: numbers in brackets and citation keys, and how a document cites."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from mdreview.facts.reference_list import numbered_entries, reference_lists
from mdreview.markdown import PROSE, TEXT, Block, Document, InlineKind, Kind, LeafKind, where
from mdreview.patterns import regex
from mdreview.source import Span


class NumericCitation(NamedTuple):
    """`[1]`, `[1, 3]`, `[1–3]`: the numbers in order, and the place with its brackets.

    `sure` is False where it may be something else: an index (`list[3]`), a cell of data, a number that is a link
    to the web, a superscript without brackets, the label that opens a line.
    """

    numbers: tuple[int, ...]
    span: Span
    sure: bool


class Key(NamedTuple):
    """A citation key with its `@`; `bracketed` in `[@key]`, else it stands in the sentence."""

    key: str
    span: Span
    bracketed: bool


NUMBERS = r"\d{1,3}(?:[ \t]?(?:[,，、;；]|[-–—~～−]{1,2})[ \t]?\d{1,3}){0,20}"
LOCATOR = r"(?:[ \t]?[,，:：][ \t]?(?:pp?\.|[Pp]age|[Cc]h|[Ss]ec|[Ff]ig|[Tt]ab|§|第|图|表|页)[^\[\]\n]{0,40})?"
NUMBERED = regex(r"[\[［【][ \t]?\d")
OPENED_NUMBER = regex(r"\[[ \t]?\d")
BRACKETS = regex(rf"\\?[\[［【][ \t]?(?P<numbers>{NUMBERS}){LOCATOR}[ \t]?\\?[\]］】]")
WORDS = regex(r"[^\W\d_]")
PIECE = regex(r"(\d+)(?:[ \t]?[-–—~～−]{1,2}[ \t]?(\d+))?")
SUPERSCRIPT = regex(rf"\s*(?P<numbers>{NUMBERS})\s*</")
PANDOC_SUPERSCRIPT = regex(rf"\^(?P<numbers>{NUMBERS})\^")
DASH = regex(r"[ \t]?[-–—~～−]{1,2}[ \t]?")
INDEXED = regex(r"(?:(?<![A-Za-z0-9_])[A-Za-z]{1,2}|_[A-Za-z0-9]*|[A-Za-z]\w*_\w*|(?<![A-Za-z])[a-z]+[A-Z]\w*)\Z")
ARRAY_WORD = regex(r"(?:arr|array|list|nums?|data|dp|args|argv|vec|tensor|matrix|items?|index|idx)\Z")
QUANTITY_BEFORE = regex(
    r"(?:[=∈+*/<>×⊂]|范围|区间|取值|间隔|大小|形状|维度|尺寸|长度|索引|下标|数组|向量|列表|"
    r"\b(?:range|interval|shape|size|between|within|dimensions?|index|indices|vector|tensor|list|array)"
    r"(?: (?:of|is|in))?)"
    r"[是为在]?[ \t:：]{0,3}\Z",
    re.I,
)
PAIR_BEFORE = regex(r"[为是在到至于][ \t]?\Z|\b(?:in|from|on|over|is) \Z")
QUANTITY_AFTER = regex(r"[ \t]?(?:之间|区间|范围|内的?[整实]数|维|interval\b|range\b)|[)）]?[ \t]?[×x][ \t]?[\[\d]")
LONGEST_RANGE = 60
KEY = regex(r"(?<![\w.+\\/@-])(-?@)(\{[^{}\s]{1,200}\}|\w(?:[\w:.#$%&+?<>~/-]{0,300}[\w/])?)")
CROSS_REFERENCE = regex(
    r"(?:sec|fig|tbl|tab|eq|lst|exm|exr|thm|lem|cor|prp|cnj|def|rem|alg|sol|prf|tip|nte|wrn|cau|imp|supp|app|ch|chap|"
    r"figure|table|equation|section|listing|algorithm|theorem|lemma|definition|appendix|part)s?[:-]",
    re.I,
)
EXAMPLE = regex(r"\(@([\w-]{1,100})\)[ \t]")
HANDLE_BEFORE = regex(
    r"(?:twitter|github|gitlab|mastodon|telegram|discord|instagram|wechat|weibo|slack|handle|user(?:name)?|account|"
    r"推特|微博|微信|知乎|抖音|小红书|账号|帐号|用户)[ \t:：(（]{0,3}\Z",
    re.I,
)


@where(PROSE(OPENED_NUMBER, "［", "【", PANDOC_SUPERSCRIPT), TEXT("<s", "<S"))
def numeric_citations(block: Block) -> tuple[NumericCitation, ...]:
    """What looks like a numeric citation in the block, in order. Whether it is one, the document tells."""
    text = block.text
    if not ("[" in text or "<" in text or "^" in text or "［" in text or "【" in text):
        return ()
    prose = block.prose
    links = {inline.span.start: inline.target for inline in block.inlines if inline.kind is InlineKind.LINK}
    found: list[NumericCitation] = []
    for leaf in block.leaves:
        start, end = leaf.span
        numbered = NUMBERED.search(prose, start, end)
        # a backslash may stand before the bracket
        first = max(numbered.start() - 1, start) if numbered else end
        opens = first == start and bool(BRACKETS.match(prose, start, end))
        last = -1
        for match in BRACKETS.finditer(prose, first, end) if numbered else ():
            numbers = _numbers(match["numbers"])
            verdict = _verdict(prose, match, links, last, start) if numbers else None
            if verdict is None:
                continue
            last = match.end()
            line = max(prose.rfind("\n", start, match.start()), start)
            label = opens and not prose[line : match.start()].strip()
            data = leaf.kind is LeafKind.CELL and not WORDS.search(BRACKETS.sub("", prose[start:end]))
            sure = verdict and not label and not data
            if found and sure and found[-1].sure and len(numbers) == 1 and len(found[-1].numbers) == 1:
                between = prose[found[-1].span.end : match.start()]
                if DASH.fullmatch(between) and 1 < numbers[0] - found[-1].numbers[0] < LONGEST_RANGE:
                    numbers = tuple(range(found[-1].numbers[0] + 1, numbers[0] + 1))
            found.append(NumericCitation(numbers, Span(*match.span()), sure))
        found += _superscripts(prose, leaf.span)
    found += _superscript_tags(block)
    if len(found) > 1:
        found.sort(key=lambda citation: citation.span)
    return tuple(found)


def _numbers(group: str) -> tuple[int, ...]:
    """The numbers that a group names; empty if it is no group of citations."""
    numbers: list[int] = []
    for match in PIECE.finditer(group):
        first, last = match.group(1), match.group(2)
        if first[0] == "0" or (last and (last[0] == "0" or not 0 < int(last) - int(first) < LONGEST_RANGE)):
            return ()
        numbers += range(int(first), int(last or first) + 1)
    if len(set(numbers)) != len(numbers) or (len(numbers) > 2 and numbers != sorted(numbers)):
        return ()
    return tuple(numbers)


def _verdict(prose: str, match: re.Match[str], links: dict[int, str], last: int, leaf: int) -> bool | None:
    """Whether a bracketed number is surely a citation; None if it is surely none."""
    start, end = match.span()
    before = prose[max(start - 24, leaf) : start]
    previous = before[-1:]
    if previous == "]" and last != start:
        return None
    if previous == "!" or (previous == "^" and prose[end : end + 1] != "^"):
        return None
    opening = start + (prose[start] == "\\")
    target = links.get(opening)
    if target is not None and not target.startswith("#"):
        return False if target.startswith(("http:", "https:")) else None
    pair = "," in match["numbers"] or "，" in match["numbers"]
    if QUANTITY_BEFORE.search(before) or QUANTITY_AFTER.match(prose, end):
        return None if pair else False
    if pair and PAIR_BEFORE.search(before):
        return False
    return not (INDEXED.search(before) or ARRAY_WORD.search(before))


def _superscripts(prose: str, leaf: Span) -> list[NumericCitation]:
    if "^" not in prose:
        return []
    return [
        NumericCitation(numbers, Span(*match.span()), False)
        for match in PANDOC_SUPERSCRIPT.finditer(prose, *leaf)
        if (numbers := _numbers(match["numbers"]))
    ]


def _superscript_tags(block: Block) -> list[NumericCitation]:
    found = []
    for inline in block.inlines:
        if inline.kind is InlineKind.TAG and inline.target[:4].lower() == "<sup":
            match = SUPERSCRIPT.match(block.text, inline.span.end)
            if match and (numbers := _numbers(match["numbers"])):
                found.append(NumericCitation(numbers, Span(*match.span("numbers")), False))
    return found


@where(TEXT("@"))
def keys(block: Block) -> tuple[Key, ...]:
    """The citation keys of the block, in order; cross-references such as `@fig-x` are no citations."""
    prose = block.prose
    links = [inline.span for inline in block.inlines if inline.kind is InlineKind.LINK]
    found = []
    for leaf in block.leaves:
        for match in KEY.finditer(prose, *leaf.span):
            key = match.group(2).strip("{}")
            span = Span(match.start(2) - 1, match.end())
            inside_link = any(link.contains(span) for link in links) if links else False
            before = prose[max(match.start() - 16, leaf.span.start) : match.start()]
            if inside_link or CROSS_REFERENCE.match(key) or HANDLE_BEFORE.search(before):
                continue
            found.append(Key(key, span, _in_brackets(prose, leaf.span, match.start())))
    return tuple(found)


def _in_brackets(prose: str, leaf: Span, offset: int) -> bool:
    begin = max(leaf.start, offset - 400)
    return prose.rfind("[", begin, offset) > prose.rfind("]", begin, offset)


LINK_NUMBER = regex(r"[ ]{0,3}\[\\?\[?(\d{1,3})\\?\]?\]:")


@where(TEXT("]:"))
def link_numbers(block: Block) -> tuple[int, ...]:
    """The numbers that the block makes reference links: `[1]: https://…`."""
    if block.kind is not Kind.LINK_DEFINITION:
        return ()
    return tuple(int(match.group(1)) for match in map(LINK_NUMBER.match, block.text.split("\n")) if match)


LINK_KEY = regex(r"[ ]{0,3}\[@([^\[\]\s]{1,200})\]:", re.M)


@where(TEXT("@"))
def keys_given_in_place(block: Block) -> tuple[str, ...]:
    """The keys that the block itself defines: manubot's `[@key]: doi:…` and pandoc's numbered examples `(@key) …`."""
    linked = LINK_KEY.findall(block.text) if "]:" in block.text else []
    pieces = (piece for leaf in block.leaves for piece in leaf.pieces)
    examples = [match.group(1) for piece in pieces if (match := EXAMPLE.match(block.prose, *piece))]
    return (*linked, *examples)


class Cited(NamedTuple):
    """A numeric citation in its document."""

    numbers: tuple[int, ...]
    span: Span
    sure: bool


def cited_numbers(document: Document) -> tuple[Cited, ...]:
    """The numeric citations outside the reference lists, in order. Ask through `document.fact(cited_numbers)`.

    Only what reads as a citation in itself; `cites_numerically` tells whether the document means it so.
    """
    entries = sorted(entry.span for list_ in document.fact(reference_lists) for entry in list_.entries)
    starts = [span.start for span in entries]
    linked = {placed.fact for placed in document.joined(link_numbers)}
    found = []
    for placed in document.joined(numeric_citations):
        span = placed.span(placed.fact.span)
        index = bisect_right(starts, span.start) - 1
        if index >= 0 and span.start < entries[index].end:
            continue
        sure = placed.fact.sure and not linked.intersection(placed.fact.numbers)
        found.append(Cited(placed.fact.numbers, span, sure))
    return tuple(found)


def cites_numerically(document: Document) -> bool:
    """Whether `[1]` in this document's text is a citation: it has a numbered reference list, or three such numbers.

    Ask through `document.fact(cites_numerically)`.
    """
    cited = document.fact(cited_numbers)
    numbers = {number for citation in cited if citation.sure for number in citation.numbers}
    if not cited:
        return False
    entries = document.fact(numbered_entries)
    if entries:
        return any(number in entries for citation in cited for number in citation.numbers)
    return len(numbers) >= 3 or bool(numbers and document.fact(reference_lists))
