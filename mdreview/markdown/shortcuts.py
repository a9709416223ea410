"""Lists, tables, quotes, rules and HTML in their simple forms, read without markdown-it-py.

Each reader gives the very blocks that markdown-it-py gives, or None as soon as it meets anything that is not
simple; then markdown-it-py reads the whole stretch. Most papers need it nowhere, and so never load it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from mdreview.markdown.blocks import Block, Kind, Leaf, LeafKind, Part
from mdreview.markdown.lines import PIPE, Lines, cells
from mdreview.patterns import regex
from mdreview.source import Span

ITEM = regex(r"( *)([-+*]|(\d{1,9})[.)])( {1,4})(?=\S)")
BREAK = regex(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*\Z")
UNDERLINE = regex(r" {0,3}(?:(=+)|-+)[ \t]*\Z")
QUOTE = regex(r" {0,3}> ?")
DELIMITER = regex(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\Z")
# what makes a line, wherever it stands, more than text
MARKER = regex(
    r"[ \t]*(?:[-+*](?:[ \t]|\Z)|\d{1,9}[.)](?:[ \t]|\Z)|>|#{1,6}(?:[ \t]|\Z)|```|~~~|<[A-Za-z/!?]|\$\$|:::"
    r"|!!!|\?\?\?|===|\[[^\]]{0,999}\]:|[-=]+[ \t]*\Z|[-*_](?:[ \t]*[-*_])+[ \t]*\Z|[:~][ \t])"
)
# the names that open a block of HTML wherever they stand; a line with nothing but another tag opens one after a blank
BLOCK_TAG = regex(
    r" {0,3}</?(?i:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog"
    r"|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li"
    r"|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|section|summary|table|tbody|td|tfoot|th|thead"
    r"|title|tr|track|ul)(?=[ \t]|/?>|\Z)"
)
ATTRIBUTE = r" +[A-Za-z_:][A-Za-z0-9:._-]*(?: *= *(?:[^\s\x00-\x20\"'=<>`]+|'[^']*'|\"[^\"]*\"))?"
LONE_TAG = regex(
    r" {0,3}<(?!(?i:script|pre|style|textarea)\b)"
    rf"(?:[A-Za-z][A-Za-z0-9-]*(?:{ATTRIBUTE})* */?|/[A-Za-z][A-Za-z0-9-]* *)> *\Z"
)
# other white space than spaces may or may not part the attributes of a tag
INLINE_TAG = regex(r" {0,3}<(?!/?(?i:script|pre|style|textarea)\b)/?[A-Za-z][\S ]*\Z")


class _Complex(Exception):
    """The stretch holds something that only markdown-it-py reads."""


def read_blocks(text: str) -> list[tuple[int, Block]] | None:
    """The top-level blocks of a text that starts at top level, with their offsets; None if they are not simple."""
    if "\t" in text:
        return None
    lines = Lines(text)
    blocks: list[tuple[int, Block]] = []
    number = 0
    try:
        while number < len(lines.starts):
            _, line = lines.line(number)
            if not line.strip(" "):
                number += 1
                continue
            reader = _reader(lines, number, line)
            last, block = reader(lines, number)
            blocks.append((lines.starts[number], block))
            number = last
    except _Complex:
        return None
    return blocks


def _reader(lines: Lines, number: int, line: str) -> Callable[[Lines, int], tuple[int, Block]]:
    if BREAK.match(line):
        return _break
    if ITEM.match(line):
        return _list
    if QUOTE.match(line):
        return _quote
    if BLOCK_TAG.match(line) or LONE_TAG.match(line):
        return _html
    if _starts_table(lines, number):
        return _table
    return _paragraph


def _text(lines: Lines, first: int, last: int) -> str:
    start, end = lines.span(first, last)
    return lines.text[start:end]


def _break(lines: Lines, number: int) -> tuple[int, Block]:
    return number + 1, Block(Kind.BREAK, _text(lines, number, number + 1))


def _paragraph(lines: Lines, first: int) -> tuple[int, Block]:
    start, line = lines.line(first)
    if line.startswith("    ") or (MARKER.match(line) and not INLINE_TAG.match(line)):
        raise _Complex
    number = first + 1
    underline = None
    while number < len(lines.starts) and underline is None:
        _, line = lines.line(number)
        if not line.strip(" ") or _starts_table(lines, number):
            break
        if MARKER.match(line):
            underline = UNDERLINE.match(line)
            if underline is None and _interrupts(line):
                break
        number += 1
    last = number - 1 if underline else number
    pieces = tuple(lines.piece(each).shifted(-start) for each in range(first, last))
    if any(piece.start == piece.end for piece in pieces):
        raise _Complex
    text = _text(lines, first, number)
    if underline:
        level = 1 if underline[1] else 2
        return number, Block(Kind.HEADING, text, (Leaf(LeafKind.HEADING, pieces, level=level),), level=level)
    return number, Block(Kind.PARAGRAPH, text, (Leaf(LeafKind.PARAGRAPH, pieces),))


def _interrupts(line: str) -> bool:
    """Whether a line that is more than text ends the paragraph before it, or is its text after all."""
    if BLOCK_TAG.match(line):
        return True
    if INLINE_TAG.match(line):
        return False
    item = ITEM.match(line)
    if item and len(item[1]) < 4 and not BREAK.match(line):
        return item[3] is None or int(item[3]) == 1
    raise _Complex


def _html(lines: Lines, first: int) -> tuple[int, Block]:
    if "|" in lines.line(first)[1]:
        raise _Complex
    number = first
    start = lines.starts[first]
    pieces = []
    while number < len(lines.starts) and lines.line(number)[1].strip():
        pieces.append(lines.piece(number).shifted(-start))
        number += 1
    if number < len(lines.starts) and lines.line(number)[1].strip(" "):
        raise _Complex
    return number, Block(Kind.HTML, _text(lines, first, number), (Leaf(LeafKind.HTML, tuple(pieces)),))


def _quote(lines: Lines, first: int) -> tuple[int, Block]:
    start = lines.starts[first]
    leaves: list[Leaf] = []
    pieces: list[Span] = []
    number = first
    while number < len(lines.starts):
        _, line = lines.line(number)
        mark = QUOTE.match(line)
        if mark is None:
            if line.strip(" "):
                raise _Complex
            break
        content = line[mark.end() :]
        if content.strip(" "):
            if content.startswith("    ") or MARKER.match(content) or not content.strip():
                raise _Complex
            if _may_start_table(lines, number):
                raise _Complex
            pieces.append(lines.piece(number, mark.end()).shifted(-start))
        elif pieces:
            leaves.append(Leaf(LeafKind.PARAGRAPH, tuple(pieces), (Kind.QUOTE,)))
            pieces = []
        number += 1
    if pieces:
        leaves.append(Leaf(LeafKind.PARAGRAPH, tuple(pieces), (Kind.QUOTE,)))
    return number, Block(Kind.QUOTE, _text(lines, first, number), tuple(leaves))


def _may_start_table(lines: Lines, number: int) -> bool:
    """Whether a line in a list or a quote could be a table's first."""
    if "|" not in lines.line(number)[1] or number + 1 >= len(lines.starts):
        return False
    below = lines.line(number + 1)[1].strip("> ")
    return bool(below) and not below.strip("|-: ")


