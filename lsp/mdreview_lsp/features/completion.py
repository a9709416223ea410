"""Labels, citation keys and section numbers, offered where they are being written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lsprotocol import types

from mdreview.bibliography import Bibliography
from mdreview.diagnostic import Text
from mdreview.facts import footnotes
from mdreview.facts.numbering import Script, write
from mdreview.facts.sections import section_tree
from mdreview.markdown import Document, Kind
from mdreview.source import Span
from mdreview_lsp.features.hover import described
from mdreview_lsp.places import to_offset, to_range
from mdreview_lsp.session import Session

MOST = 200
BEFORE = 80
FOOTNOTE = re.compile(r"\[\^(?P<typed>[^\s\[\]^]{0,60})\Z")
KEY = re.compile(r"(?<![\w.+\\/@])@(?P<typed>[\w:.#$%&+?<>~/\u3400-\u9fff-]{0,60})\Z")
SECTION = re.compile(r"(?:第|\b[Ss]ections?[ \xa0]|\b[Ss]ec\.[ \xa0]|§[ \xa0]?)(?P<typed>[\d.]{0,12})\Z")
HIDING = frozenset({Kind.CODE, Kind.MATH, Kind.FRONT_MATTER, Kind.COMMENT})
NEW = Text("new footnote", "新脚注")


class _Asked(NamedTuple):
    """A question: the text as it was then, what is typed already, and where that ends."""

    session: Session
    document: Document
    bibliography: Bibliography | None
    typed: str
    offset: int


async def complete(session: Session, params: types.CompletionParams) -> types.CompletionList | None:
    """What may follow `[^`, `@`, 第 or Section at the place."""
    text = session.text(params.text_document.uri)
    if text is None:
        return None
    document = text.document
    offset = to_offset(document.source, params.position, text.units)
    block = document.block_at(offset)
    if block >= 0 and document.blocks[block].kind in HIDING and offset < document.span_of(block).end:
        return None
    before = document.source.text[max(offset - BEFORE, 0) : offset]
    for pattern, offered in ((FOOTNOTE, _footnotes), (KEY, _keys), (SECTION, _sections)):
        if match := pattern.search(before):
            typed = match["typed"]
            place = to_range(document.source, Span(offset - len(typed), offset), text.units)
            bibliography = (await session.checks.context(text)).bibliography if offered is _keys else None
            items = list(islice(offered(_Asked(session, document, bibliography, typed, offset)), MOST))
            for item in items:
                item.text_edit = types.TextEdit(place, item.insert_text or item.label)
                item.insert_text = None
            return types.CompletionList(is_incomplete=len(items) >= MOST, items=items)
    return None


def _footnotes(asked: _Asked) -> Iterator[types.CompletionItem]:
    """The labels that are defined, then those that wait for a definition, then a new one with its definition."""
    document, typed = asked.document, asked.typed
    content = document.source.text
    closing = "" if content.startswith("]", asked.offset) else "]"
    defined = document.fact(footnotes.definitions_by_key)
    for several in defined.values():
        placed = several[0]
        span = placed.span(placed.fact.span)
        note = content[placed.start + placed.fact.mark.end : min(span.end, span.start + 400)].strip()
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
        detail=asked.session.editor.written(NEW),
        insert_text=label + closing,
        sort_text="3",
        additional_text_edits=[_definition(asked, label)],
    )


def _definition(asked: _Asked, label: str) -> types.TextEdit:
    """The edit that puts an empty definition below the last one, or at the text's end."""
    document = asked.document
    content = document.source.text
    notes = [
        placed.span(placed.fact.span)
        for placed in document.joined(footnotes.definitions)
        if document.blocks[placed.block].kind is Kind.FOOTNOTE
    ]
    end = notes[-1].end if notes else len(content.rstrip())
    lead = "\n" if notes else "\n\n"
    tail = "" if content[end:].startswith(("\n", "\r")) else "\n"
    place = to_range(document.source, Span(end, end), asked.session.editor.units)
    return types.TextEdit(place, f"{lead}[^{label}]: {tail}")


def _keys(asked: _Asked) -> Iterator[types.CompletionItem]:
    entries = asked.bibliography.entries if asked.bibliography is not None else {}
    completion = asked.session.editor.document.completion
    able = completion.completion_item if completion else None
    formats = able.documentation_format if able else None
    typed = asked.typed.casefold()
    for key, entry in entries.items():
        searched = f"{key} {' '.join(entry.authors)} {entry.title} {entry.year}"
        if typed in searched.casefold():
            told = described(asked.session, entry)
            yield types.CompletionItem(
                key,
                kind=types.CompletionItemKind.Reference,
                detail=f"{'; '.join(entry.authors[:2])} {entry.year}".strip(),
                documentation=asked.session.editor.markup(told, formats) if formats else told,
                filter_text=searched,
            )


def _sections(asked: _Asked) -> Iterator[types.CompletionItem]:
    for section in asked.document.fact(section_tree):
        if section.number is None or section.number.style.script is not Script.ARABIC:
            continue
        number = ".".join(map(str, section.number.values))
        if number.startswith(asked.typed):
            yield types.CompletionItem(
                number,
                kind=types.CompletionItemKind.Reference,
                detail=section.title or write(section.number),
                sort_text=f"{section.index:06}",
            )
