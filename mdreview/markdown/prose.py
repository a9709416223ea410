"""The prose of a block: its text with everything blanked that is no prose, every character still at its offset.

What a reader sees but cannot read as words (code, math, images, bare addresses) becomes U+FFFC; what a reader
does not see (container marks, tags, comments, link targets, attributes) becomes spaces.
"""

from __future__ import annotations

import re

from mdreview.markdown.blocks import OBJECT, Block, Inline, InlineKind, Kind
from mdreview.patterns import regex
from mdreview.source import Span

# one set of characters leads, so that the engine can skip to the next of them; of an address it is its first mark
TRIGGER = regex(
    r"[\\`$<\[\]{!:.](?:(?<=`)`*|(?<=\$)\$?|(?<=!)\[|(?<=[\\<\[\]{])|(?<=http:)//|(?<=https:)//|(?<=www\.))"
)
ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
TARGET = regex(
    r"""\([ \t\n]*+(?P<target><[^<>\n]{0,2000}+>|(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.){0,500}+\)){0,2000}+)"""
    r"""(?:[ \t\n]++(?:"[^"]{0,1000}+"|'[^']{0,1000}+'|\([^()]{0,1000}+\)))?+[ \t\n]*+\)"""
)
REFERENCE = regex(r"\[[^\[\]\n]{0,200}\]")
TAG = regex(r"</?([A-Za-z][\w:-]{0,60})(?:[\s/][^<>]{0,1000}+)?>")
AUTOLINK = regex(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]{0,2000}+|[\w.+-]{1,64}@[\w.-]{1,255})>")
URL = regex(r"(?:https?://|www\.)[^\s<>\"'`|\u2018-\u201d\u3000-\u303f\u3400-\u9fff\uff00-\uffef]{1,2000}+")
ATTRIBUTES = regex(
    r"\{[ \t]*:?(?:(?:[#.][^\s{}]{1,100}|[A-Za-z][\w-]{0,60}=(?:\"[^\"\n]{0,300}\"|[^\s{}\"]{0,300})|-)[ \t]*){1,20}\}"
)
TEMPLATE = regex(r"\{\{[^{}\n]{0,500}\}\}|\{%[^%\n]{0,500}%\}")
ROLE = regex(r"\{([A-Za-z][\w:+.-]{0,60})\}(?=`)")
UNPRINTED = regex(r"\\(?:index|nomenclature|glossary)\{((?:[^{}\n]|\{[^{}\n]{0,100}\}){0,300})\}")  # of LaTeX
# a role as reStructuredText and the books made with d2lbook write it: :cite:`key`
COLON_ROLE = regex(r"(?<![A-Za-z0-9_:]):([a-z][a-z+-]{0,20}(?::[a-z][a-z+-]{0,20}){0,2}):\Z")
# MDX: what a file takes in and gives out stands in paragraphs of its own, and tags and braces hold JavaScript
MODULE = regex(
    r"import\s*(?:[\w$*{][^'\"]{0,2000}?\bfrom\s*)?(?:'[^'\n]{1,500}'|\"[^\"\n]{1,500}\")[ \t]*(?:;|//|\n|$)"
    r"|export\s+(?:(?:const|let|var)\s+[\w$\[{]|(?:async\s+)?function\b|class\s+[\w$]|[*{]"
    r"|default\s+(?:[(\[{]|(?:async|function|class)\b|[\w$.]+\s*(?:[;(]|$)))"
)
ELEMENT = regex(r"</?[A-Za-z][\w.:$-]{0,60}(?=[\s/>])")
JAVASCRIPT = regex(r"[{}<>\"'`]")
OPAQUE = frozenset({"code", "kbd", "samp", "pre", "script", "style", "svg", "math", "tt"})
NUMBER = regex(r"\s*\d+\s*")  # \[1\] is a citation whose brackets are escaped
TEX = regex(r"[\\^_={}]")
WORDS = regex(r"[A-Za-z]{2,}[ ,;]+(?:[A-Za-z]+[ ,;]+)*[A-Za-z]{2,}|[，。；：]")


def mask(block: Block) -> tuple[str, tuple[Inline, ...]]:
    """The block's prose, as long as its text, and its inline constructs in order of their start."""
    text = block.text
    if not block.leaves or _is_module(block):
        return _blank(text), ()
    if len(block.leaves) == 1 and block.leaves[0].span == (0, len(text)) and not TRIGGER.search(text):
        return text, ()
    pieces: list[str] = []
    done = 0
    for leaf in block.leaves:
        for start, end in leaf.pieces:
            if start >= done:
                pieces += (_blank(text[done:start]), text[start:end])
                done = end
    pieces.append(_blank(text[done:]))
    base = "".join(pieces)
    inlines: list[Inline] = []
    hidden: list[tuple[Span, str]] = []
    for leaf in block.leaves:
        scanner = _Scanner(base, leaf.span)
        scanner.run()
        inlines += scanner.inlines
        hidden += scanner.hidden
    if hidden:
        base = _hide(base, hidden)
    inlines.sort(key=lambda inline: inline.span)
    return base, tuple(inlines)


