"""Whole texts written anew: all safe fixes, new numbers, citations of another kind; as commands and as actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from lsprotocol import types

from mdreview.diagnostic import Safety, Text
from mdreview.engine import check
from mdreview.fixes import fix_text
from mdreview.markdown import Document, parse
from mdreview.mending import helps, remedied
from mdreview_lsp.checks import Checked
from mdreview_lsp.edits import difference, workspace_edit
from mdreview_lsp.features.arguments import text_and_words
from mdreview_lsp.offers import FIX_ALL, RENUMBER, REWRITE
from mdreview_lsp.session import Session
from mdreview_lsp.texts import OpenText


class Rewriting(NamedTuple):
    """One way to write a text anew: the kind of its action, what it says, and the word of the remedy."""

    kind: str
    title: Text
    remedy: str


FIX_EVERYTHING = Text("Fix all that mdreview can mend safely", "修正 mdreview 可安全修正的全部问题")
RENUMBER_ALL = Text("Renumber", "重新编号")
NUMBERINGS = {
    "sections": Rewriting(
        f"{RENUMBER}.sections",
        Text("Renumber the sections and the references to them", "重新编排章节编号，并更新对它们的引用"),
        "sections",
    ),
    "footnotes": Rewriting(f"{RENUMBER}.footnotes", Text("Renumber the footnotes", "重新编排脚注编号"), "footnotes"),
    "floats": Rewriting(
        f"{RENUMBER}.floats",
        Text("Renumber the figures, tables and equations", "重新编排图、表和公式的编号"),
        "floats",
    ),
    "citations": Rewriting(f"{RENUMBER}.citations", Text("Renumber the citations", "重新编排引文编号"), "citations"),
}
CONVERSIONS = {
    "footnotes": Rewriting(
        f"{REWRITE}.footnotes",
        Text("Convert the citations to footnotes", "将引文转换为脚注"),
        "footnotes-from-list",
    ),
    "numeric": Rewriting(
        f"{REWRITE}.numeric",
        Text("Convert the footnotes to a numbered reference list", "将脚注转换为带编号的参考文献列表"),
        "list-from-footnotes",
    ),
}
REWRITINGS = {one.kind: one for one in (*NUMBERINGS.values(), *CONVERSIONS.values())}


async def useful(session: Session, text: OpenText, kinds: Iterable[str]) -> list[Rewriting]:
    """Those of the kinds that would change the text."""
    document = text.document
    wanted = [REWRITINGS[kind] for kind in kinds]
    return await session.aside.run(lambda: [one for one in wanted if helps(document, one.remedy)])


def fixable(checked: Checked) -> bool:
    """Whether there is a safe fix."""
    return any(one.fix is not None and one.fix.safety is Safety.SAFE for one in checked.found)


async def edit_of(session: Session, text: OpenText, kind: str) -> types.WorkspaceEdit | None:
    """The edit of an action of this kind; None if it changes nothing."""
    if kind == FIX_ALL:
        return await _everything(session, text)
    one = REWRITINGS.get(kind)
    return None if one is None else await _written(session, text, [one])


async def fix_all(session: Session, params: types.ExecuteCommandParams) -> dict[str, Any]:
    """Makes all safe fixes in an open text."""
    text, _ = text_and_words(session, params, ())
    edit = None if text is None else await _everything(session, text)
    return await _apply(session, edit, FIX_EVERYTHING)


async def renumber(session: Session, params: types.ExecuteCommandParams) -> dict[str, Any]:
    """Numbers what the words name, everything without any."""
    text, given = text_and_words(session, params, tuple(NUMBERINGS))
    wanted = [one for word, one in NUMBERINGS.items() if not given or word in given]
    edit = None if text is None else await _written(session, text, wanted)
    return await _apply(session, edit, wanted[0].title if len(wanted) == 1 else RENUMBER_ALL)


async def convert(session: Session, params: types.ExecuteCommandParams) -> dict[str, Any]:
    """Turns the citations of a text into footnotes, or the other way round."""
    text, given = text_and_words(session, params, tuple(CONVERSIONS), least=1)
    one = CONVERSIONS[given[0]]
    edit = None if text is None else await _written(session, text, [one])
    return await _apply(session, edit, one.title)


async def _everything(session: Session, text: OpenText) -> types.WorkspaceEdit | None:
    """The edit that makes all safe fixes, as `mdreview fix` does."""
    checked = await session.checks.current(text)
    if checked is None:
        return None
    context = checked.context
    return await _changed(
        session, text, checked.document, lambda old: fix_text(old, lambda new: check(parse(new), context)).text
    )


async def _written(session: Session, text: OpenText, several: Iterable[Rewriting]) -> types.WorkspaceEdit | None:
    remedies = [one.remedy for one in several]
    return await _changed(session, text, text.document, lambda old: remedied(old, remedies).text)


async def _changed(
    session: Session, text: OpenText, document: Document, rewrite: Callable[[str], str]
) -> types.WorkspaceEdit | None:
    """The edit that makes the new text of the old one; None if they are equal or the old one has changed meanwhile."""
    old = document.source.text
    edits = await session.aside.run(lambda: difference(old, rewrite(old)))
    if not edits or text.document is not document:
        return None
    return workspace_edit(session, {text.uri: edits})


async def _apply(session: Session, edit: types.WorkspaceEdit | None, title: Text) -> dict[str, Any]:
    done = edit is not None and await session.editor.apply(edit, session.editor.written(title))
    return {"applied": done}
