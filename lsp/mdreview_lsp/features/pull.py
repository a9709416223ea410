"""Findings for editors that ask for them: of one text, or of the whole workspace."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from lsprotocol import types

from mdreview.diagnostic import Text
from mdreview.discovery import Discovered, discover
from mdreview.encoding import decode
from mdreview.engine import check
from mdreview.errors import UserError
from mdreview.markdown import parse
from mdreview.settings_file import SettingsFinder
from mdreview_lsp.findings import plain_findings
from mdreview_lsp.places import uri_of
from mdreview_lsp.progress import shown
from mdreview_lsp.session import Session
from mdreview_lsp.wire import encode

Report = dict[str, Any]
CHECKING = Text("Checking {number} files", "正在检查 {number} 个文件")
NOTHING: Report = {"kind": "full", "items": []}


async def document_diagnostic(session: Session, params: types.DocumentDiagnosticParams) -> Report:
    """What is found in a text as it is when the answer leaves, or that it is what the editor knows already."""
    text = session.text(params.text_document.uri)
    if text is None or "diagnostics" in session.editor.options.off:
        return NOTHING
    checked = await session.checks.current(text)
    if checked is None:
        return NOTHING
    session.checks_seen(text, checked)
    if params.previous_result_id == checked.result_id:
        return {"kind": "unchanged", "resultId": checked.result_id}
    return {"kind": "full", "resultId": checked.result_id, "items": checked.items}


async def workspace_diagnostic(session: Session, params: types.WorkspaceDiagnosticParams) -> Report:
    """What is found in all Markdown of the workspace, if the writer wants that; open texts as they are in the editor.

    Sent file by file where the editor takes it so; the editor can cancel it between two files.
    """
    if session.editor.options.scope != "workspace" or "diagnostics" in session.editor.options.off:
        return {"items": []}
    known = {previous.uri: previous.value for previous in params.previous_result_ids}
    items: list[Report] = []
    files = (await session.worker.run(partial(markdown_in, session.editor.folders))).files
    title = session.editor.written(CHECKING, number=len(files))
    async with shown(session.editor, title, len(files), params.work_done_token) as progress:
        for done, path in enumerate(files, 1):
            if progress.cancelled:
                break
            report = await _file_report(session, path, known)
            if params.partial_result_token is None:
                items.append(report)
            else:
                value = {"token": params.partial_result_token, "value": {"items": [report]}}
                session.editor.notify(types.PROGRESS, value)
            progress.report(done)
    return {"items": items}


async def _file_report(session: Session, path: str, known: dict[str, str]) -> Report:
    uri = uri_of(path)
    if (text := session.text(uri)) is not None:
        checked = await session.checks.current(text)
        if checked is not None:
            report: Report = {"uri": text.uri, "version": checked.version, "resultId": checked.result_id}
            if known.get(text.uri) == checked.result_id:
                return {**report, "kind": "unchanged"}
            return {**report, "kind": "full", "items": checked.items}
    stamp = _stamp(path, session.contexts.stamp(path))
    report = {"uri": uri, "version": None, "resultId": stamp}
    if known.get(uri) == stamp:
        return {**report, "kind": "unchanged"}
    _, items = await session.worker.run(partial(file_items, session, path))
    return {**report, "kind": "full", "items": items}


def markdown_in(folders: list[str]) -> Discovered:
    """The Markdown in folders, as the command line finds it."""
    return discover(folders, SettingsFinder())


def file_items(session: Session, path: str) -> tuple[int, msgspec.Raw]:
    """How much is found in a file that is not open, and its JSON; nothing for one that cannot be read."""
    try:
        document = parse(decode(Path(path).read_bytes(), path).text)
    except (OSError, UserError):
        return 0, msgspec.Raw(b"[]")
    around = session.contexts.surroundings(path, document)
    session.contexts.leave(path)
    found = [] if around.excluded else check(document, around.context)
    plain = plain_findings(found, document.source, uri_of(path), session.checks.manner, session.beside)
    return len(plain), msgspec.Raw(encode(plain))


def _stamp(path: str, around: str) -> str:
    try:
        status = Path(path).stat()
    except OSError:
        return f"gone.{around}"
    return f"{status.st_mtime_ns}.{status.st_size}.{around}"
