"""Labels that change everywhere while one types."""

from __future__ import annotations

from lsprotocol import types

from mdreview_lsp import marks
from mdreview_lsp.features.navigation import mark_at
from mdreview_lsp.marks import Sort
from mdreview_lsp.places import to_range
from mdreview_lsp.session import Session

LABEL_PATTERN = r"[^\s\[\]^]+"


def linked(session: Session, params: types.LinkedEditingRangeParams) -> types.LinkedEditingRanges | None:
    """The marks of a footnote that change together while one types."""
    found = mark_at(session, params.text_document, params.position)
    if found is None or found[1].sort is not Sort.FOOTNOTE:
        return None
    text, mark = found
    names = [one.name for one in marks.same(text.document, mark)]
    written = {text.source.text[name.start : name.end] for name in names}
    if len(names) < 2 or len(written) > 1:
        return None
    return types.LinkedEditingRanges([to_range(text.source, name, text.units) for name in names], LABEL_PATTERN)
