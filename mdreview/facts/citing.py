"""How a document cites: with numbers, with keys, with footnotes, or with several of them."""

from __future__ import annotations

import re
from typing import NamedTuple

from mdreview.facts.citations import Cited, cited_numbers, cites_numerically, keys
from mdreview.facts.footnotes import (
    Setting,
    definitions_by_key,
    key_of,
    marks,
    references,
    undefined_numbers,
    undefined_references,
)
from mdreview.facts.reference_list import Entry, numbered_entries
from mdreview.facts.works import describe
from mdreview.markdown import Block, Document
from mdreview.patterns import regex
from mdreview.source import Span

REFERENCE_LIKE = regex(r"\[(?:[A-Z]{1,2}|[A-Z]{1,2}/OL)\]|\bpp?\. ?\d|\bvol\. ?\d|出版社|学报|大学|Press\b|Journal\b")
ONLY_EXTERNAL = regex(
    r"(?:doi|pmid|pmcid|pmc|arxiv|isbn|url|https?|wikidata|tag|raw|clinicaltrials|swh|biorxiv|medrxiv|orcid|rrid|"
    r"ensembl|uniprot|pdb|geo|mesh|chebi|ncbigene|obo|bioproject|dbgap|zotero|gh|github)\s*:",
    re.I,
)


class Uses(NamedTuple):
    """How many citations there are of one system, and the place of the first."""

    times: int
    first: Span


class Systems(NamedTuple):
    """How each system is used; None where it is not."""

    numbers: Uses | None
    keys: Uses | None
    footnotes: Uses | None


def systems(document: Document) -> Systems:
    """The citations by system. Ask through `document.fact(systems)`.

    Footnotes are a citing system only where at least two of them, and at least half, hold a reference; marks that lead
    to a plain list of references are not counted here. They are told only beside another system: to read them all costs
    much, and one system alone is no mixture.
    """
    entries = document.fact(numbered_entries)
    numbers: tuple[Span, ...] = ()
    numeric = document.fact(cites_numerically)
    if entries and numeric:
        cited = document.fact(cited_numbers)
        numbers = tuple(one.span for one in cited if one.sure and any(number in entries for number in one.numbers))
    bracketed = tuple(one.span(one.fact.span) for one in document.joined(keys) if one.fact.bracketed)
    others = _uses(numbers), _uses(bracketed)
    return Systems(*others, _citing_footnotes(document) if any(others) else None)


def _uses(places: tuple[Span, ...]) -> Uses | None:
    return Uses(len(places), places[0]) if places else None


def _citing_footnotes(document: Document) -> Uses | None:
    citing = document.fact(_citing_keys)
    marked = citing and [
        one for one in document.joined(marks) if one.fact[1] is Setting.TEXT and key_of(one.fact[0]) in citing
    ]
    if not marked:
        return None
    here = document.blocks[marked[0].block].fact(references)
    first = next(one for one in here if (one.label, one.setting) == marked[0].fact)
    return Uses(len(marked), marked[0].span(first.span))


def _citing_keys(document: Document) -> frozenset[str]:
    """The keys of the footnotes that hold a reference; none where these are few."""
    defined = document.fact(definitions_by_key)
    citing = {key for key, several in defined.items() if document.blocks[several[0].block].fact(_is_reference)}
    return frozenset(citing if len(citing) >= 2 and 2 * len(citing) >= len(defined) else ())


def _is_reference(block: Block) -> bool:
    text = block.text.partition("]:")[2].strip()
    work = describe(text)
    return bool(work.doi or work.arxiv) or bool(work.years and (work.has_author or REFERENCE_LIKE.search(text)))


def first_citations(document: Document) -> tuple[tuple[int, Cited], ...]:
    """Each number that the text surely cites and the list has, with its first citation, in the order of the text."""
    entries = document.fact(numbered_entries)
    found: dict[int, Cited] = {}
    for one in document.fact(cited_numbers):
        for number in one.numbers:
            if one.sure and number in entries:
                found.setdefault(number, one)
    return tuple(found.items())


def reached_entries(document: Document) -> frozenset[int]:
    """The numbers of the list that anything in the text may lead to: citations, marks, superscripts."""
    numbers = {number for one in document.fact(cited_numbers) for number in one.numbers}
    return document.fact(undefined_numbers).union(numbers)


def citing_places(document: Document) -> dict[int, list[Span]]:
    """For each number the places that cite it, with brackets or with a mark. Ask through `document.fact`."""
    found: dict[int, list[Span]] = {}
    for one in document.fact(cited_numbers):
        for number in one.numbers:
            found.setdefault(number, []).append(one.span)
    for mark in document.fact(undefined_references):
        if mark.fact.label.isdecimal():
            found.setdefault(int(mark.fact.label), []).append(mark.span(mark.fact.span))
    return found


def alphabetical(entries: tuple[Entry, ...]) -> bool:
    """Whether a list is sorted by its first words, so that its numbers say nothing about the order of citing."""
    first = [entry.text.lstrip('*_[“"《 ').casefold()[:4] for entry in entries]
    return len(first) >= 5 and first == sorted(first) and len(set(first)) > len(first) // 2
