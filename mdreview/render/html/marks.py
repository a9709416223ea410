"""Where findings stand in a text: each line cut where marks begin and end, however they overlap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from mdreview.diagnostic import Diagnostic, Language, Safety, Severity
from mdreview.source import Source, Span

LINES_MARKED = 60
"""A finding is marked on so many lines at most: one could reach through the whole text, and many could."""
NOTES_NAMED = 8
"""So many notes at most are named by one stretch of text."""


class Note(NamedTuple):
    """Findings of one line that say the same of the same words; `number` counts from 1 in its text, `line` from 0."""

    number: int
    line: int
    findings: tuple[Diagnostic, ...]

    @property
    def first(self) -> Diagnostic:
        return self.findings[0]


class Part(NamedTuple):
    """What is marked for a note on one line, in code points of the line.

    `referred` says that the number of the note stands after it: on the first line of each finding.
    """

    start: int
    end: int
    note: int
    severity: Severity
    referred: bool


class Stretch(NamedTuple):
    """A piece of a line that is marked alike throughout: the worst severity, None where it is not marked.

    `notes` are the numbers of the notes that mark it, the innermost last; `references` those to name after it.
    """

    start: int
    end: int
    severity: Severity | None
    notes: tuple[int, ...]
    references: tuple[int, ...]


class Marks(NamedTuple):
    """The notes of a text in order, and the notes and marked parts of each line that has any, by its number from 0."""

    notes: list[Note]
    by_line: dict[int, list[Note]]
    parts: dict[int, list[Part]]


def marks(found: Iterable[Diagnostic], source: Source, language: Language) -> Marks:
    """Findings as notes on lines. They are numbered as their references come in the text."""
    groups: dict[int, dict[tuple[str, str, str, Safety | None], list[Diagnostic]]] = {}
    for diagnostic in found:
        line = source.line_at(diagnostic.span.start)
        safety = diagnostic.fix.safety if diagnostic.fix is not None else None
        key = (diagnostic.code, diagnostic.written(language), source.text[slice(*diagnostic.span)], safety)
        groups.setdefault(line, {}).setdefault(key, []).append(diagnostic)
    notes: list[Note] = []
    by_line: dict[int, list[Note]] = {}
    parts: dict[int, list[Part]] = defaultdict(list)
    for line in sorted(groups):
        end = source.line_span(line).end
        members = sorted(groups[line].values(), key=lambda several: _reference(several[0].span, end))
        by_line[line] = [
            Note(number, line, tuple(several)) for number, several in enumerate(members, start=len(notes) + 1)
        ]
        notes += by_line[line]
        for note in by_line[line]:
            for diagnostic in note.findings:
                for at, part in _parts(diagnostic, note.number, source, line):
                    parts[at].append(part)
    return Marks(notes, by_line, parts)


def stretches(length: int, parts: Sequence[Part]) -> Iterator[Stretch]:
    """A line of so many characters in pieces that are marked alike. Linear in the number of parts after sorting."""
    begin: dict[int, list[int]] = defaultdict(list)
    end: dict[int, list[int]] = defaultdict(list)
    for number, part in enumerate(parts):
        begin[part.start].append(number)
        end[part.end].append(number)
    active: dict[int, Part] = {}
    worst = dict.fromkeys(Severity, 0)
    done = 0
    for offset in sorted({0, length, *begin, *end}):
        if offset > done:
            yield _stretch(done, offset, active, worst, _references(parts, end.get(offset, ())))
        for number in end.get(offset, ()):
            if (gone := active.pop(number, None)) is not None:
                worst[gone.severity] -= 1
        for number in sorted(begin.get(offset, ()), key=lambda number: -parts[number].end):
            part = parts[number]
            if part.start == part.end:
                yield Stretch(offset, offset, part.severity, (part.note,), (part.note,) if part.referred else ())
            else:
                active[number] = part
                worst[part.severity] += 1
        done = offset


def _stretch(
    start: int, end: int, active: dict[int, Part], worst: dict[Severity, int], references: tuple[int, ...]
) -> Stretch:
    severity = next((severity for severity in sorted(worst, reverse=True) if worst[severity]), None)
    innermost = [part.note for part in islice(reversed(active.values()), NOTES_NAMED)]
    return Stretch(start, end, severity, tuple(dict.fromkeys(reversed(innermost))), references)


def _references(parts: Sequence[Part], ending: Iterable[int]) -> tuple[int, ...]:
    noted = (parts[number] for number in ending)
    return tuple(sorted({part.note for part in noted if part.referred and part.start < part.end}))


def _reference(span: Span, end: int) -> tuple[int, int]:
    """Where the number of a finding stands on its line, which ends at `end`."""
    return min(span.end, end), span.start


def _parts(diagnostic: Diagnostic, note: int, source: Source, first: int) -> Iterator[tuple[int, Part]]:
    """What a finding marks, with the lines; on its first line something in any case, for its number to stand at."""
    last = min(source.line_at(max(diagnostic.span.end - 1, diagnostic.span.start)), first + LINES_MARKED - 1)
    for line in range(first, last + 1):
        begin, end = source.line_span(line)
        start = min(max(diagnostic.span.start, begin), end)
        stop = min(max(diagnostic.span.end, start), end)
        if line == first or stop > start:
            yield line, Part(start - begin, stop - begin, note, diagnostic.severity, line == first)