def _starts_table(lines: Lines, number: int) -> bool:
    _, line = lines.line(number)
    if "|" not in line or number + 1 >= len(lines.starts):
        return False
    _, below = lines.line(number + 1)
    if not DELIMITER.match(below):
        return False
    if "|" not in below or "\\|" in line or line.startswith("    ") or MARKER.match(line):
        raise _Complex
    return True


def _columns(line: str) -> int:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return len(PIPE.findall(inner)) + 1


def _table(lines: Lines, first: int) -> tuple[int, Block]:
    start = lines.starts[first]
    columns = _columns(lines.line(first + 1)[1])
    if columns != _columns(lines.line(first)[1]):
        raise _Complex
    leaves: list[Leaf] = []
    number = first
    while number < len(lines.starts):
        offset, line = lines.line(number)
        if not line.strip(" "):
            break
        if number != first + 1:
            if line.startswith("    ") or "\\|" in line or MARKER.match(line) or not line.strip():
                raise _Complex
            for cell in cells(line)[:columns]:
                if cell.end > cell.start:
                    place = cell.shifted(offset - start)
                    leaves.append(Leaf(LeafKind.CELL, (place,), (Kind.TABLE,), 0, number == first))
        number += 1
    return number, Block(Kind.TABLE, _text(lines, first, number), tuple(leaves))


class _Open(NamedTuple):
    """An item that may still go on: the column of its marker and of its content, the kind of its marker.

    `part` is the number of its part; `list_part` that of its list, -1 for the outermost.
    """

    indent: int
    content: int
    marker: str
    part: int
    list_part: int


