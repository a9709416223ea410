"""Labels that change everywhere while one types."""

from __future__ import annotations

from lsprotocol import types

from mdreview_lsp.features.pointing import pointed_at, same
from mdreview_lsp.marks import Sort
from mdreview_lsp.session import Session

PATTERNS = {Sort.FOOTNOTE: r"[^\s\[\]^]+", Sort.LABEL: r"[\w:.+\-]+"}


async def linked(session: Session, params: types.LinkedEditingRangeParams) -> types.LinkedEditingRanges | None:
    """The marks of a footnote or a label, which change together while one types."""
    pointed = await pointed_at(session, params.text_document, params.position, quickly=True)
    if pointed is None or pointed.mark.sort not in PATTERNS:
        return None
    names = [one.name for one in await same(session, pointed)]
    if len(names) < 2 or len({pointed.written(name) for name in names}) > 1:
        return None
    return types.LinkedEditingRanges([pointed.range(name) for name in names], PATTERNS[pointed.mark.sort])
