"""What a kind of fault is, and the list of all kinds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from mdreview.context import Context
from mdreview.diagnostic import Edit
from mdreview.markdown import Document, Kind
from mdreview.settings import Settings
from mdreview.source import Span

Fault = list[Edit]
"""The edits that make a fault; it may be found at any of them."""
Maker = Callable[[Document], Iterator[Fault]]
HAN = "\u3400-\u9fff"


class FaultKind(NamedTuple):
    """One kind of fault.

    `make` gives the faults of this kind that can be put into a document. `host` first gives a document what it takes,
    still without a fault, or None where it cannot. `context` is what stands beside the document: settings, a glossary,
    a bibliography. The rule `code` should find the fault; `also` are rules that find another end of it, `mends` those
    whose fixes together give the text back.
    """

    code: str
    name: str
    make: Maker
    host: Callable[[Document], str | None]
    context: Callable[[Document], Context]
    also: frozenset[str]
    mends: frozenset[str]


KINDS: list[FaultKind] = []


def as_it_is(document: Document) -> str:
    return document.source.text


def plain(document: Document) -> Context:  # noqa: ARG001
    return Context(Settings(extend_select=("TYP003", "TRM009")))


def makes(
    code: str,
    name: str,
    *,
    host: Callable[[Document], str | None] = as_it_is,
    context: Callable[[Document], Context] = plain,
    also: tuple[str, ...] = (),
    mends: tuple[str, ...] = (),
) -> Callable[[Maker], Maker]:
    """Adds a kind of fault, made by the function."""

    def add(make: Maker) -> Maker:
        KINDS.append(FaultKind(code, name, make, host, context, frozenset(also), frozenset((code, *mends))))
        return make

    return add


def text_of(document: Document, span: Span) -> str:
    return document.source.text[span.start : span.end]


def is_chinese(document: Document) -> bool:
    """Whether the text is Chinese rather than English, so that what is added to it should be."""
    text = document.source.text
    return len(re.findall(f"[{HAN}]", text)) > len(re.findall("[A-Za-z]+", text))


def in_paragraphs(document: Document, pattern: str, new: str) -> Iterator[Fault]:
    """The faults that put `new` in the place of one match of the pattern in the prose of a paragraph."""
    for start, block in document:
        if block.kind is Kind.PARAGRAPH:
            for match in re.finditer(pattern, block.prose):
                yield [Edit(Span(*match.span()).shifted(start), new)]
