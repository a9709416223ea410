"""Findings as commands of GitHub Actions, which shows them beside the lines of a pull request.

The form is that of GitHub's workflow commands: `::error file=…,line=…::message`, with what would end a part escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mdreview.diagnostic import Severity
from mdreview.render.look import Look
from mdreview.render.places import Places, harmless, path_from
from mdreview.runner import Checked

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
ESCAPES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
PROPERTY_ESCAPES = {**ESCAPES, ord(":"): "%3A", ord(","): "%2C"}


def render(results: Iterable[Checked], look: Look) -> Iterator[str]:
    """One line for each finding, and one for each file that could not be read."""
    for checked in results:
        file = path_from(look.root, checked.file)
        for problem in checked.problems:
            yield _command("error", {"file": file, "title": "mdreview"}, problem.written(look.language))
        places = Places(checked)
        for diagnostic in checked.found:
            line, column, end_line, end_column = places.range(diagnostic.span)
            place = {"file": file, "line": str(line), "endLine": str(end_line)}
            if line == end_line:
                # GitHub takes columns only within one line
                place |= {"col": str(column), "endColumn": str(end_column)}
            place["title"] = f"{diagnostic.code} {diagnostic.name}"
            yield _command(COMMANDS[diagnostic.severity], place, diagnostic.written(look.language))


def _command(name: str, properties: dict[str, str], message: str) -> str:
    written = ",".join(f"{key}={harmless(value).translate(PROPERTY_ESCAPES)}" for key, value in properties.items())
    return f"::{name} {written}::{harmless(message).translate(ESCAPES)}\n"
