"""What an editor can ask for by name: a rule's page, a check of all that is in the folder."""

from __future__ import annotations

import uuid
from functools import partial
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from mdreview.diagnostic import Text
from mdreview.rule_page import page
from mdreview.rules import RULES
from mdreview_lsp.features.pull import file_items, markdown_in
from mdreview_lsp.places import uri_of

if TYPE_CHECKING:
    from mdreview_lsp.session import Session

CHECKING = Text("Checking {number} files", "正在检查 {number} 个文件")


def rule_page(session: Session, word: str) -> str | None:
    """The page of the rule with this code or name, as Markdown; None if there is none."""
    rule = next((rule for rule in RULES if word in (rule.code, rule.name)), None)
    return None if rule is None else page(rule, session.language)


async def check_workspace(session: Session) -> dict[str, Any]:
    """Checks all Markdown in the folder and shows what is found in files that are not open, until they change.

    The editor shows how far it is, and can cancel it between two files.
    """
    files = await session.worker.run(partial(markdown_in, session.server.folder))
    progress = _Progress(session)
    await progress.begin(session.written(CHECKING, number=len(files)), len(files))
    done = 0
    for path in files:
        if progress.cancelled:
            break
        if session.text(uri_of(path)) is None:
            items = await session.worker.run(partial(file_items, session, path))
            session.show(uri_of(path), items)
        done += 1
        progress.report(done)
    cancelled = progress.cancelled
    progress.end()
    return {"files": done, "cancelled": cancelled}


class _Progress:
    """How far a long work is, for editors that show it."""

    def __init__(self, session: Session) -> None:
        window = session.server.client_capabilities.window
        self._shown = bool(window and window.work_done_progress)
        self._progress = session.server.work_done_progress
        self._token = str(uuid.uuid4())
        self._whole = 1

    @property
    def cancelled(self) -> bool:
        future = self._progress.tokens.get(self._token)
        return future is not None and future.cancelled()

    async def begin(self, title: str, whole: int) -> None:
        self._whole = max(whole, 1)
        if self._shown:
            await self._progress.create_async(self._token)
            self._progress.begin(self._token, types.WorkDoneProgressBegin(title, cancellable=True, percentage=0))

    def report(self, done: int) -> None:
        if self._shown:
            share = 100 * done // self._whole
            report = types.WorkDoneProgressReport(message=f"{done}/{self._whole}", percentage=share)
            self._progress.report(self._token, report)

    def end(self) -> None:
        if self._shown:
            self._progress.end(self._token, types.WorkDoneProgressEnd())
            self._progress.tokens.pop(self._token, None)
