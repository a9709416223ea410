"""What the sentences of a text claim, and whether anything in reach says where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from mdreview.facts import attributions, quantities, sources
from mdreview.facts.citations import cites_numerically
from mdreview.facts.quantities import Measure, Quantity
from mdreview.facts.regions import Region, regions
from mdreview.facts.sources import SourceKind
from mdreview.facts.stance import Stances, continues, states_own_result, supposes
from mdreview.facts.wording import simplified
from mdreview.markdown import Block, Document, Kind, Leaf, LeafKind, Placed, sentences
from mdreview.patterns import regex
from mdreview.source import Span, Spans


class Backing(NamedTuple):
    """Whether a stretch of text has a source, and whether it has a `[1]`, which is one where the document cites so."""

    cited: bool = False
    numeric: bool = False

    def holds(self, numeric_counts: bool) -> bool:
        """Whether there is a source, where `[1]` is one only if `numeric_counts`."""
        return self.cited or (self.numeric and numeric_counts)


class Statement(NamedTuple):
    """A sentence that gives figures or leans on research.

    `percentages` and `comparisons` are those stated as facts; own results, suppositions and settings are left out.
    `backing` is what the sentence and the list items around it give, `following` what comes after it in its paragraph,
    `paragraph` what the whole paragraph gives; `lead` tells that a lead-in before the block reaches it.
    """

    span: Span
    percentages: tuple[Quantity, ...]
    comparisons: tuple[Quantity, ...]
    attributions: tuple[Span, ...]
    backing: Backing
    following: Backing
    paragraph: Backing
    lead: bool


SKIPPED = frozenset({Kind.FOOTNOTE, Kind.TABLE, Kind.THINKING, Kind.COMMENT})
LED = frozenset({Kind.LIST, Kind.QUOTE, Kind.DEFINITION_LIST})
ASIDE = frozenset({Region.ABSTRACT, Region.KEYWORDS, Region.REFERENCES, Region.CONTENTS, Region.ACKNOWLEDGEMENTS})
LEAD_END = regex(r"[:：][*_\s]*$|如下[^。]{0,12}[。]?\s*$|\bfollow(?:s|ing)\b[^.]{0,60}\.?\s*$")
SOURCE_LINE = regex(
    r"[\s>*_(（]{0,6}(?:数据|资料|图片|信息)?(?:来源|出处|来自)|[\s>*_(（]{0,6}(?:data )?sources?\b", re.I
)
OWN_SECTION = regex(
    r"结果|实验|消融|评测|仿真|问卷|(?:性能|效果)(?:分析|评估|测试|对比|表现)|\b(?:results?|evaluations?|experiments?|ablations?|benchmarks?|findings)\b",
    re.I,
)
AROUND_RESULTS = regex(r"方法|讨论|结论|总结|小结|\b(?:methods?|materials?|discussion|conclusions?|summary)\b", re.I)
CONCLUSION = regex(r"结论|结语|总结|小结|展望|\b(?:conclusions?|concluding|summary|takeaways|outlook)\b", re.I)
WORD = regex(r"[A-Za-z]+|\p{Han}")
CAPTION_WORDS = 40
CAPTION = regex(r"[\s*_（(]{0,6}(?:图|表|圖|Fig|Table|Tab\.|注|Note|<|$)", re.I)
SURVEY = regex(r"受访者|被访者|本次(?:问卷|调查|调研)|\brespondents\b|our survey", re.I)
SURVEYED = 5
HABIT = 5
HABIT_SHARE = 0.6
LONG = 30
DECIMAL = regex(r"(?<![\d.])\d{1,12}\.\d{1,8}(?![\d.])")
DIGITS = regex(r"\d[\d.]*\d|\d")


def read(block: Block) -> tuple[Statement, ...]:
    """The statements of a block's paragraphs and list items; tables, headings and footnotes state nothing here."""
    percents = block.fact(quantities.percentages)
    others = block.fact(quantities.comparisons)
    leaning = block.fact(attributions.read)
    if not (percents or others or leaning) or block.kind in SKIPPED:
        return ()
    leads = _item_leads(block)
    found: list[Statement] = []
    for number, leaf in enumerate(block.leaves):
        if leaf.kind is LeafKind.PARAGRAPH and not SKIPPED.intersection(leaf.inside):
            found += _statements(block, leaf, leads[number])
    return tuple(found)


