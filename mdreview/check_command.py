"""`check`: every file read, its findings written as the options want them."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from mdreview.console import show
from mdreview.diagnostic import Language
from mdreview.invocation import start
from mdreview.reports import rendered

if TYPE_CHECKING:
    from mdreview.runner import Work


def run(options: Namespace, language: Language) -> int:
    """Checks what the options name and returns the exit status. Raises UserError."""
    work: Work | None = None
    if not options.no_cache:
        from mdreview.cache import known_or_checked

        work = known_or_checked
    files, results = start(options, language, work)
    report = rendered(files.watched(results), options, language, sys.stdout, summary=not options.quiet)
    show(report, files, sys.stdout)
    return files.status
