"""Footnotes: references `[^x]`, definitions `[^x]: …`, inline notes `^[…]`, and what was meant to be one of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from enum import Enum
from typing import NamedTuple

from mdreview.markdown import PROSE, TEXT, Block, Document, Kind, Leaf, LeafKind, Placed, Question, where
from mdreview.patterns import regex, words
from mdreview.source import Span


class Setting(Enum):
    """Where a reference stands."""

    TEXT = "text"
    HEADING = "heading"
    DEFINITION = "definition"


class Reference(NamedTuple):
    """`[^label]` in prose. `opens_paragraph`: nothing stands before it in its paragraph.

    `expression`: it reads as a class of a regular expression, `[^abc]`, that has no code marks.
    """

    label: str
    key: str
    span: Span
    setting: Setting
    opens_paragraph: bool = False
    expression: bool = False


class Definition(NamedTuple):
    """`[^label]: …`: the place of its mark, of the whole, and whether it has any text."""

    label: str
    key: str
    mark: Span
    span: Span
    empty: bool


class Form(Enum):
    """How a footnote mark is malformed."""

    FULL_WIDTH_COLON = "full-width colon"
    SPACED_COLON = "space before the colon"
    FULL_WIDTH_BRACKETS = "full-width brackets"
    CARET_AFTER = "caret after the label"
    SPACED_LABEL = "space in the brackets"


class Malformed(NamedTuple):
    """Something that was meant for a footnote mark; `defines` if it stands where a definition would."""

    label: str
    key: str
    span: Span
    form: Form
    defines: bool


class Note(NamedTuple):
    """An inline footnote `^[…]`."""

    span: Span


LABEL = r"[^\[\]\n\^]{1,200}"
REFERENCE = regex(rf"\[\^({LABEL})\]")
NOTE = regex(r"\^\[(?![\d,，、\s–-]{1,40}\]\^)[^\[\]]{1,2000}(?:\[[^\[\]]{0,500}\][^\[\]]{0,2000}){0,20}\]")
MARK = regex(r"[ \t>]{0,40}\[\^[^\]\n]{0,1000}\]:")
FENCED = regex(r"[ \t>]*(?:`{3}|~{3})")
WORD = r"\w[\w.-]{0,40}"
MALFORMED = regex(
    r"[［【〔\[](?:"
    rf"(?<=[［【〔])\s?\^\s?(?P<a>{WORD})\s?[］】〕\]]|(?<=\[)(?:\s?\^\s?(?P<b>{WORD})\s?[］】〕]"
    r"|(?P<c>\d{1,4})\^\](?!\()"
    rf"|\^(?:[ \t\u3000\xa0]+(?P<d>{WORD})[ \t\u3000\xa0]*|(?P<e>{WORD})[ \t\u3000\xa0]+)\]"
    r"|[ \t\u3000\xa0]+\^[ \t]*(?P<f>\d{1,4})[ \t]*\]))"
)
MALFORMED_MARK = regex(rf"\[\^(?P<label>{LABEL})\](?P<colon>[ \t\u3000]*：|[ \t\u3000]+:(?=[ \t\S]))")
# what is beside the caret of either: a full-width bracket, a space, the end of a number, a bracket that closes wrongly
MALFORMED_HINT = regex(
    r"\^(?:(?<=[［【〔]\^)|(?<=\s\^)[ \t]*\d|(?<=[［【〔]\s\^)|(?<=\d\^)\]|(?<=\[\^)[ \t\u3000\xa0]"
    rf"|\s?{WORD}(?:\s?[］】〕]|[ \t\u3000\xa0]+\])|{LABEL}\](?:[ \t\u3000]*：|[ \t\u3000]+:))"
)
EXPRESSION_LABEL = regex(r"\W+|\W.*|.*[\\\"'|()*+?].*|\w-\w|.*(?:\w-\w){2}.*", re.S)
ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
REPEATS = frozenset("*+?{")
ENDED = regex(r"[.!?。！？；:：|>`\])）”\"*_]\Z|\A[#=-]")
WORD_AHEAD = regex(r"[ \t]{0,8}[^\W_]")
# in small letters
EXPRESSION_WORD = regex(
    "正则表达|正則表達|正则匹配|字符(?:类|集)|通配|regex|regular expression|character class|"
    + words("grep", "glob", "sed")
)


def key_of(label: str) -> str:
    """What labels are compared by: letter case and white space count for nothing."""
    return " ".join(label.split()).casefold()


@where(PROSE("[^"))
def references(block: Block) -> tuple[Reference, ...]:
    """The `[^label]` marks in the block's prose, in order; labels that hold white space are left out."""
    prose = block.prose
    found = []
    for leaf in block.leaves:
        for match in REFERENCE.finditer(prose, *leaf.span):
            label = match[1]
            start, end = match.span()
            if prose[start - 1 : start] == "\\" or label.split() != [label]:
                continue
            before = prose[leaf.span.start : start]
            opens = not before or (before.isspace() and "\n" not in before)
            setting, expression = _setting(block, leaf), _expression(prose, match)
            found.append(Reference(label, label.casefold(), Span(start, end), setting, opens, expression))
    return tuple(found)