class _Found:
    """Quantities or attributions of a block in order, asked for those that stand in a stretch of it."""

    def __init__(self, quantities_found: tuple[Quantity, ...]) -> None:
        self._quantities = quantities_found
        self._spans = Spans(quantity.span for quantity in quantities_found)

    def within(self, span: Span) -> tuple[Quantity, ...]:
        return tuple(self._quantities[number] for number in self._spans.within(span))


def _percentages(block: Block) -> _Found:
    return _Found(block.fact(quantities.percentages))


def _comparisons(block: Block) -> _Found:
    return _Found(block.fact(quantities.comparisons))


def _leaning(block: Block) -> Spans:
    return Spans(block.fact(attributions.read))


def _statements(block: Block, leaf: Leaf, lead: Backing) -> Iterator[Statement]:
    quantities_here = (block.fact(_percentages), block.fact(_comparisons))
    leaning = block.fact(attributions.read)
    places = block.fact(_leaning)
    if not (places.within(leaf.span) or any(found.within(leaf.span) for found in quantities_here)):
        return
    if Kind.QUOTE in leaf.inside:
        lead = _join(lead, backing(block, Span(0, len(block.text))))
    whole = _join(backing(block, leaf.span), lead)
    exempt = False
    before = Backing()
    for span in _enumerated(sentences(block.prose, leaf.span), block, quantities_here):
        text = block.prose[span.start : span.end]
        own = states_own_result(text)
        lean = () if own or attributions.introduces(text) else tuple(leaning[n] for n in places.within(span))
        percentages, comparisons = (
            () if exempt and not lean else tuple(_stated(text, span, found.within(span))) for found in quantities_here
        )
        given = _join(backing(block, span), lead)
        if continues(text):
            given = _join(given, before)
        if percentages or comparisons or lean:
            following = _join(given, backing(block, Span(span.end, leaf.span.end)))
            reach = whole if Kind.ITEM in leaf.inside else given
            yield Statement(span, percentages, comparisons, lean, reach, following, whole, bool(leaf.inside))
        exempt = exempt or own or supposes(text)
        before = given


def _stated(text: str, span: Span, found: tuple[Quantity, ...]) -> Iterator[Quantity]:
    if not found:
        return
    stances = Stances(text)
    for quantity in found:
        place = quantity.span.shifted(-span.start)
        if stances.at(place) is None and (quantity.measure is not Measure.MULTIPLE or stances.compared(place)):
            yield quantity


def _enumerated(spans: list[Span], block: Block, found: tuple[_Found, ...]) -> Iterator[Span]:
    """The sentences, those joined that a semicolon parts and that each give a figure: an enumeration has one source."""
    open_span: Span | None = None
    for span in spans:
        counted = any(quantities_found.within(span) for quantities_found in found)
        if open_span is not None and counted and block.prose[open_span.end - 1] in ";；":
            open_span = Span(open_span.start, span.end)
            continue
        if open_span is not None:
            yield open_span
            open_span = None
        if counted:
            open_span = span
        else:
            yield span
    if open_span is not None:
        yield open_span


def backing(block: Block, span: Span) -> Backing:
    """The sources that stand in a stretch of a block."""
    numeric, others = block.fact(_source_places)
    return Backing(others.touch(span), numeric.touch(span))


