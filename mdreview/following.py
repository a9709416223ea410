"""check() for a text that is being written: what an edit leaves as it was is not asked again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import cached_property
from operator import is_, itemgetter
from typing import NamedTuple, TypeVar, cast

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Edit, Fix, in_order
from mdreview.engine import INTERNAL_CODE, answer, guarded, selected_rules, unsilenced, with_severity
from mdreview.facts import suppressions
from mdreview.markdown import Block, Document, Placed
from mdreview.markdown.followed import Followed
from mdreview.markdown.reads import shared
from mdreview.rule import BlockRule, Rule
from mdreview.source import Span

T = TypeVar("T")
ORDER = itemgetter(2, 0)
"""What findings are sorted by first: their span and their code."""
FEW = 50
"""So many findings are shown anew sooner than they are sought among those of the version before."""
ALWAYS = 1 << 60


class Follower:
    """Follows one text through its edits. Holds what belongs to the last version checked, and no more."""

    def __init__(self) -> None:
        self._context: Context | None = None
        self._questions: tuple[_Question, ...] = ()
        self._last: Findings | None = None

    def check(self, document: Document, context: Context) -> Findings:
        """The findings in the next version of the text; never raises, whatever the text."""
        rules = selected_rules(context.settings)
        if context is not self._context:
            self._context, self._last = context, None
            self._questions = tuple(_Question(rule, context) for rule in rules)
        last = self._last
        followed = Followed(document, last.document if last is not None else None)
        told = [followed.fact(question) for question in self._questions]
        ordered = in_order(found for answer in told for found in answer) if last is None else _reordered(last, told)
        self._last = Findings(followed, told, ordered, last)
        if followed.joined(suppressions.read):
            # what is silenced depends on lines all over the text
            self._last.silence(in_order(unsilenced(followed, ordered, rules)))
        return self._last


class Findings:
    """What is found in one version of a text: the same as `check` finds, in the same order."""

    def __init__(
        self,
        document: Followed,
        told: list[list[Diagnostic]],
        ordered: list[Diagnostic],
        before: Findings | None,
    ) -> None:
        self.document = document
        self.told, self.ordered = told, ordered
        self._found = ordered
        self._lines = len(document.own_source.line_starts)
        self._shown: _Shown | None = None
        if before is not None and before._shown is not None:
            first, end = document.changed_places
            self._shown = before._shown._replace(first=first, end=end, moved=self._lines != before._lines)

    def silence(self, left: list[Diagnostic]) -> None:
        """Leaves only these findings."""
        self._found = left

    def __len__(self) -> int:
        return len(self._found)

    @cached_property
    def all(self) -> tuple[Diagnostic, ...]:
        """The findings with their places in the text."""
        fixes = {id(one.fix): one.fix for one in self._found if one.fix is not None}
        placed = {key: self._fix_in_text(fix) for key, fix in fixes.items()}
        return tuple(self._in_text(one, placed[id(one.fix)] if one.fix is not None else None) for one in self._found)

    @property
    def failures(self) -> list[Diagnostic]:
        """What there is to say of rules that failed."""
        return [diagnostic for diagnostic in self._found if diagnostic.code == INTERNAL_CODE]

    def each(self, show: Callable[[Diagnostic], T], manner: object) -> list[T]:
        """What `show` makes of each finding, which it is given without its fix.

        Not asked again where a finding is the same as in the version before, in the same lines and columns.
        `manner` is what the answer rests on besides the finding; only answers of an equal manner are kept.
        """
        if self._shown is None or self._shown.manner != manner:
            self._shown = _Shown({}, manner)
        before, numbers = self._shown, list(map(id, self._found))
        kept = list(map(before.kept.get, numbers))
        first, end = before.first, ALWAYS if before.moved else before.end
        fresh = [
            number
            for number, one in enumerate(kept)
            if one is None or (one.last >= first and one.first < end and not before.stays(one))
        ]
        known = before.kept.values() if len(fresh) > FEW else ()
        alike = {(one.diagnostic.code, one.diagnostic.span): one for one in known}
        for number in fresh:
            diagnostic = self._found[number]
            one = alike.get((diagnostic.code, diagnostic.span))
            same = one is not None and one.diagnostic[:-1] == diagnostic[:-1] and before.stays(one)
            shown = one.shown if one is not None and same else show(self._in_text(diagnostic, None))
            kept[number] = _known(diagnostic, shown)
        all_kept = cast("list[_Known]", kept)
        self._shown = _Shown(dict(zip(numbers, all_kept, strict=True)), manner)
        return [cast(T, one.shown) for one in all_kept]

    def _in_text(self, diagnostic: Diagnostic, fix: Fix | None) -> Diagnostic:
        related = tuple(
            one._replace(span=self._span(one.span)) if one.file is None else one for one in diagnostic.related
        )
        return diagnostic._replace(span=self._span(diagnostic.span), related=related, fix=fix)

    def _fix_in_text(self, fix: Fix) -> Fix:
        return fix._replace(edits=tuple(Edit(self._span(edit.span), edit.text) for edit in fix.edits))

    def _span(self, span: Span) -> Span:
        offset = self.document.layout.offset
        return Span(offset(span.start), offset(span.end))


def _reordered(last: Findings, told: list[list[Diagnostic]]) -> list[Diagnostic]:
    """All findings in order; most of them stand in order from the version before."""
    gone: list[Diagnostic] = []
    come: list[Diagnostic] = []
    for before, now in zip(last.told, told, strict=True):
        if before is not now:
            first, after = shared(before, now, alike=is_)
            gone += before[first : len(before) - after]
            come += now[first : len(now) - after]
    ordered = list(last.ordered)
    if len(gone) + len(come) <= FEW:
        for finding in gone:
            number = bisect_left(ordered, ORDER(finding), key=ORDER)
            while ordered[number] is not finding:
                number += 1
            del ordered[number]
        for finding in come:
            number = bisect_left(ordered, ORDER(finding), key=ORDER)
            if number < len(ordered) and ORDER(ordered[number]) == ORDER(finding):
                break
            ordered.insert(number, finding)
        else:
            return ordered
    return in_order(finding for answer in told for finding in answer)


class _Question:
    """What one rule finds, as a question to a document."""

    def __init__(self, rule: Rule, context: Context) -> None:
        self._rule = rule
        self._context = context

    def __call__(self, document: Document) -> list[Diagnostic]:
        if isinstance(self._rule, BlockRule) and isinstance(document, Followed):
            document.asked(self._of_block)
            return document.mapped(self._of_block, _in_document)
        return answer(self._rule, document, self._context)

    def _of_block(self, block: Block) -> list[Diagnostic]:
        settings = self._context.settings
        return [with_severity(found, settings) for found in guarded(self._rule, block, self._context)]


def _in_document(placed: Placed[Diagnostic], _: Block) -> Diagnostic:
    return placed.fact.shifted(placed.start)


class _Known(NamedTuple):
    """What was shown of a finding, and the places of it that were shown, with the first and the last of them."""

    diagnostic: Diagnostic
    places: tuple[int, ...]
    first: int
    last: int
    shown: object


def _known(diagnostic: Diagnostic, shown: object) -> _Known:
    spans = (diagnostic.span, *(related.span for related in diagnostic.related))
    places = sorted(place for span in spans for place in span)
    if any(related.file is not None for related in diagnostic.related):
        # what it points to may move without this text
        return _Known(diagnostic, (), -1, ALWAYS, shown)
    return _Known(diagnostic, tuple(places), places[0], places[-1], shown)


class _Shown(NamedTuple):
    """What was shown of the findings of one version, by their identity.

    From `first` to `end` the next version differs; `moved` tells that the lines after that have other numbers in it.
    """

    kept: dict[int, _Known]
    manner: object
    first: int = 0
    end: int = 0
    moved: bool = False

    def stays(self, one: _Known) -> bool:
        """Whether all that was shown of a finding is in the next version in the same lines and columns."""
        if self.moved or not one.places:
            return one.last < self.first
        return not any(self.first <= place < self.end for place in one.places)
