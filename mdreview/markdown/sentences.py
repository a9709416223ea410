"""Sentences in Chinese and English prose."""

from __future__ import annotations

import re
from bisect import bisect_right

from mdreview.patterns import regex
from mdreview.source import Span

END = regex(r"[。！？；…]+[”’」』）】\"')\]]*|[.!?]+[\"'”’)*_]*(?=[\s\u3000-\u303f\u3400-\u9fff\[<（]|\Z)")
MARKERS = regex(
    r"(?:[ \t]{0,8}(?:\[\^[^\]\n]{1,100}\]|\^?\\?[\[［]{1,2}\d{1,4}(?:[ \t]?[,，、;–—~-][ \t]?\d{1,4}){0,20}[\]］]\\?"
    r"(?:[ \t]{0,300}\\?\])?\^?|\[-?@[^\]\n]{1,300}\])){1,12}"
)
ABBREVIATION = regex(
    r"(?:^|[\s(（\[“\"'/—–-])(?:e\.g|i\.e|et al|cf|vs|viz|etc|ca|approx|resp|figs?|eqs?|secs?|sects?|chaps?|ch|refs?|"
    r"nos?|vols?|pp?|eds?|tabs?|dr|mr|mrs|ms|prof|st|jr|sr|inc|ltd|co|corp|dept|univ|est|min|max|avg|incl|excl|op|cit|"
    r"ibid|ed|trans|rev|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|u\.s|u\.k|ph\.d|a\.k\.a|w\.r\.t|[A-Z])\Z",
    re.I,
)
NEVER_ENDS = regex(
    r"(?:^|[\s(（\[])(?:e\.g|i\.e|cf|vs|viz|figs?|eqs?|secs?|refs?|nos?|vols?|pp|dr|mr|mrs|prof|approx|ca)\Z", re.I
)
OPENING = {"(": ")", "（": "）", "[": "]", "【": "】", "《": "》"}
BRACKET = regex(r"[()（）\[\]【】《》]")
FOLLOWING = regex(r"[\s\"'“‘(（\[*_]{0,40}([^\s\"'“‘(（\[*_])")


def sentences(prose: str, leaf: Span) -> list[Span]:
    """The sentences of a leaf of `prose`, in order, without white space at their ends.

    A sentence ends at 。！？；… or at . ! ? outside abbreviations, numbers and brackets that close. Closing quotes,
    and footnote and citation marks that stand right after the full stop, belong to the sentence they follow.
    """
    inside = _bracketed(prose, leaf)
    spans: list[Span] = []
    start = leaf.start
    position = leaf.start
    while match := END.search(prose, position, leaf.end):
        position = match.end()
        if any(begin < match.start() < end for begin, end in _near(inside, match.start())):
            continue
        if match.group()[0] == "." and not _full_stop(prose, start, match, leaf.end):
            continue
        if markers := MARKERS.match(prose, position, leaf.end):
            position = markers.end()
        _append(spans, prose, start, position)
        start = position
    _append(spans, prose, start, leaf.end)
    return spans


def _append(spans: list[Span], prose: str, start: int, end: int) -> None:
    text = prose[start:end]
    stripped = text.strip()
    if stripped:
        begin = start + text.index(stripped)
        spans.append(Span(begin, begin + len(stripped)))


def _full_stop(prose: str, start: int, match: re.Match[str], end: int) -> bool:
    before = prose[max(start, match.start() - 12) : match.start()]
    following = FOLLOWING.match(prose, match.end(), end)
    if NEVER_ENDS.search(before):
        return False
    if following and following.group(1).islower():
        return False
    if ABBREVIATION.search(before):
        return following is None or (
            following.group(1).isupper() and before.lower().endswith(("al", "etc", "inc", "ltd"))
        )
    return not re.fullmatch(r"\s*\(?\d{1,3}", prose[start : match.start()])


def _bracketed(prose: str, leaf: Span) -> list[tuple[int, int]]:
    """The outermost brackets of the leaf that close, as (opening, closing), in order."""
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for match in BRACKET.finditer(prose, leaf.start, leaf.end):
        mark = match.group()
        if mark in OPENING:
            stack.append((OPENING[mark], match.start()))
        elif stack and stack[-1][0] == mark:
            _, opening = stack.pop()
            while pairs and pairs[-1][0] > opening:
                pairs.pop()
            pairs.append((opening, match.start()))
    return pairs


def _near(pairs: list[tuple[int, int]], offset: int) -> list[tuple[int, int]]:
    index = bisect_right(pairs, (offset, offset))
    return pairs[max(index - 1, 0) : index]
