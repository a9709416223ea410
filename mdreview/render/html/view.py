"""One text of the report: what came of it, where its findings stand, and the names of its places in the page."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cached_property

from mdreview.diagnostic import Diagnostic, Edit, Language, Severity
from mdreview.render.html.marks import Marks, marks
from mdreview.render.html.markup import ENGLISH, escaped, language_of
from mdreview.runner import Checked
from mdreview.source import Source, Span


class View:
    """A text with its place in the report, counted from 1. All its methods give harmless HTML or plain values."""

    def __init__(self, number: int, checked: Checked, language: Language) -> None:
        self.number = number
        self.checked = checked
        self.language = language
        self.survey = checked.survey
        text = checked.survey.text if checked.survey is not None else checked.text
        self.source = Source(text)
        self.marks: Marks = marks(checked.found, self.source, language)

    @property
    def name(self) -> str:
        """The file, as it was named."""
        return self.checked.file

    @cached_property
    def lang(self) -> str:
        """The tag of the language that most of the text is in."""
        return language_of(self.source.text) or ENGLISH

    @cached_property
    def lines(self) -> int:
        """How many lines there are to show: what follows the last line end is one only if something is there."""
        starts = self.source.line_starts
        empty_end = len(starts) > 1 and starts[-1] == len(self.source.text)
        return max(len(starts) - empty_end, max(self.marks.by_line, default=-1) + 1)

    def count(self, severity: Severity) -> int:
        """How many findings are of a severity."""
        return sum(diagnostic.severity is severity for diagnostic in self.checked.found)

    def line_id(self, line: int) -> str:
        """The name of a line, counted from 0, in the page."""
        return f"l{self.number}-{line + 1}"

    def note_id(self, note: int) -> str:
        return f"n{self.number}-{note}"

    def reference_id(self, note: int) -> str:
        """The name of the place in the text where the number of a note stands."""
        return f"r{self.number}-{note}"

    def part_id(self, part: str) -> str:
        """The name of a part of the page that is about this text: `text`, `terms`, …"""
        return f"{part}-{self.number}"

    def line_link(self, offset: int, text: str | None = None) -> str:
        """A link to the line that holds an offset; its number, unless another text is to be shown."""
        line = self.source.line_at(min(offset, len(self.source.text)))
        return f'<a href="#{self.line_id(line)}">{escaped(text) if text is not None else line + 1}</a>'

    @cached_property
    def notes_of_fixes(self) -> dict[int, int]:
        """For each note with a fix the first note that has the same one, by their numbers."""
        first: dict[tuple[Edit, ...], int] = {}
        # one fix may have thousands of edits and belong to thousands of findings: it is compared once
        known: dict[int, int] = {}
        notes: dict[int, int] = {}
        for note in self.marks.notes:
            if (fix := note.first.fix) is not None:
                if id(fix.edits) not in known:
                    known[id(fix.edits)] = first.setdefault(fix.edits, note.number)
                notes[note.number] = known[id(fix.edits)]
        return notes

    @cached_property
    def notes_of_findings(self) -> dict[tuple[str, Span], int]:
        """The note of each finding, by code and place."""
        return {(found.code, found.span): note.number for note in self.marks.notes for found in note.findings}

    @cached_property
    def title(self) -> str:
        """The first heading of the highest level, if it opens the text; "" without one."""
        sections = self.survey.sections if self.survey is not None else ()
        first = next((section for section in sections if section.level == 1), None)
        return first.title.strip() if first is not None else ""

    def beside(self, file: str) -> Source:
        """Another file that findings point into; empty where it could not be read."""
        return Source(self.checked.beside.get(file, ""))


def by_path(views: Iterable[View]) -> dict[str, View]:
    """The texts of the report by their whole paths, as findings in other files name them."""
    return {os.path.abspath(view.name): view for view in views}  # noqa: PTH100


def families(found: Iterable[Diagnostic]) -> dict[str, int]:
    """How many findings each family of rules has, the families in the order of their first finding."""
    counts: dict[str, int] = {}
    for diagnostic in found:
        family = family_of(diagnostic.code)
        counts[family] = counts.get(family, 0) + 1
    return counts


def family_of(code: str) -> str:
    """The letters of a rule's code."""
    return code.rstrip("0123456789")
