"""The terms of an open text, and what stands at each place of theirs."""

from __future__ import annotations

from bisect import bisect_right
from functools import partial
from typing import NamedTuple
from weakref import WeakKeyDictionary

from mdreview.context import Context
from mdreview.markdown import Document
from mdreview.terms import Place, Term, counted, defined_terms, places
from mdreview_lsp.marks import Mark, Sort
from mdreview_lsp.worker import Worker


class Vocabulary(NamedTuple):
    """The term table of a document, and the places of the names in it, in order."""

    table: tuple[Term, ...]
    places: list[Place]

    def at(self, offset: int) -> Place | None:
        """The place that holds an offset or ends there."""
        index = bisect_right(self.places, offset, key=lambda place: place.span.start) - 1
        return self.places[index] if index >= 0 and offset <= self.places[index].span.end else None

    def mark_at(self, offset: int) -> Mark | None:
        """The name at an offset as a mark."""
        place = self.at(offset)
        return None if place is None else self._mark(place)

    def same(self, mark: Mark) -> list[Mark]:
        """The marks of all places with the name of a mark."""
        found = (self._mark(place) for place in self.places if place.name == mark.key)
        return list(found)

    def term(self, mark: Mark) -> Term | None:
        """The term that a mark names, if the document defines it."""
        names = ("abbreviation",) if mark.sort is Sort.TERM else ("chinese", "english", "abbreviation")
        return next((term for term in self.table if any(getattr(term, name) == mark.key for name in names)), None)

    def _mark(self, place: Place) -> Mark:
        # a plural ending is no part of the name
        name = place.span._replace(end=place.span.start + len(place.name))
        return Mark(Sort.NAME, place.name, place.span, name, self.table[place.term].defined.contains(place.span))


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
        """The vocabulary of a document, its table completed from the glossary of its context."""
        made = self._of.get(document)
        if made is None or made[0].glossary is not context.glossary:
            made = context, await self._worker.run(partial(_made, document, context))
            self._of[document] = made
        return made[1]


def _made(document: Document, context: Context) -> Vocabulary:
    table = defined_terms(document, context)
    found = places(document, table)
    return Vocabulary(counted(table, found), found)
