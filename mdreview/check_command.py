"""`check`: every file read, its findings written as the options want them."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from mdreview.diagnostic import Language
from mdreview.invocation import start
from mdreview.reports import deliver, reports_of

if TYPE_CHECKING:
    from mdreview.runner import Work


def run(options: Namespace, language: Language) -> int:
    """Checks what the options name and returns the exit status. Raises UserError."""
    reports = reports_of(options)
    work: Work | None = None
    if not options.no_cache:
        from mdreview.cache import known_or_checked

        work = known_or_checked
    if options.watch:
        from mdreview import watching

        return watching.run(options, language, work, reports)
    files, results = start(options, language, work, reports=reports)
    deliver(
        files.watched(results), reports, files, sys.stdout, statistics=options.statistics, summary=not options.quiet
    )
    return files.status
