"""Which source a document cites where: footnotes, numbers of the reference list, citation keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from mdreview.bibliography import Entry
from mdreview.context import Context, known_keys
from mdreview.facts.citations import cited_numbers, cites_numerically, keys
from mdreview.facts.citing import ONLY_EXTERNAL, citing_places
from mdreview.facts.footnotes import definitions_by_key, intended_definitions, references, undefined_references
from mdreview.facts.reference_list import numbered_entries
from mdreview.markdown import Document
from mdreview.source import Span

LONGEST = 400
"""As much is told of a source, in characters."""
AUTHORS = 3


class System(Enum):
    """How a source is cited."""

    FOOTNOTE = "footnote"
    NUMBER = "number"
    KEY = "key"


class CitedSource(NamedTuple):
    """A source and the places that cite it, in order.

    `label` is what a citation looks like: `[^3]`, `[3]`, `@li2020`. `about` is what the document or its bibliography
    says of the source, in one line; "" where nothing is known. `defined` is where the document says it, None where
    it does not. `missing` tells that it is cited and stands nowhere.
    """

    system: System
    label: str
    about: str
    defined: Span | None
    cited: tuple[Span, ...]
    missing: bool = False


def citation_map(document: Document, context: Context) -> tuple[CitedSource, ...]:
    """The sources that the document defines or cites: footnotes, then the numbers of its reference list, then keys.

    Footnotes stand in the order of their definitions, then those without one; keys in the order of their first
    citation. Works of a bibliography that are not cited are left out, for it may serve many texts.
    """
    return (*_footnotes(document), *_numbers(document), *_keys(document, context))


def _footnotes(document: Document) -> Iterator[CitedSource]:
    marks = [placed for placed in document.joined(references) if not placed.fact.expression]
    places = _places((placed.fact.key, placed.span(placed.fact.span)) for placed in marks)
    for key, [first, *_] in document.fact(definitions_by_key).items():
        span = first.span(first.fact.span)
        about = document.source.text[first.start + first.fact.mark.end : span.end]
        yield CitedSource(System.FOOTNOTE, f"[^{first.fact.label}]", _line(about), span, tuple(places.get(key, ())))
    entries = document.fact(numbered_entries)
    meant = document.fact(intended_definitions)
    # a mark that leads to a plain list of references counts there
    lost = [one for one in document.fact(undefined_references) if _number(one.fact.label) not in entries]
    labels = {one.fact.key: one.fact.label for one in reversed(lost)}
    for key, cited in _places((one.fact.key, one.span(one.fact.span)) for one in lost).items():
        defined = meant.get(key)
        yield CitedSource(System.FOOTNOTE, f"[^{labels[key]}]", "", defined, cited, missing=defined is None)


def _numbers(document: Document) -> Iterator[CitedSource]:
    entries = document.fact(numbered_entries)
    places = document.fact(citing_places)
    numeric = document.fact(cites_numerically)
    sure = {number for one in document.fact(cited_numbers) if one.sure for number in one.numbers}
    marked = {_number(one.fact.label) for one in document.fact(undefined_references)}
    for number in sorted({*entries, *(sure if numeric else ())}):
        cited = tuple(sorted(places.get(number, ()))) if numeric or number in marked else ()
        entry = entries.get(number)
        about, defined = (_line(entry.text), entry.span) if entry else ("", None)
        yield CitedSource(System.NUMBER, f"[{number}]", about, defined, cited, missing=entry is None)


def _keys(document: Document, context: Context) -> Iterator[CitedSource]:
    places = _places((placed.fact.key, placed.span(placed.fact.span)) for placed in document.joined(keys))
    entries = context.bibliography.entries if context.bibliography else {}
    known = known_keys(document, context)
    for key, cited in places.items():
        entry = entries.get(key)
        missing = known is not None and key not in known and not ONLY_EXTERNAL.match(key)
        yield CitedSource(System.KEY, f"@{key}", _described(entry) if entry else "", None, cited, missing)


def _places(found: Iterable[tuple[str, Span]]) -> dict[str, tuple[Span, ...]]:
    places: dict[str, list[Span]] = {}
    for key, span in found:
        places.setdefault(key, []).append(span)
    return {key: tuple(spans) for key, spans in places.items()}


def _number(label: str) -> int:
    """The number that a label is; -1 for any other."""
    return int(label) if label.isdecimal() else -1


def _described(entry: Entry) -> str:
    names = ", ".join(entry.authors[:AUTHORS]) + (" …" if len(entry.authors) > AUTHORS else "")
    dated = f"{names} ({entry.year})" if entry.year else names
    return _line(". ".join(filter(None, (dated.strip(), entry.title))))


def _line(text: str) -> str:
    """A text on one line, cut where it is long."""
    line = " ".join(text[: 2 * LONGEST].split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
