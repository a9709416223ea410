"""The bilingual term table of a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from mdreview.context import Context
from mdreview.facts.regions import Region, regions
from mdreview.facts.terms import Bound, defines, english_key, terms
from mdreview.facts.word_index import WordIndex
from mdreview.markdown import Document, Kind
from mdreview.source import Span


class Term(NamedTuple):
    """A term of a document: its names, "" where it has none, where it is defined, and how often it is named.

    `uses` counts every place that holds one of the names, the definition's own not among them.
    """

    chinese: str
    english: str
    abbreviation: str
    defined: Span
    uses: int

    @property
    def name(self) -> str:
        """What the term is best known by: its English name, else its Chinese one, else its abbreviation."""
        return self.english or self.chinese or self.abbreviation


class Place(NamedTuple):
    """A place that holds a name of a term: its number in the table, and the name as the table has it.

    `again` tells that another name of the term stands right before, in one definition with this one.
    """

    span: Span
    term: int
    name: str
    again: bool


def term_table(document: Document, context: Context) -> tuple[Term, ...]:
    """The terms that the document defines, in the order of their definitions.

    Names that the document leaves out are taken from the glossary of the context, where it knows the term.
    """
    table = defined_terms(document, context)
    return counted(table, places(document, table))


def defined_terms(document: Document, context: Context) -> tuple[Term, ...]:
    """The terms of the table before their uses are counted."""
    groups: dict[str, list[Bound]] = defaultdict(list)
    for item in document.fact(terms).bound:
        if item.setting.region is Region.REFERENCES or not _tells(item):
            continue
        key = item.definition.short or "english " + english_key(item.definition.english)
        groups[key].append(item)
    table = [_completed(_merged(items), context) for items in _joined(groups)]
    return tuple(sorted(table, key=lambda term: term.defined))


def counted(table: tuple[Term, ...], found: Iterable[Place]) -> tuple[Term, ...]:
    """The table with the uses that the places of its names show.

    The definition's own place is not among them; a term whose `defined` is empty has none.
    """
    counts = [0] * len(table)
    for place in found:
        counts[place.term] += not place.again
    return tuple(
        term._replace(uses=max(count - (term.defined.end > term.defined.start), 0))
        for term, count in zip(table, counts, strict=True)
    )


def places(document: Document, table: tuple[Term, ...]) -> list[Place]:
    """Every place outside the references that holds a name of one of the terms, in order; none overlap."""
    owner: dict[str, tuple[int, str]] = {}
    for number, term in enumerate(table):
        for name in (term.chinese, term.english, term.abbreviation):
            for form in (name, f"{name}s") if name and name.isascii() else (name,):
                owner.setdefault(form.lower(), (number, name))
    index = WordIndex(owner)
    found: list[Place] = []
    where = document.fact(regions)
    for start, block in document:
        if block.kind is Kind.FRONT_MATTER:
            continue
        for leaf in block.leaves:
            if where.at(start + leaf.span.start) is Region.REFERENCES:
                continue
            last: dict[int, int] = {}
            for word in index.find(block.prose, *leaf.span):
                number, name = owner[word.word]
                again = number in last and _one_place(block.prose[last[number] : word.start])
                found.append(Place(Span(word.start + start, word.end + start), number, name, again))
                last[number] = word.end
    return found


def _tells(item: Bound) -> bool:
    if item.definition.short:
        return defines(item) or item.definition.form == "row"
    return bool(item.name and item.definition.english)


def _joined(groups: dict[str, list[Bound]]) -> list[list[Bound]]:
    """Glosses put with the definitions that have the same English name."""
    by_english: dict[str, str] = {}
    for key, items in groups.items():
        if not key.startswith("english "):
            for item in items:
                if item.definition.english:
                    by_english.setdefault("english " + english_key(item.definition.english), key)
    joined: dict[str, list[Bound]] = defaultdict(list)
    for key, items in groups.items():
        joined[by_english.get(key, key)] += items
    return list(joined.values())


def _merged(items: list[Bound]) -> Term:
    ordered = sorted(items, key=lambda item: item.span)
    chinese = next((item.name for item in ordered if item.name), "")
    english = next((item.definition.english for item in ordered if item.definition.english), "")
    abbreviation = next((item.definition.short for item in ordered if item.definition.short), "")
    return Term(chinese, english, abbreviation, ordered[0].span, 0)


def _completed(term: Term, context: Context) -> Term:
    if context.glossary is None:
        return term
    for entry in context.glossary.entries:
        known = entry.english_name and term.english and english_key(entry.english_name) == english_key(term.english)
        if known or (entry.abbreviation and entry.abbreviation == term.abbreviation):
            return term._replace(
                chinese=term.chinese or entry.chinese_name or "",
                english=term.english or entry.english_name or "",
                abbreviation=term.abbreviation or entry.abbreviation or "",
            )
    return term


def _one_place(between: str) -> bool:
    """Whether two names of a term stand in one definition: only brackets, commas and marks are between them."""
    return 0 < len(between) <= 8 and not between.strip(' \n（）(),，;；*_“”"「」:：') and bool(between.strip())