def _list(lines: Lines, first: int) -> tuple[int, Block]:
    return _ListReader(lines, first).read()


class _ListReader:
    """Reads one list whose items hold paragraphs and lists of such items."""

    def __init__(self, lines: Lines, first: int) -> None:
        self.lines = lines
        self.first = first
        self.start = lines.starts[first]
        self.parts: list[Part] = []
        self.leaves: list[Leaf] = []
        self.pieces: list[Span] = []
        self.open: list[_Open] = []
        self.last = first

    def read(self) -> tuple[int, Block]:
        number = self.first
        blank = False
        while number < len(self.lines.starts):
            _, line = self.lines.line(number)
            if not line.strip(" "):
                blank = True
                self._end_paragraph()
            else:
                if not line.strip() or _may_start_table(self.lines, number):
                    raise _Complex
                if not self._take(number, line, blank):
                    break
                blank = False
                self.last = number
            number += 1
        self._end_paragraph()
        self._close(0)
        text = _text(self.lines, self.first, self.last + 1)
        return number, Block(Kind.LIST, text, tuple(self.leaves), tuple(self.parts))

    def _take(self, number: int, line: str, blank: bool) -> bool:
        """Reads one line into the list; False if the list ended before it."""
        if match := ITEM.match(line):
            return self._take_item(number, line, match, blank)
        if MARKER.match(line):
            raise _Complex
        if blank and not self._reopen(len(line) - len(line.lstrip(" "))):
            return False
        self.pieces.append(self.lines.piece(number).shifted(-self.start))
        return True

    def _take_item(self, number: int, line: str, match: re.Match[str], blank: bool) -> bool:
        indent = len(match[1])
        if BREAK.match(line) or MARKER.match(line[match.end() :]):
            raise _Complex
        depth = sum(1 for each in self.open if indent >= each.content)
        inside = self.open[depth - 1].content if depth else 0
        if indent - inside > 3:
            raise _Complex
        marker = match[2][-1]
        if depth < len(self.open):
            sibling = self.open[depth]
            if sibling.marker != marker:
                if depth == 0 and blank:
                    return False
                raise _Complex
            if sibling.indent != indent:
                raise _Complex
        elif self.open and not blank and match[3] not in (None, "1"):
            raise _Complex
        self._end_paragraph()
        self._add_item(number, depth, match)
        return True

    def _reopen(self, indent: int) -> bool:
        """After a blank line: whether text at `indent` is a new paragraph of an item."""
        depth = sum(1 for each in self.open if indent >= each.content)
        if depth == 0:
            if indent:
                raise _Complex
            return False
        if indent - self.open[depth - 1].content > 3:
            raise _Complex
        self._close(depth)
        return True

    def _add_item(self, number: int, depth: int, match: re.Match[str]) -> None:
        list_part = -1
        if depth < len(self.open):
            list_part = self.open[depth].list_part
            self._close(depth, keep_list=True)
        elif self.open:
            list_part = len(self.parts)
            self._add_part(Kind.LIST, number)
        item = _Open(len(match[1]), match.end(), match[2][-1], len(self.parts), list_part)
        self.open.append(item)
        self._add_part(Kind.ITEM, number, match[2])
        self.pieces.append(self.lines.piece(number, match.end()).shifted(-self.start))

    def _add_part(self, kind: Kind, number: int, info: str = "") -> None:
        start = self.lines.starts[number] - self.start
        # where it ends is known when it is closed
        self.parts.append(Part(kind, Span(start, start), info))

    def _end_paragraph(self) -> None:
        if self.pieces:
            inside = (Kind.LIST, Kind.ITEM) * len(self.open)
            self.leaves.append(Leaf(LeafKind.PARAGRAPH, tuple(self.pieces), inside))
            self.pieces = []

    def _close(self, depth: int, keep_list: bool = False) -> None:
        """Ends the items from `depth` on, and their lists, but for the list of the first if it goes on."""
        end = self.lines.span(self.last, self.last + 1).end - self.start
        while len(self.open) > depth:
            item = self.open.pop()
            ended = [item.part]
            if item.list_part >= 0 and not (keep_list and len(self.open) == depth):
                ended.append(item.list_part)
            for part in ended:
                self.parts[part] = self.parts[part]._replace(span=Span(self.parts[part].span.start, end))
