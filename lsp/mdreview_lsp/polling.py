"""For editors that do not watch files: a look at the few files that matter, now and then."""

from __future__ import annotations

import asyncio
import os

from mdreview_lsp.places import uri_of
from mdreview_lsp.session import Session

SECONDS = 1.0
_Stamp = tuple[int, int] | None


async def poll(session: Session) -> None:
    """Tells the session of files that appeared, changed or went."""
    before: dict[str, _Stamp] = {}
    while True:
        await asyncio.sleep(SECONDS)
        now = {path: _stamp(path) for path in session.contexts.watched()}
        changed = [path for path, stamp in now.items() if before.get(path, stamp) != stamp]
        before = now
        if changed:
            session.files_changed([uri_of(path) for path in changed])


def _stamp(path: str) -> _Stamp:
    try:
        status = os.stat(path)  # noqa: PTH116 - many of them, and no more is wanted
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
