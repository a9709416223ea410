"""What an editor's question points at."""

from __future__ import annotations

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

    @property
    def same(self) -> list[Mark]:
        """All marks in the text of what is pointed at."""
        if self.mark.sort is Sort.NAME:
            assert self.vocabulary is not None
            return self.vocabulary.same(self.mark)
        return marks.same(self.document, self.mark)

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


def pointed_at_once(
    session: Session, identifier: types.TextDocumentIdentifier, position: types.Position
) -> Pointed | None:
    """What stands at a position, as far as that is known without looking for terms."""
    text = session.text(identifier.uri)
    if text is None:
        return None
    document = text.document
    offset = to_offset(document.source, position, text.units)
    return _narrower(text, offset, marks.mark_at(document, offset), session.vocabularies.known(document))


async def pointed_at(
    session: Session, identifier: types.TextDocumentIdentifier, position: types.Position
) -> Pointed | None:
    """What stands at a position."""
    text = session.text(identifier.uri)
    if text is None:
        return None
    document = text.document
    offset = to_offset(document.source, position, text.units)
    mark = marks.mark_at(document, offset)
    if mark is not None and mark.sort not in (Sort.HEADING, Sort.TERM):
        return Pointed(text, document, mark, offset)
    vocabulary = await session.vocabularies.of(document, await session.checks.context(text))
    return _narrower(text, offset, mark, vocabulary, document)


def _narrower(
    text: OpenText, offset: int, mark: Mark | None, vocabulary: Vocabulary | None, document: Document | None = None
) -> Pointed | None:
    """A term's name, where one stands there that is shorter than the mark."""
    name = vocabulary.mark_at(offset) if vocabulary is not None else None
    if mark is None or (name is not None and _length(name) < _length(mark)):
        mark = name
    return None if mark is None else Pointed(text, document or text.document, mark, offset, vocabulary)


def _length(mark: Mark) -> int:
    return mark.span.end - mark.span.start


async def elsewhere(session: Session, pointed: Pointed) -> list[tuple[str, Document, list[Mark]]]:
    """The marks of the same thing in the other files of the work: address, document, marks."""
    if pointed.mark.sort not in ACROSS_FILES:
        return []
    found = []
    for uri, document in await session.others(pointed.text):
        if several := marks.same(document, pointed.mark):
            found.append((uri, document, several))
    return found
