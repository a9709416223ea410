"""Findings as Checkstyle XML, which Jenkins and many other programs read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from mdreview.render.look import Look
from mdreview.render.places import Places, harmless
from mdreview.runner import Checked

VERSION = "4.3"
"""The version of the form, not of this program; what readers expect since Checkstyle 4."""


def render(results: Iterable[Checked], look: Look) -> Iterator[str]:
    """A `<file>` for each file that was checked or could not be, with an `<error>` for each finding or problem."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="{VERSION}">\n'
    for checked in results:
        yield "".join(_file(checked, look))
    yield "</checkstyle>\n"


def _file(checked: Checked, look: Look) -> Iterator[str]:
    yield f"  <file name={quoteattr(harmless(checked.file))}>\n"
    for problem in checked.problems:
        yield _error({"line": 1, "severity": "error", "message": problem.written(look.language), "source": "mdreview"})
    places = Places(checked)
    for diagnostic in checked.found:
        place = places.range(diagnostic.span)
        yield _error(
            {
                "line": place.line,
                "column": place.column,
                "severity": diagnostic.severity.name.lower(),
                "message": diagnostic.written(look.language),
                "source": f"mdreview.{diagnostic.code}",
            }
        )
    yield "  </file>\n"


def _error(attributes: dict[str, object]) -> str:
    written = " ".join(f"{name}={quoteattr(harmless(str(value)))}" for name, value in attributes.items())
    return f"    <error {written}/>\n"