def _source_places(block: Block) -> tuple[Spans, Spans]:
    """The places of the numeric citations of a block, and those of its other sources."""
    given = sorted(block.fact(sources.read), key=lambda source: source.span)
    return (
        Spans(source.span for source in given if source.kind is SourceKind.NUMERIC),
        Spans(source.span for source in given if source.kind is not SourceKind.NUMERIC),
    )


def closings(block: Block) -> tuple[bool, ...]:
    """For each paragraph or item of two and more sentences that cites: whether its last sentence alone does."""
    given = sorted(source.span for source in block.fact(sources.read) if source.kind is not SourceKind.POINTER)
    if not given or block.kind in SKIPPED:
        return ()
    cited = Spans(given)
    found = []
    for leaf in block.leaves:
        if leaf.kind is LeafKind.PARAGRAPH and cited.touch(leaf.span):
            spans = sentences(block.prose, leaf.span)
            if len(spans) > 1:
                found.append(not cited.touch(Span(leaf.span.start, spans[-1].start)))
    return tuple(found)


def cites_by_paragraph(document: Document) -> bool:
    """Whether the document puts its sources at the end of paragraphs, for all that stands before them."""
    counted = [placed.fact for placed in document.joined(closings)]
    return len(counted) >= HABIT and sum(counted) >= HABIT_SHARE * len(counted)


def tabled_figures(document: Document) -> frozenset[str]:
    """The decimal numbers in the tables of the document: a sentence that gives one of them reads a table."""
    return frozenset(
        match.group()
        for block in document.blocks
        if block.kind is Kind.TABLE or any(part.kind is Kind.TABLE for part in block.parts)
        for match in DECIMAL.finditer(block.text)
    )


def is_tabled(document: Document, span: Span) -> bool:
    """Whether every number of a figure is a decimal that stands in a table of the document."""
    digits = DIGITS.findall(document.source.text[span.start : span.end])
    return bool(digits) and document.fact(tabled_figures).issuperset(digits)


def never_cites(document: Document) -> bool:
    """Whether this is a text of some length without a single source: no text that one would ask for sources."""
    return len(document.blocks) >= LONG and not any(
        source.fact.kind is not SourceKind.POINTER for source in document.joined(sources.read)
    )


def own_survey(document: Document) -> bool:
    """Whether the document reports a survey of its own, so that its percentages are its results."""
    return len(SURVEY.findall(document.source.text)) >= SURVEYED


def unsourced(document: Document, scope: str) -> Iterator[Placed[Statement]]:
    """The statements of the body that nothing in reach backs. `scope` is `sentence` or `paragraph`."""
    numeric = document.fact(cites_numerically)
    places = document.fact(regions)
    closing = document.fact(cites_by_paragraph)
    for placed in document.joined(read):
        statement = placed.fact
        reach = statement.paragraph if scope == "paragraph" else statement.following if closing else statement.backing
        if reach.holds(numeric) or places.at(placed.start + statement.span.start) in ASIDE:
            continue
        if (statement.lead and _led(document, placed.block, numeric)) or _followed(document, placed.block):
            continue
        headings = document.fact(headings_above)[placed.block]
        if any(backing(block, Span(0, len(block.text))).holds(numeric) for block in headings):
            continue
        if not in_own_results(document, placed.block):
            yield placed


def in_own_results(document: Document, block: int) -> bool:
    """Whether a block stands where the document reports what it found itself, or reads a figure or table beside it."""
    if document.fact(own_survey) or document.fact(beside_display)[block]:
        return True
    titles = [simplified(heading.prose) for heading in document.fact(headings_above)[block]]
    if any(OWN_SECTION.search(title) for title in titles):
        return True
    return document.fact(reports_results) and any(AROUND_RESULTS.search(title) for title in titles)


def concludes(document: Document, block: int) -> bool:
    """Whether a block stands in a section that sums up what was said, and sourced, before."""
    return any(CONCLUSION.search(simplified(title.prose)) for title in document.fact(headings_above)[block])


