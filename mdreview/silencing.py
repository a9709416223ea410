"""The comment that silences a finding: where it can stand without changing what the text is."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview.diagnostic import Diagnostic, Edit
from mdreview.facts import suppressions
from mdreview.markdown import Document, Kind
from mdreview.source import Source, Span

UNTOUCHED = frozenset({Kind.COMMENT, Kind.HTML, Kind.LINK_DEFINITION})


def on_line(document: Document, one: Diagnostic) -> Edit | None:
    """The edit that silences a finding where it is; None where no comment can stand.

    Each place is tried: the comment must be read as one, and no block but the comment's own may become another.
    """
    code = one.code
    return next((edit for edit in _places(document, one.span.start, code) if _works(document, edit, code)), None)


def in_file(document: Document, one: Diagnostic) -> Edit:
    """The edit that silences a rule in the whole text: below the front matter, or in a comment that is there."""
    for placed in document.joined(suppressions.read):
        if placed.fact.scope == "disable-file" and placed.fact.words:
            end = placed.span(placed.fact.words[-1][1]).end
            return Edit(Span(end, end), f" {one.code}")
    line_end = _line_end(document.source)
    comment = f"<!-- mdreview-disable-file {one.code} -->"
    blocks = document.blocks
    if blocks and blocks[0].kind is Kind.FRONT_MATTER:
        end = document.span_of(0).end
        return Edit(Span(end, end), f"{line_end * 2}{comment}")
    return Edit(Span(0, 0), f"{comment}{line_end * 2}")


def _places(document: Document, offset: int, code: str) -> Iterator[Edit]:
    source = document.source
    line = source.line_at(offset)
    start, end = source.line_span(line)
    text = source.text[start:end]
    for placed in document.joined(suppressions.read):
        comment = placed.span(placed.fact.span)
        if placed.fact.scope == "disable-line" and placed.fact.words and start <= comment.start < end:
            last = placed.span(placed.fact.words[-1][1]).end
            yield Edit(Span(last, last), f" {code}")
    comment_text = f"<!-- mdreview-disable-line {code} -->"
    content = start + len(text.rstrip())
    if text.rstrip().endswith("|"):
        yield Edit(Span(content - 1, content - 1), f" {comment_text} ")
    yield Edit(Span(content, content), f" {comment_text}")
    block = document.block_at(offset)
    if block >= 0 and source.line_at(document.starts[block]) == line:
        yield Edit(Span(start, start), f"<!-- mdreview-disable-next-line {code} -->{_line_end(source)}")


def _works(document: Document, edit: Edit, code: str) -> bool:
    edited = document.edited(edit.span, edit.text)
    written = Span(edit.span.start, edit.span.start + len(edit.text))
    read = any(
        word == code and written.overlaps(placed.span(place))
        for placed in edited.joined(suppressions.read)
        for word, place in placed.fact.words
    )
    return read and _kinds(edited) == _kinds(document) and _leaves(edited) == _leaves(document)


def _kinds(document: Document) -> list[Kind]:
    """What the blocks are, comments aside."""
    return [block.kind for block in document.blocks if block.kind is not Kind.COMMENT]


def _leaves(document: Document) -> int:
    return sum(len(block.leaves) for block in document.blocks if block.kind not in UNTOUCHED)


def _line_end(source: Source) -> str:
    """The line end that the text uses."""
    if len(source.line_starts) < 2:
        return "\n"
    end = source.line_starts[1]
    return "\r\n" if source.text[max(end - 2, 0) : end] == "\r\n" else source.text[end - 1]
