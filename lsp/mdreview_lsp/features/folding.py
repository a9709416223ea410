"""What can be folded."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from mdreview.facts.sections import section_tree
from mdreview.markdown import Kind
from mdreview.source import Span
from mdreview_lsp.features.outline import whole
from mdreview_lsp.session import Session
from mdreview_lsp.texts import OpenText

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
        yield from _lines(text, whole(text, section), None)


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
