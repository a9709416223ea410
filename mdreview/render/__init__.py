"""Findings for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from mdreview.formats import Format

if TYPE_CHECKING:
    from mdreview.render.look import Look
    from mdreview.runner import Checked


def rendered(
    results: Iterable[Checked], chosen_format: Format, look: Look, *, statistics: bool = False
) -> Iterator[str]:
    """The findings in a format, piece by piece; with `statistics` how often each rule found something."""
    if statistics:
        from mdreview.render import statistics as counts

        return counts.render(results, look.language, chosen_format.name)
    module = import_module(f"mdreview.render.{chosen_format.module}")
    pieces: Iterator[str] = getattr(module, chosen_format.function)(results, look)
    return pieces
