"""Terms of a text put into the project's glossary."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from lsprotocol import types

from mdreview.diagnostic import Text
from mdreview.patterns import regex
from mdreview.render.terms import entry_of
from mdreview.source import Span
from mdreview.terms import Term
from mdreview_lsp import marks
from mdreview_lsp.checks import Checked
from mdreview_lsp.edits import can_create, source_of, workspace_edit
from mdreview_lsp.glossary_edits import NAME, adding, naming
from mdreview_lsp.marks import Mark, Sort
from mdreview_lsp.places import path_of, uri_of
from mdreview_lsp.session import Session
from mdreview_lsp.settings_edits import settings_file
from mdreview_lsp.texts import OpenText
from mdreview_lsp.vocabulary import Vocabulary

ADD = Text("Add “{term}” to the glossary", "将“{term}”加入术语表")
HAN = regex(r"\p{Han}")
SIGN = r"[^\s\[\](){}（）|*_`<>#。，；：！？.,;:!?]"
SELECTED = re.compile(rf"[^\W\d_]{SIGN}*(?: {SIGN}+){{0,7}}")
LONGEST = 60


async def addition(session: Session, text: OpenText, checked: Checked, span: Span) -> types.CodeAction | None:
    """The action that adds the selected words, or the term at the cursor; None if there is none to add."""
    document = text.document
    vocabulary = await session.vocabularies.of(document, checked.context)
    mark = await session.aside.run(partial(marks.mark_at, document, span.start))
    term = _term(text, vocabulary, mark, span)
    if term is None or text.document is not document:
        return None
    edit = await _edit(session, text, checked, entry_of(term))
    title = session.editor.written(ADD, term=term.abbreviation or term.name)
    return None if edit is None else types.CodeAction(title, kind=types.CodeActionKind.QuickFix, edit=edit)


def _term(text: OpenText, vocabulary: Vocabulary, mark: Mark | None, span: Span) -> Term | None:
    if mark is None or mark.sort is Sort.HEADING:
        mark = vocabulary.mark_at(span.start) or mark
    named = mark is not None and mark.sort in (Sort.TERM, Sort.NAME)
    if mark is not None and named and mark.span.start <= span.start and span.end <= mark.span.end:
        known = vocabulary.term(mark)
        if known is None:
            return Term("", "", mark.key, mark.span, 0)
        return None if known.defined is None else Term(known.chinese, known.english, known.abbreviation, mark.span, 0)
    words = text.source.text[span.start : span.end].strip()
    apart = mark is not None and mark.sort is not Sort.HEADING
    if apart or len(words) > LONGEST or not SELECTED.fullmatch(words):
        return None
    return Term(words, "", "", span, 0) if HAN.search(words) else Term("", words, "", span, 0)


async def _edit(
    session: Session, text: OpenText, checked: Checked, entry: dict[str, str]
) -> types.WorkspaceEdit | None:
    """The edit of the glossary that the settings name; of a new one, and of the settings, where they name none."""
    edits: dict[str, list[tuple[Span, str]]] = {}
    files: list[Path] = []
    named = checked.context.settings.terms.glossary
    if named is None:
        path = path_of(text.uri)
        if path is None:
            return None
        settings = settings_file(path, session.editor.folder_of(path))
        files.append(settings)
        small = naming(source_of(session, uri_of(str(settings))).text, settings.suffix)
        if small is None:
            return None
        edits[uri_of(str(settings))] = [small]
        named = str(settings.parent / NAME)
    glossary = uri_of(str(Path(named).absolute()))
    files.append(Path(named))
    added = adding(source_of(session, glossary).text, entry)
    created = [uri_of(str(file.absolute())) for file in files if not file.exists()]
    if added is None or (created and not can_create(session)):
        return None
    edits[glossary] = [added]
    return workspace_edit(session, edits, created=created)
