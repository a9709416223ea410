"""What a text holds besides findings, for reports that show the whole of it: sections, terms, citations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from mdreview.citation_map import CitedSource, citation_map
from mdreview.context import Context
from mdreview.encoding import decode
from mdreview.errors import UserError
from mdreview.facts.sections import Section, section_tree
from mdreview.markdown import Document, Kind, parse
from mdreview.runner import Checked, Checker, Work, without_collector
from mdreview.source import Span
from mdreview.terms import Term, term_table

VERBATIM = frozenset({Kind.CODE, Kind.TABLE, Kind.MATH, Kind.HTML, Kind.COMMENT, Kind.THINKING, Kind.FRONT_MATTER})


class Survey(NamedTuple):
    """A text, its sections in order, its terms, the sources that it cites.

    `verbatim` are the places, in order, where columns matter: code, tables, math, HTML.
    """

    text: str
    sections: tuple[Section, ...]
    terms: tuple[Term, ...]
    citations: tuple[CitedSource, ...]
    verbatim: tuple[Span, ...]


def survey(document: Document, context: Context) -> Survey:
    """What a document holds; never raises, whatever the text."""
    return Survey(
        document.source.text,
        document.fact(section_tree).sections,
        term_table(document, context),
        citation_map(document, context),
        tuple(document.span_of(number) for number, block in enumerate(document.blocks) if block.kind in VERBATIM),
    )


def surveyed(work: Work | None, checker: Checker, file: str) -> Checked:
    """What comes of a file by `work`, None being a mere check, with the survey of the text that the findings are of."""
    checked = checker.check_file(file) if work is None else work(checker, file)
    if not checked.read:
        return checked
    try:
        return _with_survey(checked, checker, Path(file).read_bytes() if not checked.found else b"")
    except OSError:
        # gone since it was checked: there is nothing to find in it, and nothing to show
        return checked


def surveyed_bytes(
    work: Callable[[Checker, bytes, str], Checked] | None, checker: Checker, data: bytes, file: str
) -> Checked:
    """The same for a text that is or will be in `file`."""
    checked = (work or Checker.check_bytes)(checker, data, file)
    if not checked.read:
        return checked
    return _with_survey(checked, checker, data if checked.mended is None else checked.mended.data)


def _with_survey(checked: Checked, checker: Checker, data: bytes) -> Checked:
    try:
        with without_collector():
            # `data` may be newer than what was checked
            document = parse(checked.text if checked.found else decode(data, checked.file).text)
            context, _ = checker.context(document, checked.file, checker.settings(checked.file))
            return checked._replace(survey=survey(document, context))
    except UserError:
        return checked
