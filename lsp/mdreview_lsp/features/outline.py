"""The text's shape: its sections as a tree, and what can be folded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol import types

from mdreview.facts.sections import Section, SectionTree, section_tree
from mdreview.markdown import Kind
from mdreview.source import Span
from mdreview_lsp.places import to_range
from mdreview_lsp.texts import OpenText

if TYPE_CHECKING:
    from mdreview_lsp.session import Session

FOLDED = {
    Kind.CODE: None,
    Kind.MATH: None,
    Kind.TABLE: None,
    Kind.QUOTE: None,
    Kind.LIST: None,
    Kind.FOOTNOTE: None,
    Kind.ADMONITION: None,
    Kind.HTML: None,
    Kind.FRONT_MATTER: types.FoldingRangeKind.Imports,
    Kind.COMMENT: types.FoldingRangeKind.Comment,
    Kind.THINKING: types.FoldingRangeKind.Comment,
}


def symbols(
    session: Session, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol] | list[types.SymbolInformation] | None:
    """The sections with what stands in them, as a tree where the editor can show one."""
    text = session.text(params.text_document.uri)
    if text is None:
        return None
    tree = text.document.fact(section_tree)
    document = session.server.client_capabilities.text_document
    able = document.document_symbol if document else None
    if able is not None and able.hierarchical_document_symbol_support:
        return [_symbol(text, tree, section) for section in tree.roots if not section.repeated]
    return [
        types.SymbolInformation(
            types.Location(text.uri, to_range(text.source, _whole(text, section), text.units)),
            _title(text, section),
            types.SymbolKind.String,
        )
        for section in tree
    ]


def _symbol(text: OpenText, tree: SectionTree, section: Section) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        name=_title(text, section),
        kind=types.SymbolKind.String,
        range=to_range(text.source, _whole(text, section), text.units),
        selection_range=to_range(text.source, section.span, text.units),
        children=[_symbol(text, tree, tree.sections[child]) for child in section.children],
    )


def _title(text: OpenText, section: Section) -> str:
    return " ".join(text.source.text[section.span.start : section.span.end].split()) or "—"


def _whole(text: OpenText, section: Section) -> Span:
    """The section from its heading's marks to the last character of what stands in it."""
    start = text.document.span_of(section.block).start
    end = max(section.end, section.span.end)
    return Span(start, max(len(text.source.text[start:end].rstrip()) + start, section.span.end))


def folding(session: Session, params: types.FoldingRangeParams) -> list[types.FoldingRange] | None:
    """Sections, and every block of several lines that is more than a paragraph."""
    text = session.text(params.text_document.uri)
    if text is None:
        return None
    found = [*_sections(text), *_blocks(text)]
    return [types.FoldingRange(start, end, kind=kind) for start, end, kind in sorted(found, key=lambda fold: fold[:2])]


_Fold = tuple[int, int, types.FoldingRangeKind | None]


def _sections(text: OpenText) -> Iterator[_Fold]:
    for section in text.document.fact(section_tree):
        yield from _lines(text, _whole(text, section), None)


def _blocks(text: OpenText) -> Iterator[_Fold]:
    for start, block in text.document:
        if block.kind in FOLDED:
            yield from _lines(text, Span(start, start + len(block.text)), FOLDED[block.kind])
        for part in block.parts:
            if part.kind in (Kind.CODE, Kind.TABLE, Kind.MATH):
                yield from _lines(text, part.span.shifted(start), None)


def _lines(text: OpenText, span: Span, kind: types.FoldingRangeKind | None) -> Iterator[_Fold]:
    content = text.source.text[span.start : span.end].rstrip()
    first, last = text.source.line_at(span.start), text.source.line_at(span.start + max(len(content) - 1, 0))
    if last > first:
        yield first, last, kind
