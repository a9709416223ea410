"""What the sentences of a text claim, and whether anything in reach says where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mdreview.facts import attributions, displays, quantities, sources
from mdreview.facts.citations import cites_numerically
from mdreview.facts.own_results import headings_above, in_own_results
from mdreview.facts.quantities import Measure, Quantity
from mdreview.facts.regions import Region, regions
from mdreview.facts.sources import SourceKind
from mdreview.facts.stance import Stances, continues, states_own_result, supposes
from mdreview.facts.wording import folded
from mdreview.markdown import Block, Document, Kind, Leaf, LeafKind, Placed, Question, Sentences
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
SOURCE_LINE = regex(r"[\s>*_(（]{0,6}(?:(?:数据|资料|图片|信息)?(?:来源|出处|来自)|(?:data )?sources?\b)")
HABIT = 5
HABIT_SHARE = 0.6
LONG = 30


def read(block: Block) -> tuple[Statement, ...]:
    """The statements of a block's paragraphs and list items; tables, headings and footnotes state nothing here."""
    if block.kind in SKIPPED or block.kind is Kind.HEADING or not block.leaves:
        return ()
    percents = block.fact(quantities.percentages)
    others = block.fact(quantities.comparisons)
    leaning = block.fact(attributions.read)
    if not (percents or others or leaning):
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
    said = list(_enumerated(block.fact(Sentences).of(leaf.span), block, quantities_here))
    leans = [[leaning[number] for number in places.within(sentence.span)] for sentence in said]
    last = max((number for number, one in enumerate(said) if leans[number] or any(one.found)), default=-1)
    exempt = False
    before = Backing()
    for number, sentence in enumerate(said[: last + 1]):
        span = sentence.span
        text = block.fact(folded)[span.start : span.end]
        lean = tuple(leans[number])
        if lean and (states_own_result(text) or attributions.introduces(block.prose[span.start : span.end])):
            lean = ()
        percentages, comparisons = (
            () if exempt and not lean else tuple(_stated(text, span, found)) for found in sentence.found
        )
        given = _join(backing(block, span), lead)
        if continues(text):
            given = _join(given, before)
        if percentages or comparisons or lean:
            following = _join(given, backing(block, Span(span.end, leaf.span.end)))
            reach = whole if Kind.ITEM in leaf.inside else given
            yield Statement(span, percentages, comparisons, lean, reach, following, whole, bool(leaf.inside))
        exempt = exempt or (number < last and (states_own_result(text) or supposes(text)))
        before = given


def _stated(text: str, span: Span, found: tuple[Quantity, ...]) -> Iterator[Quantity]:
    if not found:
        return
    stances = Stances(text)
    for quantity in found:
        place = quantity.span.shifted(-span.start)
        if stances.at(place) is None and (quantity.measure is not Measure.MULTIPLE or stances.compared(place)):
            yield quantity


class _Sentence(NamedTuple):
    """A sentence with the percentages and the comparisons in it."""

    span: Span
    found: tuple[tuple[Quantity, ...], ...]


def _enumerated(spans: list[Span], block: Block, found: tuple[_Found, ...]) -> Iterator[_Sentence]:
    """The sentences, those joined that a semicolon parts and that each give a figure: an enumeration has one source."""
    before: _Sentence | None = None
    for span in spans:
        here = _Sentence(span, tuple(quantities_found.within(span) for quantities_found in found))
        if before is not None and any(here.found) and block.prose[before.span.end - 1] in ";；":
            joined = Span(before.span.start, span.end)
            before = _Sentence(joined, tuple(quantities_found.within(joined) for quantities_found in found))
            continue
        if before is not None:
            yield before
            before = None
        if any(here.found):
            before = here
        else:
            yield here
    if before is not None:
        yield before


def backing(block: Block, span: Span) -> Backing:
    """The sources that stand in a stretch of a block."""
    numeric, others = block.fact(_source_places)
    return Backing(others.touch(span), numeric.touch(span))


def _source_places(block: Block) -> tuple[Spans, Spans]:
    """The places of the numeric citations of a block, and those of its other sources."""
    given = block.fact(sources.read)
    return (
        Spans(source.span for source in given if source.kind is SourceKind.NUMERIC),
        Spans(source.span for source in given if source.kind is not SourceKind.NUMERIC),
    )


