"""Sentences in Chinese and English prose."""

from __future__ import annotations

import re
from bisect import bisect_right

from mdreview.markdown.blocks import Block
from mdreview.patterns import regex
from mdreview.source import Span

END = regex(
    r"[。！？；….!?](?:(?<=[。！？；…])[。！？；…]*[”’」』）】\"')\]]*"
    r"|(?<=[.!?])[.!?]*[\"'”’)*_]*(?=[\s\u3000-\u303f\[<（]|\p{Han}|\Z))"
)
MARKERS = regex(
    r"(?:[ \t]{0,8}(?:\[\^[^\]\n]{1,100}\]|\^?\\?[\[［]{1,2}\d{1,4}(?:[ \t]?[,，、;–—~-][ \t]?\d{1,4}){0,20}[\]］]\\?"
    r"(?:[ \t]{0,300}\\?\])?\^?|\[-?@[^\]\n]{1,300}\])){1,12}"
)
_NEVER_LAST = "e.g i.e cf vs viz fig figs eq eqs sec secs ref refs no nos vol vols pp dr mr mrs prof approx ca"
_MAY_BE_LAST = (
    "etc resp sect sects chap chaps ch p ed eds tab tabs ms st jr sr inc ltd co corp dept univ est min max avg incl "
    "excl op cit ibid trans rev jan feb mar apr jun jul aug sep sept oct nov dec u.s u.k ph.d a.k.a w.r.t al"
)
NEVER_LAST = frozenset(_NEVER_LAST.split())
ABBREVIATIONS = NEVER_LAST | frozenset(_MAY_BE_LAST.split())
BEFORE_MARKERS = frozenset(" \t[［^\\")
LONGEST = 6
LAST_WORD = regex(r"(?:\A|(?P<mark>[\s(（\[“\"'/—–-]))(?P<word>[^\s(（\[“\"'/—–-]{1,6})\Z")
OPENING = {"(": ")", "（": "）", "[": "]", "【": "】", "《": "》"}
# a bracket; or at once two that pair and hold neither others nor what could end a sentence, which are of no account
BRACKET = regex(
    r"[()（）\[\]【】《》](?:"
    + "|".join(rf"(?<=\{opening})[^()（）\[\]【】《》。！？；….!?]*\{closing}" for opening, closing in OPENING.items())
    + ")?"
)
LIST_NUMBER = regex(r"\s*\(?\d{1,3}")
FOLLOWING = regex(r"[\s\"'“‘(（\[*_]{0,40}([^\s\"'“‘(（\[*_])")


def sentences(prose: str, leaf: Span) -> list[Span]:
    """The sentences of a leaf of `prose`, in order, without white space at their ends.

    A sentence ends at 。！？；… or at . ! ? outside abbreviations, numbers and brackets that close. Closing quotes,
    and footnote and citation marks that stand right after the full stop, belong to the sentence they follow.
    """
    inside = _bracketed(prose, leaf)
    spans: list[Span] = []
    end = leaf.end
    start = _after_space(prose, leaf.start, end)
    for match in END.finditer(prose, start, end):
        stop, position = match.span()
        # what stands before start is in the markers of the sentence before
        if stop < start or (inside and _within(inside, stop)):
            continue
        if prose[stop] == "." and not _full_stop(prose, start, match, end):
            continue
        # one space may stand before the markers, or more
        after = prose[position : position + 2].removeprefix(" ")[:1]
        if after in BEFORE_MARKERS and (markers := MARKERS.match(prose, position, end)):
            position = markers.end()
        spans.append(Span(start, position))
        start = _after_space(prose, position, end)
    if start < end:
        spans.append(Span(start, start + len(prose[start:end].rstrip())))
    return spans


def _after_space(prose: str, position: int, end: int) -> int:
    while position < end and prose[position].isspace():
        position += 1
    return position


class Sentences:
    """The sentences of the leaves of a block, for all who ask for them: `block.fact(Sentences).of(leaf)`."""

    def __init__(self, block: Block) -> None:
        self._prose = block.prose
        self._of: dict[Span, list[Span]] = {}

    def of(self, leaf: Span) -> list[Span]:
        """What `sentences` says of the leaf with this span."""
        spans = self._of.get(leaf)
        if spans is None:
            spans = self._of[leaf] = sentences(self._prose, leaf)
        return spans


def _full_stop(prose: str, start: int, match: re.Match[str], end: int) -> bool:
    stop = match.start()
    before = prose[max(start, stop - 12) : stop]
    following = _following(prose, match.end(), end)
    if following.islower():
        return False
    if before[-1:].isdigit() and LIST_NUMBER.fullmatch(prose, start, stop):
        return False
    # an abbreviation is a short word
    if not before[-1:].isalpha() or (before[-LONGEST - 1 :].isalpha() and len(before) > LONGEST):
        return True
    found = LAST_WORD.search(before)
    word = found["word"].lower() if found else ""
    if found is None or not (word in ABBREVIATIONS or (len(word) == 1 and word.isascii())):
        return True
    if word == "al" and not before.lower().endswith("et al"):
        return True
    if word in NEVER_LAST and found["mark"] not in tuple("“\"'/—–-"):
        return False
    return not following or (following.isupper() and before.lower().endswith(("al", "etc", "inc", "ltd")))


def _following(prose: str, position: int, end: int) -> str:
    """The first character after white space and opening quotes, brackets and emphasis; empty if there is none."""
    after = prose[position : min(position + 2, end)]
    if after[:1] == " " and after[1:].isalnum():
        return after[1:]
    match = FOLLOWING.match(prose, position, end)
    return match.group(1) if match else ""


def _bracketed(prose: str, leaf: Span) -> list[tuple[int, int]]:
    """The outermost brackets that close and in which a sentence could end, as (opening, closing), in order."""
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for match in BRACKET.finditer(prose, leaf.start, leaf.end):
        mark = match.group()
        if len(mark) > 1:
            continue
        if mark in OPENING:
            stack.append((OPENING[mark], match.start()))
        elif stack and stack[-1][0] == mark:
            _, opening = stack.pop()
            while pairs and pairs[-1][0] > opening:
                pairs.pop()
            pairs.append((opening, match.start()))
    return pairs


def _within(pairs: list[tuple[int, int]], offset: int) -> bool:
    index = bisect_right(pairs, (offset, offset))
    return index > 0 and pairs[index - 1][0] < offset < pairs[index - 1][1]
