"""The figures of a text as numbers, so that one place can be held against another."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import chain, islice
from typing import NamedTuple

from mdreview.facts import quantities
from mdreview.facts.regions import Region, regions
from mdreview.facts.stance import is_supposed
from mdreview.facts.wording import folded, simplified
from mdreview.markdown import TEXT, Block, Document, Kind, LeafKind, Placed, Sentences, where
from mdreview.patterns import regex
from mdreview.source import Span


class Figure(NamedTuple):
    """A number that measures or counts something.

    `step` is the last digit that it gives (0.1 in 25.3); `supposed` tells that its sentence sets up an example.
    """

    span: Span
    value: float
    step: float
    supposed: bool


NUMBER = regex(r"\d(?<![\w.]\d)(?:\d{0,2}(?:,\d{3}){1,4}|\d{0,11})(?:\.\d{1,8})?")
ANY_NUMBER = regex(r"\d(?:\d{0,2}(?:[,，]\d{3}){1,4}(?!\d)|\d{0,11}(?:\.\d{1,8})?)")
LEVEL_AFTER = regex(r"[)）]?[ ]?(?:CI\b|[Cc]onfidence|[Cc]redible|置信|可信)")  # 95% CI is how one counts, no result
COUNTED_AFTER = regex(
    r"[ ]?(?:多|余)?(?:名|例|篇|项|份|家|人|座|辆|幅|张|次|倍|个(?:样本|国家|城市|地区|数据集|研究|案例|物种"
    r"|基因|模型))"
    r"|[ ](?:[a-z]+[ ]){0,2}(?:participants?|patients?|samples?|studies|papers|images|respondents|subjects"
    r"|countries|cities|species|genes|"
    r"articles|interviews|cases|times|trials|experiments|users|students|tumou?rs|datasets?)\b",
    re.I,
)
SHARE_SIGN = regex(r"[%％‰百成Pp](?:(?<=[%％‰成])|(?<=百)分|(?<=[Pp])[Ee][Rr])")
YEAR = regex(r"(?:1[5-9]|20)\d\d\Z")
HAN_VALUES = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "半": 5}
SCALES = (1.0, 100.0, 0.01, 1e3, 1e-3, 1e4, 1e-4, 1e6, 1e-6, 1e8, 1e-8)
LEAST = 10
LEAST_NUMBERS = 4
ASIDE = frozenset({Region.ABSTRACT, Region.KEYWORDS, Region.REFERENCES, Region.CONTENTS})
UNREAD = frozenset({Kind.FRONT_MATTER, Kind.COMMENT, Kind.THINKING})


def read(block: Block) -> tuple[Figure, ...]:
    """The percentages, decimals and counts of a block's paragraphs; years and numbers in names are none."""
    if block.kind in (Kind.FOOTNOTE, Kind.TABLE) or not block.leaves:
        return ()
    found: list[Figure] = []
    for leaf in block.leaves:
        if leaf.kind is LeafKind.PARAGRAPH:
            for span in block.fact(Sentences).of(leaf.span):
                found += _in_sentence(block, span)
    return tuple(found)


NEED = regex(r"^#{1,3} *statement of need\b", re.I)


def in_abstract(document: Document) -> list[Placed[Figure]]:
    """The figures that the abstract gives; the Summary of a software paper introduces it and sums up nothing."""
    places = document.fact(regions)
    found: list[Placed[Figure]] = []
    if document.joined(_needs):
        return found
    for stretch in places.of(Region.ABSTRACT):
        number = max(document.block_at(stretch.span.start), 0)
        while number < len(document.blocks) and document.start_of(number) < stretch.span.end:
            start = document.start_of(number)
            placed = (Placed(number, start, figure) for figure in document.blocks[number].fact(read))
            found += [figure for figure in placed if places.stretch_at(start + figure.fact.span.start) is stretch]
            number += 1
    return found


@where(TEXT(regex(r"\n#{1,3} *statement of need\b", re.I)))
def _needs(block: Block) -> tuple[bool, ...]:
    """One value for the heading of a software paper under which it says what it is for."""
    return (True,) if block.kind is Kind.HEADING and NEED.search(block.text) else ()


