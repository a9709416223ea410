"""Cuts a text into segments: stretches that can be read without knowing what stands before them.

A segment starts where every container is closed. What is common (a plain paragraph, a heading, a fence,
display math, a comment, a one-line footnote) takes a short way here; everything else goes through
markdown-it-py in the smallest stretch that ends at top level again.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from mdreview.markdown import shortcuts
from mdreview.markdown.blocks import Block, Kind, Leaf, LeafKind
from mdreview.patterns import regex
from mdreview.source import Span


class Segment(NamedTuple):
    """Blocks with their offsets in the segment, its length, and how far its reading looked from its start."""

    blocks: tuple[tuple[int, Block], ...]
    length: int
    reach: int

    def reads_as(self, other: Segment) -> bool:
        """Whether the other one is of the same text, in an earlier or later version of a document."""
        return self is other or (bool(self.blocks) and self.blocks is other.blocks and self.length == other.length)


# What makes a line something else than a paragraph's plain line. A line with a pipe may be a table's.
MARKER = r"""
    [ ]{4} | [ ]{0,3}\t
  | [ ]{0,3} (?:
      [-+*] (?:[ \t]|$) | \d{1,9}[.)] (?:[ \t]|$) | > | \#{1,6}(?:[ \t]|$)
    | ```|~~~ | <[A-Za-z/!?] | \$\$ | \\\[ | \\begin\{ | :::
    | !!! | \?\?\? | ===[ ] | \[[^\]\n]{0,999}\]: | =+[ \t]*$ | [-*_](?:[ \t]*[-*_])+[ \t]*$ | [:~][ \t]
  )
"""
# within a paragraph only the number 1 starts a list: `on 17` and `28. May` may be two lines of a sentence
MARKER_WITHIN = MARKER.replace(r"\d{1,9}", "0{0,8}1")
PLAIN_LINE = r"[ \t]*+[^ \t\n|][^\n|]*+(?:\n|\Z)"
PLAIN = regex(rf"(?!{MARKER}){PLAIN_LINE}(?:(?!{MARKER_WITHIN}){PLAIN_LINE})*+", re.M | re.X)
INTERRUPTS = regex(r" {0,3}(?:#{1,6}(?:[ \t]|$)|```|~~~[^\n]*$|<!--|:::|\$\$)", re.M)
BLANK = regex(r"(?:[ \t]*+\n)++")
TAIL = regex(r"[ \t]*\Z")
DEFINITION_MARK = regex(r"[ \t]*[:~][ \t]")
HEADING = regex(r" {0,3}(#{1,6})(?:[ \t]+([^\n]*?))??(?:[ \t]+#+)?[ \t]*(?:\n|\Z)")
FENCE = regex(r" {0,3}(?:(`{3,})([^`\n]*)|(~{3,})([^\n]*))(?:\n|\Z)")
CONTAINER = regex(r" {0,3}:{3,}[^\n]*(?:\n|\Z)")
# one that fits on its line and is surely one; every other goes to markdown-it-py
LINK_DEFINITION = regex(
    r" {0,3}\[(?!\^)(?=[ \t]*[^\s\]])[^\[\]\\\n]{1,999}\]:[ \t]*(?!(?i:vbscript|javascript|file|data):)"
    r"(?:[^\s()<>\\]|\([^\s()<>\\]*+\))++(?:[ \t]+(?:\"[^\"\\\n]*\"|'[^'\\\n]*'|\([^()\\\n]*\)))?"
    r"[ \t]*(?:\n|\Z)(?![ \t]*[\"'(])"
)
FOOTNOTE = regex(r"\[\^([^\]\s]{1,999})\]:[ \t]+(?=[^\s>#`~<$\\:|\-+*\[\d])([^\n|]*)(?:\n|\Z)")
FOOTNOTE_AHEAD = regex(r"(?=\Z|\[\^[^\]\s]{1,999}\]:|[ \t]*\n(?:[ \t]*\n)*+(?:\Z|[^ \t]))")
BEFORE_MATTER = r"(?P<before>\s*<!--(?:(?!-->)[\s\S]){0,4000}-->\s*?\n)?"
# YAML has a key in its first line that is no comment; two thematic breaks with text between them are no front matter
YAML_KEY = r"(?=(?:[ \t]*\#[^\n]*\n){0,50}(?:[\"'\w][^:\n]{0,100}:[ \t\n]|---|\.\.\.))"
FRONT_MATTER = regex(
    rf"{BEFORE_MATTER}(?P<matter>(?:---[ \t]*\n{YAML_KEY}(?:[\s\S]*?\n)??(?:---|\.\.\.)|"
    r"\+\+\+[ \t]*\n(?:[\s\S]*?\n)??\+\+\+)[ \t]*(?:\n|\Z))"
)
MATTER_OPENS = regex(rf"{BEFORE_MATTER}(?:---|\+\+\+)[ \t]*(?:\n|\Z)")
AHEAD_COMMENT = regex(r"\s*+<!--")
COMMENT = regex(r" {0,3}<!--")
THINKING = regex(r" {0,3}<(think(?:ing)?)>", re.I)
EQUATION_NUMBER = regex(r"[.,;，。；]?\s*(?:\{[^}]*\}|[(（][^)）]{1,20}[)）])?")
MATH_LIMIT = 20_000
LIST_MARK = regex(r" {0,3}(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)", re.M)
TOP_HEADING = regex(r"#{1,6}[ \t]")
ANY_FENCE = regex(r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})")
TAG_LINE = regex(r"[ \t>]*<[A-Za-z/!?]")


