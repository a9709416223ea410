"""The findings in every format that the options name, each where it belongs."""

from __future__ import annotations

import os
from argparse import Namespace
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from mdreview.console import Run, show, terminal
from mdreview.diagnostic import Language, Text
from mdreview.errors import UserError
from mdreview.formats import FORMATS, Report, chosen
from mdreview.render import rendered

if TYPE_CHECKING:
    from mdreview.render.look import Look
    from mdreview.runner import Checked

ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""Where GitHub and GitLab say that the repository is, from which they want the paths to be told."""
NO_COUNTS = Text(
    "--statistics is written as one of: {names}; not as {name}", "--statistics 的格式只能是：{names}；不能是 {name}"
)


def reports_of(options: Namespace) -> tuple[Report, ...]:
    """The reports that the options ask for, the one for standard output first. Raises UserError."""
    reports = chosen(options.output_format, options.output_file)
    if options.statistics:
        for report in reports:
            if not report.format.counts:
                names = ", ".join(known.name for known in FORMATS if known.counts)
                raise UserError(NO_COUNTS, names=names, name=report.format.name)
    return reports


def deliver(
    results: Iterable[Checked],
    reports: Iterable[Report],
    run: Run,
    stream: TextIO,
    *,
    statistics: bool,
    summary: bool,
) -> None:
    """Writes the reports, in one pass over the results; what has no file goes to the stream as it comes.

    `statistics` counts by rule instead, `summary` asks for one at the end. Files are written whole when everything is
    checked; one that cannot be written is told by `run` and stops no other.
    """
    reports = tuple(reports)
    several = len(reports) > 1
    kept: list[Checked] = []
    passing = _kept(results, kept) if several else results
    broken: BrokenPipeError | None = None
    for number, report in enumerate(reports):
        look = _look(report, run.language, stream, summary)
        pieces = rendered(kept if number else passing, report.format, look, statistics=statistics)
        if report.file is not None:
            _write(report.file, pieces, run)
        else:
            try:
                show(pieces, run, stream)
            except BrokenPipeError as error:
                # whoever read standard output has enough; the files are wanted all the same
                broken = error
        if several or report.file is not None:
            # the first report may have ended early, and the others want all there is
            deque(passing, maxlen=0)
    if broken is not None:
        raise broken


def _look(report: Report, language: Language, stream: TextIO, summary: bool) -> Look:
    from mdreview.render.look import Look

    root = next((os.environ[name] for name in ROOTS if os.environ.get(name)), "")
    if report.file is not None:
        return Look(language, summary=summary, root=root)
    return Look(language, *terminal(stream), summary, root)


def _kept(results: Iterable[Checked], kept: list[Checked]) -> Iterator[Checked]:
    for checked in results:
        kept.append(checked)
        yield checked


def _write(file: str, pieces: Iterable[str], run: Run) -> None:
    from mdreview.files import write_file

    try:
        write_file(Path(file), pieces)
    except UserError as problem:
        run.complain(problem)