def _in_sentence(block: Block, sentence: Span) -> list[Figure]:
    prose = block.prose
    supposed = is_supposed(block.fact(folded)[sentence.start : sentence.end])
    places = block.fact(quantities.percentage_places)
    percentages = block.fact(quantities.percentages)
    figures = [
        Figure(span, value, step, supposed)
        for span in (percentages[number].span for number in places.within(sentence))
        if not LEVEL_AFTER.match(prose, span.end)
        for value, step in numbers(simplified(block.text[span.start : span.end]))
    ]
    for match in NUMBER.finditer(prose, *sentence):
        span = Span(*match.span())
        after = prose[match.end() : match.end() + 40]
        counts = COUNTED_AFTER.match(simplified(after))
        decimal = "." in match.group()
        part_of_name = after[:1] in (".", "-") or (after[:1].isalpha() and not counts)
        if places.touch(span) or part_of_name or YEAR.match(match.group()):
            continue
        value, step = _parsed(match.group())
        if decimal or (counts and value >= LEAST):
            figures.append(Figure(span, value, step, supposed))
    return sorted(figures)


def numbers(text: str) -> list[tuple[float, float]]:
    """The numbers that a figure's text gives, with the step of each; Chinese numerals of percentages included."""
    digits = [_parsed(match.group()) for match in ANY_NUMBER.finditer(text)]
    if digits:
        return digits
    if text.startswith("百分之"):
        value = _han(text[3:])
        return [] if value is None else [(value, 1.0)]
    if "成" in text:
        whole, _, rest = text.partition("成")
        tens = _han(whole[-1:])
        return [] if tens is None else [(10 * tens + (_han(rest) or 0), 1.0 if rest else 10.0)]
    return []


def body_numbers(document: Document) -> list[float]:
    """The numbers outside abstract, keywords and reference list, each once, in ascending order.

    Those in tables, math and code are among them. None where there are hardly any: such a text reports no results.
    """
    places = document.fact(regions)
    several = zip(document.starts, document.each(_written), strict=True)
    written = [text for start, texts in several if texts and places.at(start) not in ASIDE for text in texts]
    # most numbers stand in a text more than once, as it writes them
    values = {text: _values(text) for text in set(written)}
    some = islice(chain.from_iterable(values[text] for text in written), LEAST_NUMBERS)
    if len(list(some)) < LEAST_NUMBERS:
        return []
    return sorted({*chain.from_iterable(values.values())})


def _written(block: Block) -> list[str]:
    """The numbers of a block and its percentages, which may be in Chinese numerals, as they are written."""
    if block.kind in UNREAD:
        return []
    text = block.text
    written: list[str] = ANY_NUMBER.findall(text)
    if SHARE_SIGN.search(text):
        shares = block.fact(quantities.percentages)
        written += [simplified(text[quantity.span.start : quantity.span.end]) for quantity in shares]
    return written


def _values(written: str) -> list[float]:
    return [_value(written)] if ANY_NUMBER.fullmatch(written) else [value for value, _ in numbers(written)]


def given(figure: Figure, values: list[float]) -> bool:
    """Whether one of the ascending `values` is the figure, rounded, in another unit, or a little above or below it."""
    for scale in SCALES:
        wanted = figure.value * scale
        slack = max(figure.step, _roundness(figure.value) / 2) * scale
        index = bisect_left(values, wanted - slack)
        if index < len(values) and values[index] <= wanted + slack:
            return True
    return False


def _roundness(value: float) -> float:
    """The power of ten that a round number is rounded to: 10 for 50, 100 for 1400."""
    power = 1.0
    while value >= 10 * power and value % (10 * power) == 0:
        power *= 10
    return power


def _parsed(text: str) -> tuple[float, float]:
    _, _, decimals = text.partition(".")
    return _value(text), float(10 ** -len(decimals))


def _value(text: str) -> float:
    return float(text.replace(",", "").replace("，", ""))


def _han(text: str) -> float | None:
    """The value of Chinese numerals up to 百; None where there are none."""
    whole, _, decimals = text.partition("点")
    if not whole or any(character not in HAN_VALUES and character not in "十百" for character in whole):
        return None
    total = current = 0
    for character in whole:
        if character in "十百":
            total += (current or 1) * (10 if character == "十" else 100)
            current = 0
        else:
            current = HAN_VALUES[character]
    value = float(total + current)
    for position, character in enumerate(decimals, 1):
        value += HAN_VALUES.get(character, 0) / 10**position
    return value
