"""New names for footnotes and citation keys, everywhere at once."""

from __future__ import annotations

import re
from pathlib import Path

from lsprotocol import types

from mdreview.bibliography import Bibliography
from mdreview.diagnostic import Text
from mdreview.facts.footnotes import definitions_by_key, key_of
from mdreview.source import Span
from mdreview_lsp import marks
from mdreview_lsp.edits import workspace_edit
from mdreview_lsp.features.arguments import refusal
from mdreview_lsp.features.navigation import mark_at
from mdreview_lsp.marks import Mark, Sort
from mdreview_lsp.places import to_range
from mdreview_lsp.session import Session
from mdreview_lsp.texts import OpenText

RENAMED = frozenset({Sort.FOOTNOTE, Sort.KEY})
LABEL = re.compile(r"[^\s\[\]^]{1,200}")
KEY = re.compile(r"[\w\u3400-\u9fff](?:[\w:.#$%&+?<>~/-]{0,300}[\w/])?")
BAD_LABEL = Text(
    "“{name}” cannot be a footnote's label: no spaces, no brackets, no ^",
    "“{name}”不能作为脚注标签：不可含空格、方括号或 ^",
)
BAD_KEY = Text("“{name}” cannot be a citation key", "“{name}”不能作为引文键")
TAKEN = Text("there is a footnote “{name}” already", "已有名为“{name}”的脚注")
KEY_TAKEN = Text("there is an entry “{name}” already", "文献库中已有条目“{name}”")


def prepare(session: Session, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    """What would be renamed at the place; None where nothing can be."""
    found = mark_at(session, params.text_document, params.position)
    if found is None or found[1].sort not in RENAMED:
        return None
    text, mark = found
    name = text.source.text[mark.name.start : mark.name.end]
    return types.PrepareRenamePlaceholder(to_range(text.source, mark.name, text.units), name)


async def rename(session: Session, params: types.RenameParams) -> types.WorkspaceEdit | None:
    """The edits that give the footnote or the key at the place its new name. Raises for a name that cannot be."""
    found = mark_at(session, params.text_document, params.position)
    if found is None or found[1].sort not in RENAMED:
        return None
    text, mark = found
    name = params.new_name.strip()
    edits: dict[str, list[tuple[Span, str]]] = {}
    same = marks.same(text.document, mark)
    if mark.sort is Sort.FOOTNOTE:
        _allow_label(session, text, mark, name)
    else:
        edits = _in_bibliography(session, (await session.checks.context(text)).bibliography, mark.key, name)
    edits[text.uri] = [(one.name, name) for one in same]
    return workspace_edit(session, edits)


def _allow_label(session: Session, text: OpenText, mark: Mark, name: str) -> None:
    if not LABEL.fullmatch(name):
        raise refusal(session, BAD_LABEL, name=name)
    if key_of(name) != mark.key and key_of(name) in text.document.fact(definitions_by_key):
        raise refusal(session, TAKEN, name=name)


def _in_bibliography(
    session: Session, bibliography: Bibliography | None, key: str, name: str
) -> dict[str, list[tuple[Span, str]]]:
    """The edit of the .bib file that has the key."""
    if not KEY.fullmatch(name):
        raise refusal(session, BAD_KEY, name=name)
    if bibliography is None:
        return {}
    if name != key and name in bibliography.entries:
        raise refusal(session, KEY_TAKEN, name=name)
    entry = bibliography.entries.get(key)
    if entry is None or Path(entry.file).suffix.lower() not in (".bib", ".bibtex", ".biblatex"):
        return {}
    uri, source = session.beside(entry.file)
    start = source.line_starts[min(max(entry.line - 1, 0), len(source.line_starts) - 1)]
    opening = re.compile(r"@\w+\s*[{(]\s*(?P<key>" + re.escape(key) + r")\s*,")
    match = opening.search(source.text, start)
    return {uri: [(Span(*match.span("key")), name)]} if match else {}
