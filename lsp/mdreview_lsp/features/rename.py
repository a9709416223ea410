"""New names for footnotes, citation keys, labels, terms and headings, everywhere at once."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

from lsprotocol import types

from mdreview.bibliography import Bibliography
from mdreview.diagnostic import Text
from mdreview.facts import labels, outlines
from mdreview.facts.footnotes import definitions_by_key, key_of
from mdreview.facts.sections import Section
from mdreview.markdown import Document
from mdreview.remedies import anchors
from mdreview.source import Span
from mdreview_lsp import marks
from mdreview_lsp.edits import workspace_edit
from mdreview_lsp.features.arguments import refusal
from mdreview_lsp.features.pointing import Pointed, elsewhere, pointed_at, same
from mdreview_lsp.marks import Mark, Sort
from mdreview_lsp.places import same_address
from mdreview_lsp.session import Session

RENAMED = frozenset({Sort.FOOTNOTE, Sort.KEY, Sort.LABEL, Sort.HEADING, Sort.TERM, Sort.NAME})
ALLOWED = {
    Sort.FOOTNOTE: re.compile(r"[^\s\[\]^]{1,200}"),
    Sort.KEY: re.compile(r"[\w\u3400-\u9fff](?:[\w:.#$%&+?<>~/-]{0,300}[\w/])?"),
    Sort.LABEL: re.compile(r"[\w:.+-]{0,99}\w"),
    Sort.HEADING: re.compile(r"\S(?:[^\r\n]{0,500}\S)?"),
    Sort.TERM: re.compile(r"[^\W_](?:[\w&/.’'‐‑-]{0,30}\w)?"),
    Sort.NAME: re.compile(r"[^\s()（）\[\]|](?:[^\r\n()（）\[\]|]{0,200}[^\s()（）\[\]|])?"),
}
BAD = {
    Sort.FOOTNOTE: Text(
        "“{name}” cannot be a footnote's label: no spaces, no brackets, no ^",
        "“{name}”不能作为脚注标签：不可含空格、方括号或 ^",
    ),
    Sort.KEY: Text("“{name}” cannot be a citation key", "“{name}”不能作为引文键"),
    Sort.LABEL: Text(
        "“{name}” cannot be a label: letters, digits and : . + - _",
        "“{name}”不能作为标签：只可用字母、数字和 : . + - _",
    ),
    Sort.HEADING: Text("a heading is one line that is not empty", "标题应为非空的一行"),
    Sort.TERM: Text("“{name}” cannot be an abbreviation", "“{name}”不能作为缩写"),
    Sort.NAME: Text("“{name}” cannot be a term: no brackets, no |", "“{name}”不能作为术语：不可含括号或 |"),
}
PREFIX = Text(
    "a label that @ refers to keeps what stands before its hyphen or colon: “{prefix}”",
    "用 @ 引用的标签须保留连字符或冒号之前的部分“{prefix}”",
)
TAKEN = {
    Sort.FOOTNOTE: Text("there is a footnote “{name}” already", "已有名为“{name}”的脚注"),
    Sort.KEY: Text("there is an entry “{name}” already", "文献库中已有条目“{name}”"),
    Sort.LABEL: Text("there is a label “{name}” already", "已有标签“{name}”"),
    Sort.TERM: Text("“{name}” is an abbreviation of something else already", "“{name}”已是其他名称的缩写"),
    Sort.NAME: Text("“{name}” is a term already", "已有术语“{name}”"),
}
NOT_THERE = Text("cannot find the entry “{key}” in {file}", "在 {file} 中找不到条目“{key}”")
BIBTEX = r"@\w+\s*[{{(]\s*(?P<key>{key})\s*,"
CSL = r"\bid[\"']?\s*:\s*[\"']?(?P<key>{key})(?=[\"',\s}}]|\Z)"
NUMBER = re.compile(r"[\d.．\s§*_`\[第章节節部分篇附录、（）()〇零一二三四五六七八九十百IVXA-H]*")
MARKUP = re.compile(r"[\s*_`\].…·\d]*|\]\([^()]*\)\s*")
_Edits = list[tuple[Span, str]]


async def prepare(session: Session, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    """What would be renamed at the place; None where nothing can be."""
    pointed = await pointed_at(session, params.text_document, params.position)
    if pointed is None or pointed.mark.sort not in RENAMED:
        return None
    name = _renamed(pointed)
    return types.PrepareRenamePlaceholder(pointed.range(_reached(pointed, name)), pointed.written(name))


async def rename(session: Session, params: types.RenameParams) -> types.WorkspaceEdit | None:
    """The edits that give the thing at the place its new name. Raises for a name that cannot be."""
    pointed = await pointed_at(session, params.text_document, params.position)
    if pointed is None or pointed.mark.sort not in RENAMED:
        return None
    mark, name = pointed.mark, params.new_name.strip()
    if not ALLOWED[mark.sort].fullmatch(name):
        raise refusal(session, BAD[mark.sort], name=name)
    edits: dict[str, _Edits] = {}
    if mark.sort is Sort.HEADING:
        edits[pointed.text.uri] = _heading(pointed, name)
        for uri, document in await session.others(pointed.text):
            if links := _links_from(document, uri, pointed, name):
                edits[uri] = links
    else:
        bibliography = (await session.checks.context(pointed.text)).bibliography
        beside = await elsewhere(session, pointed)
        if _taken(pointed, name, bibliography) or any(_defined(document, mark, name) for _, document, _ in beside):
            raise refusal(session, TAKEN[mark.sort], name=name)
        here = await same(session, pointed)
        if mark.sort is Sort.LABEL:
            _keep_prefix(session, pointed, here, name)
        edits[pointed.text.uri] = [(one.name, _as_there(pointed, one, name)) for one in here]
        for uri, _, several in beside:
            edits[uri] = [(one.name, name) for one in several]
        if mark.sort is Sort.KEY:
            edits |= _in_bibliography(session, bibliography, mark.key, name)
    pointed.check_unchanged()
    return workspace_edit(session, edits)


def _renamed(pointed: Pointed) -> Span:
    """The place of the name that a renaming starts from; for a link to a heading, the heading's title."""
    if pointed.mark.sort is Sort.HEADING:
        return _section(pointed).title_span
    return pointed.mark.name


