"""The findings in the format that the options name."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TextIO

from mdreview.console import terminal
from mdreview.diagnostic import Language

if TYPE_CHECKING:
    from mdreview.runner import Checked


def rendered(
    results: Iterable[Checked], options: Namespace, language: Language, stream: TextIO, *, summary: bool
) -> Iterator[str]:
    """The findings as the options want them written to the stream, with a summary at the end or not."""
    if options.statistics:
        from mdreview.render import statistics

        return statistics.render(results, language, options.output_format)
    if options.output_format == "text":
        from mdreview.render import text

        return text.render(results, text.Look(language, *terminal(stream), summary=summary))
    from mdreview.render import json

    return (json.render if options.output_format == "json" else json.render_lines)(results, language)
