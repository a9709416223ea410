"""What can be done about a finding: mend it, mend all, or say that it is not wanted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from mdreview import silencing
from mdreview.diagnostic import Diagnostic, Safety, Text
from mdreview.engine import check
from mdreview.fixes import fix_text
from mdreview.markdown import parse
from mdreview.source import Span
from mdreview_lsp.checks import Checked
from mdreview_lsp.edits import can_create, difference, source_of, workspace_edit
from mdreview_lsp.findings import INTERNAL_ERROR
from mdreview_lsp.places import path_of, to_range, to_span, uri_of
from mdreview_lsp.server import FIX_ALL
from mdreview_lsp.settings_edits import ignoring, settings_file
from mdreview_lsp.texts import OpenText

if TYPE_CHECKING:
    from mdreview_lsp.session import Session

MOST = 12
FIX_EVERYTHING = Text("Fix all that mdreview can mend safely", "修正 mdreview 可安全修正的全部问题")
ON_LINE = Text("Ignore {code} on this line", "在本行忽略 {code}")
IN_FILE = Text("Ignore {code} in this file", "在本文件中忽略 {code}")
IN_SETTINGS = Text("Ignore {code} in {file}", "在 {file} 中忽略 {code}")
Action = types.CodeAction


async def code_actions(session: Session, params: types.CodeActionParams) -> list[Action] | None:
    """The fixes and the ways to ignore for the findings in a range; made for the text as it is."""
    text = session.text(params.text_document.uri)
    if text is None:
        return None
    checked = await session.checks.current(text)
    if checked is None or checked.document is not text.document:
        return None
    found = _touched(checked, to_span(text.source, params.range, text.units))
    actions: list[Action] = []
    if _wanted(params.context.only, types.CodeActionKind.QuickFix):
        for one in found:
            shown = _shown(params, one, text)
            actions += _fix(session, text, one, shown)
        for one in {one.code: one for one in found}.values():
            actions += _ignore(session, text, one, _shown(params, one, text))
    if _wanted(params.context.only, FIX_ALL) and any(_safe(one) for one in checked.found):
        actions.append(await _fix_all(session, text, checked))
    return actions


async def resolve(session: Session, action: Action) -> Action:
    """The action with its edit, for those whose edit takes time to make."""
    data = action.data if isinstance(action.data, dict) else getattr(action.data, "_asdict", dict)()
    text = session.text(str(data.get("uri", "")))
    if text is not None and action.edit is None and action.kind == FIX_ALL:
        checked = await session.checks.current(text)
        if checked is not None:
            action.edit = await _everything(session, text, checked)
    return action


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


def _safe(one: Diagnostic) -> bool:
    return one.fix is not None and one.fix.safety is Safety.SAFE


def _fix(session: Session, text: OpenText, one: Diagnostic, shown: list[types.Diagnostic]) -> Iterator[Action]:
    if one.fix is not None:
        yield Action(
            session.written(one.fix.title, **one.fix.arguments),
            kind=types.CodeActionKind.QuickFix,
            diagnostics=shown,
            is_preferred=_safe(one),
            edit=workspace_edit(session, {text.uri: one.fix.edits}),
        )


def _ignore(session: Session, text: OpenText, one: Diagnostic, shown: list[types.Diagnostic]) -> Iterator[Action]:
    action = partial(Action, kind=types.CodeActionKind.QuickFix, diagnostics=shown)
    code = one.code
    if (edit := silencing.on_line(text.document, one)) is not None:
        yield action(session.written(ON_LINE, code=code), edit=workspace_edit(session, {text.uri: [edit]}))
    edit = silencing.in_file(text.document, one)
    yield action(session.written(IN_FILE, code=code), edit=workspace_edit(session, {text.uri: [edit]}))
    if (path := path_of(text.uri)) is not None:
        file = settings_file(path, session.server.folder)
        uri = uri_of(str(file))
        created = not file.exists()
        small = ignoring(source_of(session, uri).text, code, file.suffix)
        if small is not None and (not created or can_create(session)):
            change = workspace_edit(session, {uri: [small]}, created=[uri] if created else ())
            yield action(session.written(IN_SETTINGS, code=code, file=file.name), edit=change)


async def _fix_all(session: Session, text: OpenText, checked: Checked) -> Action:
    action = Action(session.written(FIX_EVERYTHING), kind=FIX_ALL)
    if _resolves(session):
        action.data = {"uri": text.uri}
    else:
        action.edit = await _everything(session, text, checked)
    return action


def _resolves(session: Session) -> bool:
    document = session.server.client_capabilities.text_document
    able = document.code_action if document else None
    return bool(able and able.data_support and able.resolve_support and "edit" in able.resolve_support.properties)


async def _everything(session: Session, text: OpenText, checked: Checked) -> types.WorkspaceEdit:
    """The edit that makes all safe fixes, as `mdreview fix` does."""
    content = checked.document.source.text
    context = checked.context
    fixed = await session.worker.run(lambda: fix_text(content, lambda text: check(parse(text), context)).text)
    return workspace_edit(session, {text.uri: difference(content, fixed)})
