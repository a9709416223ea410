"""The text's shape: its sections as a tree."""

from __future__ import annotations

from functools import partial

from lsprotocol import types

from mdreview.facts.sections import Section, section_tree
from mdreview.markdown import Document
from mdreview.source import Span, Units
from mdreview_lsp.places import to_range
from mdreview_lsp.session import Session

_Symbols = list[types.DocumentSymbol] | list[types.SymbolInformation]


async def symbols(session: Session, params: types.DocumentSymbolParams) -> _Symbols | None:
    """The sections with what stands in them, as a tree where the editor can show one."""
    text = session.text(params.text_document.uri)
    if text is None:
        return None
    able = session.editor.document.document_symbol
    if able is not None and able.hierarchical_document_symbol_support:
        return await session.aside.run(partial(_as_tree, text.document, text.units))
    return await session.aside.run(partial(_as_list, text.document, text.units, text.uri))


def _as_tree(document: Document, units: Units) -> list[types.DocumentSymbol]:
    tree = document.fact(section_tree)

    def symbol(section: Section) -> types.DocumentSymbol:
        return types.DocumentSymbol(
            name=title_of(document, section),
            kind=types.SymbolKind.String,
            range=to_range(document.source, whole(document, section), units),
            selection_range=to_range(document.source, section.span, units),
            children=[symbol(tree.sections[child]) for child in section.children],
        )

    return [symbol(section) for section in tree.roots if not section.repeated]


def _as_list(document: Document, units: Units, uri: str) -> list[types.SymbolInformation]:
    return [
        types.SymbolInformation(
            types.Location(uri, to_range(document.source, whole(document, section), units)),
            title_of(document, section),
            types.SymbolKind.String,
        )
        for section in document.fact(section_tree)
    ]


def title_of(document: Document, section: Section) -> str:
    """A heading as one line for people."""
    return " ".join(document.source.text[section.span.start : section.span.end].split()) or "—"


def whole(document: Document, section: Section) -> Span:
    """The section from its heading's marks to the last character of what stands in it."""
    start = document.span_of(section.block).start
    end = max(section.end, section.span.end)
    return Span(start, max(len(document.source.text[start:end].rstrip()) + start, section.span.end))
