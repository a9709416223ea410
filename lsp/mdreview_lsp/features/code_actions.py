"""What can be done at a place: mend a finding, ignore it, add a term to the glossary, write the text anew."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from lsprotocol import types

from mdreview import silencing
from mdreview.diagnostic import Diagnostic, Edit, Safety, Text
from mdreview.source import Span
from mdreview_lsp.checks import Checked
from mdreview_lsp.editor import plain
from mdreview_lsp.edits import can_create, source_of, workspace_edit
from mdreview_lsp.features import glossary, rewriting
from mdreview_lsp.findings import INTERNAL_ERROR
from mdreview_lsp.offers import FIX_ALL
from mdreview_lsp.places import path_of, to_range, to_span, uri_of
from mdreview_lsp.session import Session
from mdreview_lsp.settings_edits import ignoring, settings_file
from mdreview_lsp.texts import OpenText

MOST = 12
ON_LINE = Text("Ignore {code} on this line", "在本行忽略 {code}")
IN_FILE = Text("Ignore {code} in this file", "在本文件中忽略 {code}")
IN_SETTINGS = Text("Ignore {code} in {file}", "在 {file} 中忽略 {code}")
Action = types.CodeAction


async def code_actions(session: Session, params: types.CodeActionParams) -> list[Action] | None:
    """What can be done at a range; made for the text as it is."""
    text = session.text(params.text_document.uri)
    if text is None:
        return None
    checked = await session.checks.current(text)
    if checked is None or checked.document is not text.document:
        return None
    actions: list[Action] = []
    if _wanted(params.context.only, types.CodeActionKind.QuickFix):
        actions += await session.aside.run(lambda: list(_quick_fixes(session, text, checked, params)))
        if not _unasked(params):
            added = await glossary.addition(session, text, checked, to_span(text.source, params.range, text.units))
            actions += [] if added is None else [added]
    for kind, title in await _rewritings(session, text, checked, params):
        action = Action(session.editor.written(title), kind=kind, data={"uri": text.uri})
        if not _resolves(session):
            action = await resolve(session, action)
        actions.append(action)
    return actions if checked.document is text.document else None


async def resolve(session: Session, action: Action) -> Action:
    """The action with its edit, for those whose edit takes time to make."""
    data = plain(action.data)
    text = session.text(str(data.get("uri", ""))) if isinstance(data, dict) else None
    if text is not None and action.edit is None and action.kind is not None:
        action.edit = await rewriting.edit_of(session, text, action.kind)
    return action


def _quick_fixes(
    session: Session, text: OpenText, checked: Checked, params: types.CodeActionParams
) -> Iterator[Action]:
    found = _touched(checked, to_span(text.source, params.range, text.units))
    # several findings may be mended by one fix
    mended: dict[tuple[Edit, ...], list[types.Diagnostic]] = {}
    for one in found:
        if one.fix is not None:
            mended.setdefault(one.fix.edits, []).extend(_shown(params, one, text))
    for fix in {one.fix.edits: one.fix for one in found if one.fix is not None}.values():
        yield Action(
            session.editor.written(fix.title, **fix.arguments),
            kind=types.CodeActionKind.QuickFix,
            diagnostics=mended[fix.edits],
            is_preferred=fix.safety is Safety.SAFE,
            edit=workspace_edit(session, {text.uri: fix.edits}),
        )
    for one in {one.code: one for one in found}.values():
        yield from _ignore(session, text, one, _shown(params, one, text))


async def _rewritings(
    session: Session, text: OpenText, checked: Checked, params: types.CodeActionParams
) -> list[tuple[str, Text]]:
    """The kinds and titles of what would write the whole text anew, if the writer asks for such."""
    only = params.context.only
    if only is None and _unasked(params):
        return []
    kinds = [kind for kind in rewriting.REWRITINGS if _wanted(only, kind)]
    offered = [(one.kind, one.title) for one in await rewriting.useful(session, text, kinds)] if kinds else []
    if _wanted(only, FIX_ALL) and rewriting.fixable(checked):
        offered.insert(0, (FIX_ALL, rewriting.FIX_EVERYTHING))
    return offered


def _unasked(params: types.CodeActionParams) -> bool:
    """Whether only the lightbulb asks, as it does with every move of the cursor."""
    return params.context.trigger_kind is types.CodeActionTriggerKind.Automatic


def _touched(checked: Checked, span: Span) -> list[Diagnostic]:
    """The findings that share a place with the range; the cursor at either end of one counts."""
    found = [
        one
        for one in checked.found
        if one.code != INTERNAL_ERROR and one.span.start <= span.end and span.start <= one.span.end
    ]
    return found[:MOST]


def _wanted(only: Any, kind: str) -> bool:
    """Whether the editor asked for this kind; one that names a kind wants all beneath it."""
    return only is None or any(kind == wanted or kind.startswith(f"{wanted}.") or not wanted for wanted in only)


def _shown(params: types.CodeActionParams, one: Diagnostic, text: OpenText) -> list[types.Diagnostic]:
    """What the editor shows of a finding."""
    place = to_range(text.source, one.span, text.units)
    return [shown for shown in params.context.diagnostics if shown.code == one.code and shown.range == place]


def _ignore(session: Session, text: OpenText, one: Diagnostic, shown: list[types.Diagnostic]) -> Iterator[Action]:
    action = partial(Action, kind=types.CodeActionKind.QuickFix, diagnostics=shown)
    code = one.code
    mdx = text.language == "mdx" or text.uri.lower().endswith(".mdx")
    if (edit := silencing.on_line(text.document, one, mdx=mdx)) is not None:
        yield action(session.editor.written(ON_LINE, code=code), edit=workspace_edit(session, {text.uri: [edit]}))
    edit = silencing.in_file(text.document, one, mdx=mdx)
    yield action(session.editor.written(IN_FILE, code=code), edit=workspace_edit(session, {text.uri: [edit]}))
    if (path := path_of(text.uri)) is not None:
        file = settings_file(path, session.editor.folder_of(path))
        uri = uri_of(str(file))
        created = not file.exists()
        small = ignoring(source_of(session, uri).text, code, file.suffix)
        if small is not None and (not created or can_create(session)):
            change = workspace_edit(session, {uri: [small]}, created=[uri] if created else ())
            yield action(session.editor.written(IN_SETTINGS, code=code, file=file.name), edit=change)


def _resolves(session: Session) -> bool:
    able = session.editor.document.code_action
    return bool(able and able.data_support and able.resolve_support and "edit" in able.resolve_support.properties)
