"""Above each definition, how often it is referred to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from lsprotocol import types

from mdreview.diagnostic import Text
from mdreview.facts import citations
from mdreview.facts.reference_list import numbered_entries
from mdreview.markdown import Document
from mdreview.source import Source, Span, Units
from mdreview_lsp import marks
from mdreview_lsp.editor import plain
from mdreview_lsp.features.pointing import ACROSS_FILES
from mdreview_lsp.marks import Mark, Sort
from mdreview_lsp.places import to_range
from mdreview_lsp.session import Session

SHOW = "mdreview.showReferences"
ONE = Text("1 reference", "1 处引用")
SEVERAL = Text("{number} references", "{number} 处引用")


async def lenses(session: Session, params: types.CodeLensParams) -> list[types.CodeLens] | None:
    """A lens for each footnote, label and entry of the reference list; they are counted when they come into sight."""
    text = session.text(params.text_document.uri)
    if text is None:
        return None
    document = text.document
    return [
        types.CodeLens(
            to_range(document.source, one.span, text.units),
            data={"uri": text.uri, "sort": one.sort.value, "key": one.key},
        )
        for one in await session.aside.run(lambda: list(_definitions(document)))
    ]


async def resolve(session: Session, lens: types.CodeLens) -> types.CodeLens:
    """The lens with its number."""
    data = plain(lens.data)
    text = session.text(str(data.get("uri"))) if isinstance(data, dict) else None
    if not isinstance(data, dict) or text is None:
        return lens
    sort = Sort(data.get("sort"))
    mark = Mark(sort, str(data.get("key")), Span(0, 0), Span(0, 0), True)
    documents = [(text.uri, text.document)]
    if sort in ACROSS_FILES:
        documents += await session.others(text)
    found = [
        _location(uri, document.source, one.span, text.units)
        for uri, document in documents
        for one in await session.aside.run(partial(marks.same, document, mark))
        if not one.defines
    ]
    title = session.editor.written(ONE if len(found) == 1 else SEVERAL, number=len(found))
    lens.command = types.Command(title, "")
    if SHOW in session.editor.options.client_commands and found:
        start = {"line": lens.range.start.line, "character": lens.range.start.character}
        lens.command = types.Command(title, SHOW, arguments=[text.uri, start, found])
    return lens


def _definitions(document: Document) -> Iterator[Mark]:
    for sort in (Sort.FOOTNOTE, Sort.LABEL):
        yield from (one for one in marks.all_of(document, sort) if one.defines)
    if document.fact(citations.cites_numerically):
        for number, entry in document.fact(numbered_entries).items():
            yield Mark(Sort.NUMBER, str(number), entry.mark, entry.mark, True)


def _location(uri: str, source: Source, span: Span, units: Units) -> dict[str, Any]:
    start, end = (source.place(offset, units) for offset in span)
    places = ({"line": place.line, "character": place.column} for place in (start, end))
    return {"uri": uri, "range": dict(zip(("start", "end"), places, strict=True))}
