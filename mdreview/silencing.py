"""The comment that silences a finding: where it can stand without changing what the text is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from mdreview.diagnostic import Diagnostic, Edit
from mdreview.facts import suppressions
from mdreview.fixes import Check, Fixed
from mdreview.markdown import Document, Kind, parse
from mdreview.source import Source, Span

NEVER = ("SUP", "SYS")
"""Faults of such comments, and of the program: a comment against them would only hide them."""
UNTOUCHED = frozenset({Kind.COMMENT, Kind.HTML, Kind.LINK_DEFINITION})


def silenced(text: str, check: Check, *, mdx: bool = False) -> Fixed:
    """The text with a comment on each line where `check` finds something, and what it still finds then.

    What is found on comments of this kind gets none. `mdx` writes the comments that MDX knows.
    """
    document = parse(text)
    by_line: defaultdict[int, list[Diagnostic]] = defaultdict(list)
    for diagnostic in check(text):
        if not diagnostic.code.startswith(NEVER):
            by_line[document.source.line_at(diagnostic.span.start)].append(diagnostic)
    applied: Counter[str] = Counter()
    # from the last line to the first, so that what is still to come stays where it was
    for line in sorted(by_line, reverse=True):
        if (
            edit := on_line(document, *by_line[line], mdx=mdx) or _above_text(document, by_line[line], mdx)
        ) is not None:
            document = document.edited(edit.span, edit.text)
            applied.update(diagnostic.code for diagnostic in by_line[line])
    return Fixed(document.source.text, applied, tuple(check(document.source.text)))


def on_line(document: Document, *found: Diagnostic, mdx: bool = False) -> Edit | None:
    """The edit that silences findings of one line where they are; None where no comment can stand.

    Each place is tried: the comment must be read as one, and no block but the comment's own may become another.
    """
    codes = sorted({diagnostic.code for diagnostic in found})
    start = found[0].span.start
    places = _places(document, start, " ".join(codes), mdx)
    return next((edit for edit in places if _works(document, edit, codes)), None)


def in_file(document: Document, *found: Diagnostic, mdx: bool = False) -> Edit:
    """The edit that silences rules in all of the text: below the front matter, or in a comment that is there."""
    codes = " ".join(sorted({diagnostic.code for diagnostic in found}))
    for placed in document.joined(suppressions.read):
        if placed.fact.scope == "disable-file" and placed.fact.words:
            end = placed.span(placed.fact.words[-1][1]).end
            return Edit(Span(end, end), f" {codes}")
    line_end = _line_end(document.source)
    comment = _comment(f"mdreview-disable-file {codes}", mdx)
    blocks = document.blocks
    if blocks and blocks[0].kind is Kind.FRONT_MATTER:
        end = document.span_of(0).end
        return Edit(Span(end, end), f"{line_end * 2}{comment}")
    return Edit(Span(0, 0), f"{comment}{line_end * 2}")


def _above_text(document: Document, found: list[Diagnostic], mdx: bool) -> Edit | None:
    """The edit that silences what is found in the front matter, which speaks of the whole text."""
    index = document.block_at(found[0].span.start)
    if index < 0 or document.blocks[index].kind is not Kind.FRONT_MATTER:
        return None
    return in_file(document, *found, mdx=mdx)


def _places(document: Document, offset: int, codes: str, mdx: bool) -> Iterator[Edit]:
    source = document.source
    line = source.line_at(offset)
    start, end = source.line_span(line)
    text = source.text[start:end]
    for placed in document.joined(suppressions.read):
        comment = placed.span(placed.fact.span)
        if placed.fact.scope == "disable-line" and placed.fact.words and start <= comment.start < end:
            last = placed.span(placed.fact.words[-1][1]).end
            yield Edit(Span(last, last), f" {codes}")
    comment_text = _comment(f"mdreview-disable-line {codes}", mdx)
    content = start + len(text.rstrip())
    if text.rstrip().endswith("|"):
        yield Edit(Span(content - 1, content - 1), f" {comment_text} ")
    yield Edit(Span(content, content), f" {comment_text}")
    block = document.block_at(offset)
    if block >= 0 and source.line_at(document.starts[block]) == line:
        yield Edit(Span(start, start), f"{_comment(f'mdreview-disable-next-line {codes}', mdx)}{_line_end(source)}")


def _comment(words: str, mdx: bool) -> str:
    return f"{{/* {words} */}}" if mdx else f"<!-- {words} -->"


def _works(document: Document, edit: Edit, codes: Iterable[str]) -> bool:
    edited = document.edited(edit.span, edit.text)
    written = Span(edit.span.start, edit.span.start + len(edit.text))
    read = {
        word
        for placed in edited.joined(suppressions.read)
        for word, place in placed.fact.words
        if written.overlaps(placed.span(place))
    }
    return read.issuperset(codes) and _kinds(edited) == _kinds(document) and _leaves(edited) == _leaves(document)


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
