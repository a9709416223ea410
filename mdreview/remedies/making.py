"""What all remedies need: a fix made of edits, and the text around a place."""

from __future__ import annotations

from collections.abc import Iterable

from mdreview.diagnostic import Edit, Fix, Safety, Text
from mdreview.fixes import apply_edits
from mdreview.markdown import Document, Kind, parse
from mdreview.source import Span

LINE = 200
"""How many characters are looked at at a time for where a line starts."""


def fix_of(
    document: Document, title: Text, edits: Iterable[Edit], safety: Safety = Safety.SAFE, **arguments: object
) -> Fix | None:
    """A fix of the edits that change anything, in order; None where none does or two of them overlap."""
    useful = sorted({edit for edit in edits if document.text_of(edit.span) != edit.text})
    done = 0
    for edit in useful:
        if edit.span.start < done:
            return None
        done = max(edit.span.end, edit.span.start + 1)
    return Fix(title, tuple(useful), safety, arguments) if useful else None


def mended(document: Document, fix: Fix) -> Document:
    """The document as the fix would leave it."""
    return parse(apply_edits(document.source.text, fix.edits))


def same_blocks(document: Document, fix: Fix) -> bool:
    """Whether the mended document has blocks of the same kinds in the same order."""
    return [block.kind for block in document.blocks] == [block.kind for block in mended(document, fix).blocks]


def line_end(document: Document) -> str:
    """How the document ends its lines."""
    return document.fact(_line_end)


def _line_end(document: Document) -> str:
    returns = False
    for start in range(0, document.end, LINE):
        text = document.text_of(Span(start, start + LINE))
        if "\n" in text:
            before = text.partition("\n")[0] or document.text_of(Span(start - 1, start))
            return "\r\n" if before.endswith("\r") else "\n"
        returns = returns or "\r" in text
    return "\r" if returns else "\n"


def line_start(document: Document, offset: int) -> int:
    """Where the line of `offset` starts."""
    end = offset
    while end:
        start = max(end - LINE, 0)
        before = document.text_of(Span(start, end))
        found = max(before.rfind("\n"), before.rfind("\r"))
        if found >= 0:
            return start + found + 1
        end = start
    return 0


def inner(document: Document, span: Span, edits: Iterable[Edit]) -> str:
    """The text of `span` after those of the edits that lie in it."""
    pieces: list[str] = []
    done = span.start
    for edit in sorted(edit for edit in edits if span.contains(edit.span)):
        pieces += (document.text_of(Span(done, edit.span.start)), edit.text)
        done = edit.span.end
    return "".join((*pieces, document.text_of(Span(done, span.end))))


def without_block(document: Document, number: int) -> Edit:
    """The edit that removes a top-level block; of the gaps around it the wider one stays."""
    return without_blocks(document, number, number)


def without_blocks(document: Document, first: int, last: int) -> Edit:
    """The edit that removes the blocks from `first` to `last`; of the gaps around them the wider one stays."""
    start, end = document.start_of(first), document.span_of(last).end
    at_end = document.block_after(last) is None
    if at_end and not first:
        return Edit(Span(0, document.end), "")
    if at_end:
        # the last line keeps its end
        return Edit(Span(document.span_of(first - 1).end, end), "")
    after = document.start_of(last + 1)
    if not first:
        return Edit(Span(start, after), "")
    before = document.span_of(first - 1).end
    above, below = _lines(document.text_of(Span(before, start))), _lines(document.text_of(Span(end, after)))
    if above < 2 and below >= 2:
        return Edit(Span(before, end), "")
    parted = above >= 2 or document.blocks[first].kind is Kind.FOOTNOTE
    return Edit(Span(start, after), "" if parted else line_end(document))


def _lines(gap: str) -> int:
    return max(gap.count("\n"), gap.count("\r"))
