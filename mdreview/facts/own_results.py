"""What a document found out itself and needs no source for: sections of results, a survey, numbers in its tables."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from mdreview.facts import displays, quantities
from mdreview.facts.regions import Region, regions
from mdreview.facts.wording import SMALL, folded
from mdreview.markdown import TEXT, Block, Document, Kind, where
from mdreview.patterns import regex, words
from mdreview.source import Span

OWN_SECTION = regex(
    r"结果|实验|消融|评测|仿真|问卷|(?:性能|效果)(?:分析|评估|测试|对比|表现)"
    r"|\b(?:results?|evaluations?(?! (?:metric|measure|method|criteri)\w*)|experiments?|ablations?|benchmarks?"
    r"|findings)\b"
)
AROUND_RESULTS = regex(r"方法|讨论|结论|总结|小结|\b(?:methods?|materials?|discussion|conclusions?|summary)\b")
CONCLUSION = regex(r"结论|结语|总结|小结|展望|\b(?:conclusions?|concluding|summary|takeaways|outlook)\b")
SURVEY = regex("受访者|被访者|本次(?:问卷|调查|调研)|our survey|" + words("respondents"))
SURVEYED = 5
SPACE = regex(r"\s+")
DECIMAL = regex(r"(?<![\d.])\d{1,12}\.\d{1,8}(?![\d.])")
DIGITS = regex(r"\d[\d.]*\d|\d")


def tabled_figures(document: Document) -> frozenset[str]:
    """The decimal numbers in the tables of the document: a sentence that gives one of them reads a table."""
    return frozenset(placed.fact for placed in document.joined(_tabled))


@where(TEXT("|"))
def _tabled(block: Block) -> tuple[str, ...]:
    if block.kind is not Kind.TABLE and not any(part.kind is Kind.TABLE for part in block.parts):
        return ()
    return tuple(DECIMAL.findall(block.text))


def is_tabled(document: Document, span: Span) -> bool:
    """Whether every number of a figure is a decimal that stands in a table of the document."""
    digits = DIGITS.findall(document.text_of(span))
    return bool(digits) and document.fact(tabled_figures).issuperset(digits)


def own_survey(document: Document) -> bool:
    """Whether the document reports a survey of its own, so that its percentages are its results."""
    return len(document.joined(_survey)) >= SURVEYED


@where(SMALL("受访者", "被访者", "本次", "our survey", "respondents"))
def _survey(block: Block) -> list[str]:
    return SURVEY.findall(SMALL.fold(block.text))


class Titled(Enum):
    """What a heading says of its section: that it reports results, or a part of a paper that stands around them."""

    RESULTS = "results"
    AROUND = "around results"
    OTHER = "other"


def title_tells(block: Block) -> Titled:
    """What a heading's words say of its section."""
    title = block.fact(folded)
    if OWN_SECTION.search(title):
        return Titled.RESULTS
    return Titled.AROUND if AROUND_RESULTS.search(title) else Titled.OTHER


def in_own_results(document: Document, block: int) -> bool:
    """Whether a block stands where the document reports what it found itself, or reads a figure or table beside it."""
    if document.fact(own_survey) or document.start_of(block) in document.fact(displays.beside):
        return True
    titles = [heading.fact(title_tells) for heading in headings_above(document, block)]
    if Titled.RESULTS in titles:
        return True
    return Titled.AROUND in titles and document.fact(reports_results)


def concludes(document: Document, block: int) -> bool:
    """Whether a block stands in a section that sums up what was said, and sourced, before."""
    return any(CONCLUSION.search(title.fact(folded)) for title in headings_above(document, block))


def restates(document: Document, block: int, figures: Iterable[str]) -> bool:
    """Whether a block sums up, and each of its percentages stands in the text before, where its source is asked for."""
    if not concludes(document, block):
        return False
    given = document.fact(_first_given)
    return all(given.get(SPACE.sub("", figure), block) < block for figure in figures)


def _first_given(document: Document) -> dict[str, int]:
    """Each percentage as it is written, without spaces, and the number of the first block that gives it.

    The abstract is passed over, of which nobody asks for sources.
    """
    given: dict[str, int] = {}
    places = document.fact(regions)
    for placed in document.joined(quantities.percentages):
        if places.at(placed.start) is not Region.ABSTRACT:
            given.setdefault(SPACE.sub("", document.text_of(placed.span(placed.fact.span))), placed.block)
    return given


def reports_results(document: Document) -> bool:
    """Whether the document has a section for results of its own."""
    return any(
        level and document.blocks[number].fact(title_tells) is Titled.RESULTS
        for number, level in enumerate(document.each(heading_level))
    )


def heading_level(block: Block) -> int:
    """The level of a heading; 0 for any other block."""
    return block.level if block.kind is Kind.HEADING else 0


class _Sections(NamedTuple):
    """Where each heading starts, and the headings whose sections hold what follows it, from the outermost in."""

    starts: tuple[int, ...]
    above: tuple[tuple[Block, ...], ...]


def headings_above(document: Document, block: int) -> tuple[Block, ...]:
    """The headings whose sections hold a block, from the outermost in; the title is not among them."""
    sections = document.fact(_sections)
    index = bisect_right(sections.starts, document.start_of(block)) - 1
    return sections.above[index] if index >= 0 else ()


def _sections(document: Document) -> _Sections:
    starts: list[int] = []
    above: list[tuple[Block, ...]] = []
    stack: list[Block] = []
    for number, level in enumerate(document.each(heading_level)):
        if level:
            while stack and stack[-1].level >= level:
                stack.pop()
            stack.append(document.blocks[number])
            starts.append(document.start_of(number))
            above.append(tuple(stack))
    return _Sections(tuple(starts), tuple(above))
