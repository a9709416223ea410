"""Places where a text and a glossary part."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from mdreview.facts.redefinitions import modifier
from mdreview.facts.regions import Region, regions
from mdreview.facts.terms import english_key, terms
from mdreview.facts.word_index import WordIndex
from mdreview.markdown import Document, Kind
from mdreview.patterns import regex
from mdreview.source import Span

if TYPE_CHECKING:
    from mdreview.glossary import Entry, Glossary

HAN = regex(r"\p{Han}")


class Breach(NamedTuple):
    """What is written against the glossary, and what it wants."""

    span: Span
    kind: Literal["forbidden", "case", "translation"]
    written: str
    wanted: str
    entry: Entry


def breaches(document: Document, glossary: Glossary) -> list[Breach]:
    """The places where the document breaks the glossary, in order."""
    found = [*_words(document, glossary), *_translations(document, glossary)]
    kept: list[Breach] = []
    for breach in sorted(found, key=lambda breach: (breach.span.start, -breach.span.end)):
        if not kept or breach.span.start >= kept[-1].span.end:
            kept.append(breach)
    return kept


def _words(document: Document, glossary: Glossary) -> Iterator[Breach]:
    words = _Words.of(glossary.entries, tuple(glossary.forbidden))
    where = document.fact(regions)
    for start, block in document:
        if block.kind is Kind.FRONT_MATTER:
            continue
        for leaf in block.leaves:
            if where.at(start + leaf.span.start) is Region.REFERENCES:
                continue
            for place in words.finder.find(block.prose, *leaf.span):
                span = Span(place.start, place.end).shifted(start)
                written = block.prose[place.start : place.end]
                entry = glossary.forbidden.get(written) or glossary.forbidden.get(
                    words.forbidden.get(written.lower(), "")
                )
                if entry is not None:
                    yield Breach(span, "forbidden", written, _wanted(entry, written), entry)
                elif (right := words.cased.get(written.lower())) is not None and written not in words.right:
                    yield Breach(span, "case", written, right.term, right)


class _Words(NamedTuple):
    """Every word of a glossary: the allowed ones too, since they hide what they hold."""

    finder: WordIndex
    forbidden: dict[str, str]
    cased: dict[str, Entry]
    right: frozenset[str]

    @staticmethod
    @lru_cache(maxsize=8)
    def of(entries: tuple[Entry, ...], forbidden: tuple[str, ...]) -> _Words:
        allowed = [name for entry in entries if entry.see is None for name in entry.names]
        cased = {entry.term.lower(): entry for entry in entries if entry.case and entry.see is None}
        lowered = {name.lower() for name in allowed}
        unwanted = {word.lower(): word for word in forbidden if word.lower() not in lowered}
        return _Words(WordIndex([*allowed, *forbidden]), unwanted, cased, frozenset(allowed))


def _wanted(entry: Entry, written: str) -> str:
    """What to write instead, in the language of what is written."""
    if HAN.search(written):
        return entry.chinese_name or entry.term
    return entry.english_name or entry.abbreviation or entry.term


def _translations(document: Document, glossary: Glossary) -> Iterator[Breach]:
    """Definitions in the text that bind an English name or a short form to another Chinese name."""
    by_english = {
        english_key(entry.english_name): entry
        for entry in glossary.entries
        if entry.english_name and entry.chinese_name
    }
    by_short = {entry.abbreviation: entry for entry in glossary.entries if entry.abbreviation and entry.chinese_name}
    for item in document.fact(terms).bound:
        if not item.name or item.name_span is None or item.setting.region is Region.REFERENCES:
            continue
        definition = item.definition
        entry = by_english.get(english_key(definition.english)) if definition.english else None
        if entry is None and definition.fits:
            entry = by_short.get(definition.short)
        if entry is None or entry.chinese_name is None or definition.chinese.endswith(entry.chinese_name):
            continue
        written = document.text_of(item.name_span)
        before = modifier(written, entry.chinese_name)
        span = Span(item.name_span.start + before, item.name_span.end)
        yield Breach(span, "translation", written[before:], entry.chinese_name, entry)
