"""What an editor's question points at."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from mdreview.markdown import Document
from mdreview.source import Span
from mdreview_lsp import marks
from mdreview_lsp.marks import Mark, Sort
from mdreview_lsp.places import to_offset, to_range
from mdreview_lsp.session import Session
from mdreview_lsp.texts import OpenText
from mdreview_lsp.vocabulary import Vocabulary

ACROSS_FILES = frozenset({Sort.FOOTNOTE, Sort.KEY, Sort.LABEL, Sort.TERM})
"""What has one name in all files of a work."""


class Pointed(NamedTuple):
    """A mark in a text as it was when the question came. `vocabulary` is there where the mark needs it."""

    text: OpenText
    document: Document
    mark: Mark
    offset: int
    vocabulary: Vocabulary | None = None

    def written(self, span: Span) -> str:
        """What stands in the text."""
        return self.document.source.text[span.start : span.end]

    def range(self, span: Span) -> types.Range:
        """A place in the text for the editor."""
        return to_range(self.document.source, span, self.text.units)

    def check_unchanged(self) -> None:
        """Raises if the text has changed since the question came: an edit would be made in the wrong places."""
        if self.text.document is not self.document:
            raise JsonRpcException("the text has changed", code=types.LSPErrorCodes.ContentModified)


async def pointed_at(
    session: Session, identifier: types.TextDocumentIdentifier, position: types.Position, *, quickly: bool = False
) -> Pointed | None:
    """What stands at a position; `quickly`, names of terms count only where they are known already."""
    text = session.text(identifier.uri)
    if text is None:
        return None
    document = text.document
    offset = to_offset(document.source, position, text.units)
    mark = await session.aside.run(partial(marks.mark_at, document, offset))
    vocabulary = session.vocabularies.known(document)
    if vocabulary is None and not quickly and (mark is None or mark.sort in (Sort.HEADING, Sort.TERM)):
        vocabulary = await session.vocabularies.of(document, await session.checks.context(text))
    name = vocabulary.mark_at(offset) if vocabulary is not None else None
    if mark is None or (name is not None and _length(name) < _length(mark)):
        mark = name
    return None if mark is None else Pointed(text, document, mark, offset, vocabulary)


async def same(session: Session, pointed: Pointed) -> list[Mark]:
    """All marks in the text of what is pointed at."""
    if pointed.mark.sort is Sort.NAME:
        assert pointed.vocabulary is not None
        return pointed.vocabulary.same(pointed.mark)
    return await session.aside.run(partial(marks.same, pointed.document, pointed.mark))


def _length(mark: Mark) -> int:
    return mark.span.end - mark.span.start


async def elsewhere(session: Session, pointed: Pointed) -> list[tuple[str, Document, list[Mark]]]:
    """The marks of the same thing in the other files of the work: address, document, marks."""
    if pointed.mark.sort not in ACROSS_FILES:
        return []
    found = []
    for uri, document in await session.others(pointed.text):
        if several := await session.aside.run(partial(marks.same, document, pointed.mark)):
            found.append((uri, document, several))
    return found