def next_segment(text: str, start: int, absent: set[str]) -> Segment:
    """The segment that starts at `start`, which must be 0 or the end of another segment.

    `absent` starts empty with each reading of a text and collects the marks that were sought up to its end in vain.
    """
    if start == 0 and (front := FRONT_MATTER.match(text)):
        return _front_matter(front)
    blank = BLANK.match(text, start)
    at = blank.end() if blank else start
    if at == len(text) or (text[at] in " \t" and TAIL.match(text, at)):
        return Segment((), len(text) - start, len(text) - start + 1)
    blocks, end, reach = _blocks(text, at, absent)
    placed = tuple([(offset - start, block) for offset, block in blocks])
    if start == 0 and MATTER_OPENS.match(text):
        reach = len(text) + 1
    return Segment(placed, end - start, max(reach, end) - start)


_Read = tuple[list[tuple[int, Block]], int, int]


def _blocks(text: str, at: int, absent: set[str]) -> _Read:
    first = text[at]
    if first in "# " and (heading := HEADING.match(text, at)):
        return [(at, _heading(heading))], heading.end(), heading.end()
    if first == "[" and (footnote := FOOTNOTE.match(text, at)) and FOOTNOTE_AHEAD.match(text, footnote.end()):
        return [(at, _footnote(footnote))], footnote.end(), _line_end(text, _after_blank(text, footnote.end()))
    if first == "{" and text.startswith("{/*", at):
        return _expression_comment(text, at, absent)
    if plain := PLAIN.match(text, at):
        end = plain.end()
        ahead = _after_blank(text, end)
        definition = DEFINITION_MARK.match(text, ahead)
        if not definition and (end == len(text) or ahead > end or INTERRUPTS.match(text, end)):
            content = text[at:end].rstrip()
            return [(at, _paragraph(content))] if content else [], end, _line_end(text, ahead)
        return _region(text, at)
    if fence := FENCE.match(text, at):
        return _fence(text, at, fence)
    if container := CONTAINER.match(text, at):
        block = Block(Kind.CONTAINER, container.group().rstrip(), info=container.group().strip())
        return [(at, block)], container.end(), container.end()
    if (definition := LINK_DEFINITION.match(text, at)) is not None:
        block = Block(Kind.LINK_DEFINITION, definition.group().rstrip())
        return [(at, block)], definition.end(), _line_end(text, definition.end())
    return _delimited(text, at, absent) or _region(text, at)


