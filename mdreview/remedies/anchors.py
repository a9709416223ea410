"""Anchors that renderers derive from headings, by the rule of GitHub, and the links that lead to them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from mdreview.diagnostic import Edit
from mdreview.facts.sections import Section, section_tree
from mdreview.markdown import Block, Document, InlineKind, Kind
from mdreview.patterns import regex
from mdreview.source import Span


class Link(NamedTuple):
    """A link within the document: its target's place without the `#`, its text's place, and the anchor it names."""

    target: Span
    content: Span
    anchor: str


OWN_ANCHOR = regex(r"\{[^{}\n]{0,200}#[^{}\n]{1,200}\}|<a\s[^<>]{0,200}\b(?:id|name)=", re.I)
MARKUP = regex(r"!\[[^\[\]]{0,300}\]\([^()]{0,500}\)|\]\([^()]{0,500}\)|<[^<>]{0,500}>|[*\[\]`\\]")
REFERENCE = regex(r"^[ ]{0,3}\[[^\[\]\n]{1,200}\]:[ \t]*<?(?P<file>[^\s<>#]{0,300})#(?P<anchor>[^\s<>]{1,500})", re.M)
ESCAPED = regex(r"(?:%[0-9A-Fa-f]{2}){1,500}")
HREF = regex(r"href=[\"'](?P<file>[^\"'\s<>#]{0,300})#(?P<anchor>[^\"'\s<>]{1,500})[\"']", re.I)


def slug(text: str) -> str:
    """The anchor of a heading with this text, by GitHub's rule: letters, digits, `_`, `-` stay, spaces turn to `-`."""
    kept = []
    for sign in MARKUP.sub("", text).strip().lower():
        if sign in " -_" or unicodedata.category(sign)[0] in "LM" or unicodedata.category(sign) in ("Nd", "Nl", "Pc"):
            kept.append("-" if sign == " " else sign)
    return "".join(kept)


def anchors(document: Document, texts: dict[int, str] | None = None) -> dict[int, str]:
    """The anchor of each section by its index, with other heading texts for those in `texts`.

    Sections that name their anchor themselves are left out. A repeated anchor gets -1, -2, …
    """
    counts: Counter[str] = Counter()
    found: dict[int, str] = {}
    for section in document.fact(section_tree):
        block = document.blocks[section.block]
        if OWN_ANCHOR.search(block.text):
            continue
        written = (texts or {}).get(section.index, document.text_of(section.span))
        base = slug(written)
        found[section.index] = f"{base}-{counts[base]}" if counts[base] else base
        counts[base] += 1
    return found


def links(document: Document, into: Callable[[str], bool] | None = None) -> list[Link]:
    """The links of the document to its own anchors, in order: in brackets, by reference, in HTML.

    With `into`, the links to anchors of another file instead: it tells of an address without its anchor whether that
    is the file's.
    """
    meant = into or (lambda file: not file)
    return [
        Link(placed.span(link.target), placed.span(link.content), link.anchor)
        for placed in document.joined(_leading)
        for file, link in (placed.fact,)
        if meant(file)
    ]


def _leading(block: Block) -> list[tuple[str, Link]]:
    """The links of a block to anchors, each with the address of the file, empty for the document's own."""
    found: list[tuple[str, Link]] = []
    if "#" not in block.text:
        return found
    for inline in block.inlines:
        if inline.kind is InlineKind.LINK:
            file, sign, anchor = inline.target.partition("#")
            if sign:
                begin = block.text.find("#", inline.content.end, inline.span.end) + 1
                link = Link(Span(begin, begin + len(anchor)), inline.content, unescaped(anchor))
                found.append((unescaped(file), link))
        elif inline.kind is InlineKind.TAG and (href := HREF.search(inline.target)) is not None:
            target = Span(*href.span("anchor")).shifted(inline.span.start)
            found.append((unescaped(href["file"]), _bare(target, href["anchor"])))
    if block.kind is Kind.LINK_DEFINITION:
        for match in REFERENCE.finditer(block.text):
            found.append((unescaped(match["file"]), _bare(Span(*match.span("anchor")), match["anchor"])))
    return found


def _bare(target: Span, anchor: str) -> Link:
    """A link without a text of its own."""
    return Link(target, Span(target.start, target.start), unescaped(anchor))


def led_to(document: Document) -> dict[Link, Section]:
    """The section to which each link of the document leads. Ask through `document.fact(led_to)`."""
    tree = document.fact(section_tree)
    by_anchor = {anchor: tree.sections[index] for index, anchor in anchors(document).items()}
    return {link: by_anchor[link.anchor] for link in links(document) if link.anchor in by_anchor}


def moved(document: Document, texts: dict[int, str]) -> list[Edit]:
    """The edits that let links follow their headings, when those in `texts` get another text."""
    found = document.fact(led_to)
    if not found:
        return []
    new = anchors(document, texts)
    edits = []
    for link, section in found.items():
        anchor = new.get(section.index, link.anchor)
        if anchor != link.anchor:
            edits.append(led_elsewhere(document, link, anchor))
    return edits


def led_elsewhere(document: Document, link: Link, anchor: str) -> Edit:
    """The edit that makes a link name another anchor, with percent escapes if it has them."""
    written = document.text_of(link.target)
    return Edit(link.target, escaped(anchor) if "%" in written else anchor)


def unescaped(address: str) -> str:
    """An address with its percent escapes read."""
    return ESCAPED.sub(lambda match: bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "replace"), address)


def escaped(anchor: str) -> str:
    """An anchor with all but ASCII letters, digits, `-` and `_` as percent escapes."""
    signs = (
        sign if sign.isascii() else "".join(f"%{byte:02X}" for byte in sign.encode("utf-8", "surrogatepass"))
        for sign in anchor
    )
    return "".join(signs)
