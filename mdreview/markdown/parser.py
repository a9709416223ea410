"""markdown-it-py, configured once, and its tokens turned into blocks.

Only the block parser runs; inline constructs are found by `prose`. Imported lazily, because most
segments never need it and importing markdown-it-py costs more than reading a short text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote.index import footnote_def

from mdreview.markdown.blocks import Block, Kind, Leaf, LeafKind, Part
from mdreview.markdown.lines import Lines, cells
from mdreview.markdown.segments import only_comments
from mdreview.patterns import regex
from mdreview.source import Span

MATH_LINES = 200
KINDS = {
    "paragraph_open": Kind.PARAGRAPH,
    "heading_open": Kind.HEADING,
    "bullet_list_open": Kind.LIST,
    "ordered_list_open": Kind.LIST,
    "list_item_open": Kind.ITEM,
    "blockquote_open": Kind.QUOTE,
    "table_open": Kind.TABLE,
    "footnote_reference_open": Kind.FOOTNOTE,
    "dl_open": Kind.DEFINITION_LIST,
    "admonition_open": Kind.ADMONITION,
    "fence": Kind.CODE,
    "code_block": Kind.CODE,
    "math_block": Kind.MATH,
    "html_block": Kind.HTML,
    "hr": Kind.BREAK,
}
LEAVES = {
    "paragraph_open": LeafKind.PARAGRAPH,
    "heading_open": LeafKind.HEADING,
    "th_open": LeafKind.CELL,
    "td_open": LeafKind.CELL,
    "dt_open": LeafKind.TERM,
}
HAN = regex(r"\p{Han}")
PROSE_MARK = regex(r"[，。；：、？！]")
CODE_MARK = regex(r"[{};]\s*$|^\s*(?:[#$>]|//|/\*)|\w\(|[=<>]=?\s*\S+\s*$", re.M)
FENCE_CLOSE = regex(r"[ \t]*(`{3,}|~{3,})[ \t\xa0]*$")
HTML_ENDS = (
    (regex(r"\s*<!--"), regex(r"-->")),
    (
        regex(r"\s*<(?:script|pre|style|textarea)(?=\s|>|$)", re.I),
        regex(r"</(?:script|pre|style|textarea)>", re.I),
    ),
    (regex(r"\s*<\?"), regex(r"\?>")),
    (regex(r"\s*<!\[CDATA\["), regex(r"\]\]>")),
    (regex(r"\s*<![A-Za-z]"), regex(r">")),
)


def read_blocks(text: str) -> list[tuple[int, Block]]:
    """The top-level blocks of a text that starts at top level, with their offsets. Line ends must be `\\n`."""
    tokens: list[Token] = []
    # the plugin for admonitions looks at the character behind the last one
    MARKDOWN.block.parse(text if text.endswith("\n") else f"{text}\n", MARKDOWN, {}, tokens)
    lines = Lines(text)
    blocks: list[tuple[int, Block]] = []
    index = 0
    while index < len(tokens):
        end = index + 1
        while end < len(tokens) and tokens[end].level > 0:
            end += 1
        if tokens[index].nesting == 1:
            end += 1
        if (block := _block(lines, tokens[index:end])) is not None:
            blocks.append(block)
        index = end
    return _with_definitions(text, blocks)


def _with_definitions(text: str, blocks: list[tuple[int, Block]]) -> list[tuple[int, Block]]:
    """The blocks and what stands between them: link definitions, which leave no token."""
    filled: list[tuple[int, Block]] = []
    done = 0
    for start, block in (*blocks, (len(text), None)):
        if stripped := text[done:start].strip():
            filled.append((text.index(stripped, done), Block(Kind.LINK_DEFINITION, stripped)))
        if block is not None:
            filled.append((start, block))
            done = start + len(block.text)
    return filled


def open_ended(block: Block) -> bool:
    """Whether the block would have gone on, had the text gone on after its last blank line."""
    if block.kind is Kind.CODE:
        lines = block.text.split("\n")
        if not (mark := re.match(r" {0,3}(`{3,}|~{3,})", lines[0])):
            return False
        close = FENCE_CLOSE.match(lines[-1]) if len(lines) > 1 else None
        return not (close and close.group(1).startswith(mark.group(1)))
    if block.kind in (Kind.HTML, Kind.COMMENT):
        for start, end in HTML_ENDS:
            if start.match(block.text):
                return not end.search(block.text)
    return False


def _display_math(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """`$$ … $$` on lines of its own, also inside lists and quotes; not closed within MATH_LINES lines, it is text."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if state.is_code_block(start_line) or not state.src.startswith("$$", start):
        return False
    last = min(end_line, start_line + MATH_LINES)
    for line in range(start_line, last):
        begin = state.bMarks[line] + state.tShift[line]
        if line > start_line and state.sCount[line] < state.blkIndent and begin < state.eMarks[line]:
            return False
        begin += 2 if line == start_line else 0
        content = state.src[begin : state.eMarks[line]].rstrip()
        if "$$" in content:
            if not re.search(r"\$\$\s*(?:\{[^}]*\}|[(（][^)）]{1,20}[)）])?[.,;，。；]?$", content):
                return False
            break
    else:
        return False
    if silent:
        return True
    token = state.push("math_block", "math", 0)
    token.map = [start_line, line + 1]
    state.line = line + 1
    return True


