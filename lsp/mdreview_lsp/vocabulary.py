"""The terms of an open text and of its glossary, and where their names stand."""

from __future__ import annotations

from bisect import bisect_right
from functools import partial
from typing import NamedTuple
from weakref import WeakKeyDictionary

from mdreview.context import Context
from mdreview.glossary import Glossary
from mdreview.markdown import Document
from mdreview.source import Span
from mdreview.terms import Place, Term, defined_terms, places
from mdreview.terms import counted as with_uses
from mdreview_lsp.marks import Mark, Sort
from mdreview_lsp.worker import Worker


class Known(NamedTuple):
    """A term: its names, "" where it has none; where the text defines it, None for one of the glossary alone."""

    chinese: str
    english: str
    abbreviation: str
    defined: Span | None
    uses: int

    @property
    def names(self) -> tuple[str, ...]:
        """The names that it has."""
        return tuple(name for name in (self.chinese, self.english, self.abbreviation) if name)


class Vocabulary(NamedTuple):
    """The terms of a document, those of its glossary after them, and the places of their names, in order."""

    table: tuple[Known, ...]
    places: list[Place]

    def mark_at(self, offset: int) -> Mark | None:
        """The name that holds an offset or ends there."""
        index = bisect_right(self.places, offset, key=lambda place: place.span.start) - 1
        place = self.places[index] if index >= 0 else None
        return None if place is None or offset > place.span.end else self._mark(place)

    def same(self, mark: Mark) -> list[Mark]:
        """All places of the name of a mark."""
        return [self._mark(place) for place in self.places if place.name == mark.key]

    def term(self, mark: Mark) -> Known | None:
        """The term that a mark names."""
        if mark.sort is Sort.TERM:
            return next((term for term in self.table if term.abbreviation == mark.key), None)
        return next((term for term in self.table if mark.key in term.names), None)

    def _mark(self, place: Place) -> Mark:
        # a plural ending is no part of the name
        name = Span(place.span.start, place.span.start + len(place.name))
        defined = self.table[place.term].defined
        return Mark(Sort.NAME, place.name, place.span, name, defined is not None and defined.contains(place.span))


class Vocabularies:
    """The vocabulary of each document, made when it is first asked for."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._of: WeakKeyDictionary[Document, tuple[Context, Vocabulary]] = WeakKeyDictionary()

    def known(self, document: Document) -> Vocabulary | None:
        """What was made of this very document, if anything was."""
        made = self._of.get(document)
        return None if made is None else made[1]

    async def of(self, document: Document, context: Context) -> Vocabulary:
        """The vocabulary of a document in its context."""
        made = self._of.get(document)
        if made is None or made[0].glossary is not context.glossary:
            made = context, await self._worker.run(partial(_vocabulary, document, context))
            self._of[document] = made
        return made[1]

    async def terms(self, document: Document, context: Context) -> tuple[Known, ...]:
        """The terms alone, their uses not counted: that is sooner done."""
        defined, listed = await self._worker.run(partial(_terms, document, context))
        return (*map(_defined, defined), *map(_undefined, listed))


def _terms(document: Document, context: Context) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """The terms that a document defines, and those that its glossary has besides."""
    table = defined_terms(document, context)
    return table, _listed(context.glossary, table) if context.glossary is not None else ()


def _vocabulary(document: Document, context: Context) -> Vocabulary:
    defined, listed = _terms(document, context)
    found = places(document, (*defined, *listed))
    counted = with_uses((*defined, *listed), found)
    known = [*map(_defined, counted[: len(defined)]), *map(_undefined, counted[len(defined) :])]
    return Vocabulary(tuple(known), found)


def _defined(term: Term) -> Known:
    return Known(*term)


def _undefined(term: Term) -> Known:
    return Known(*term)._replace(defined=None)


def _listed(glossary: Glossary, table: tuple[Term, ...]) -> tuple[Term, ...]:
    """The glossary's terms that the text does not define."""
    names = {name for term in table for name in (term.chinese, term.english, term.abbreviation) if name}
    return tuple(
        Term(entry.chinese_name or "", entry.english_name or "", entry.abbreviation or "", Span(0, 0), 0)
        for entry in glossary.entries
        if entry.see is None and names.isdisjoint(entry.names)
    )
