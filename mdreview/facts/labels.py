"""Labels and what refers to them: pandoc-crossref `{#fig:x}` and `@fig:x`, Quarto `#| label: fig-x`, MyST, LaTeX."""

from __future__ import annotations

import re
from typing import NamedTuple

from mdreview.facts.floats import FloatKind
from mdreview.markdown import TEXT, Block, InlineKind, Kind, where
from mdreview.patterns import regex
from mdreview.source import Span

KINDS = {
    "fig": FloatKind.FIGURE,
    "tbl": FloatKind.TABLE,
    "tab": FloatKind.TABLE,
    "table": FloatKind.TABLE,
    "figure": FloatKind.FIGURE,
    "eq": FloatKind.EQUATION,
}
PREFIX = r"(?:fig|tbl|tab|sec|eq|lst|thm|lem|cor|def|exm|exr|alg|listing|prp|cnj)"
ATTRIBUTE = regex(r"\{[^{}\n]{0,300}?#(?P<label>[\w:.+-]{1,100})(?P<rest>[^{}\n]{0,300})\}")
CHUNK = regex(r"^[ \t]{0,8}(?:#\||//\||%%\|)[ \t]{0,4}label:[ \t]{0,4}[\"']?(?P<label>[\w:.+-]{1,100})", re.M)
CHUNK_HEADER = regex(r"\{[a-zA-Z]{1,12}[ ,]{1,3}(?P<label>[\w:.+-]{1,100}+)(?![ \t]{0,3}=)")
DIRECTIVE_OPTION = regex(r"^[ \t]{0,8}:(?:label|name):[ \t]{0,4}(?P<label>[\w:.+-]{1,100})", re.M)
LATEX = regex(r"\\label\{(?P<label>[^{}\n]{1,100})\}")
LISTING = regex(
    r"\\(?:begin\{(?:lstlisting|minted|Verbatim)\}|lstinputlisting)"
    r"\[[^\[\]\n]{0,300}?label=\{?(?P<label>[\w:.+-]{1,100})"
)
LABEL_ROLE = regex(r":(?:eq)?label:`(?P<label>[\w:.+-]{1,100})`")
MYST = regex(r"^[ \t]{0,3}\((?P<label>[\w:.+-]{1,100})\)=[ \t]*$", re.M)
BOOKDOWN = regex(r"(?<!\])\((?:\\#|#(?=[a-z]{2,4}:))(?P<label>[\w:.+-]{1,100})\)")
AT = regex(rf"(?<![\w.@/])-?@(?:\{{)?(?P<label>(?i:{PREFIX})(?P<mark>[:-])[\w](?:[\w:.+/-]{{0,98}}[\w])?)")
LATEX_REFERENCE = regex(r"\\(?:auto|eq|c|C|v|page|name)?ref\*?\{(?P<label>[^{}\n]{1,200})\}")
BOOKDOWN_REFERENCE = regex(r"\\@ref\((?P<label>[\w:.+-]{1,100})\)")
ROLES = frozenset({"ref", "numref", "eq", "eqref", "math:numref", "prf:ref"})
ROLE_TARGET = regex(r"<(?P<label>[^<>\n]{1,100})>\s{0,3}\Z")
LABEL_PREFIX = regex(r"([A-Za-z]{1,12})[:-]")
ANCHOR = regex(r"\]\(#(?P<label>[^()\n]{1,150}(?:\([^()\n]{0,80}\)[^()\n]{0,80})?)\)")
HTML_ID = regex(r"<[A-Za-z][^<>]{0,300}?\s(?:id|name)\s{0,3}=\s{0,3}[\"']?(?P<label>[^\"'\s<>]{1,100})")


class Definition(NamedTuple):
    """A label, relative to its block; `prefix` is what stands before its first `:` or `-`, in lower case."""

    label: str
    prefix: str
    span: Span
    attributes: str = ""


class LabelReference(NamedTuple):
    """A place that names a label, relative to its block; `sign` is the syntax: `@`, `\\ref`, `{ref}`."""

    label: str
    prefix: str
    span: Span
    sign: str


def prefix_of(label: str) -> str:
    """What stands before a label's first `:` or `-`, in lower case; empty without one."""
    match = LABEL_PREFIX.match(label)
    return match.group(1).casefold() if match else ""


