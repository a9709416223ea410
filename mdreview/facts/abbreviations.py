"""Abbreviations in prose: where a short form is defined, where it is used.

What a definition says is read from one block; which part of the Chinese before a bracket is the name can only be told
from the whole document, by `chinese_names`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from mdreview.facts import chinese_names, long_forms, short_forms
from mdreview.facts.brackets import (
    BRACKET_MARK,
    KIND_WORD,
    NAMES_LISTED,
    Content,
    content_of,
    dense,
    dressed,
    is_short,
    plausible_gloss,
    plausible_name,
    stripped_end,
)
from mdreview.facts.short_forms import Use, looks_short, singular
from mdreview.markdown import PROSE, TEXT, Block, Kind, LeafKind, where
from mdreview.patterns import regex
from mdreview.source import Span

Form = Literal["bracket", "phrase", "row", "loose"]

HAN = regex(r"\p{Han}")
PURE_NAME = regex(r"(?:\p{Han}|[·・ A-Z-])++\Z")
SHORT_NAME = regex(r"\p{Han}{2,7}(?![^)）,，;；])")
LIST_BEFORE = regex(r"(?:\A|[\n,，;；。:：]|\.\s)[ \t*_\[>•+\d.)、-]{0,16}\Z")
LATIN_BEFORE = regex(r"[A-Za-z0-9] ?\Z")
LETTER = regex(r"[A-Za-z\u00aa-\u052f]")
TITLE_CASE = regex(r"(?:[A-Z][\w’']*|of|and|for|the|in|to|[\s–-])+")
BRACKET = regex(r"[（(]([^()（）]{1,240})[)）]")
# what ends with the last character that can be no part of a name
BEFORE_RUN = regex(
    r"[\s\S]*(?![A-Za-z0-9·・/+&‐‑-]|\p{Han}|(?<=\p{Han}) (?=[A-Za-z0-9])|(?<=[A-Za-z0-9]) (?=\p{Han}))[\s\S]"
)
RUN_LONGEST = 32
QUOTED = {'"': '"', "”": "“", "」": "「", "』": "『"}
CUT = regex(r"(?:[。！？；：，、（）()\[\]:;!?\ufffc|“”「」《》]|\p{Han})++|\.(?=\s)|\n[ \t]*\n")
AHEAD_CUT = regex(r"[。！？；：，、（）():;!?\ufffc|“”]|\.(?=\s)|\n[ \t]*\n")
UNFINISHED = regex(r"[了的是用为在和与称出及对从到个种将把以于之名等即如或由叫做作]\Z")
CONNECTOR = regex(
    r"[全简簡缩縮是为為,:：=—–-](?:(?P<means>(?<=全)[称稱名](?:[是为為叫])?[:：]?\s?)"
    r"|(?P<simple>(?:(?<=[简簡])[称稱]|(?<=[缩縮])[写寫])[为為作是]?[:：]?\s?)"
    r"|(?P<or>(?<=,)[ ]or[ ])"
    r"|(?P<called>(?:(?<=是)|(?<=[为為]))[ ]?[“\"「『]?"
    r"(?=[A-Za-z][^。！？\n]{3,80}?的(?:英文)?(?:[简簡][称稱]|[缩縮][写寫])))"
    r"|(?P<colon>(?<=[A-Za-z0-9*_ ].)(?:(?<=[:：=])|(?<=[—–])[—–]?|(?<= -)(?= ))))"
)
CONNECTING_WORDS = regex(
    r"(?<=\s)(?:(?P<stands>(?:stands?[ ]for|is[ ](?:short[ ]for|an?[ ](?:abbreviation|acronym)[ ](?:for|of))|denotes"
    r"|abbreviates)\s)"
    r"|(?P<as>(?:abbreviated|shortened|denoted|abbr\.|aka|known|called|referred[ ]to)(?:[ ](?:as|to|by))?[ ]))"
)
CONNECTING_HINTS = ("known", "called", "denote", "stand", "short", "abbr", "referred", "acronym", " aka ")
FILLER = regex(
    r"(?:[,，]?\s?(?:是|即|为|的|以下|下文|下|英文){0,2}|\s?,?\s(?:(?:which|that)\s)?(?:(?:is|are|often|commonly"
    r"|hereafter|henceforth|also)\s){0,3})\Z"
)
SHORT_AT_END = regex(r"(?P<short>[A-Za-z0-9](?:[A-Za-z0-9&/.’'-]){1,14})[\s*_”\"'」]{0,6}\Z")
SHORT_AT_START = regex(
    r"[\s*_“\"'「`]{0,6}(?P<short>[A-Za-z0-9](?:[A-Za-z0-9&/’'-]|\.(?=[A-Za-z])){1,14})(?![A-Za-z0-9])"
)


class Definition(NamedTuple):
    """A place that binds names to one another; spans count from the block's start.

    `short` is "" in a gloss, which only gives a Chinese name its English one. `chinese` is the run of characters
    that ends with the Chinese name; `exact` tells that it is the whole name, because a mark or a bracket bounds it.
    `fits` tells that the letters of the English form give the short form; where they do not and nothing else speaks for
    a definition, its form is "loose". `leaf` is the number of the block's leaf.
    """

    short: str
    written: str
    short_span: Span
    english: str
    english_span: Span | None
    chinese: str
    chinese_span: Span | None
    exact: bool
    fits: bool
    span: Span
    form: Form
    leaf: int = 0


@where(PROSE(BRACKET_MARK, *short_forms.MARKS), TEXT("|"))
def read(block: Block) -> tuple[Definition, ...]:
    """The definitions and glosses in a block's prose, in order of their places."""
    found: list[Definition] = []
    prose = block.prose
    for number, leaf in enumerate(block.leaves):
        start, end = leaf.span
        inside = definitions(prose, start, end)
        found += [definition._replace(leaf=number) for definition in inside]
    if block.kind is Kind.TABLE:
        found += _rows(block)
    return tuple(sorted(found, key=lambda definition: definition.span))