@where(references)
def marks(block: Block) -> tuple[tuple[str, Setting], ...]:
    """The label and the setting of each reference of a block: what stays where only the text around them changes."""
    return tuple((one.label, one.setting) for one in block.fact(references))


@where(references)
def in_heading_or_note(block: Block) -> tuple[Reference, ...]:
    """The references of a block that stand in a heading or in a definition."""
    return tuple(one for one in block.fact(references) if one.setting is not Setting.TEXT)


def _setting(block: Block, leaf: Leaf) -> Setting:
    if leaf.kind is LeafKind.HEADING:
        return Setting.HEADING
    if Kind.FOOTNOTE in leaf.inside or block.kind is Kind.FOOTNOTE:
        return Setting.DEFINITION
    return Setting.TEXT


def _opens_line(leaf: Leaf, prose: str, offset: int) -> bool:
    """Whether nothing stands before an offset on its line."""
    line = prose.rfind("\n", 0, offset) + 1
    return not prose[max(line, leaf.span.start) : offset].strip()


def _expression(prose: str, match: re.Match[str]) -> bool:
    """Whether the brackets are a class of a regular expression, `[^abc]`, that someone wrote without code marks."""
    label = match.group(1)
    if label.isdigit():
        return _tells_of_expressions(prose, match.start() - 30, match.start())
    if EXPRESSION_LABEL.fullmatch(label) or prose[match.end() : match.end() + 1] in REPEATS:
        return True
    if len(label) > 1 and (label in ALPHABET or label.lower() == "aeiou"):
        return True
    return _tells_of_expressions(prose, match.start() - 60, match.end() + 40)


def _tells_of_expressions(prose: str, start: int, end: int) -> bool:
    # with the character before, which may make the first word another
    return bool(EXPRESSION_WORD.search(prose[max(start - 1, 0) : end].lower(), start > 0))


@where(TEXT("[^"))
def definitions(block: Block) -> tuple[Definition, ...]:
    """The definitions that a renderer sees, in order, those inside quotes and lists included."""
    if "[^" not in block.text:
        return ()
    places = [(Span(0, len(block.text)), block.info)] if block.kind is Kind.FOOTNOTE else []
    places += [(part.span, part.info) for part in block.parts if part.kind is Kind.FOOTNOTE]
    held = sorted(
        [leaf.span for leaf in block.leaves] + [part.span for part in block.parts if part.kind is not Kind.FOOTNOTE]
    )
    found = []
    for span, label in places:
        if mark := MARK.match(block.text, span.start):
            start = block.text.index("[^", span.start)
            first = bisect_left(held, (mark.end(),))
            empty = first == len(held) or held[first].end > span.end
            found.append(Definition(label, key_of(label), Span(start, mark.end()), span, empty))
    return tuple(found)


@where(TEXT("[^"))
def mentions(block: Block) -> frozenset[str]:
    """The keys of every `[^label]` outside fenced code, however hidden; marks of definitions are no mentions."""
    if block.kind is Kind.CODE and FENCED.match(block.text):
        return frozenset()
    fences = [part.span for part in block.parts if part.kind is Kind.CODE and FENCED.match(block.text, part.span.start)]
    marks = {definition.mark.start for definition in block.fact(definitions)}
    keys = set()
    for match in REFERENCE.finditer(block.text):
        index = bisect_right(fences, (match.start() + 1,)) - 1
        if match.start() not in marks and (index < 0 or match.start() >= fences[index].end):
            keys.add(key_of(match.group(1)))
    return frozenset(keys)


@where(PROSE(MALFORMED_HINT))
def malformed(block: Block) -> tuple[Malformed, ...]:
    """Marks that were meant for footnotes and that no renderer reads as such, in order."""
    prose = block.prose
    found = []
    for leaf in block.leaves:
        for match in MALFORMED.finditer(prose, *leaf.span):
            label = next(match[name] for name in "abcdef" if match[name])
            wide = match["a"] or match["b"]
            form = Form.FULL_WIDTH_BRACKETS if wide else Form.CARET_AFTER if match["c"] else Form.SPACED_LABEL
            opens = _opens_line(leaf, prose, match.start())
            defines = opens and prose[match.end() : match.end() + 1] in (":", "：")
            found.append(Malformed(label, key_of(label), Span(*match.span()), form, defines))
        for piece in leaf.pieces:
            if mark := MALFORMED_MARK.match(prose, *piece):
                form = Form.FULL_WIDTH_COLON if mark["colon"].endswith("：") else Form.SPACED_COLON
                found.append(Malformed(mark["label"], key_of(mark["label"]), Span(*mark.span()), form, True))
    return tuple(sorted(found, key=lambda mark: mark.span))


@where(TEXT("^["))
def notes(block: Block) -> tuple[Note, ...]:
    """The inline footnotes `^[…]`."""
    return tuple(Note(Span(*match.span())) for leaf in block.leaves for match in NOTE.finditer(block.prose, *leaf.span))


