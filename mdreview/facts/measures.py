"""What a figure measures, of what: the words of its clause without the figure itself."""

from __future__ import annotations

import re
from typing import NamedTuple

from mdreview.facts import quantities
from mdreview.facts.figures import numbers
from mdreview.facts.wording import simplified
from mdreview.markdown import Block, Kind, LeafKind, Sentences
from mdreview.patterns import regex
from mdreview.source import Span


class Measured(NamedTuple):
    """A percentage with what it measures; two with one `subject` and different values contradict each other."""

    subject: str
    values: tuple[float, ...]
    span: Span


HEDGE = regex(
    r"大约|约|近|将近|接近|左右|以上|超过|高达|达到|达|仅|只|为|了|的|在|上|中|[\s*_~≈><=]|\b(?:about|approximately|around|nearly|almost|over|roughly|only|the|an?|was|is|were|are|of)\b",
    re.I,
)
MARK = regex(r"\[\^?[^\]\n]{1,60}\]|[（(][^()（）\n]{0,60}[)）]|[“”\"'。.]")
LEAST_WORDS = 8
HAN = regex(r"\p{Han}")
WORD = regex(r"[a-z]{2,}")
BETWEEN = regex(r"[\s，,;；]+")


def read(block: Block) -> tuple[Measured, ...]:
    """The sentences of a block that give just one percentage, each with what is measured."""
    shares = block.fact(quantities.percentages)
    if not shares or block.kind is Kind.FOOTNOTE:
        return ()
    places = block.fact(quantities.percentage_places)
    found = []
    for leaf in block.leaves:
        if leaf.kind is LeafKind.PARAGRAPH:
            for sentence in block.fact(Sentences).of(leaf.span):
                here = [shares[number].span for number in places.within(sentence)]
                if len(here) == 1 and (measured := _measured(block, sentence, here[0])):
                    found.append(measured)
    return tuple(found)


def _measured(block: Block, sentence: Span, share: Span) -> Measured | None:
    prose = block.prose
    words = MARK.sub("", simplified(prose[sentence.start : share.start] + "#" + prose[share.end : sentence.end]))
    subject = HEDGE.sub(" ", words.lower())
    length = len(HAN.findall(subject)) + 2 * len(WORD.findall(subject))
    values = tuple(value for value, _ in numbers(simplified(prose[share.start : share.end])))
    if length < LEAST_WORDS or not values:
        return None
    return Measured(BETWEEN.sub("", subject), values, share)
