"""One term in several spellings: Deeplab and DeepLab, Batch Norm and BatchNorm, F1分数 and F1-score."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from mdreview.facts.regions import Region, Regions, regions
from mdreview.facts.terms import terms
from mdreview.facts.wording import FOLDED
from mdreview.markdown import PROSE, Block, Document, Kind, Leaf, LeafKind, Placed, Question, where
from mdreview.markdown.conditions import Mark
from mdreview.patterns import regex
from mdreview.source import Span

SMALL = regex(r"[a-z](?<![A-Za-z0-9_@#/.^\\-].)[a-z0-9]{2,}(?![A-Za-z0-9_@/\\])")
CAPITAL_INSIDE = regex(r"[A-Z](?<=[A-Za-z0-9].)")
CAMEL = regex(r"[A-Za-z](?<![A-Za-z0-9_@#/.^\\-].)(?=[a-z0-9]*[A-Z])[A-Za-z0-9]{2,}(?![A-Za-z0-9_@/\\])")
CAPITALISED = regex(r"[A-Z](?<![A-Za-z0-9_@#/.^\\-].)[a-z0-9]{2,}(?![A-Za-z0-9_@/\\])")
TWO_WORDS = regex(r"([A-Z](?<![A-Za-z0-9_@#/.\\-].)[A-Za-z0-9]*)([ -])([A-Z][A-Za-z0-9]*)(?![A-Za-z0-9_@/\\-])")
PAIR = regex(r"[A-Z](?<![A-Za-z0-9].)[A-Za-z0-9]*[ -][A-Z]")
MEASURE = regex(
    r"(?P<base>[FABDLI](?<![A-Za-z0-9_-].)"
    r"(?:(?<=F)[\d.]{1,3}|(?<=A)UC|(?<=B)LEU|(?<=D)ice|(?<=L)[012]|(?<=I)oU))(?P<join>[ -]?)(?P<noun>分数|得分|值|score"
    r"|Score|损失|loss|Loss)(?![A-Za-z])"
)
# a capital inside, one that opens a word before another, the beginning of a measure that has none inside
SPELLING_MARK = regex(r"[A-Z](?:(?<=[A-Za-z0-9].)|[A-Za-z0-9]*[ -][A-Z]|(?<=F)[\d.]|(?<=D)ice|(?<=L)[012])")
DOUBLET_HINTS = ("ata", "mail", "site", "tun", "rain", "ycle", "base")
# what a text in small letters with a doublet holds
DOUBLET_MARKS: tuple[Mark, ...] = (
    "mail",
    *map(regex, ("ata[ -]?set", "eb[ -]?site", "ine[ -]?tun", "re[ -]?train", "ife[ -]?cycle", "ode[ -]?base")),
)
SAME_NOUN = {"分数": "score", "得分": "score", "值": "score", "score": "score", "损失": "loss", "loss": "loss"}
DOUBLETS = regex(
    r"[DEWFPLCdewfplc](?<![A-Za-z/._~@-].)"
    r"(?i:(?<=d)(?P<dataset>ata[ -]?sets?)|(?<=e)(?P<email>-?mails?)|(?<=w)(?P<website>eb[ -]?sites?)"
    r"|(?<=f)(?P<finetune>ine[ -]?tun(?:e|es|ed|ing))"
    r"|(?<=p)(?P<pretrain>re[ -]?train(?:s|ed|ing)?)|(?<=l)(?P<lifecycle>ife[ -]?cycles?)"
    r"|(?<=c)(?P<codebase>ode[ -]?bases?))(?![A-Za-z/_@-])",
)
HAN = regex(r"\p{Han}")
HEAVY = regex(r"[A-Z]{2,}[a-z]+\Z")
ENDING = regex(r"(?:ing|ed|es|e|s)\Z")
CLEAR = 3
LEAST_TOGETHER = 3
KEY_BEFORE = regex(r"@\{?[a-z]{1,8}:\Z")
TITLE_BEFORE = regex(r"[《“\"'‘「『]")


class Spelling(NamedTuple):
    """A spelling of something in a block; spellings with one `key` are of one thing."""

    key: str
    written: str
    span: Span


class Variant(NamedTuple):
    """The first place of a spelling to give up, the one to keep with its first place, and how often that stands.

    `places` are all places of the one to give up.
    """

    written: str
    span: Span
    other: str
    other_span: Span
    times: int
    places: tuple[Span, ...]


@where(PROSE(SMALL))
def small_words(block: Block) -> tuple[frozenset[str], ...]:
    """The words of a block in small letters, folded, in one value: what is also a plain word is no name of its own."""
    return _words(block, SMALL)


@where(PROSE(CAPITALISED))
def capitalised_words(block: Block) -> tuple[frozenset[str], ...]:
    """The words of a block with just a capital at their start, folded, in one value."""
    return _words(block, CAPITALISED)


def _words(block: Block, pattern: re.Pattern[str]) -> tuple[frozenset[str], ...]:
    spans = [leaf.span for leaf in block.leaves if _read_here(leaf)]
    found = {word for span in spans for word in pattern.findall(block.prose, *span)}
    return (frozenset(map(_fold, found)),) if found else ()


@where(PROSE(SPELLING_MARK), FOLDED(*DOUBLET_MARKS))
def read(block: Block) -> tuple[Spelling, ...]:
    """The spellings in a block that could vary: words with capitals inside, capitalised pairs, measures, doublets."""
    found = []
    prose = block.prose
    for leaf in block.leaves:
        if not _read_here(leaf):
            continue
        start, end = leaf.span
        for match in _camels(prose, start, end):
            if not _title(prose, match.start()):
                found.append(Spelling("word " + _fold(match.group()), match.group(), Span(*match.span())))
        if leaf.kind is not LeafKind.HEADING and PAIR.search(prose, start, end) and HAN.search(prose, start, end):
            found += _pairs(prose, start, end)
        found += _measures(prose, start, end)
        found += _doublets(prose, start, end)
    return tuple(found)


def _camels(prose: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """What `CAMEL.finditer` gives, which is slow: it is asked from the beginning of a word with a capital inside."""
    while inside := CAPITAL_INSIDE.search(prose, start, end):
        match = CAMEL.search(prose, max(prose.rfind(" ", start, inside.start()) + 1, start), end)
        if match is None:
            return
        yield match
        start = match.end()


def _read_here(leaf: Leaf) -> bool:
    return leaf.kind is not LeafKind.HTML and Kind.FOOTNOTE not in leaf.inside


def _pairs(prose: str, start: int, end: int) -> Iterator[Spelling]:
    for match in TWO_WORDS.finditer(prose, start, end):
        parts = match.group(1), match.group(3)
        if not any(_camel(part) for part in parts) and not all(part.isupper() for part in parts):
            yield Spelling("word " + _fold("".join(parts)), match.group(), Span(*match.span()))


def _measures(prose: str, start: int, end: int) -> Iterator[Spelling]:
    for match in MEASURE.finditer(prose, start, end):
        noun = SAME_NOUN[match["noun"].lower() if match["noun"].isascii() else match["noun"]]
        written = match["base"] + ("-" if match["join"] else "") + match["noun"].lower()
        yield Spelling(f"measure {match['base']} {noun}", written, Span(*match.span()))


def _doublets(prose: str, start: int, end: int) -> Iterator[Spelling]:
    if not any(prose.find(hint, start, end) >= 0 for hint in DOUBLET_HINTS):
        return
    for match in DOUBLETS.finditer(prose, start, end):
        assert match.lastgroup is not None
        yield Spelling("doublet " + match.lastgroup, _doublet(match.group()), Span(*match.span()))


def _fold(word: str) -> str:
    folded = word.lower()
    return folded[:-1] if len(folded) > 4 and word.endswith("s") and not folded.endswith("ss") else folded


def _doublet(text: str) -> str:
    """How a doublet is written, without its ending."""
    return ENDING.sub("", text.lower())


def _title(prose: str, start: int) -> bool:
    """Whether the word opens a title, or names the target of a cross-reference (`@tbl:PageCache`)."""
    if not start:
        return False
    before = prose[start - 1]
    return bool(TITLE_BEFORE.match(before)) or (
        before == ":" and bool(KEY_BEFORE.search(prose[max(0, start - 12) : start]))
    )


def variants(document: Document) -> tuple[Variant, ...]:
    """The spellings to give up, each once, in order: the later one, or the one that another clearly outnumbers."""
    where = document.fact(regions)
    groups: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for spelt in document.mapped(read, _Spelt(where)):
        if spelt is not None:
            key, written, span = spelt
            groups[key][written].append(span)
    _add_plain(document, where, groups)
    several = {key: spellings for key, spellings in groups.items() if len(spellings) > 1}
    if not several:
        return ()
    ordinary = {word for one in document.joined(small_words) for word in one.fact}
    found: list[Variant] = []
    for key, spellings in several.items():
        if key.removeprefix("word ") not in ordinary:
            found += _judged(document, key, _outside_names(document, spellings))
    return tuple(sorted(found, key=lambda variant: variant.span))


class _Spelt(Question):
    """The key of a spelling, how it is written and where; None in a reference list."""

    def __init__(self, where: Regions) -> None:
        super().__init__(where)
        self._regions = where

    def __call__(self, one: Placed[Spelling], _: Block) -> tuple[str, str, Span] | None:
        span = one.span(one.fact.span)
        if self._regions.at(span.start) is Region.REFERENCES:
            return None
        return one.fact.key, _spelling(one.fact), span


def _outside_names(document: Document, spellings: dict[str, list[Span]]) -> dict[str, list[Span]]:
    """The spellings without a single place that is a word of a longer name which a definition abbreviates (AJOL)."""
    names = [item.english_span for item in document.fact(terms).bound if " " in item.definition.english]
    return {
        written: places
        for written, places in spellings.items()
        if len(places) > 1 or not any(name is not None and name.contains(places[0]) for name in names)
    }


def _add_plain(document: Document, where: Regions, groups: dict[str, dict[str, list[Span]]]) -> None:
    """Adds the words with just a capital at their start that are elsewhere written with one inside."""
    known = {key.removeprefix("word ") for key in groups if key.startswith("word ")}
    for one in document.joined(capitalised_words) if known else ():
        shared = known & one.fact
        if not shared:
            continue
        block = document.blocks[one.block]
        for leaf in block.leaves:
            if not _read_here(leaf) or where.at(one.start + leaf.span.start) is Region.REFERENCES:
                continue
            for match in CAPITALISED.finditer(block.prose, *leaf.span):
                if _fold(match.group()) in shared and not _title(block.prose, match.start()):
                    spelling = Spelling("word " + _fold(match.group()), match.group(), Span(*match.span()))
                    groups[spelling.key][_spelling(spelling)].append(one.span(spelling.span))
    for spellings in groups.values():
        for places in spellings.values():
            places.sort()


def _spelling(spelling: Spelling) -> str:
    written = spelling.written
    if spelling.key.startswith("word ") and len(written) > 4 and written.endswith("s") and not written.endswith("ss"):
        return written[:-1]
    return written


def _judged(document: Document, key: str, spellings: dict[str, list[Span]]) -> list[Variant]:
    if key.startswith("word "):
        spellings = {written: places for written, places in spellings.items() if _counts(written, spellings)}
    if len(spellings) < 2:
        return []
    order = sorted(spellings, key=lambda written: (-len(spellings[written]), spellings[written][0]))
    earliest = min(spellings, key=lambda written: spellings[written][0])
    best = order[0]
    kept = None
    if key.startswith("doublet"):
        if len(spellings[best]) < 2 * len(spellings[order[1]]):
            return []
        # a capital tells of the place, not of the spelling
        kept = next((place for place in spellings[best] if document.text_of(place).islower()), None)
    elif len(spellings[best]) < CLEAR * len(spellings[earliest]):
        best = earliest
    kept = kept or spellings[best][0]
    other, times = document.text_of(kept), len(spellings[best])
    given_up = [tuple(spellings[written]) for written in order if written != best]
    return [Variant(document.text_of(places[0]), places[0], other, kept, times, places) for places in given_up]


def _counts(written: str, spellings: dict[str, list[Span]]) -> bool:
    """Whether a spelling of a word is one that a writer chose: with a capital inside, or plain beside such a one."""
    camel = [other for other in spellings if _camel(other)]
    if not camel:
        return False
    if " " in written or "-" in written:
        return sum(len(places) for places in spellings.values()) >= LEAST_TOGETHER
    if HEAVY.match(written) or written[0].islower():
        return False
    if written[1:] in {other[1:] for other in camel if other != written}:
        return False
    return not written.isupper()


def _camel(word: str) -> bool:
    """Whether a word has both a small letter and a capital that does not open it."""
    return word.isalnum() and any(letter.isupper() for letter in word[1:]) and any(letter.islower() for letter in word)
