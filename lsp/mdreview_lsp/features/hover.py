"""What is known of the thing under the pointer."""

from __future__ import annotations

from lsprotocol import types

from mdreview.bibliography import Entry
from mdreview.diagnostic import Text
from mdreview.links import rule_url
from mdreview.rules import RULES
from mdreview.source import Span
from mdreview_lsp import marks
from mdreview_lsp.findings import INTERNAL_ERROR
from mdreview_lsp.marks import Mark, Sort
from mdreview_lsp.places import to_offset, to_range
from mdreview_lsp.session import Session
from mdreview_lsp.texts import OpenText

LONGEST = 1500
UNDEFINED = Text("Footnote {label} has no definition.", "脚注 {label} 没有定义。")
USES = Text("Referred to {number} time(s).", "被引用 {number} 次。")
TERM_USES = Text("Used {number} time(s).", "共使用 {number} 次。")
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
    mark = marks.mark_at(text.document, offset)
    found = _findings(session, text, offset)
    parts = list(dict.fromkeys(why for _, why in found))
    if mark is not None and (told := await _told(session, text, mark)):
        parts.insert(0, told)
    if not parts:
        return None
    able = session.editor.document.hover
    content = session.editor.markup("\n\n---\n\n".join(parts), able.content_format if able else None)
    return types.Hover(content, to_range(source, found[0][0] if mark is None else mark.span, text.units))


def _findings(session: Session, text: OpenText, offset: int) -> list[tuple[Span, str]]:
    """Why each finding that holds the offset is one."""
    checked = session.checks.latest(text)
    if checked is None or checked.document is not text.document or "diagnostics" in session.editor.options.off:
        return []
    rules = {rule.code: rule for rule in RULES}
    told = []
    for one in checked.found:
        if one.code != INTERNAL_ERROR and one.span.start <= offset <= one.span.end and one.code in rules:
            rule = rules[one.code]
            address = rule_url(rule.code, rule.name, session.editor.language)
            link = f"[{session.editor.written(MORE)}]({address})"
            told.append(
                (one.span, f"**{rule.code} {rule.name}**\n\n{rule.why.written(session.editor.language)}\n\n{link}")
            )
    return told


async def _told(session: Session, text: OpenText, mark: Mark) -> str:
    match mark.sort:
        case Sort.FOOTNOTE:
            return _footnote(session, text, mark)
        case Sort.KEY:
            return await _work(session, text, mark.key)
        case Sort.NUMBER:
            entries = marks.entries_of(text.document, mark)
            return "\n\n".join(f"{_escaped(entry.mark_text)} {entry.text}"[:LONGEST] for entry in entries)
        case Sort.SECTION:
            section = marks.section_of(text.document, mark)
            return "" if section is None else text.source.text[section.span.start : section.span.end]
        case Sort.TERM:
            return _term(session, text, mark)


def _footnote(session: Session, text: OpenText, mark: Mark) -> str:
    if mark.defines:
        number = sum(not one.defines for one in marks.same(text.document, mark))
        return session.editor.written(USES, number=number)
    definition = marks.footnote_definition(text.document, mark)
    if definition is None:
        return session.editor.written(UNDEFINED, label=_escaped(text.source.text[mark.span.start : mark.span.end]))
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
    lines.append(
        session.editor.written(YEAR, authors=_escaped(authors), year=entry.year) if entry.year else _escaped(authors)
    )
    lines.append(f"<https://doi.org/{entry.doi}>" if entry.doi else "")
    return "\n\n".join(line for line in lines if line)


def _term(session: Session, text: OpenText, mark: Mark) -> str:
    bound = marks.term_definitions(text.document, mark.key)
    names = dict.fromkeys(
        name for one in bound for name in (one.name, one.definition.english) if name and name != mark.key
    )
    uses = sum(not one.defines for one in marks.same(text.document, mark))
    head = f"**{_escaped(mark.key)}** {' · '.join(map(_escaped, names))}".strip()
    return f"{head}\n\n{session.editor.written(TERM_USES, number=uses)}"


def _escaped(text: str) -> str:
    """Text that Markdown shows as it stands."""
    return "".join(f"\\{character}" if character in "\\`*_[]<>#|" else character for character in text)