@where(PROSE(short_forms.TRIGGER))
def leaf_uses(block: Block) -> tuple[tuple[int, Use], ...]:
    """The tokens of a block that look like abbreviations, those in definitions too, each with its leaf's number."""
    return tuple(
        (number, use) for number, leaf in enumerate(block.leaves) for use in short_forms.uses(block.prose, *leaf.span)
    )


@where(leaf_uses)
def read_uses(block: Block) -> tuple[Use, ...]:
    """The uses of a block without the numbers of their leaves."""
    return tuple(use for _, use in block.fact(leaf_uses))


def definitions(prose: str, start: int, end: int) -> list[Definition]:
    """The definitions and glosses in a stretch of prose."""
    found = []
    for bracket in BRACKET.finditer(prose, start, end):
        if (definition := _bracket(prose, start, bracket)) is not None:
            found.append(definition)
    taken = [definition.span for definition in found if definition.short]
    for connector in _connectors(prose, start, end):
        definition = _phrase(prose, start, end, connector)
        if definition is not None and not _taken(definition.span, taken):
            found = [other for other in found if other.short or not other.span.overlaps(definition.span)]
            found.append(definition)
    return found


def _connectors(prose: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The marks and words that may join a short form to its long form."""
    if not any(mark.search(prose, start, end) for mark in short_forms.MARKS):
        return
    yield from CONNECTOR.finditer(prose, start, end)
    if any(prose.find(hint, start, end) >= 0 for hint in CONNECTING_HINTS):
        yield from CONNECTING_WORDS.finditer(prose, start, end)


def _taken(span: Span, taken: list[Span]) -> bool:
    """Whether a span overlaps one of the others, which are in order of their ends."""
    index = bisect_right(taken, span.start, key=lambda other: other.end)
    return index < len(taken) and taken[index].overlaps(span)


def _leads(content: Content) -> bool:
    """Whether the bracket holds one short form, or opens with one and goes on with other names of the same thing."""
    return content.shorts == 1 or content.english is not None


def _bracket(prose: str, start: int, bracket: re.Match[str]) -> Definition | None:
    opening = bracket.start()
    before = stripped_end(prose, max(start, opening - 240), opening)
    if before <= start:
        return None
    after_chinese = bool(HAN.match(prose[before - 1]))
    if not LETTER.search(prose, *bracket.span(1)) and (after_chinese or not HAN.search(prose, *bracket.span(1))):
        return None
    content = content_of(prose, *bracket.span(1))
    span = Span(before, bracket.end())
    named = None
    if after_chinese and content.english is not None and content.short is None:
        named = KIND_WORD.search(prose, max(start, before - 3), before)
    if named is not None and named.end() == before:
        known = _after_latin(prose, start, named.start(), content, Span(named.start(), bracket.end()), bracket)
        if known is not None:
            return known
    if after_chinese:
        return _after_chinese(prose, start, before, content, span)
    return _after_latin(prose, start, before, content, span, bracket)


def _after_chinese(prose: str, start: int, before: int, content: Content, span: Span) -> Definition | None:
    name, exact = _run_before(prose, start, before)
    if name.end == name.start or (content.shorts > 1 and content.english is None):
        return None
    if content.listed or (content.short is not None and content.chinese is not None):
        return None
    if content.short is None and (content.english is None or not plausible_gloss(prose, content.english)):
        return None
    english, fits = content.english, False
    if content.short is not None and english is not None:
        written = prose[content.short.start : content.short.end]
        match = long_forms.after(prose, *english, written)
        if match is not None:
            english, fits = match.span if match.span.start == english.start else english, True
        elif NAMES_LISTED.fullmatch(prose, *english):
            return None
    return _definition(prose, content.short, english, name, exact, fits, Span(name.start, span.end))


def _after_latin(
    prose: str, start: int, before: int, content: Content, span: Span, bracket: re.Match[str]
) -> Definition | None:
    window = _window(prose, start, before)
    if content.short is not None and (content.english is None or content.short.start < content.english.start):
        short = prose[content.short.start : content.short.end]
        if _leads(content) and (match := long_forms.before(prose, window, before, short)) is not None:
            name, exact = (content.chinese, True) if content.chinese else _beside(prose, start, match.span.start)
            return _definition(prose, content.short, match.span, name, exact, True, Span(match.span.start, span.end))
        if content.shorts == 1 and content.chinese is None and content.english is None:
            return _loose(prose, window, before, content.short, span)
    token = SHORT_AT_END.search(prose, max(window, before - 20), before)
    if token is None:
        return _gloss_of_english(prose, window, before, content, span)
    short = token["short"]
    place = Span(*token.span("short"))
    if content.english is not None or content.short is not None:
        inner = dressed(prose, *bracket.span(1))
        ahead = AHEAD_CUT.search(prose, inner.start, inner.end)
        stop = ahead.start() if ahead and prose[ahead.start()] not in ";；" else inner.end
        match = long_forms.after(
            prose, content.english.start if content.english else inner.start, max(stop, inner.start), short
        )
        if match is not None and (
            looks_short(short) or (match.cost < 0.8 and " " in prose[match.span.start : match.span.end])
        ):
            return _definition(prose, place, match.span, content.chinese, True, True, Span(place.start, span.end))
    if looks_short(short) and content.chinese is not None and content.short is None:
        told = prose[content.chinese.start : content.chinese.end]
        apart = not LATIN_BEFORE.search(prose, max(start, place.start - 2), place.start)
        if apart and not content.listed and plausible_name(told) and PURE_NAME.match(told) and short not in told:
            return _definition(prose, place, content.english, content.chinese, True, False, Span(place.start, span.end))
        return None
    return _gloss_of_english(prose, window, before, content, span)


def _loose(prose: str, window: int, before: int, short: Span, span: Span) -> Definition | None:
    """A short form in a bracket after words whose letters do not give it."""
    letters = long_forms.letters_of(prose[short.start : short.end])
    words = long_forms.last_words(prose, window, before, max(len(letters), 2))
    if len(words) < 2 or words[-1].span.end != before:
        return None
    english = Span(words[0].span.start, before)
    return _definition(prose, short, english, None, False, False, Span(english.start, span.end), "loose")


def _gloss_of_english(prose: str, window: int, before: int, content: Content, span: Span) -> Definition | None:
    """`convolution（卷积）`, `convolutional neural network（卷积神经网络，CNN）`."""
    if content.chinese is None or content.english is not None:
        return None
    if content.listed or not SHORT_NAME.match(prose, *content.chinese):
        return None
    words = long_forms.words_of(prose, window, before)
    if not words or words[-1].span.end != before or not HAN.search(prose, max(0, words[0].span.start - 2), window + 1):
        return None
    english = Span(words[0].span.start, before)
    if len(words) > 6 or not plausible_gloss(prose, english):
        return None
    return _definition(prose, content.short, english, content.chinese, True, False, Span(english.start, span.end))


def _definition(
    prose: str,
    short: Span | None,
    english: Span | None,
    chinese: Span | None,
    exact: bool,
    fits: bool,
    span: Span,
    form: Form = "bracket",
) -> Definition | None:
    written = dense(prose[short.start : short.end]) if short else ""
    long = prose[english.start : english.end] if english else ""
    if written and written in long and english and written in long_forms.WORD.findall(prose, *english):
        return None
    return Definition(
        singular(written),
        written,
        short or Span(span.start, span.start),
        " ".join(long.replace("*", "").replace("_", "").split()),
        english,
        "".join(prose[chinese.start : chinese.end].split()).replace("*", "") if chinese else "",
        chinese,
        exact,
        fits,
        span,
        form,
    )


def _phrase(prose: str, start: int, end: int, connector: re.Match[str]) -> Definition | None:
    """`X, abbreviated as Y`, `Y stands for X`, `X，简称Y`, `Y, or "x x"`, `Y: X X`."""
    begin, stop = connector.span()
    kind = connector.lastgroup
    if kind == "colon":
        token = SHORT_AT_END.search(prose, max(start, begin - 24), begin)
        if token is None or not looks_short(token["short"]):
            return None
    filler = FILLER.search(prose, max(start, begin - 40), begin) if kind in ("means", "as", "simple") else None
    begin = filler.start() if filler else begin
    ahead = AHEAD_CUT.search(prose, stop, min(end, stop + 200))
    ahead_end = ahead.start() if ahead else min(end, stop + 200)
    if kind in ("stands", "means", "or", "colon", "called"):
        token = SHORT_AT_END.search(prose, max(start, begin - 24), begin)
        if token is not None and looks_short(token["short"]):
            place = Span(*token.span("short"))
            most = 0.8 if kind in ("or", "colon") else 9.0
            match = long_forms.after(prose, stop, ahead_end, token["short"])
            if match is not None and kind == "colon" and not _in_list(prose, start, place.start):
                # in the midst of a sentence only what is capitalised like a name is sure to be the long form
                most = 0.2 if TITLE_CASE.fullmatch(prose, *match.span) else -1.0
            if match is not None and match.cost <= most:
                return _definition(
                    prose, place, match.span, None, False, True, Span(place.start, match.span.end), "phrase"
                )
    if kind in ("as", "simple", "or"):
        token = SHORT_AT_START.match(prose, stop, min(end, stop + 24))
        if token is None or not looks_short(token["short"]):
            return None
        place = Span(*token.span("short"))
        before = stripped_end(prose, start, begin)
        before -= kind == "simple" and prose[before - 1 : before] in (")", "）")
        if before > start and HAN.match(prose[before - 1]) and kind == "simple":
            name, exact = _run_before(prose, start, before)
            return _definition(prose, place, None, name, exact, False, Span(name.start, place.end), "phrase")
        match = long_forms.before(prose, _window(prose, start, before), before, token["short"])
        if match is not None and match.cost <= (0.5 if kind == "or" else 9.0):
            return _definition(prose, place, match.span, None, False, True, Span(match.span.start, place.end), "phrase")
    return None


def _in_list(prose: str, start: int, end: int) -> bool:
    """Whether what begins at `end` begins a line, a sentence or an item of a list."""
    begin = max(start, end - 20)
    return bool(LIST_BEFORE.search(("" if begin == start else "…") + prose[begin:end]))


def _rows(block: Block) -> list[Definition]:
    """Table rows that give an abbreviation in one cell and its long form in the next."""
    found = []
    prose = block.prose
    leaves = [(number, leaf) for number, leaf in enumerate(block.leaves) if leaf.kind is LeafKind.CELL]
    contents = [(number, leaf.span, dressed(prose, *leaf.span)) for number, leaf in leaves if not leaf.header]
    cells = [(*cell, is_short(prose[cell[2].start : cell[2].end])) for cell in contents]
    for one, other in pairwise(cells):
        if not (one[3] or other[3]) or "\n" in block.text[one[1].end : other[1].start]:
            continue
        for (number, _, short, shortened), (_, _, long, _) in ((one, other), (other, one)):
            if not shortened or long.end - long.start > 120:
                continue
            match = long_forms.after(prose, *long, prose[short.start : short.end])
            if match is not None and match.cost < 1.0 and " " in prose[match.span.start : match.span.end]:
                span = Span(min(short.start, long.start), max(short.end, match.span.end))
                definition = _definition(prose, short, match.span, None, False, True, span, "row")
                found += [definition._replace(leaf=number)] if definition else []
    return found


def _window(prose: str, start: int, end: int) -> int:
    """Where the words that may belong to a long form before `end` begin."""
    begin = max(start, end - 200)
    for cut in CUT.finditer(prose, begin, end):
        begin = cut.end()
    return begin


def _run_before(prose: str, start: int, end: int) -> tuple[Span, bool]:
    """The run of characters before `end` that ends with a Chinese name, and whether a mark bounds it.

    A quotation that is longer than the run, or more than a name, gives an empty run.
    """
    first = max(start, end - RUN_LONGEST)
    before = BEFORE_RUN.match(prose, first, end)
    begin = before.end() if before else first
    while begin < end and prose[begin] == " ":
        begin += 1
    bound = prose[begin - 1] if begin > start else ""
    closing = QUOTED.get(prose[end : end + 1])
    if closing is not None and (bound != closing or "的" in prose[begin:end]):
        return Span(end, end), False
    exact = closing is not None or (bound in "*_「『“《[【" and bound != "")
    return Span(begin, end), exact


def _beside(prose: str, start: int, english: int) -> tuple[Span | None, bool]:
    """The Chinese name right before an English long form: `卷积神经网络 Convolutional Neural Network (CNN)`."""
    before = stripped_end(prose, start, english)
    if before <= start or not HAN.match(prose[before - 1]) or prose[before:english].strip(" *_"):
        return None, False
    name, exact = _run_before(prose, start, before)
    if name.end - name.start < 3 or chinese_names.begins_with_cue(prose[name.start : name.end]):
        return None, False
    if UNFINISHED.search(prose, *name):
        return None, False
    return name, exact
