"""What the sentences of a text claim, and whether anything in reach says where it comes from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from mdreview.facts import attributions, displays, quantities, sources
from mdreview.facts.citations import cites_numerically
from mdreview.facts.own_results import headings_above, in_own_results
from mdreview.facts.quantities import Measure, Quantity
from mdreview.facts.regions import Region, regions
from mdreview.facts.sources import SourceKind
from mdreview.facts.stance import Stances, continues, exempts, states_own_result, supposes
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


UNBACKED = Backing()


class Statement(NamedTuple):
    """A sentence that gives figures or leans on research, and has no source but, perhaps, a `[1]`.

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
SILENT = SKIPPED | {Kind.HEADING}
LED = frozenset({Kind.LIST, Kind.QUOTE, Kind.DEFINITION_LIST})
ASIDE = frozenset({Region.ABSTRACT, Region.KEYWORDS, Region.REFERENCES, Region.CONTENTS, Region.ACKNOWLEDGEMENTS})
SOURCE_LINE = regex(r"[\s>*_(（]{0,6}(?:(?:数据|资料|图片|信息)?(?:来源|出处|来自)|(?:data )?sources?\b)")
NOWHERE = Spans(())
COMPUTED = regex(r"`(?:r|\{(?:r|python|julia)\}) ")  # what the text itself works out
HABIT = 5
HABIT_SHARE = 0.6
LONG = 30


def read(block: Block) -> tuple[Statement, ...]:
    """The statements of a block's paragraphs and list items that no source in reach backs, unless a `[1]` is one.

    Tables, headings and footnotes state nothing here.
    """
    if block.kind in SILENT or not block.leaves:
        return ()
    claims = _claims(block)
    if not claims:
        return ()
    places = Spans(claim.span for claim in claims) if len(block.leaves) > 1 else None
    found: list[Statement] = []
    for leaf, lead in zip(block.leaves, _item_leads(block), strict=True):
        if leaf.kind is LeafKind.PARAGRAPH and SKIPPED.isdisjoint(leaf.inside):
            here = [claims[number] for number in places.within(leaf.span)] if places else claims
            if here:
                found += _statements(_Paragraph(block, leaf, here), lead)
    return tuple(found)


class _Claim(NamedTuple):
    """A figure, or a phrase that leans on research: then `figure` is None."""

    span: Span
    figure: Quantity | None


def _claims(block: Block) -> list[_Claim]:
    shares = block.fact(quantities.percentages)
    comparisons = block.fact(quantities.comparisons)
    leaning = block.fact(attributions.read)
    claims = [_Claim(figure.span, figure) for figure in shares]
    if comparisons or leaning:
        claims += [_Claim(figure.span, figure) for figure in comparisons]
        claims += [_Claim(span, None) for span in leaning]
        claims.sort(key=lambda claim: claim.span)
    return claims


def _statements(paragraph: _Paragraph, lead: Backing) -> Iterator[Statement]:
    """Most sentences have a source: what is dear is asked only of those that have none."""
    block, span, inside = paragraph.block, paragraph.span, paragraph.inside
    if Kind.QUOTE in inside:
        lead = _join(lead, backing(block, Span(0, len(block.text))))
    whole = _join(backing(block, span), lead)
    item = Kind.ITEM in inside
    if lead.cited or (item and whole.cited):
        return
    for number in paragraph.claiming():
        given = _join(paragraph.backing(number), lead) if whole.holds(True) else whole
        reach = whole if item else given
        if reach.cited:
            continue
        percentages, comparisons, leaning = paragraph.stated(number)
        if percentages or comparisons or leaning:
            sentence = paragraph.sentences[number]
            following = _join(given, backing(block, Span(sentence.end, span.end)))
            yield Statement(sentence, percentages, comparisons, leaning, reach, following, whole, bool(inside))