def _reached(pointed: Pointed, name: Span) -> Span:
    """The place that the editor marks, which must be where the cursor is: the name, if it is part of the mark there."""
    return name if pointed.mark.span.contains(name) else pointed.mark.span


def _section(pointed: Pointed) -> Section:
    section = marks.section_of(pointed.document, pointed.mark)
    assert section is not None
    return section


def _as_there(pointed: Pointed, one: Mark, name: str) -> str:
    """The new name as a place needs it: a term that begins with a capital there, at a sentence's start, keeps it."""
    old, there = pointed.written(pointed.mark.name), pointed.written(one.name)
    if pointed.mark.sort is Sort.NAME and old[:1].islower() and there[:1].isupper():
        return name[:1].upper() + name[1:]
    return name


def _taken(pointed: Pointed, name: str, bibliography: Bibliography | None) -> bool:
    """Whether something else has the name."""
    mark = pointed.mark
    if mark.sort is Sort.KEY:
        return name != mark.key and bibliography is not None and name in bibliography.entries
    if mark.sort is Sort.NAME:
        assert pointed.vocabulary is not None
        names = {known for term in pointed.vocabulary.table for known in (term.chinese, term.english)}
        return name != mark.key and name in names
    return _defined(pointed.document, mark, name)


def _defined(document: Document, mark: Mark, name: str) -> bool:
    """Whether a document defines something else of this sort under the name."""
    match mark.sort:
        case Sort.FOOTNOTE:
            return key_of(name) != mark.key and key_of(name) in document.fact(definitions_by_key)
        case Sort.LABEL:
            return name != mark.key and any(one.fact.label == name for one in document.joined(labels.definitions))
        case Sort.TERM:
            return name != mark.key and bool(marks.term_definitions(document, name))
    return False


