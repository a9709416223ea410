"""Findings as JUnit XML: a file is a test suite, a finding that makes the run fail is a test that failed.

What is below `fail-on` is a test that passed, with what was found as its output; a file without findings is one too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from mdreview.render.look import Look
from mdreview.render.places import Places, harmless
from mdreview.runner import Checked


class Suite(NamedTuple):
    """The suite of a file as XML, with how many tests it has and how they ended."""

    written: str
    tests: int
    failures: int
    errors: int


def render(results: Iterable[Checked], look: Look) -> Iterator[str]:
    """The whole report at once: how many tests there are stands at its head."""
    suites = [_suite(checked, look) for checked in results]
    totals = {name: sum(getattr(suite, name) for suite in suites) for name in ("tests", "failures", "errors")}
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="mdreview"{_attributes(totals)}>\n'
    yield from (suite.written for suite in suites)
    yield "</testsuites>\n"


def _suite(checked: Checked, look: Look) -> Suite:
    cases = [*_problems(checked, look), *_findings(checked, look)]
    if not cases:
        cases.append(_case(checked.file, "mdreview", None, ""))
    failures = sum(diagnostic.severity >= checked.fail_on for diagnostic in checked.found)
    counts = {"tests": len(cases), "failures": failures, "errors": len(checked.problems), "skipped": 0}
    head = f"  <testsuite{_attributes({'name': checked.file, **counts})}>\n"
    return Suite(head + "".join(cases) + "  </testsuite>\n", len(cases), failures, len(checked.problems))


def _problems(checked: Checked, look: Look) -> Iterator[str]:
    for number, problem in enumerate(checked.problems, 1):
        message = problem.written(look.language)
        yield _case(checked.file, f"problem {number}", None, f"<error{_attributes({'message': message})}/>")


def _findings(checked: Checked, look: Look) -> Iterator[str]:
    places = Places(checked)
    for diagnostic in checked.found:
        place = places.range(diagnostic.span)
        name = f"{diagnostic.code} {diagnostic.name} {place.line}:{place.column}"
        message = diagnostic.written(look.language)
        where = f"{checked.file}:{place.line}:{place.column}: {message}"
        if diagnostic.severity >= checked.fail_on:
            attributes = {"message": message, "type": diagnostic.severity.name.lower()}
            outcome = f"<failure{_attributes(attributes)}>{escape(harmless(where))}</failure>"
        else:
            outcome = f"<system-out>{escape(harmless(where))}</system-out>"
        yield _case(checked.file, name, place.line, outcome)


def _case(file: str, name: str, line: int | None, outcome: str) -> str:
    attributes: dict[str, object] = {"name": name, "classname": file, "file": file}
    if line is not None:
        attributes["line"] = line
    return f"    <testcase{_attributes(attributes)}>{outcome}</testcase>\n"


def _attributes(attributes: Mapping[str, object]) -> str:
    return "".join(f" {name}={quoteattr(harmless(str(value)))}" for name, value in attributes.items())
