"""What an editor can ask for by name and is told: a rule's page, the terms of a text, a check of the whole folder."""

from __future__ import annotations

from functools import partial
from typing import Any

from lsprotocol import types

from mdreview.render import terms as render
from mdreview.rule_page import page
from mdreview.rules import RULES
from mdreview.terms import term_table as terms_of
from mdreview_lsp.features.arguments import text_and_words, words
from mdreview_lsp.features.pull import CHECKING, file_items, markdown_in
from mdreview_lsp.places import uri_of
from mdreview_lsp.progress import shown
from mdreview_lsp.session import Session


def rule_page(session: Session, params: types.ExecuteCommandParams) -> str | None:
    """The page of the rule with this code or name, as Markdown; None if there is none."""
    word = words(session, params, "FN001 | undefined-footnote")[0]
    rule = next((rule for rule in RULES if word in (rule.code, rule.name)), None)
    return None if rule is None else page(rule, session.editor.language)


async def term_table(session: Session, params: types.ExecuteCommandParams) -> str | None:
    """The term table of an open text, as Markdown."""
    text, _ = text_and_words(session, params, ())
    if text is None:
        return None
    context = await session.checks.context(text)
    document = text.document
    table = await session.worker.run(lambda: terms_of(document, context))
    return render.markdown(table, document.source, session.editor.language)


async def check_workspace(session: Session, params: types.ExecuteCommandParams) -> dict[str, Any]:
    """Checks all Markdown in the folder and shows what is found in files that are not open, until they change.

    The editor shows how far it is, and can cancel it between two files.
    """
    discovered = await session.worker.run(partial(markdown_in, session.editor.folders))
    files = discovered.files
    for problem in discovered.problems:
        session.editor.complain(problem)
    title = session.editor.written(CHECKING, number=len(files))
    found = done = 0
    async with shown(session.editor, title, len(files), params.work_done_token) as progress:
        for path in files:
            if progress.cancelled:
                break
            if (text := session.text(uri_of(path))) is not None:
                checked = await session.checks.current(text)
                found += 0 if checked is None else len(checked.found)
            else:
                number, items = await session.worker.run(partial(file_items, session, path))
                session.show_closed(uri_of(path), items)
                found += number
            done += 1
            progress.report(done)
        return {"files": done, "findings": found, "cancelled": progress.cancelled}
