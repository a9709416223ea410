"""Where a finding stands, as other programs count: lines and columns from 1, in their units; paths from their root."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from mdreview.render.excerpt import printable
from mdreview.runner import Checked
from mdreview.source import LINE_END, Source, Span, Units


class Range(NamedTuple):
    """A place in a text; lines and columns count from 1, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Places:
    """The places in a checked text, and in the texts beside it that its findings point into."""

    def __init__(self, checked: Checked, units: Units = Units.CODE_POINTS) -> None:
        self._source = Source(checked.text)
        self._beside = {name: Source(text) for name, text in checked.beside.items()}
        self._units = units

    def range(self, span: Span, file: str | None = None) -> Range:
        """Where a span is; `file` is the other text that it counts in, None the checked one."""
        source = self._source if file is None else self._beside.get(file, Source(""))
        start, end = source.place(span.start, self._units), source.place(span.end, self._units)
        return Range(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def path_from(root: str, file: str) -> str:
    """The path of a file from the folder `root`, with `/`, or else from the current one; absolute if it is in neither.

    An empty root is the current folder.
    """
    whole = Path(os.path.abspath(file))  # noqa: PTH100
    for folder in (Path(root or Path.cwd()), Path.cwd()):
        if whole.is_relative_to(folder):
            return whole.relative_to(folder).as_posix()
    return whole.as_posix()


def harmless(text: str) -> str:
    """The text, its lines kept, without what a terminal would obey, XML cannot hold or UTF-8 cannot write."""
    return "\n".join(printable(line) for line in LINE_END.split(text))
