"""The headings, labels and terms of all Markdown in the folder."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import NamedTuple

from lsprotocol import types

from mdreview.context import Context
from mdreview.encoding import decode
from mdreview.errors import UserError
from mdreview.facts import labels
from mdreview.facts.sections import section_tree
from mdreview.markdown import Document, parse
from mdreview.source import Span
from mdreview.terms import defined_terms
from mdreview_lsp.features.outline import title_of
from mdreview_lsp.features.pull import markdown_in
from mdreview_lsp.places import to_range, uri_of
from mdreview_lsp.session import Session

MOST = 500


class Symbol(NamedTuple):
    """A name, what it names, the heading around it, and its place."""

    name: str
    kind: types.SymbolKind
    container: str
    range: types.Range


class Catalogue:
    """The symbols of files that are not open, kept until the files change."""

    def __init__(self) -> None:
        self.of: dict[str, tuple[tuple[int, int], list[Symbol]]] = {}


async def symbols(session: Session, params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
    """The symbols whose names hold the characters of the query in their order."""
    query = "".join(params.query.casefold().split())
    found: list[types.WorkspaceSymbol] = []
    files = (await session.aside.run(partial(markdown_in, session.editor.folders))).files
    for path in files:
        uri = uri_of(path)
        for symbol in await session.aside.run(partial(_of_file, session, path)):
            if _holds(symbol.name.casefold(), query):
                location = types.Location(uri, symbol.range)
                found.append(
                    types.WorkspaceSymbol(location, symbol.name, symbol.kind, container_name=symbol.container or None)
                )
        if len(found) >= MOST:
            break
    return found[:MOST]


def _holds(name: str, query: str) -> bool:
    characters = iter(name)
    return all(character in characters for character in query)


def _of_file(session: Session, path: str) -> list[Symbol]:
    if (text := session.text(uri_of(path))) is not None:
        return _symbols(session, text.document)
    known = session.kept(Catalogue).of
    try:
        status = Path(path).stat()
        stamp = status.st_mtime_ns, status.st_size
        if path not in known or known[path][0] != stamp:
            known[path] = stamp, _symbols(session, parse(decode(Path(path).read_bytes(), path).text))
    except (OSError, UserError):
        known.pop(path, None)
        return []
    return known[path][1]


def _symbols(session: Session, document: Document) -> list[Symbol]:
    tree = document.fact(section_tree)
    units = session.editor.units

    def symbol(name: str, kind: types.SymbolKind, span: Span, container: str) -> Symbol:
        return Symbol(name, kind, container, to_range(document.source, span, units))

    def around(offset: int) -> str:
        section = tree.at(offset)
        return "" if section is None else title_of(document, section)

    found = []
    for section in tree:
        parent = tree.parent(section)
        container = "" if parent is None else title_of(document, parent)
        found.append(symbol(title_of(document, section), types.SymbolKind.String, section.span, container))
    for placed in document.joined(labels.definitions):
        span = placed.span(placed.fact.span)
        found.append(symbol(placed.fact.label, types.SymbolKind.Key, span, around(span.start)))
    for term in defined_terms(document, Context()):
        name = " · ".join(filter(None, (term.abbreviation, term.chinese, term.english)))
        found.append(symbol(name, types.SymbolKind.Constant, term.defined, around(term.defined.start)))
    return found
