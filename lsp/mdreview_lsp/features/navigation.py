"""From a mark to what it names, and from there to all its marks."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types

from mdreview.source import Span
from mdreview_lsp import marks
from mdreview_lsp.features.pointing import Pointed, elsewhere, pointed_at, same
from mdreview_lsp.marks import Sort
from mdreview_lsp.places import to_range, uri_of
from mdreview_lsp.session import Session


async def definition(session: Session, params: types.DefinitionParams) -> list[types.Location]:
    """Where the thing stands that is named at the place: in the text, in another file of the work, in a .bib file."""
    pointed = await pointed_at(session, params.text_document, params.position)
    if pointed is None:
        return []
    if pointed.mark.sort is Sort.KEY:
        return await _in_bibliography(session, pointed)
    if pointed.mark.sort is Sort.FOOTNOTE:
        note = marks.footnote_definition(pointed.document, pointed.mark)
        found = [] if note is None else [_location(pointed, note[0])]
    else:
        found = [_location(pointed, one.span) for one in await same(session, pointed) if one.defines]
    if not found:
        for uri, document, several in await elsewhere(session, pointed):
            units = pointed.text.units
            found += [types.Location(uri, to_range(document.source, one.span, units)) for one in several if one.defines]
    return found


def _location(pointed: Pointed, span: Span) -> types.Location:
    return types.Location(pointed.text.uri, pointed.range(span))


async def _in_bibliography(session: Session, pointed: Pointed) -> list[types.Location]:
    bibliography = (await session.checks.context(pointed.text)).bibliography
    entry = bibliography.entries.get(pointed.mark.key) if bibliography is not None else None
    if entry is None:
        return []
    start = types.Position(max(entry.line - 1, 0), 0)
    return [types.Location(uri_of(str(Path(entry.file).absolute())), types.Range(start, start))]


async def references(session: Session, params: types.ReferenceParams) -> list[types.Location]:
    """Every place in the work that names the thing; its definition too, if the editor wants it."""
    pointed = await pointed_at(session, params.text_document, params.position)
    if pointed is None:
        return []
    declared = params.context.include_declaration
    found = [_location(pointed, one.span) for one in await same(session, pointed) if declared or not one.defines]
    for uri, document, several in await elsewhere(session, pointed):
        found += [
            types.Location(uri, to_range(document.source, one.span, pointed.text.units))
            for one in several
            if declared or not one.defines
        ]
    return found


async def highlight(session: Session, params: types.DocumentHighlightParams) -> list[types.DocumentHighlight]:
    """The same places in the text, to be seen at a glance; a definition is a place of writing.

    Asked with every move of the cursor, so the names of terms are not sought for it.
    """
    pointed = await pointed_at(session, params.text_document, params.position, quickly=True)
    if pointed is None or pointed.mark.sort is Sort.HEADING:
        return []
    read, write = types.DocumentHighlightKind.Read, types.DocumentHighlightKind.Write
    return [
        types.DocumentHighlight(pointed.range(one.span), write if one.defines else read)
        for one in await same(session, pointed)
    ]