def _paragraph(text: str) -> Block:
    return Block(Kind.PARAGRAPH, text, (Leaf(LeafKind.PARAGRAPH, _pieces(text)),))


def _pieces(text: str) -> tuple[Span, ...]:
    """The lines of a text that does not end in white space, each without that around it."""
    if "\n" not in text:
        return (Span(len(text) - len(text.lstrip()), len(text)),)
    pieces = []
    position = 0
    for line in text.split("\n"):
        if stripped := line.strip():
            offset = position + line.index(stripped)
            pieces.append(Span(offset, offset + len(stripped)))
        position += len(line) + 1
    return tuple(pieces)


def _heading(match: re.Match[str]) -> Block:
    text = match.group().rstrip()
    level = len(match.group(1))
    leaves: tuple[Leaf, ...] = ()
    if content := (match.group(2) or "").strip():
        start = text.index(content, match.end(1) - match.start())
        span = Span(start, start + len(content))
        leaves = (Leaf(LeafKind.HEADING, (span,), level=level),)
    return Block(Kind.HEADING, text, leaves, level=level)


def _footnote(match: re.Match[str]) -> Block:
    text = match.group().rstrip()
    span = Span(match.start(2) - match.start(), len(text))
    leaves = (Leaf(LeafKind.PARAGRAPH, (span,), (Kind.FOOTNOTE,)),) if span.end > span.start else ()
    return Block(Kind.FOOTNOTE, text, leaves, info=match.group(1))


def _fence(text: str, at: int, match: re.Match[str]) -> _Read:
    mark = match.group(1) or match.group(3)
    info = (match.group(2) or match.group(4) or "").strip()
    # U+00A0 after the closing mark: it comes with text copied from web pages, and authors cannot see it
    closing = re.compile(rf"^ {{0,3}}{re.escape(mark[0])}{{{len(mark)},}}[ \t\xa0]*$", re.M)
    found = closing.search(text, match.end())
    end = min(found.end() + 1, len(text)) if found else len(text)
    return [(at, Block(Kind.CODE, text[at:end].rstrip(), info=info))], end, end + (not found)


def _front_matter(match: re.Match[str]) -> Segment:
    blocks: list[tuple[int, Block]] = []
    if before := match.group("before"):
        offset = len(before) - len(before.lstrip())
        blocks.append((offset, Block(Kind.COMMENT, before.strip())))
    blocks.append((match.start("matter"), Block(Kind.FRONT_MATTER, match.group("matter").rstrip())))
    return Segment(tuple(blocks), match.end(), match.end())


def _delimited(text: str, at: int, absent: set[str]) -> _Read | None:
    """Display math, comments and thinking blocks, which may hold blank lines."""
    line_end = _line_end(text, at)
    line = text[at:line_end].strip()
    if line.startswith("$$"):
        return _math(text, at, line_end)
    if line.startswith("\\["):
        return _bracket_math(text, at)
    if line.startswith("\\begin{"):
        closing = "\\end{" + line[7:].partition("}")[0] + "}"
        return _until(text, at, closing, text.find(closing, at, at + MATH_LIMIT), Kind.MATH, at + MATH_LIMIT)
    if "|" not in line and (comment := COMMENT.match(text, at)):
        found = text.find("-->", comment.end() - 2)
        end = len(text) if found < 0 else _line_end(text, found)
        block_text = text[at:end].rstrip()
        kind = Kind.COMMENT if only_comments(block_text) else Kind.HTML
        leaves = (Leaf(LeafKind.HTML, _pieces(block_text)),) if kind is Kind.HTML else ()
        return [(at, Block(kind, block_text, leaves))], min(end + 1, len(text)), end + 1
    if thinking := THINKING.match(text, at):
        closing = f"</{thinking.group(1)}>"
        found = -1 if closing in absent else text.find(closing, at)
        if found < 0:
            absent.add(closing)
        return _until(text, at, closing, found, Kind.THINKING, len(text))
    return None


