"""How far a long work is, for editors that show it; the writer can cancel it there."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from concurrent.futures import Future
from contextlib import asynccontextmanager

from lsprotocol import types

from mdreview_lsp.editor import Editor


class Progress:
    """Work of `whole` parts. It is shown under `token`; None shows nothing."""

    def __init__(self, editor: Editor, token: int | str | None, whole: int) -> None:
        self._progress = editor.server.work_done_progress
        self._token = token
        self._whole = max(whole, 1)

    @property
    def cancelled(self) -> bool:
        """Whether the writer wants no more of it."""
        future = self._progress.tokens.get(self._token) if self._token is not None else None
        return future is not None and future.cancelled()

    def report(self, done: int) -> None:
        """Tells how many parts are done."""
        if self._token is not None:
            share = 100 * done // self._whole
            report = types.WorkDoneProgressReport(message=f"{done}/{self._whole}", percentage=share)
            self._progress.report(self._token, report)


@asynccontextmanager
async def shown(editor: Editor, title: str, whole: int, token: int | str | None) -> AsyncIterator[Progress]:
    """Shows work while it is done: under the token that the editor gave, else under one that it is asked for."""
    shows = editor.server.work_done_progress
    window = editor.capabilities.window
    if token is None and window is not None and window.work_done_progress:
        token = str(uuid.uuid4())
        # known before the editor is, so that it can cancel at once
        shows.tokens[token] = Future()
        await editor.server.window_work_done_progress_create_async(types.WorkDoneProgressCreateParams(token))
    progress = Progress(editor, token, whole)
    if token is not None:
        shows.begin(token, types.WorkDoneProgressBegin(title, cancellable=True, percentage=0))
    try:
        yield progress
    finally:
        if token is not None:
            shows.end(token, types.WorkDoneProgressEnd())
            shows.tokens.pop(token, None)