def closings(block: Block) -> tuple[bool, ...]:
    """For each paragraph or item of two and more sentences that cites: whether its last sentence alone does."""
    given = () if block.kind in SKIPPED else block.fact(sources.citing)
    if not given:
        return ()
    cited = Spans(source.span for source in given)
    found = []
    for leaf in block.leaves:
        if leaf.kind is LeafKind.PARAGRAPH and cited.touch(leaf.span):
            spans = block.fact(Sentences).of(leaf.span)
            if len(spans) > 1:
                found.append(not cited.touch(Span(leaf.span.start, spans[-1].start)))
    return tuple(found)


def cites_by_paragraph(document: Document) -> bool:
    """Whether the document puts its sources at the end of paragraphs, for all that stands before them."""
    counted = [placed.fact for placed in document.joined(closings)]
    return len(counted) >= HABIT and sum(counted) >= HABIT_SHARE * len(counted)


def never_cites(document: Document) -> bool:
    """Whether this is a text of some length without a single source: no text that one would ask for sources."""
    return len(document.blocks) >= LONG and not document.joined(sources.citing)


def unsourced(document: Document, scope: str) -> list[Placed[Statement]]:
    """The statements of the body that nothing in reach backs. `scope` is `sentence` or `paragraph`."""
    return document.fact(_unsourced_by_paragraph if scope == "paragraph" else _unsourced_by_sentence)


def _unsourced_by_paragraph(document: Document) -> list[Placed[Statement]]:
    numeric = document.fact(cites_numerically)
    return _unsourced(document, [one for one in document.joined(read) if not one.fact.paragraph.holds(numeric)])


def _unsourced_by_sentence(document: Document) -> list[Placed[Statement]]:
    numeric = document.fact(cites_numerically)
    bare = [one for one in document.mapped(read, _Bare(numeric)) if one is not None]
    if any(one.fact.following.holds(numeric) for one in bare) and document.fact(cites_by_paragraph):
        bare = [one for one in bare if not one.fact.following.holds(numeric)]
    return _unsourced(document, bare)


class _Bare(Question):
    """A statement that has no source itself, where `[1]` is one only if `numeric`; else None."""

    def __init__(self, numeric: bool) -> None:
        super().__init__(numeric)
        self._numeric = numeric

    def __call__(self, placed: Placed[Statement], _: Block) -> Placed[Statement] | None:
        return None if placed.fact.backing.holds(self._numeric) else placed


def _unsourced(document: Document, bare: list[Placed[Statement]]) -> list[Placed[Statement]]:
    """Those of the statements without a source of their own that are of the body and have none from around them."""
    stands = document.answers(_stands_alone, bare)
    return [placed for placed, alone in zip(bare, stands, strict=True) if alone]


def _stands_alone(document: Document, placed: Placed[Statement]) -> bool:
    statement = placed.fact
    if document.fact(regions).at(placed.start + statement.span.start) in ASIDE:
        return False
    numeric = document.fact(cites_numerically)
    return not (statement.lead and _led(document, placed.block, numeric)) and _alone(document, placed.block, numeric)


def _alone(document: Document, block: int, numeric: bool) -> bool:
    """Whether nothing around a block, below it or above it, gives the sources of what it says."""
    if _followed(document, block):
        return False
    headings = document.fact(headings_above)[block]
    if any(backing(heading, Span(0, len(heading.text))).holds(numeric) for heading in headings):
        return False
    return not in_own_results(document, block)


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
            last = before.fact(Sentences).of(leaf)[-1:]
            introduces = displays.leads_on(before.prose[: leaf.end]) or document.blocks[block].kind is Kind.QUOTE
            if last and supposes(before.fact(folded)[last[0].start : last[0].end]):
                return True
            if not distance and introduces and last and backing(before, last[0]).holds(numeric):
                return True
            if not distance and introduces and last and states_own_result(before.fact(folded)[slice(*last[0])]):
                return True
    return False


def _followed(document: Document, block: int) -> bool:
    """Whether a line that names the source stands right after the block."""
    return block + 1 < len(document.blocks) and document.blocks[block + 1].fact(_gives_source)


def _gives_source(block: Block) -> bool:
    return bool(SOURCE_LINE.match(block.fact(folded)[:20]))


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
