"""Offsets in a text to positions in the protocol, and back."""

from __future__ import annotations

from urllib.parse import unquote

from lsprotocol import types
from pygls import uris

from mdreview.source import Place, Source, Span, Units


def to_range(source: Source, span: Span, units: Units) -> types.Range:
    """A span as the protocol's range."""
    return types.Range(to_position(source, span.start, units), to_position(source, span.end, units))


def to_position(source: Source, offset: int, units: Units) -> types.Position:
    """An offset as the protocol's position."""
    line, column = source.place(offset, units)
    return types.Position(line, column)


def to_offset(source: Source, position: types.Position, units: Units) -> int:
    """A position as an offset, within the text."""
    return source.offset(to_place(position), units)


def to_span(source: Source, range_: types.Range, units: Units) -> Span:
    """A range as a span, within the text."""
    return Span(to_offset(source, range_.start, units), to_offset(source, range_.end, units))


def to_place(position: types.Position) -> Place:
    """A position as a place in the same units."""
    return Place(position.line, position.character)


def path_of(uri: str) -> str | None:
    """The path of a file on disk; None for what is in no file yet."""
    return uris.to_fs_path(uri) if uri.startswith("file:") else None


def uri_of(path: str) -> str:
    """The address of a file on disk."""
    uri: str | None = uris.from_fs_path(path)
    assert uri is not None
    return uri


def same_address(one: str, other: str) -> bool:
    """Whether two addresses differ only in how they write special characters."""
    return one == other or unquote(one) == unquote(other)
