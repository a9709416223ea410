"""What may follow where a reference or a term is being written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from lsprotocol import types

from mdreview.bibliography import Bibliography
from mdreview.context import Context
from mdreview.diagnostic import Text
from mdreview.facts import footnotes, labels
from mdreview.facts.numbering import CHINESE_NUMERAL, Script, chinese_numeral
from mdreview.facts.sections import Section, section_tree
from mdreview.markdown import Document, Kind
from mdreview.patterns import regex
from mdreview.remedies import anchors
from mdreview.source import Span
from mdreview_lsp.features.hover import described
from mdreview_lsp.places import to_offset, to_range
from mdreview_lsp.session import Session
from mdreview_lsp.vocabulary import Known

MOST = 200
BEFORE = 80
FOOTNOTE = re.compile(r"\[\^(?P<typed>[^\s\[\]^]{0,60})\Z")
KEY = re.compile(r"(?<![\w.+\\/@])@\{?(?P<typed>[\w:.#$%&+?<>~/\u3400-\u9fff-]{0,60})\Z")
ANCHOR = re.compile(r"\]\(#(?P<typed>[^\s()]{0,60})\Z")
SECTION = re.compile(
    r"(?:第|\b[Ss]ections?[ \xa0]|\b[Ss]ec\.[ \xa0]|\b[Cc]hapters?[ \xa0]|§[ \xa0]?)"
    rf"(?P<typed>[\d.]{{0,12}}|{CHINESE_NUMERAL})\Z"
)
MENTION = regex(r"[见見如在据據依至到]第\Z")
WORD = regex(r"(?P<typed>[A-Za-z][A-Za-z-]{1,40}|\p{Han}{1,20})\Z")
HIDING = frozenset({Kind.CODE, Kind.MATH, Kind.FRONT_MATTER, Kind.COMMENT})
NEW = Text("new footnote", "新脚注")
INSTEAD = Text("in place of “{word}”", "代替“{word}”")
Items = Iterator[types.CompletionItem]
Reference = types.CompletionItemKind.Reference


class _Asked(NamedTuple):
    """A question: the text as it was then, what belongs to it, what is typed already, and where that ends."""

    session: Session
    document: Document
    context: Context
    terms: tuple[Known, ...]
    typed: str
    offset: int


async def complete(session: Session, params: types.CompletionParams) -> types.CompletionList | None:
    """What may follow `[^`, `@`, `](#`, 第, Section, or the beginning of a term."""
    text = session.text(params.text_document.uri)
    if text is None:
        return None
    document = text.document
    offset = to_offset(document.source, params.position, text.units)
    block = document.block_at(offset)
    if block >= 0 and document.blocks[block].kind in HIDING and offset < document.span_of(block).end:
        return None
    before = document.source.text[max(offset - BEFORE, 0) : offset]
    if _typed(params, "第") and not MENTION.search(before):
        return None
    for pattern, offered in OFFERED:
        if match := pattern.search(before):
            typed = match["typed"]
            context = Context() if offered is _footnotes else await session.checks.context(text)
            terms = await session.vocabularies.terms(document, context) if offered is _terms else ()
            asked = _Asked(session, document, context, terms, typed, offset)
            items = list(islice(offered(asked), MOST))
            if not items and offered is not _terms:
                continue
            for item in items:
                if item.text_edit is None:
                    place = to_range(document.source, Span(offset - len(typed), offset), text.units)
                    item.text_edit = types.TextEdit(place, item.insert_text or item.label)
                item.insert_text = None
            return types.CompletionList(is_incomplete=offered is _terms or len(items) >= MOST, items=items)
    return None


def _typed(params: types.CompletionParams, character: str) -> bool:
    """Whether it is asked because this character was typed, and not because the writer wants to know."""
    return params.context is not None and params.context.trigger_character == character


def _footnotes(asked: _Asked) -> Items:
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
            kind=Reference,
            detail=" ".join(note.split())[:120],
            insert_text=placed.fact.label + closing,
            sort_text=f"1{placed.fact.label:0>8}",
        )
    waiting = dict.fromkeys(
        one.fact.label for one in document.fact(footnotes.undefined_references) if one.fact.label != typed
    )
    for label in waiting:
        yield types.CompletionItem(label, kind=Reference, insert_text=label + closing, sort_text=f"2{label:0>8}")
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


def _keys(asked: _Asked) -> Items:
    return chain(_labels(asked), _works(asked, asked.context.bibliography))


def _labels(asked: _Asked) -> Items:
    """The labels of figures, tables, sections and the like that `@` can name, those of the whole work."""
    seen: set[str] = set()
    for document in (asked.document, *asked.context.others):
        for placed in document.joined(labels.definitions):
            label = placed.fact.label
            if placed.fact.prefix and label not in seen and label.casefold().startswith(asked.typed.casefold()):
                seen.add(label)
                detail = " ".join(document.blocks[placed.block].text.split())[:120]
                yield types.CompletionItem(label, kind=Reference, detail=detail, sort_text=f"0{label}")


def _works(asked: _Asked, bibliography: Bibliography | None) -> Items:
    completion = asked.session.editor.document.completion
    able = completion.completion_item if completion else None
    formats = able.documentation_format if able else None
    typed = asked.typed.casefold()
    for key, entry in (bibliography.entries if bibliography is not None else {}).items():
        searched = f"{key} {' '.join(entry.authors)} {entry.title} {entry.year}"
        if typed in searched.casefold():
            told = described(asked.session, entry)
            yield types.CompletionItem(
                key,
                kind=Reference,
                detail=f"{'; '.join(entry.authors[:2])} {entry.year}".strip(),
                documentation=asked.session.editor.markup(told, formats) if formats else told,
                filter_text=searched,
            )


def _anchors(asked: _Asked) -> Items:
    """The headings as targets of links, by the rule of GitHub."""
    tree = asked.document.fact(section_tree)
    for index, anchor in anchors.anchors(asked.document).items():
        if anchor and asked.typed.casefold() in anchor:
            title = _title(asked.document, tree.sections[index])
            yield types.CompletionItem(anchor, kind=Reference, detail=title, sort_text=f"{index:06}")


def _sections(asked: _Asked) -> Items:
    """The numbers of sections, in the script in which the number is begun."""
    in_chinese = bool(asked.typed) and not asked.typed[0].isdigit()
    for section in asked.document.fact(section_tree):
        if section.number is None or section.number.style.script is Script.LETTER:
            continue
        values = section.number.values
        if section.number.style.script is Script.CHINESE or in_chinese:
            number = chinese_numeral(values[0]) if len(values) == 1 else ""
        else:
            number = ".".join(map(str, values))
        if number and number.startswith(asked.typed):
            yield types.CompletionItem(
                number, kind=Reference, detail=_title(asked.document, section), sort_text=f"{section.index:06}"
            )


def _title(document: Document, section: Section) -> str:
    return section.title or document.source.text[section.span.start : section.span.end]


def _terms(asked: _Asked) -> Items:
    """The names of terms that go on as the word begins, and for a name that must not be written the right one."""
    seen = {asked.typed}
    for term in asked.terms:
        for name in term.names:
            if name not in seen and (begun := _begun(asked.typed, name)):
                seen.add(name)
                others = " · ".join(other for other in term.names if other != name)
                yield _word(asked, name, begun, others)
    glossary = asked.context.glossary
    for forbidden, entry in glossary.forbidden.items() if glossary is not None else ():
        right = entry.chinese_name if not forbidden.isascii() else entry.english_name
        if right and right not in seen and (begun := _begun(asked.typed, forbidden)):
            seen.add(right)
            yield _word(asked, right, begun, asked.session.editor.written(INSTEAD, word=forbidden))


def _begun(typed: str, name: str) -> str:
    """How much of what is typed begins a name: Latin letters all, of a run of Chinese characters the longest end."""
    if typed.isascii():
        return typed if name.casefold().startswith(typed.casefold()) else ""
    return next((typed[at:] for at in range(len(typed)) if name.startswith(typed[at:])), "")


def _word(asked: _Asked, name: str, begun: str, detail: str) -> types.CompletionItem:
    place = to_range(asked.document.source, Span(asked.offset - len(begun), asked.offset), asked.session.editor.units)
    return types.CompletionItem(
        name,
        kind=types.CompletionItemKind.Text,
        detail=detail,
        filter_text=begun,
        text_edit=types.TextEdit(place, name),
    )


OFFERED: tuple[tuple[re.Pattern[str], Callable[[_Asked], Items]], ...] = (
    (FOOTNOTE, _footnotes),
    (KEY, _keys),
    (ANCHOR, _anchors),
    (SECTION, _sections),
    (WORD, _terms),
)