def _is_module(block: Block) -> bool:
    text = block.text
    return text.startswith(("import", "export")) and block.kind is Kind.PARAGRAPH and MODULE.match(text) is not None


def _blank(text: str) -> str:
    if "\n" not in text:
        return " " * len(text)
    return "\n".join(" " * len(line) for line in text.split("\n"))


def _hide(base: str, hidden: list[tuple[Span, str]]) -> str:
    pieces: list[str] = []
    done = 0
    for (start, end), mark in sorted(hidden):
        if end <= done:
            continue
        start = max(start, done)
        pieces += (base[done:start], "\n".join(mark * len(line) for line in base[start:end].split("\n")))
        done = end
    pieces.append(base[done:])
    return "".join(pieces)


class _Scanner:
    """Finds the inline constructs of one leaf from left to right, looking at no character without bound."""

    def __init__(self, text: str, leaf: Span) -> None:
        self.text = text
        self.start, self.end = leaf
        self.position = self.start
        self.inlines: list[Inline] = []
        self.hidden: list[tuple[Span, str]] = []
        self.brackets: list[tuple[int, bool]] = []
        self.tick_runs: dict[int, list[int]] | None = None
        self.absent: dict[str, bool] = {}

    def run(self) -> None:
        while match := TRIGGER.search(self.text, begin := self.position, self.end):
            mark = match.group()
            self.position = match.end()
            if mark == "\\":
                self._escape(match.start())
            elif mark[0] == "`":
                self._code(match.start(), len(mark))
            elif mark[0] == "$":
                self._math(match.start(), mark)
            elif mark == "<":
                self._angle(match.start())
            elif mark == "{":
                self._brace(match.start())
            elif mark == "]":
                self._close(match.start())
            elif mark[-1] == "[":
                self.brackets.append((match.start(), mark[0] == "!"))
            else:
                before = "www" if mark == "." else "https" if self.text[match.start() - 1] == "s" else "http"
                if match.start() - len(before) >= begin:
                    self._url(match.start() - len(before))
                    # an address can turn out to end before its first mark: `www..`
                    self.position = max(self.position, match.end())

    def _add(self, kind: InlineKind, span: Span, content: Span, target: str = "", mark: str = OBJECT) -> None:
        self.inlines.append(Inline(kind, span, content, target))
        self.hidden.append((span, mark))
        self.position = span.end

    def _find(self, wanted: str, start: int, limit: int) -> int:
        """Where `wanted` next stands in this leaf, or -1; a mark that is absent is looked for once."""
        if self.absent.get(wanted):
            return -1
        found = self.text.find(wanted, start, min(self.end, start + limit))
        if found < 0 and start + limit >= self.end:
            self.absent[wanted] = True
        return found

    def _escape(self, start: int) -> None:
        following = self.text[start + 1 : start + 2]
        if following in ("(", "["):
            closing = self._find("\\" + {"(": ")", "[": "]"}[following], start + 2, 1000)
            content = self.text[start + 2 : closing]
            formula = bool(TEX.search(content)) or (
                len(content) < 4 and not (following == "[" and NUMBER.fullmatch(content))
            )
            if closing > 0 and formula and "](" not in content:
                self._add(InlineKind.MATH, Span(start, closing + 2), Span(start + 2, closing))
                return
        if following in ESCAPABLE and following:
            self.position = start + 2
        elif following in ("i", "n", "g") and (unprinted := UNPRINTED.match(self.text, start, self.end)):
            self._add(InlineKind.ATTRIBUTES, Span(*unprinted.span()), Span(*unprinted.span(1)), mark=" ")

    def _code(self, start: int, length: int) -> None:
        if self.tick_runs is None:
            self.tick_runs = {}
            for run in re.compile("`+").finditer(self.text, start, self.end):
                self.tick_runs.setdefault(len(run.group()), []).append(run.start())
            for positions in self.tick_runs.values():
                positions.reverse()
        positions = self.tick_runs.get(length, [])
        while positions and positions[-1] <= start:
            positions.pop()
        if positions:
            closing = positions[-1]
            content = Span(start + length, closing)
            name = self.text[start - 1 : start] == ":" and COLON_ROLE.search(
                self.text, max(self.start, start - 66), start
            )
            if name:
                self._add(InlineKind.ROLE, Span(name.start(), closing + length), content, name[1])
            else:
                self._add(InlineKind.CODE, Span(start, closing + length), content)

    def _math(self, start: int, mark: str) -> None:
        begin = start + len(mark)
        closing = self._find(mark, begin, 4000)
        while closing > 0 and self.text[closing - 1] == "\\":
            closing = self._find(mark, closing + 1, 4000)
        if closing < 0:
            return
        content = self.text[begin:closing]
        if not content.strip():
            return
        if mark == "$":
            loose = content[0].isspace() or content[-1].isspace()
            formula = bool(TEX.search(content)) or len(content.strip()) <= 2
            after = self.text[closing + 1 : closing + 2]
            if (loose and not formula) or (after.isdigit() and after.isascii()):
                return
            if WORDS.search(content) and "\\" not in content and not re.search(r"[\^_={}]", content):
                return
        self._add(InlineKind.MATH, Span(start, closing + len(mark)), Span(begin, closing))

    def _angle(self, start: int) -> None:
        text = self.text
        if text.startswith("<!--", start):
            closing = self._find("-->", start + 4, self.end)
            if closing >= 0:
                self._add(InlineKind.COMMENT, Span(start, closing + 3), Span(start + 4, closing), mark=" ")
        elif link := AUTOLINK.match(text, start, self.end):
            self._add(InlineKind.URL, Span(*link.span()), Span(*link.span(1)), link.group(1))
        elif (element := self._element(start)) is not None:
            self._add(InlineKind.TAG, element, element, text[slice(*element)], mark=" ")
        elif tag := TAG.match(text, start, self.end):
            name = tag.group(1).lower()
            closing = -1
            if name in OPAQUE and tag.group()[1] != "/":
                closing = self._find(f"</{name}>", tag.end(), 4000)
            if closing >= 0:
                span = Span(start, closing + len(name) + 3)
                self._add(InlineKind.CODE, span, Span(tag.end(), closing))
            else:
                self._add(InlineKind.TAG, Span(*tag.span()), Span(*tag.span()), tag.group(), mark=" ")

    def _element(self, start: int) -> Span | None:
        """A tag of MDX, whose attributes hold JavaScript in braces; None for the tags of HTML."""
        name = ELEMENT.match(self.text, start, self.end)
        if name is None or self.text.find("{", name.end(), min(self.end, name.end() + 1000)) < 0:
            return None
        end = self._javascript(name.end(), ">")
        return None if end is None or "{" not in self.text[start:end] else Span(start, end)

    def _javascript(self, position: int, closing: str) -> int | None:
        """Where JavaScript ends with `closing` outside its braces and strings; looks at 2,000 characters."""
        if self._find("}", position, 2000) < 0:
            return None
        limit = min(self.end, position + 2000)
        depth = 0
        while (mark := JAVASCRIPT.search(self.text, position, limit)) is not None:
            character = mark.group()
            position = mark.end()
            if character in "\"'`":
                position = self.text.find(character, position, limit) + 1
                if not position:
                    return None
            elif character == closing and not depth:
                return position
            elif character == "{":
                depth += 1
            elif character == "}":
                depth -= 1
            elif character == "<" and not depth and closing == ">":
                return None
        return None

    def _brace(self, start: int) -> None:
        text = self.text
        if role := ROLE.match(text, start, self.end):
            ticks = re.compile("`+").match(text, role.end(), self.end)
            assert ticks is not None
            self._code(ticks.start(), len(ticks.group()))
            if self.position > ticks.end() or (self.inlines and self.inlines[-1].span.start == ticks.start()):
                code = self.inlines.pop()
                self.inlines.append(Inline(InlineKind.ROLE, Span(start, code.span.end), code.content, role.group(1)))
                self.hidden.append((Span(start, code.span.end), OBJECT))
        elif template := TEMPLATE.match(text, start, self.end):
            self._add(InlineKind.CODE, Span(*template.span()), Span(*template.span()))
        elif attributes := ATTRIBUTES.match(text, start, self.end):
            content = Span(start + 1, attributes.end() - 1)
            self._add(InlineKind.ATTRIBUTES, Span(*attributes.span()), content, attributes.group()[1:-1], mark=" ")
        elif text.startswith("{/*", start):
            closing = self._find("*/}", start + 3, self.end)
            if closing >= 0:
                self._add(InlineKind.COMMENT, Span(start, closing + 3), Span(start + 3, closing), mark=" ")
        elif (
            start == self.start and text[start + 1 : start + 2] != "\\" and self._javascript(start + 1, "}") == self.end
        ):
            # a paragraph that is one expression of MDX
            self._add(InlineKind.CODE, Span(start, self.end), Span(start + 1, self.end - 1))

    def _close(self, closing: int) -> None:
        if not self.brackets:
            return
        opening, image = self.brackets.pop()
        content = Span(opening + 1 + image, closing)
        if target := TARGET.match(self.text, closing + 1, self.end):
            address = target.group("target").strip("<>")
            if image:
                # what stands in the alternative text belongs to the image
                self.inlines = [inline for inline in self.inlines if inline.span.start < opening]
                self._add(InlineKind.IMAGE, Span(opening, target.end()), content, address)
            else:
                self.inlines.append(Inline(InlineKind.LINK, Span(opening, target.end()), content, address))
                self.hidden.append((Span(closing + 1, target.end()), " "))
                self.position = target.end()
        elif image and (reference := REFERENCE.match(self.text, closing + 1, self.end)):
            self._add(InlineKind.IMAGE, Span(opening, reference.end()), content, reference.group())

    def _url(self, start: int) -> None:
        if not (url := URL.match(self.text, start, self.end)):
            return
        address = url.group().rstrip(".,;:!?*_~")
        if address.endswith(")") and address.count("(") < address.count(")"):
            address = address[:-1]
        if address.endswith("]") and "[" not in address:
            address = address.rstrip("]")
        span = Span(start, start + len(address))
        self._add(InlineKind.URL, span, span, address)
