"""From a mark to what it names, and from there to all its marks."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types

from mdreview_lsp import marks
from mdreview_lsp.marks import Mark, Sort
from mdreview_lsp.places import to_offset, to_range, uri_of
from mdreview_lsp.session import Session
from mdreview_lsp.texts import OpenText


def mark_at(
    session: Session, identifier: types.TextDocumentIdentifier, position: types.Position
) -> tuple[OpenText, Mark] | None:
    """The text and the mark that an editor's question is about."""
    text = session.text(identifier.uri)
    if text is None:
        return None
    mark = marks.mark_at(text.document, to_offset(text.source, position, text.units))
    return None if mark is None else (text, mark)


async def definition(session: Session, params: types.DefinitionParams) -> list[types.Location]:
    """Where the thing stands that is named at the place: in the text, or in a bibliography."""
    found = mark_at(session, params.text_document, params.position)
    if found is None:
        return []
    text, mark = found
    if mark.sort is Sort.KEY:
        return await _in_bibliography(session, text, mark.key)
    if mark.sort is Sort.FOOTNOTE:
        note = marks.footnote_definition(text.document, mark)
        return [] if note is None else [types.Location(text.uri, to_range(text.source, note[0], text.units))]
    places = [one.span for one in marks.same(text.document, mark) if one.defines]
    return [types.Location(text.uri, to_range(text.source, place, text.units)) for place in places]


async def _in_bibliography(session: Session, text: OpenText, key: str) -> list[types.Location]:
    bibliography = (await session.checks.context(text)).bibliography
    entry = bibliography.entries.get(key) if bibliography is not None else None
    if entry is None:
        return []
    start = types.Position(max(entry.line - 1, 0), 0)
    return [types.Location(uri_of(str(Path(entry.file).absolute())), types.Range(start, start))]


def references(session: Session, params: types.ReferenceParams) -> list[types.Location]:
    """Every place that names the thing; its definition too, if the editor wants it."""
    found = mark_at(session, params.text_document, params.position)
    if found is None:
        return []
    text, mark = found
    return [
        types.Location(text.uri, to_range(text.source, one.span, text.units))
        for one in marks.same(text.document, mark)
        if params.context.include_declaration or not one.defines
    ]


def highlight(session: Session, params: types.DocumentHighlightParams) -> list[types.DocumentHighlight]:
    """The same places, to be seen at a glance; a definition is a place of writing."""
    found = mark_at(session, params.text_document, params.position)
    if found is None:
        return []
    text, mark = found
    read, write = types.DocumentHighlightKind.Read, types.DocumentHighlightKind.Write
    return [
        types.DocumentHighlight(to_range(text.source, one.span, text.units), write if one.defines else read)
        for one in marks.same(text.document, mark)
    ]
