"""What a person is told besides the answer: errors, notes and progress on standard error; and how the run ended."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TextIO

from mdreview.diagnostic import Language, Text
from mdreview.errors import UserError

if TYPE_CHECKING:
    from mdreview.runner import Checked

CLEAN, FINDINGS, TROUBLE, INTERRUPTED = 0, 1, 2, 130
ERROR = Text("error", "错误")


def complain(error: UserError, language: Language) -> None:
    """Says on standard error what is wrong."""
    tell(f"mdreview: {ERROR.written(language)}: {error.written(language)}")


def tell(line: str) -> None:
    """Writes a line to standard error; names of files can hold what a terminal would obey, so it is made harmless."""
    from mdreview.render.excerpt import printable

    sys.stderr.write(f"{printable(line)}\n")


def terminal(stream: TextIO) -> tuple[int, bool]:
    """How many columns the stream has, and whether it takes colours."""
    if not stream.isatty():
        return 100, False
    try:
        # a terminal that a program made to listen to us often has no width
        width = os.get_terminal_size(stream.fileno()).columns or 100
    except (OSError, ValueError):
        width = 100
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return min(max(width, 40), 160), not plain


def show(pieces: Iterable[str], run: Run, stream: TextIO) -> None:
    """Writes the pieces of an answer as they come."""
    for piece in pieces:
        run.clear()
        stream.write(piece)
    run.clear()


class Run:
    """What is told while files are checked: problems, each once, and a progress bar; and the status in the end."""

    def __init__(self, language: Language, files: int, quiet: bool) -> None:
        self.language = language
        self.status = CLEAN
        self._quiet = quiet
        self._told: set[str] = set()
        self._progress = None
        if files > 1 and not quiet and sys.stderr.isatty():
            from mdreview.render.progress import Progress

            self._progress = Progress(sys.stderr, files)

    def watched(self, results: Iterable[Checked]) -> Iterator[Checked]:
        for checked in results:
            for problem in checked.problems:
                self.complain(problem)
            if checked.failed:
                self.status = max(self.status, FINDINGS)
            if self._progress is not None:
                self._progress.step()
            yield checked

    def complain(self, problem: UserError) -> None:
        self.status = TROUBLE
        if (sentence := problem.written(self.language)) not in self._told:
            self._told.add(sentence)
            self.clear()
            complain(problem, self.language)

    def note(self, note: UserError) -> None:
        """Tells what the user should know and is no fault."""
        if not self._quiet:
            self.clear()
            tell(f"mdreview: {note.written(self.language)}")

    def clear(self) -> None:
        if self._progress is not None:
            self._progress.clear()