class _Paragraph:
    """The sentences of a paragraph or list item, by their numbers, and what they claim.

    Sentences are joined that a semicolon parts and that each give a figure: an enumeration has one source.
    """

    def __init__(self, block: Block, leaf: Leaf, claims: list[_Claim]) -> None:
        self.block = block
        self.span = leaf.span
        self.inside = leaf.inside
        self._claims = claims
        self._starts = [claim.span.start for claim in claims]
        self._text = text = block.fact(folded)
        self._asked = 0
        self._is_exempt = False
        self.sentences = block.fact(Sentences).of(self.span)
        if "；" in text or ";" in text:
            self.sentences = self._enumerated()

    def _enumerated(self) -> list[Span]:
        joined: list[Span] = []
        for span in self.sentences:
            ends_open = joined and self._text[joined[-1].end - 1] in ";；"
            if ends_open and self._gives_figure(joined[-1]) and self._gives_figure(span):
                span = Span(joined.pop().start, span.end)
            joined.append(span)
        return joined

    def _gives_figure(self, span: Span) -> bool:
        return any(claim.figure for claim in self._within(span))

    def _within(self, span: Span) -> list[_Claim]:
        start, end = span
        first = bisect_left(self._starts, start)
        claims = self._claims[first : bisect_left(self._starts, end, first)]
        return [claim for claim in claims if claim.span.end <= end]

    def claiming(self) -> list[int]:
        """The sentences in which a claim begins."""
        numbers = dict.fromkeys(bisect_left(self.sentences, (start + 1,)) - 1 for start in self._starts)
        return [number for number in numbers if number >= 0]

    def backing(self, number: int) -> Backing:
        """The sources of a sentence, with those of the sentences that it goes on with."""
        given = backing(self.block, self.sentences[number])
        while number and not given.cited and continues(self._text_of(number)):
            number -= 1
            given = _join(given, backing(self.block, self.sentences[number]))
        return given

    def stated(self, number: int) -> tuple[tuple[Quantity, ...], tuple[Quantity, ...], tuple[Span, ...]]:
        """The percentages and comparisons that a sentence states as facts, and the phrases that lean on research."""
        span = self.sentences[number]
        claims = self._within(span)
        text = self._text_of(number)
        leaning = tuple([claim.span for claim in claims if not claim.figure])
        if leaning and (states_own_result(text) or attributions.introduces(self.block.prose[span.start : span.end])):
            leaning = ()
        if not leaning and (self._exempt(number) or COMPUTED.search(self.block.text, *span)):
            return (), (), ()
        stances = Stances(text)
        percentages, comparisons = [], []
        for claim in claims:
            if figure := claim.figure:
                place = figure.span.shifted(-span.start)
                if stances.needs_source(place):
                    if figure.measure is Measure.PERCENT:
                        percentages.append(figure)
                    elif figure.measure is not Measure.MULTIPLE or stances.compared(place):
                        comparisons.append(figure)
        return tuple(percentages), tuple(comparisons), leaning

    def _exempt(self, number: int) -> bool:
        """Whether a sentence before this one states an own result or sets up an example."""
        if not self._is_exempt and self._asked < number:
            before = self.sentences[self._asked : number]
            self._asked = number
            # what would begin in one sentence and end in another is nothing
            self._is_exempt = exempts(self._text[before[0].start : before[-1].end]) and any(
                exempts(self._text[start:end]) for start, end in before
            )
        return self._is_exempt

    def _text_of(self, number: int) -> str:
        start, end = self.sentences[number]
        return self._text[start:end]


def backing(block: Block, span: Span) -> Backing:
    """The sources that stand in a stretch of a block."""
    numeric, others = block.fact(_source_places)
    return Backing(others is not NOWHERE and others.touch(span), numeric is not NOWHERE and numeric.touch(span))


def _source_places(block: Block) -> tuple[Spans, Spans]:
    """The places of the numeric citations of a block, and those of its other sources."""
    given = block.fact(sources.read)
    numeric = [source.span for source in given if source.kind is SourceKind.NUMERIC]
    others = [source.span for source in given if source.kind is not SourceKind.NUMERIC]
    return (Spans(numeric) if numeric else NOWHERE), (Spans(others) if others else NOWHERE)


def closings(block: Block) -> tuple[bool, ...]:
    """For each paragraph or item of two and more sentences that cites: whether its last sentence alone does."""
    given = () if block.kind in SILENT or not block.leaves else block.fact(sources.citing)
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
    several = len(document.blocks)
    # most texts cite early on: what comes after the first source is not looked at
    return several >= LONG and not any(document.blocks[number].fact(sources.citing) for number in range(several))


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
    headings = headings_above(document, block)
    if any(backing(heading, Span(0, len(heading.text))).holds(numeric) for heading in headings):
        return False
    return not in_own_results(document, block)


def _led(document: Document, block: int, numeric: bool) -> bool:
    """Whether what stands before a list or quotation gives it a source, or tells it as an own result or an example."""
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
    following = document.block_after(block)
    return following is not None and following.fact(_gives_source)


def _gives_source(block: Block) -> bool:
    return bool(SOURCE_LINE.match(block.fact(folded)[:20]))


def _item_leads(block: Block) -> list[Backing]:
    """For each leaf the sources in the first paragraphs of the list items around it, its own included."""
    if not block.parts:
        return [UNBACKED] * len(block.leaves)
    items = sorted((part.span for part in block.parts if part.kind is Kind.ITEM), key=lambda span: (span[0], -span[1]))
    leads: list[Backing] = []
    stack: list[tuple[int, Backing]] = []
    opened = 0
    for leaf in block.leaves:
        while stack and stack[-1][0] <= leaf.span.start:
            stack.pop()
        own = UNBACKED
        while opened < len(items) and items[opened].start <= leaf.span.start:
            own = backing(block, leaf.span) if not own.holds(True) else own
            stack.append((items[opened].end, _join(own, stack[-1][1] if stack else UNBACKED)))
            opened += 1
            while stack and stack[-1][0] <= leaf.span.start:
                stack.pop()
        leads.append(stack[-1][1] if stack else UNBACKED)
    return leads


def _join(one: Backing, other: Backing) -> Backing:
    if other is UNBACKED:
        return one
    return Backing(one.cited or other.cited, one.numeric or other.numeric)
