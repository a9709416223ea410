"""check() for a text that is being written: what an edit leaves as it was is not asked again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import cached_property
from operator import is_, itemgetter
from typing import Any, NamedTuple, TypeVar

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
Move = Callable[[T, list[bool], int], T]
"""From what was shown to what is shown now: which of its places are in lines that moved, in order, and by how many."""
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
        self._change = UNCHANGED
        if before is not None and before._shown is not None and before._change is UNCHANGED:
            self._shown = before._shown
            self._change = _Change(*document.changed_places, self._lines - before._lines)

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

    def each(self, show: Callable[[Diagnostic], T], move: Move[T], manner: object) -> list[T]:
        """What `show` makes of each finding, which it is given without its fix.

        Not asked again where a finding is the same as in the version before, in the same columns: where lines before it
        came or went, `move` makes the answer of the one before. `manner` is what answers rest on besides the finding;
        only those of an equal manner are kept.
        """
        found, change = self._found, self._change
        before = self._shown if self._shown is not None and self._shown.manner == manner else _Shown(manner)
        now = self._shown = before.followed(found, change, move)
        self._change = UNCHANGED
        fresh = [number for number, places in enumerate(now.places) if places is None]
        known = range(len(before.found)) if len(fresh) > FEW else ()
        alike = {(before.found[number].code, before.found[number].span): number for number in known}
        for number in fresh:
            one = found[number]
            old = alike.get((one.code, one.span))
            places = _places(one)
            if old is not None and before.found[old][:-1] == one[:-1] and change.keeps(places):
                now.shown[number] = change.moved(before.shown[old], places, move)
            else:
                now.shown[number] = show(self._in_text(one, None))
            now.put_places(number, places)
        return now.shown

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


def _places(one: Diagnostic) -> tuple[int, ...]:
    """The places that are shown of a finding; none where one of them is in another file, which may move."""
    if any(related.file is not None for related in one.related):
        return ()
    return tuple(place for span in (one.span, *(related.span for related in one.related)) for place in span)


class _Change(NamedTuple):
    """A version differs from the one before from `first` to `end`; the numbers of lines after that grew by `by`."""

    first: int
    end: int
    by: int

    def keeps(self, places: tuple[int, ...] | None) -> bool:
        """Whether all these places are in the columns in which they were, be it in other lines."""
        return bool(places) and not any(self.first <= place < self.end for place in places or ())

    def moved(self, shown: T, places: tuple[int, ...], move: Move[T]) -> T:
        """What is now shown of places that are kept."""
        after = [place >= self.end for place in places] if self.by else []
        return move(shown, after, self.by) if any(after) else shown


UNCHANGED = _Change(0, 0, 0)


class _Shown:
    """What was shown of the findings of one version: for each of them the answer, and the places that were shown."""

    def __init__(self, manner: object) -> None:
        self.manner = manner
        self.found: list[Diagnostic] = []
        self.shown: list[Any] = []
        self.places: list[tuple[int, ...] | None] = []
        self._firsts: list[int] = []
        self._lasts: list[int] = []

    def followed(self, found: list[Diagnostic], change: _Change, move: Move[T]) -> _Shown:
        """The same for the findings of the next version; the places of those that must be shown anew are None."""
        start, after = shared(self.found, found, is_)
        old_end, end = len(self.found) - after, len(found) - after
        numbers = {id(one): start + number for number, one in enumerate(self.found[start:old_end])}
        between = [numbers.get(id(one), -1) for one in found[start:end]]
        next_ = _Shown(self.manner)
        next_.found = found
        for name, none in (("shown", None), ("places", None), ("_firsts", -1), ("_lasts", ALWAYS)):
            known = getattr(self, name)
            inner = [known[number] if number >= 0 else none for number in between]
            setattr(next_, name, [*known[:start], *inner, *known[old_end:]])
        changed, unchanged = change.first, ALWAYS if change.by else change.end
        for number, (first, last) in enumerate(zip(next_._firsts, next_._lasts, strict=True)):
            if last >= changed and first < unchanged:
                places = next_.places[number]
                if not places or not change.keeps(places):
                    next_.places[number] = None
                elif change.by:
                    next_.shown[number] = change.moved(next_.shown[number], places, move)
        return next_

    def put_places(self, number: int, places: tuple[int, ...]) -> None:
        """Notes the places that were shown of a finding."""
        self.places[number] = places
        self._firsts[number], self._lasts[number] = (min(places), max(places)) if places else (-1, ALWAYS)