def _expression_comment(text: str, at: int, absent: set[str]) -> _Read:
    """A comment of MDX, which may hold blank lines; what stands behind it on its last line is read on its own."""
    found = -1 if "*/}" in absent else text.find("*/}", at + 3)
    if found < 0:
        absent.add("*/}")
    return _until(text, at, "*/}", found, Kind.COMMENT, len(text))


def only_comments(text: str) -> bool:
    """Whether the text holds nothing but HTML comments, the last of which may be unclosed."""
    position = 0
    while match := AHEAD_COMMENT.match(text, position):
        closing = text.find("-->", match.end() - 2)
        if closing < 0:
            return True
        position = closing + 3
    return position > 0 and not text[position:].strip()


def _math(text: str, at: int, line_end: int) -> _Read | None:
    opening = text.index("$$", at)
    closing = text.find("$$", opening + 2, at + MATH_LIMIT)
    if closing < 0:
        return _unclosed(text, at, min(at + MATH_LIMIT, len(text)))
    rest = text[closing + 2 : _line_end(text, closing)].strip()
    if rest and not EQUATION_NUMBER.fullmatch(rest):
        return _unclosed(text, at, max(line_end, closing + 2))
    end = _line_end(text, closing)
    return [(at, Block(Kind.MATH, text[at:end].rstrip()))], min(end + 1, len(text)), end + 1


def _bracket_math(text: str, at: int) -> _Read | None:
    closing = text.find("\\]", at, at + MATH_LIMIT)
    if closing < 0 or "](" in text[at:closing] or text[closing + 2 : _line_end(text, closing)].strip():
        return _unclosed(text, at, min(at + MATH_LIMIT, len(text)))
    end = _line_end(text, closing)
    return [(at, Block(Kind.MATH, text[at:end].rstrip()))], min(end + 1, len(text)), end + 1


def _until(text: str, at: int, closing: str, found: int, kind: Kind, limit: int) -> _Read:
    if found < 0:
        return _unclosed(text, at, min(limit, len(text)))
    end = _line_end(text, found)
    if text[found + len(closing) : end].strip():
        end = found + len(closing)
    return [(at, Block(kind, text[at:end].rstrip()))], min(end + (text[end : end + 1] == "\n"), len(text)), end + 1


def _unclosed(text: str, at: int, looked: int) -> _Read:
    """A mark that opens nothing: what starts with it is read as markdown-it-py reads it."""
    blocks, end, reach = _region(text, at)
    return blocks, end, max(reach, looked + 1)


def _region(text: str, at: int) -> _Read:
    """The smallest stretch from `at` that ends at top level, read by markdown-it-py unless it is simple."""
    end = _region_end(text, at, at)
    if (simple := shortcuts.read_blocks(text[at:end])) is not None:
        return [(at + offset, block) for offset, block in simple], end, _line_end(text, end) + 1
    from mdreview.markdown.parser import open_ended, read_blocks

    least = at
    while True:
        end = _region_end(text, at, least)
        blocks = read_blocks(text[at:end])
        if end >= len(text) or not (blocks and open_ended(blocks[-1][1])):
            reach = _line_end(text, end) + 1
            return [(at + offset, block) for offset, block in blocks], end, reach
        least = at + 2 * (end - at)


def _region_end(text: str, at: int, least: int) -> int:
    """Where a stretch that starts at `at` may end: before a line at top level, at or after `least`."""
    position = at
    blank = fenced = tagged = False
    while position < len(text):
        end = _line_end(text, position)
        line = text[position:end]
        if not line.strip(" \t"):
            blank = True
        else:
            top = line[0] not in " \t"
            if (
                position > at
                and position >= least
                and top
                and (
                    (blank and not LIST_MARK.match(line) and not DEFINITION_MARK.match(line))
                    or (not fenced and not tagged and TOP_HEADING.match(line))
                )
            ):
                return position
            if ANY_FENCE.match(line):
                fenced = not fenced
            if TAG_LINE.match(line):
                tagged = True
            blank = False
        position = end + 1
    return len(text)


def _after_blank(text: str, at: int) -> int:
    blank = BLANK.match(text, at)
    return blank.end() if blank else at


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found