def reports_results(document: Document) -> bool:
    """Whether the document has a section for results of its own."""
    return any(block.kind is Kind.HEADING and OWN_SECTION.search(simplified(block.prose)) for block in document.blocks)


def beside_display(document: Document) -> list[bool]:
    """For every block whether it is the paragraph before or after a figure or table, or a list that belongs to it."""
    beside: list[bool] = []
    blocks = document.blocks
    near = False
    for number, block in enumerate(blocks):
        introduces = number + 1 < len(blocks) and is_display(blocks[number + 1])
        display = is_display(block)
        beside.append(introduces or near or display)
        if display:
            near = True
        elif block.kind is Kind.HEADING:
            near = False
        elif near and not is_caption(block):
            near = bool(LEAD_END.search(block.prose[-80:].rstrip()))
    return beside


def is_caption(block: Block) -> bool:
    """Whether a block is what may stand between a figure and the paragraph that reads it."""
    words = len(WORD.findall(block.prose[:400]))
    return words <= CAPTION_WORDS and (block.kind is not Kind.PARAGRAPH or bool(CAPTION.match(block.prose)))


def is_display(block: Block) -> bool:
    """Whether a block is a table, or holds an image and hardly a word besides."""
    if block.kind is Kind.TABLE:
        return True
    if "![" not in block.text and "<img" not in block.text:
        return False
    return len(WORD.findall(block.prose)) <= CAPTION_WORDS


def headings_above(document: Document) -> list[tuple[Block, ...]]:
    """For every block the headings whose sections hold it, from the outermost in; the title is not among them."""
    above: list[tuple[Block, ...]] = []
    stack: list[Block] = []
    for block in document.blocks:
        if block.kind is Kind.HEADING:
            while stack and stack[-1].level >= block.level:
                stack.pop()
            stack.append(block)
        above.append(tuple(stack))
    return above


def _led(document: Document, block: int, numeric: bool) -> bool:
    """Whether what stands before a list or quotation introduces it with a source, or as an example that it "
    "works out."""
    if document.blocks[block].kind not in LED:
        return False
    for distance, before in enumerate(reversed(document.blocks[max(block - 2, 0) : block])):
        if before.kind is Kind.HEADING:
            return False
        if before.kind is Kind.PARAGRAPH and before.leaves:
            leaf = before.leaves[-1].span
            last = sentences(before.prose, leaf)[-1:]
            introduces = LEAD_END.search(before.prose[: leaf.end][-80:]) or document.blocks[block].kind is Kind.QUOTE
            if last and supposes(before.prose[last[0].start : last[0].end]):
                return True
            if not distance and introduces and last and backing(before, last[0]).holds(numeric):
                return True
    return False


def _followed(document: Document, block: int) -> bool:
    """Whether a line that names the source stands right after the block."""
    if block + 1 >= len(document.blocks):
        return False
    after = document.blocks[block + 1]
    return bool(SOURCE_LINE.match(simplified(after.prose[:20])))


def _item_leads(block: Block) -> list[Backing]:
    """For each leaf the sources in the first paragraphs of the list items around it, its own included."""
    items = sorted((part.span for part in block.parts if part.kind is Kind.ITEM), key=lambda span: (span[0], -span[1]))
    leads: list[Backing] = []
    stack: list[tuple[int, Backing]] = []
    opened = 0
    for leaf in block.leaves:
        while stack and stack[-1][0] <= leaf.span.start:
            stack.pop()
        own = Backing()
        while opened < len(items) and items[opened].start <= leaf.span.start:
            own = backing(block, leaf.span) if not own.holds(True) else own
            stack.append((items[opened].end, _join(own, stack[-1][1] if stack else Backing())))
            opened += 1
            while stack and stack[-1][0] <= leaf.span.start:
                stack.pop()
        leads.append(stack[-1][1] if stack else Backing())
    return leads


def _join(one: Backing, other: Backing) -> Backing:
    return Backing(one.cited or other.cited, one.numeric or other.numeric)
