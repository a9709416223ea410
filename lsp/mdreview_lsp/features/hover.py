"""What is known of the thing under the pointer."""

from __future__ import annotations

from lsprotocol import types

from mdreview.bibliography import Entry
from mdreview.diagnostic import Text
from mdreview.links import rule_url
from mdreview.markdown.sentences import sentences
from mdreview.rules import RULES
from mdreview.source import Span
from mdreview_lsp import marks
from mdreview_lsp.features.pointing import Pointed, elsewhere, pointed_at, same
from mdreview_lsp.findings import INTERNAL_ERROR
from mdreview_lsp.marks import Sort
from mdreview_lsp.places import to_offset, to_range
from mdreview_lsp.session import Session
from mdreview_lsp.texts import OpenText

LONGEST = 1500
UNDEFINED = Text("Footnote {label} has no definition.", "脚注 {label} 没有定义。")
USES = Text("Referred to {number} time(s).", "被引用 {number} 次。")
TERM_USES = Text("Used {number} time(s).", "共使用 {number} 次。")
IN_GLOSSARY = Text("In the glossary; this text does not define it.", "见于术语表；本文未作定义。")
NO_ENTRY = Text("The bibliography has no entry “{key}”.", "文献库中没有条目“{key}”。")
MORE = Text("The rule's page", "规则说明")
YEAR = Text("{authors} ({year})", "{authors}（{year}）")


async def hover(session: Session, params: types.HoverParams) -> types.Hover | None:
    """The footnote's text, the work cited, the section meant, the term's names; and why there is a finding here."""
    text = session.text(params.text_document.uri)
    if text is None:
        return None
    source = text.source
    offset = to_offset(source, params.position, text.units)
    found = _findings(session, text, offset)
    parts = list(dict.fromkeys(why for _, why in found))
    pointed = await pointed_at(session, params.text_document, params.position)
    if pointed is not None and (told := await _told(session, pointed)):
        parts.insert(0, told)
        place = pointed.mark.span
    elif found:
        place = found[0][0]
    else:
        return None
    able = session.editor.document.hover
    content = session.editor.markup("\n\n---\n\n".join(parts), able.content_format if able else None)
    return types.Hover(content, to_range(source, place, text.units))


def _findings(session: Session, text: OpenText, offset: int) -> list[tuple[Span, str]]:
    """Why each finding that holds the offset is one."""
    checked = session.checks.latest(text)
    if checked is None or checked.document is not text.document or not session.finds:
        return []
    rules = {rule.code: rule for rule in RULES}
    told = []
    for one in checked.found:
        if one.code != INTERNAL_ERROR and one.span.start <= offset <= one.span.end and one.code in rules:
            rule = rules[one.code]
            address = rule_url(rule.code, rule.name, session.editor.language)
            link = f"[{session.editor.written(MORE)}]({address})"
            why = rule.why.written(session.editor.language)
            told.append((one.span, f"**{rule.code} {rule.name}**\n\n{why}\n\n{link}"))
    return told


async def _told(session: Session, pointed: Pointed) -> str:
    mark = pointed.mark
    match mark.sort:
        case Sort.FOOTNOTE:
            return await _footnote(session, pointed)
        case Sort.KEY:
            return await _work(session, pointed.text, mark.key)
        case Sort.NUMBER:
            entries = marks.entries_of(pointed.document, mark)
            return "\n\n".join(f"{_escaped(entry.mark_text)} {entry.text}"[:LONGEST] for entry in entries)
        case Sort.LABEL | Sort.FLOAT:
            return await _label(session, pointed)
        case Sort.SECTION | Sort.HEADING:
            section = marks.section_of(pointed.document, mark)
            return "" if section is None or mark.defines else pointed.written(section.span)
        case Sort.TERM | Sort.NAME:
            return await _term(session, pointed)