@where(TEXT("{", "label:", ":name:", ")=", "(#", "(\\#", HTML_ID))
def definitions(block: Block) -> tuple[Definition, ...]:
    """The labels that a block defines."""
    text = block.text
    if block.kind in (Kind.COMMENT, Kind.FRONT_MATTER):
        return ()
    found: list[Definition] = []
    if block.kind is Kind.CODE:
        for pattern in (CHUNK, CHUNK_HEADER, DIRECTIVE_OPTION):
            stretch = text.find("\n") if pattern is CHUNK_HEADER else len(text)
            found += _defined(pattern, text, stretch if stretch >= 0 else len(text))
        found += _defined(ATTRIBUTE, text, max(text.find("\n"), 0))
        return tuple(found)
    if "{" in text or "(" in text or "<" in text or "label:`" in text:
        for pattern in (ATTRIBUTE, LATEX, LISTING, LABEL_ROLE, MYST, BOOKDOWN, HTML_ID, DIRECTIVE_OPTION):
            found += _defined(pattern, text, len(text))
        for part in block.parts:
            if part.kind is Kind.CODE:
                found += _defined(CHUNK, text, part.span.end, part.span.start)
    return tuple(found)


def _defined(pattern: re.Pattern[str], text: str, end: int, start: int = 0) -> list[Definition]:
    return [
        Definition(
            match["label"],
            prefix_of(match["label"]),
            Span(*match.span("label")),
            match.groupdict().get("rest") or "",
        )
        for match in pattern.finditer(text, start, end)
    ]


@where(TEXT("@", "ref{", "ref*{", "}`", ":`"))
def references(block: Block) -> tuple[LabelReference, ...]:
    """The places of a block that name a label."""
    text = block.text
    if block.kind in (Kind.COMMENT, Kind.FRONT_MATTER, Kind.CODE, Kind.THINKING):
        return ()
    hidden = [inline.span for inline in block.inlines if inline.kind in (InlineKind.CODE, InlineKind.URL)]
    hidden += [part.span for part in block.parts if part.kind is Kind.CODE]
    found = [
        LabelReference(match["label"], prefix_of(match["label"]), Span(*match.span("label")), "@")
        for match in AT.finditer(text)
        if not _within(hidden, match.start())
    ]
    for pattern, sign in ((LATEX_REFERENCE, "\\ref"), (BOOKDOWN_REFERENCE, "\\@ref")):
        for match in pattern.finditer(text):
            if _within(hidden, match.start()):
                continue
            start = match.start("label")
            for label in match["label"].split(","):
                name = label.strip()
                at = start + label.index(name)
                found.append(LabelReference(name, prefix_of(name), Span(at, at + len(name)), sign))
                start += len(label) + 1
    for inline in block.inlines:
        if inline.kind is InlineKind.ROLE and inline.target in ROLES:
            content = text[inline.content.start : inline.content.end]
            target = ROLE_TARGET.search(content)
            name = target["label"] if target else content.strip()
            at = inline.content.start + (target.start("label") if target else content.index(name))
            if name:
                found.append(LabelReference(name, prefix_of(name), Span(at, at + len(name)), "{ref}"))
    found.sort(key=lambda reference: reference.span)
    return tuple(found)


@where(TEXT("](#"))
def anchors(block: Block) -> tuple[LabelReference, ...]:
    """The links of a block to a place in the same file, `[text](#place)`, spaces in the place allowed."""
    text = block.text
    if block.kind in (Kind.COMMENT, Kind.FRONT_MATTER, Kind.CODE, Kind.THINKING):
        return ()
    hidden = [inline.span for inline in block.inlines if inline.kind is InlineKind.CODE]
    hidden += [part.span for part in block.parts if part.kind is Kind.CODE]
    return tuple(
        LabelReference(match["label"], prefix_of(match["label"]), Span(*match.span("label")), "#")
        for match in ANCHOR.finditer(text)
        if not _within(hidden, match.start())
    )


def _within(spans: list[Span], offset: int) -> bool:
    from bisect import bisect_right

    index = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return index >= 0 and offset < spans[index].end
