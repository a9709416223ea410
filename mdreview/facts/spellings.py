"""One term in several spellings: Deeplab and DeepLab, Batch Norm and BatchNorm, F1分数 and F1-score."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from mdreview.facts.regions import Region, regions
from mdreview.markdown import Block, Document, Kind, LeafKind
from mdreview.source import Span

SMALL = re.compile(r"(?<![A-Za-z0-9_@#/.^\\-])[a-z][a-z0-9]{2,}(?![A-Za-z0-9_@/\\])")
WORD = re.compile(r"(?<![A-Za-z0-9_@#/.^\\-])[A-Za-z](?=[a-z0-9]*[A-Z]|(?<=[A-Z]))[A-Za-z0-9]{2,}(?![A-Za-z0-9_@/\\])")
TWO_WORDS = re.compile(r"(?<![A-Za-z0-9_@#/.\\-])([A-Z][A-Za-z0-9]*)([ -])([A-Z][A-Za-z0-9]*)(?![A-Za-z0-9_@/\\-])")
MEASURE = re.compile(
    r"(?<![A-Za-z0-9_-])(?P<base>F[\d.]{1,3}|AUC|BLEU|Dice|L[012]|IoU)(?P<join>[ -]?)(?P<noun>分数|得分|值|score"
    r"|Score|损失|loss|Loss)(?![A-Za-z])"
)
SAME_NOUN = {"分数": "score", "得分": "score", "值": "score", "score": "score", "损失": "loss", "loss": "loss"}
DOUBLETS = re.compile(
    r"(?<![A-Za-z/._~@-])(?:(?P<dataset>data[ -]?sets?)|(?P<email>e-?mails?)|(?P<website>web[ -]?sites?)"
    r"|(?P<finetune>fine[ -]?tun(?:e|es|ed|ing))"
    r"|(?P<pretrain>pre[ -]?train(?:s|ed|ing)?)|(?P<lifecycle>life[ -]?cycles?)"
    r"|(?P<codebase>code[ -]?bases?))(?![A-Za-z/_@-])",
    re.I,
)
HAN = re.compile(r"[\u3400-\u9fff]")
HEAVY = re.compile(r"[A-Z]{2,}[a-z]+\Z")
LEAST_TOGETHER = 3
TITLE_BEFORE = re.compile(r"[《“\"'‘「『]")


class Spelling(NamedTuple):
    """A spelling of something in a block; spellings with one `key` are of one thing."""

    key: str
    written: str
    span: Span


class Variant(NamedTuple):
    """The first place of a rarer spelling, the commoner one with its first place, and how often that stands."""

    written: str
    span: Span
    other: str
    other_span: Span
    times: int


def ordinary_words(block: Block) -> tuple[frozenset[str], ...]:
    """The words in small letters of a block, folded: what is also one of them is a word and no name."""
    prose = block.prose
    return (frozenset(_fold(word) for leaf in block.leaves for word in set(SMALL.findall(prose, *leaf.span))),)


def read(block: Block) -> tuple[Spelling, ...]:
    """The spellings in a block that could vary: words with capitals, capitalised pairs, measures, known doublets."""
    found = []
    prose = block.prose
    for leaf in block.leaves:
        if leaf.kind is LeafKind.HTML or Kind.FOOTNOTE in leaf.inside:
            continue
        start, end = leaf.span
        for match in WORD.finditer(prose, start, end):
            word = match.group()
            if not word.islower() and not _title(prose, match.start()):
                found.append(Spelling("word " + _fold(word), word, Span(*match.span())))
        chinese = leaf.kind is not LeafKind.HEADING and bool(HAN.search(prose, start, end))
        for match in TWO_WORDS.finditer(prose, start, end) if chinese else ():
            parts = match.group(1), match.group(3)
            if any(_camel(part) for part in parts) or all(part.isupper() for part in parts):
                continue
            joined = match.group(1) + match.group(3)
            found.append(Spelling("word " + _fold(joined), match.group(), Span(*match.span())))
        for match in MEASURE.finditer(prose, start, end):
            noun = SAME_NOUN[match["noun"].lower() if match["noun"].isascii() else match["noun"]]
            written = match["base"] + ("-" if match["join"] else "") + match["noun"].lower()
            found.append(Spelling(f"measure {match['base']} {noun}", written, Span(*match.span())))
        for match in DOUBLETS.finditer(prose, start, end):
            assert match.lastgroup is not None
            found.append(Spelling("doublet " + match.lastgroup, _doublet(match.group()), Span(*match.span())))
    return tuple(found)


def _fold(word: str) -> str:
    folded = word.lower()
    return folded[:-1] if len(folded) > 4 and word.endswith("s") and not folded.endswith("ss") else folded


def _doublet(text: str) -> str:
    """How a doublet is written, without its ending."""
    return re.sub(r"(?:ing|ed|es|e|s)\Z", "", text.lower())


def _title(prose: str, start: int) -> bool:
    return start > 0 and bool(TITLE_BEFORE.match(prose[start - 1]))


def variants(document: Document) -> tuple[Variant, ...]:
    """The rarer spellings, each once, in order; ask through `document.fact`."""
    where = document.fact(regions)
    groups: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for one in document.joined(read):
        span = one.span(one.fact.span)
        if where.at(span.start) is not Region.REFERENCES:
            groups[one.fact.key][_spelling(one.fact)].append(span)
    several = {key: spellings for key, spellings in groups.items() if len(spellings) > 1}
    if not several:
        return ()
    ordinary = {word for one in document.joined(ordinary_words) for word in one.fact}
    text = document.source.text
    found: list[Variant] = []
    for key, spellings in several.items():
        if key.removeprefix("word ") not in ordinary:
            found += _judged(key, spellings, text)
    return tuple(sorted(found, key=lambda variant: variant.span))


def _spelling(spelling: Spelling) -> str:
    written = spelling.written
    if spelling.key.startswith("word ") and len(written) > 4 and written.endswith("s") and not written.endswith("ss"):
        return written[:-1]
    return written


def _judged(key: str, spellings: dict[str, list[Span]], text: str) -> list[Variant]:
    if key.startswith("word "):
        spellings = {written: places for written, places in spellings.items() if _counts(written, spellings)}
    if len(spellings) < 2:
        return []
    order = sorted(spellings, key=lambda written: (-len(spellings[written]), spellings[written][0]))
    best = order[0]
    other = spellings[best][0]
    return [
        Variant(text[slice(*one)], one, text[slice(*other)], other, len(spellings[best]))
        for written in order[1:]
        for one in spellings[written][:1]
        if key.startswith(("measure", "word")) or len(spellings[best]) >= 2 * len(spellings[written])
    ]


def _counts(written: str, spellings: dict[str, list[Span]]) -> bool:
    """Whether a spelling of a word is one that a writer chose: with a capital inside, or plain beside such a one."""
    camel = [other for other in spellings if _camel(other)]
    if not camel:
        return False
    if " " in written or "-" in written:
        return sum(len(places) for places in spellings.values()) >= LEAST_TOGETHER
    if HEAVY.match(written):
        return False
    if written[1:] in {other[1:] for other in camel if other != written}:
        return False
    return not written.isupper()


def _camel(word: str) -> bool:
    """Whether a word has both a small letter and a capital that does not open it."""
    return word.isalnum() and any(letter.isupper() for letter in word[1:]) and any(letter.islower() for letter in word)