def _keep_prefix(session: Session, pointed: Pointed, here: list[Mark], name: str) -> None:
    """Raises where `@` would no longer be read as a reference to the label."""
    prefix = labels.prefix_of(pointed.mark.key)
    text = pointed.document.source.text
    by_sign = any(text[one.span.start - 1] in "@{" for one in here if not one.defines and one.span.start)
    if prefix and by_sign and labels.prefix_of(name) != prefix:
        raise refusal(session, PREFIX, prefix=pointed.mark.key[: len(prefix) + 1])


def _heading(pointed: Pointed, name: str) -> _Edits:
    """The edits of a heading's text, of the links to it, and of where a table of contents repeats it."""
    section = _section(pointed)
    document = pointed.document
    edits = {section.title_span: name}
    edits |= {edit.span: edit.text for edit in anchors.moved(document, {section.index: _whole(pointed, name)})}
    repeated = [entry.span for entry in document.fact(outlines.contents) if entry.key == section.key]
    repeated += [link.content for link, led in document.fact(anchors.led_to).items() if led == section]
    for span in repeated:
        if (place := _title_in(document, span, pointed)) and not any(place.overlaps(other) for other in edits):
            edits[place] = name
    return list(edits.items())


def _links_from(other: Document, uri: str, pointed: Pointed, name: str) -> _Edits:
    """The edits of another file's links to a heading."""
    section = _section(pointed)
    old = anchors.anchors(pointed.document).get(section.index)
    new = anchors.anchors(pointed.document, {section.index: _whole(pointed, name)}).get(section.index)
    edits: _Edits = []
    for link in anchors.links(other, lambda file: bool(file) and same_address(urljoin(uri, file), pointed.text.uri)):
        if old is None or new is None or link.anchor != old:
            continue
        edits.append((link.target, anchors.led_elsewhere(other, link, new).text))
        if place := _title_in(other, link.content, pointed):
            edits.append((place, name))
    return edits


def _whole(pointed: Pointed, name: str) -> str:
    """The heading with another title."""
    text, section = pointed.document.source.text, _section(pointed)
    return text[section.span.start : section.title_span.start] + name + text[section.title_span.end : section.span.end]


def _title_in(document: Document, span: Span, pointed: Pointed) -> Span | None:
    """The place of the heading's title in a link or a line of a table of contents that repeats it and no more."""
    old = pointed.written(_section(pointed).title_span)
    text = document.source.text
    start = text.find(old, span.start, span.end)
    if not old or start < 0 or not NUMBER.fullmatch(text, span.start, start):
        return None
    end = start + len(old)
    return Span(start, end) if MARKUP.fullmatch(text, end, span.end) else None


def _in_bibliography(session: Session, bibliography: Bibliography | None, key: str, name: str) -> dict[str, _Edits]:
    """The edit of the bibliography that has the key. Raises where its entry is not found where it should stand."""
    entry = bibliography.entries.get(key) if bibliography is not None else None
    if entry is None:
        return {}
    uri, source = session.beside(entry.file)
    opening = BIBTEX if Path(entry.file).suffix.lower() in (".bib", ".bibtex", ".biblatex") else CSL
    start = source.line_starts[min(max(entry.line - 1, 0), len(source.line_starts) - 1)]
    pattern = re.compile(opening.format(key=re.escape(key)))
    # lines may have been taken away above it since it was read from disk
    match = pattern.search(source.text, start) or pattern.search(source.text)
    if match is None:
        raise refusal(session, NOT_THERE, key=key, file=entry.file)
    return {uri: [(Span(*match.span("key")), name)]}
