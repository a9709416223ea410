"""For editors that do not watch files: a look at the few files that matter, now and then."""

from __future__ import annotations

import asyncio

from mdreview_lsp.contexts import stamp_of
from mdreview_lsp.places import uri_of
from mdreview_lsp.session import Session

SECONDS = 1.0


async def poll(session: Session) -> None:
    """Tells the session of files that appeared, changed or went since they were read."""
    while True:
        await asyncio.sleep(SECONDS)
        changed = []
        for path, stamp in session.contexts.watched().items():
            if (now := stamp_of(path)) != stamp:
                session.contexts.looked(path, now)
                changed.append(uri_of(path))
        if changed:
            session.files_changed(changed)
