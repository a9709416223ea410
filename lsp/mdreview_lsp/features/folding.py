"""What can be folded."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lsprotocol import types

from mdreview.facts.sections import section_tree
from mdreview.markdown import Document, Kind
from mdreview.source import Span
from mdreview_lsp.features.outline import whole
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


_Fold = tuple[int, int, types.FoldingRangeKind | None]


async def folding(session: Session, params: types.FoldingRangeParams) -> list[types.FoldingRange] | None:
    """Sections, and every block of several lines that is more than a paragraph."""
    text = session.text(params.text_document.uri)
    if text is None:
        return None
    found = await session.aside.run(partial(_folds, text.document))
    return [types.FoldingRange(start, end, kind=kind) for start, end, kind in found]


def _folds(document: Document) -> list[_Fold]:
    found = list(_blocks(document))
    for section in document.fact(section_tree):
        found += _lines(document, whole(document, section), None)
    return sorted(found, key=lambda fold: fold[:2])


def _blocks(document: Document) -> Iterator[_Fold]:
    for start, block in document:
        if block.kind in FOLDED:
            yield from _lines(document, Span(start, start + len(block.text)), FOLDED[block.kind])
        for part in block.parts:
            if part.kind in (Kind.CODE, Kind.TABLE, Kind.MATH):
                yield from _lines(document, part.span.shifted(start), None)


def _lines(document: Document, span: Span, kind: types.FoldingRangeKind | None) -> Iterator[_Fold]:
    source = document.source
    content = source.text[span.start : span.end].rstrip()
    first, last = source.line_at(span.start), source.line_at(span.start + max(len(content) - 1, 0))
    if last > first:
        yield first, last, kind
