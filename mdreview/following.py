"""check() for a text that is being written: what an edit leaves as it was is not asked again."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple, TypeVar, cast

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Edit, Fix, in_order
from mdreview.engine import INTERNAL_CODE, answer, guarded, selected_rules, unsilenced, with_severity
from mdreview.markdown import Block, Document
from mdreview.markdown.followed import Followed
from mdreview.rule import BlockRule, Rule
from mdreview.source import Span

T = TypeVar("T")


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
        followed = Followed(document, self._last.document if self._last is not None else None)
        found = [diagnostic for question in self._questions for diagnostic in followed.fact(question)]
        self._last = Findings(followed, in_order(unsilenced(followed, found, rules)), self._last)
        return self._last


class Findings:
    """What is found in one version of a text: the same as `check` finds, in the same order."""

    def __init__(self, document: Followed, found: list[Diagnostic], before: Findings | None) -> None:
        self.document = document
        self._found = found
        self._lines = len(document.own_source.line_starts)
        self._shown: _Shown | None = None
        if before is not None and before._shown is not None:
            self._shown = before._shown.followed(document, self._lines != before._lines)

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
        kept, self._shown = self._shown.kept, _Shown({}, manner)
        answers: list[T] = []
        for diagnostic in self._found:
            key = diagnostic.code, diagnostic.span
            known = kept.get(key)
            if known is None or (known.diagnostic is not diagnostic and known.diagnostic[:-1] != diagnostic[:-1]):
                known = _Known(diagnostic, _places(diagnostic), show(self._in_text(diagnostic, None)))
            self._shown.kept[key] = known
            answers.append(cast(T, known.shown))
        return answers

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


class _Question:
    """What one rule finds, as a question to a document."""

    def __init__(self, rule: Rule, context: Context) -> None:
        self._rule = rule
        self._context = context

    def __call__(self, document: Document) -> list[Diagnostic]:
        if isinstance(self._rule, BlockRule) and isinstance(document, Followed):
            return [placed.fact.shifted(placed.start) for placed in document.asked(self._of_block)]
        return answer(self._rule, document, self._context)

    def _of_block(self, block: Block) -> list[Diagnostic]:
        settings = self._context.settings
        return [with_severity(found, settings) for found in guarded(self._rule, block, self._context)]


class _Known(NamedTuple):
    """What was shown of a finding, and the places of it that were shown; none if it points into another file."""

    diagnostic: Diagnostic
    places: tuple[int, ...]
    shown: object


class _Shown(NamedTuple):
    """What was shown of the findings of one version, by code and place."""

    kept: dict[tuple[str, Span], _Known]
    manner: object

    def followed(self, document: Followed, moved: bool) -> _Shown:
        """What of it holds in the next version still; `moved` tells that lines have other numbers after the edit."""
        first, end = document.changed_places
        kept = {}
        for key, known in self.kept.items():
            places = known.places
            if places and (places[-1] < first or (not moved and not any(first <= place < end for place in places))):
                kept[key] = known
        return _Shown(kept, self.manner)


def _places(diagnostic: Diagnostic) -> tuple[int, ...]:
    if any(related.file is not None for related in diagnostic.related):
        return ()
    spans = (diagnostic.span, *(related.span for related in diagnostic.related))
    return tuple(sorted(place for span in spans for place in span))
