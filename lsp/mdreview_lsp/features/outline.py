"""The text's shape: its sections as a tree, and what can be folded."""

from __future__ import annotations

from lsprotocol import types

from mdreview.facts.sections import Section, SectionTree, section_tree
from mdreview.source import Span
from mdreview_lsp.places import to_range
from mdreview_lsp.session import Session
from mdreview_lsp.texts import OpenText


def symbols(
    session: Session, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol] | list[types.SymbolInformation] | None:
    """The sections with what stands in them, as a tree where the editor can show one."""
    text = session.text(params.text_document.uri)
    if text is None:
        return None
    tree = text.document.fact(section_tree)
    able = session.editor.document.document_symbol
    if able is not None and able.hierarchical_document_symbol_support:
        return [_symbol(text, tree, section) for section in tree.roots if not section.repeated]
    return [
        types.SymbolInformation(
            types.Location(text.uri, to_range(text.source, whole(text, section), text.units)),
            _title(text, section),
            types.SymbolKind.String,
        )
        for section in tree
    ]


def _symbol(text: OpenText, tree: SectionTree, section: Section) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        name=_title(text, section),
        kind=types.SymbolKind.String,
        range=to_range(text.source, whole(text, section), text.units),
        selection_range=to_range(text.source, section.span, text.units),
        children=[_symbol(text, tree, tree.sections[child]) for child in section.children],
    )


def _title(text: OpenText, section: Section) -> str:
    return " ".join(text.source.text[section.span.start : section.span.end].split()) or "—"


def whole(text: OpenText, section: Section) -> Span:
    """The section from its heading's marks to the last character of what stands in it."""
    start = text.document.span_of(section.block).start
    end = max(section.end, section.span.end)
    return Span(start, max(len(text.source.text[start:end].rstrip()) + start, section.span.end))