async def _footnote(session: Session, pointed: Pointed) -> str:
    mark = pointed.mark
    if mark.defines:
        return await _uses(session, pointed, USES)
    definition = marks.footnote_definition(pointed.document, mark)
    if definition is None:
        for _, document, _ in await elsewhere(session, pointed):
            definition = definition or marks.footnote_definition(document, mark)
    if definition is None:
        return session.editor.written(UNDEFINED, label=_escaped(pointed.written(mark.span)))
    return definition[1][:LONGEST]


async def _work(session: Session, text: OpenText, key: str) -> str:
    bibliography = (await session.checks.context(text)).bibliography
    if bibliography is None:
        return ""
    entry = bibliography.entries.get(key)
    if entry is None:
        return session.editor.written(NO_ENTRY, key=key) if bibliography.complete else ""
    return described(session, entry)


def described(session: Session, entry: Entry) -> str:
    """A work in a few lines of Markdown."""
    authors = "; ".join(entry.authors[:4]) + (" …" if len(entry.authors) > 4 else "")
    lines = [f"**{_escaped(entry.title)}**" if entry.title else ""]
    names = _escaped(authors)
    lines.append(session.editor.written(YEAR, authors=names, year=entry.year) if entry.year else names)
    lines.append(f"<https://doi.org/{entry.doi}>" if entry.doi else "")
    return "\n\n".join(line for line in lines if line)


async def _uses(session: Session, pointed: Pointed, message: Text) -> str:
    """How often a thing is named, in all files of the work."""
    several = [await same(session, pointed), *(there for _, _, there in await elsewhere(session, pointed))]
    return session.editor.written(message, number=sum(not one.defines for found in several for one in found))


async def _label(session: Session, pointed: Pointed) -> str:
    """The block that a label or the number of a figure names, or how often it is referred to."""
    if pointed.mark.defines:
        return await _uses(session, pointed, USES)
    here = await same(session, pointed)
    there = await elsewhere(session, pointed)
    for document, several in [(pointed.document, here), *((document, several) for _, document, several in there)]:
        for one in several:
            if one.defines:
                return document.blocks[document.block_at(one.span.start)].text.strip()[:LONGEST]
    return ""


async def _term(session: Session, pointed: Pointed) -> str:
    """A term's names, the sentence that defines it, and how often it is used."""
    assert pointed.vocabulary is not None
    term = pointed.vocabulary.term(pointed.mark)
    if term is None:
        return await _short_form(session, pointed)
    names = [name for name in (term.abbreviation, term.chinese, term.english) if name]
    lines = [" · ".join(f"**{_escaped(name)}**" for name in names)]
    if term.defined is None:
        lines.append(session.editor.written(IN_GLOSSARY))
    else:
        lines.append(f"> {_sentence(pointed, term.defined)}")
    lines.append(session.editor.written(TERM_USES, number=term.uses))
    return "\n\n".join(lines)


async def _short_form(session: Session, pointed: Pointed) -> str:
    """As much of the same as is known of a short form whose definition is too loose for the table of terms."""
    bound = marks.term_definitions(pointed.document, pointed.mark.key)
    names = dict.fromkeys(name for one in bound for name in (one.name, one.definition.english) if name)
    head = " · ".join(f"**{_escaped(name)}**" for name in (pointed.mark.key, *names))
    return f"{head}\n\n{await _uses(session, pointed, TERM_USES)}"


def _sentence(pointed: Pointed, place: Span) -> str:
    """The sentence around a definition, as it stands in the text, on one line."""
    number = pointed.document.block_at(place.start)
    start, block = pointed.document.starts[number], pointed.document.blocks[number]
    for leaf in block.leaves:
        for sentence in sentences(block.prose, leaf.span):
            if sentence.start <= place.start - start < sentence.end:
                return " ".join(block.text[sentence.start : sentence.end].split())[:LONGEST]
    return " ".join(pointed.written(place).split())


def _escaped(text: str) -> str:
    """Text that Markdown shows as it stands."""
    return "".join(f"\\{character}" if character in "\\`*_[]<>#|" else character for character in text)