def _configured() -> MarkdownIt:
    markdown = MarkdownIt("commonmark").enable("table").use(deflist_plugin).use(admon_plugin)
    markdown.block.ruler.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]})
    markdown.block.ruler.before(
        "fence", "display_math", _display_math, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    return markdown


MARKDOWN = _configured()


def _block(lines: Lines, tokens: Sequence[Token]) -> tuple[int, Block] | None:
    head = tokens[0]
    if head.map is None or (kind := _kind(head)) is None:
        return None
    place = lines.span(*head.map)
    if not (text := lines.text[place.start : place.end]):
        return None
    if head.type == "code_block" and _is_prose(head.content):
        kind = Kind.PARAGRAPH
    reader = _Reader(lines, place.start)
    for position, token in enumerate(tokens):
        reader.read(token, tokens[position - 1] if position else None)
    parts = reader.parts if kind not in (Kind.PARAGRAPH, Kind.HEADING, Kind.CODE, Kind.HTML) else []
    level = int(head.tag[1]) if kind is Kind.HEADING else 0
    return place.start, Block(kind, text, tuple(reader.leaves), tuple(parts[1:]), level=level, info=_info(head))


def _kind(token: Token) -> Kind | None:
    if token.type == "html_block" and only_comments(token.content):
        return Kind.COMMENT
    return KINDS.get(token.type)


def _info(token: Token) -> str:
    if token.type == "footnote_reference_open":
        return str(token.meta["label"])
    if token.type == "list_item_open":
        return token.info + token.markup
    return token.info.strip()


class _Reader:
    """Collects the leaves and parts of one block from its tokens; spans count from the block's start."""

    def __init__(self, lines: Lines, start: int) -> None:
        self.lines = lines
        self.start = start
        self.leaves: list[Leaf] = []
        self.parts: list[Part] = []
        self.inside: list[Kind] = []
        self.cell = (-1, 0)

    def read(self, token: Token, previous: Token | None) -> None:
        kind = _kind(token)
        if token.map is not None and kind is not None and kind is not Kind.PARAGRAPH:
            level = int(token.tag[1]) if kind is Kind.HEADING else 0
            span = self.lines.span(*token.map).shifted(-self.start)
            self.parts.append(Part(kind, span, _info(token), level))
        if token.type == "html_block" and kind is Kind.HTML:
            self._whole(token, LeafKind.HTML)
        elif token.type == "code_block" and _is_prose(token.content):
            self._whole(token, LeafKind.PARAGRAPH)
        elif token.type == "inline" and previous is not None:
            self._inline(token, previous)
        if kind in CONTAINERS:
            self.inside.append(kind) if token.nesting == 1 else None
        elif token.nesting == -1 and KINDS.get(token.type.replace("_close", "_open")) in CONTAINERS:
            self.inside.pop()

    def _inline(self, token: Token, previous: Token) -> None:
        kind = LEAVES.get(previous.type, LeafKind.PARAGRAPH)
        pieces = self._cell(token) if kind is LeafKind.CELL else self._pieces(token)
        if pieces:
            level = int(previous.tag[1]) if kind is LeafKind.HEADING else 0
            inside = tuple(self.inside)
            self.leaves.append(Leaf(kind, tuple(pieces), inside, level, previous.type == "th_open"))

    def _pieces(self, token: Token) -> list[Span]:
        assert token.map is not None
        pieces = []
        contents = token.content.split("\n")
        # the content has lost the lines at its start that hold nothing but white space of other kinds
        first = token.map[0]
        while first + len(contents) < token.map[1] and contents[0].strip() not in self.lines.line(first)[1]:
            first += 1
        for number, content in enumerate(contents, first):
            if number >= len(self.lines.starts):
                break
            start, line = self.lines.line(number)
            wanted = content.strip()
            found = line.rfind(wanted)
            if wanted and found >= 0:
                pieces.append(Span(start + found - self.start, start + found + len(wanted) - self.start))
        return pieces

    def _cell(self, token: Token) -> list[Span]:
        assert token.map is not None
        number, cursor = self.cell
        if number != token.map[0]:
            number, cursor = token.map[0], 0
            self.cells = cells(self.lines.line(number)[1])
        self.cell = (number, cursor + 1)
        if cursor >= len(self.cells):
            return []
        span = self.cells[cursor].shifted(self.lines.starts[number] - self.start)
        return [span] if span.end > span.start else []

    def _whole(self, token: Token, kind: LeafKind) -> None:
        assert token.map is not None
        pieces = []
        for number in range(*token.map):
            if number >= len(self.lines.starts):
                break
            start, line = self.lines.line(number)
            stripped = line.strip()
            if stripped:
                begin = start + line.index(stripped) - self.start
                pieces.append(Span(begin, begin + len(stripped)))
        if pieces:
            self.leaves.append(Leaf(kind, tuple(pieces), tuple(self.inside)))


CONTAINERS = frozenset(
    {Kind.LIST, Kind.ITEM, Kind.QUOTE, Kind.TABLE, Kind.FOOTNOTE, Kind.DEFINITION_LIST, Kind.ADMONITION}
)


def _is_prose(content: str) -> bool:
    """Whether an indented code block is a paragraph that a Chinese writer indented by four spaces."""
    dense = re.sub(r"\s", "", content)
    han = len(HAN.findall(dense))
    return han * 3 > len(dense) and bool(PROSE_MARK.search(dense)) and not CODE_MARK.search(content)
