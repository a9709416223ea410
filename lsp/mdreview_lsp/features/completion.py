"""Labels, citation keys and section numbers, offered where they are being written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol import types

from mdreview.diagnostic import Text
from mdreview.facts import footnotes
from mdreview.facts.numbering import Script, write
from mdreview.facts.sections import section_tree
from mdreview.markdown.blocks import Kind
from mdreview.source import Span
from mdreview_lsp.features.hover import described
from mdreview_lsp.places import to_offset, to_range
from mdreview_lsp.texts import OpenText

if TYPE_CHECKING:
    from mdreview_lsp.session import Session

MOST = 200
BEFORE = 80
FOOTNOTE = re.compile(r"\[\^(?P<typed>[^\s\[\]^]{0,60})\Z")
KEY = re.compile(r"(?<![\w.+\\/@])@(?P<typed>[\w:.#$%&+?<>~/\u3400-\u9fff-]{0,60})\Z")
SECTION = re.compile(r"(?:第|\b[Ss]ections?[ \xa0]|\b[Ss]ec\.[ \xa0]|§[ \xa0]?)(?P<typed>[\d.]{0,12})\Z")
HIDING = frozenset({Kind.CODE, Kind.MATH, Kind.FRONT_MATTER, Kind.COMMENT})
NEW = Text("new footnote", "新脚注")


def complete(session: Session, params: types.CompletionParams) -> types.CompletionList | None:
    """What may follow `[^`, `@`, 第 or Section at the place."""
    text = session.text(params.text_document.uri)
    if text is None:
        return None
    offset = to_offset(text.source, params.position, text.units)
    block = text.document.block_at(offset)
    if block >= 0 and text.document.blocks[block].kind in HIDING and offset < text.document.span_of(block).end:
        return None
    before = text.source.text[max(offset - BEFORE, 0) : offset]
    for pattern, offered in ((FOOTNOTE, _footnotes), (KEY, _keys), (SECTION, _sections)):
        if match := pattern.search(before):
            typed = match["typed"]
            place = to_range(text.source, Span(offset - len(typed), offset), text.units)
            items = []
            for item in offered(session, text, typed, offset):
                item.text_edit = types.TextEdit(place, item.insert_text or item.label)
                item.insert_text = None
                items.append(item)
                if len(items) >= MOST:
                    break
            return types.CompletionList(is_incomplete=len(items) >= MOST, items=items)
    return None


def _footnotes(session: Session, text: OpenText, typed: str, offset: int) -> Iterator[types.CompletionItem]:
    """The labels that are defined, then those that wait for a definition, then a new one with its definition."""
    document = text.document
    closing = "" if text.source.text.startswith("]", offset) else "]"
    defined = document.fact(footnotes.definitions_by_key)
    for several in defined.values():
        placed = several[0]
        span = placed.span(placed.fact.span)
        note = text.source.text[placed.start + placed.fact.mark.end : min(span.end, span.start + 400)].strip()
        yield types.CompletionItem(
            placed.fact.label,
            kind=types.CompletionItemKind.Reference,
            detail=" ".join(note.split())[:120],
            insert_text=placed.fact.label + closing,
            sort_text=f"1{placed.fact.label:0>8}",
        )
    waiting = dict.fromkeys(
        one.fact.label for one in document.fact(footnotes.undefined_references) if one.fact.label != typed
    )
    for label in waiting:
        yield types.CompletionItem(
            label, kind=types.CompletionItemKind.Reference, insert_text=label + closing, sort_text=f"2{label:0>8}"
        )
    numbers = [int(key) for key in (*defined, *map(footnotes.key_of, waiting)) if key.isdecimal()]
    label = typed if typed and footnotes.key_of(typed) not in defined else str(max(numbers, default=0) + 1)
    yield types.CompletionItem(
        label,
        kind=types.CompletionItemKind.Snippet,
        detail=session.written(NEW),
        insert_text=label + closing,
        sort_text="3",
        additional_text_edits=[_definition(text, label)],
    )


def _definition(text: OpenText, label: str) -> types.TextEdit:
    """The edit that puts an empty definition below the last one, or at the text's end."""
    content = text.source.text
    notes = [
        placed.span(placed.fact.span)
        for placed in text.document.joined(footnotes.definitions)
        if text.document.blocks[placed.block].kind is Kind.FOOTNOTE
    ]
    end = notes[-1].end if notes else len(content.rstrip())
    lead = "\n" if notes else "\n\n"
    tail = "" if content[end:].startswith(("\n", "\r")) else "\n"
    return types.TextEdit(to_range(text.source, Span(end, end), text.units), f"{lead}[^{label}]: {tail}")


def _keys(session: Session, text: OpenText, typed: str, _offset: int) -> Iterator[types.CompletionItem]:
    checked = session.checks.latest(text)
    bibliography = checked.context.bibliography if checked is not None else None
    for key, entry in (bibliography.entries if bibliography is not None else {}).items():
        searched = f"{key} {' '.join(entry.authors)} {entry.title} {entry.year}"
        if typed.casefold() in searched.casefold():
            yield types.CompletionItem(
                key,
                kind=types.CompletionItemKind.Reference,
                detail=f"{'; '.join(entry.authors[:2])} {entry.year}".strip(),
                documentation=types.MarkupContent(types.MarkupKind.Markdown, described(session, entry)),
                filter_text=searched,
            )


def _sections(_session: Session, text: OpenText, typed: str, _offset: int) -> Iterator[types.CompletionItem]:
    for section in text.document.fact(section_tree):
        if section.number is None or section.number.style.script is not Script.ARABIC:
            continue
        number = ".".join(map(str, section.number.values))
        if number.startswith(typed):
            yield types.CompletionItem(
                number,
                kind=types.CompletionItemKind.Reference,
                detail=section.title or write(section.number),
                sort_text=f"{section.index:06}",
            )