def definitions_by_key(document: Document) -> dict[str, list[Placed[Definition]]]:
    """The definitions of a document under their keys, each list in order. Ask through `document.fact`."""
    by_key: dict[str, list[Placed[Definition]]] = {}
    for placed in document.joined(definitions):
        by_key.setdefault(placed.fact.key, []).append(placed)
    return by_key


def defined_keys(document: Document) -> frozenset[str]:
    """The keys that have a definition. Ask through `document.fact(defined_keys)`."""
    return frozenset(placed.fact.key for placed in document.joined(definitions))


def mentioned(document: Document) -> frozenset[str]:
    """The keys that stand anywhere outside fenced code."""
    return frozenset(placed.fact for placed in document.joined(mentions))


def swallowed(document: Document) -> frozenset[int]:
    """Starts of definitions that are none: lines of running text that a hard wrap made to begin with `[^x]:`.

    Such a line follows a line of text that does not end a sentence, and its label has a definition elsewhere.
    """
    found: set[int] = set()
    by_key = document.fact(definitions_by_key)
    for several in by_key.values():
        if len(several) < 2:
            continue
        odd = [placed for placed in several if _continues(document, placed.start + placed.fact.mark.start)]
        if len(odd) < len(several):
            found.update(placed.start + placed.fact.mark.start for placed in odd)
    return frozenset(found)


def _continues(document: Document, start: int) -> bool:
    before = document.text_of(Span(max(start - 200, 0), start))
    line_start = before.rstrip(" \t>")
    if not line_start.endswith(("\n", "\r")):
        return False
    line = line_start[:-1].rstrip("\r").rpartition("\n")[2].strip()
    return bool(line) and not MARK.match(line) and not ENDED.search(line)


def lost_definitions(document: Document) -> tuple[Placed[Reference], ...]:
    """References that were meant to define: `[^x] text` opens a paragraph and the colon is missing.

    The label has no definition, and the text refers to it elsewhere. Ask through `document.fact(lost_definitions)`.
    """
    openings = document.joined(_openings)
    if not openings:
        return ()
    defined = document.fact(defined_keys)
    used = document.fact(_used_keys)
    lost: dict[str, Placed[Reference]] = {}
    for one in openings:
        if one.fact.key in used and one.fact.key not in defined:
            lost.setdefault(one.fact.key, one)
    return tuple(lost.values())


@where(references)
def _openings(block: Block) -> tuple[Reference, ...]:
    """The references of a block that open a paragraph with a word right behind them."""
    return tuple(
        one
        for one in block.fact(references)
        if one.opens_paragraph
        and one.setting is Setting.TEXT
        and WORD_AHEAD.match(block.text, one.span.end, one.span.end + 9)
    )


def _used_keys(document: Document) -> frozenset[str]:
    """The keys of the references that do not open a paragraph."""
    return frozenset(one.fact.key for one in document.joined(references) if not one.fact.opens_paragraph)


def intended_definitions(document: Document) -> dict[str, Span]:
    """Where a label was meant to be defined, of labels without a definition. Ask through `document.fact`."""
    defined = document.fact(defined_keys)
    found = {one.fact.key: one.span(one.fact.span) for one in document.fact(lost_definitions)}
    for one in document.joined(malformed):
        if one.fact.defines and one.fact.key not in defined:
            found.setdefault(one.fact.key, one.span(one.fact.span))
    return found


def undefined_numbers(document: Document) -> frozenset[int]:
    """The labels without a definition that are numbers. Ask through `document.fact(undefined_numbers)`."""
    if document.fact(intended_definitions):
        labels = {one.fact.label for one in document.fact(undefined_references)}
    else:
        defined = document.fact(defined_keys)
        labels = {one.fact for one in document.joined(_labels) if key_of(one.fact) not in defined}
    return frozenset(int(label) for label in labels if label.isdecimal())


@where(references)
def _labels(block: Block) -> tuple[str, ...]:
    """The labels of a block's references."""
    return tuple({one.label: None for one in block.fact(references) if not one.expression})


def undefined_references(document: Document) -> tuple[Placed[Reference], ...]:
    """The references whose label has no definition, in order. Ask through `document.fact(undefined_references)`."""
    defined = document.fact(defined_keys)
    meant = frozenset(span.start for span in document.fact(intended_definitions).values())
    return tuple(one for one in document.mapped(references, _Undefined(defined, meant)) if one is not None)


class _Undefined(Question):
    """A reference without a definition, but for those at places that are meant as one; else None."""

    def __init__(self, defined: frozenset[str], meant: frozenset[int]) -> None:
        super().__init__(defined, meant)
        self._defined, self._meant = defined, meant

    def __call__(self, one: Placed[Reference], _: Block) -> Placed[Reference] | None:
        reference = one.fact
        if reference.key in self._defined or reference.expression or one.start + reference.span.start in self._meant:
            return None
        return one
