"""The text as it was written, line by line, with what was found marked in it and the notes beside."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping

from mdreview.diagnostic import Severity
from mdreview.render.html import words
from mdreview.render.html.marks import Note, Stretch, stretches
from mdreview.render.html.markup import escaped, language_of
from mdreview.render.html.notes import notes
from mdreview.render.html.view import View
from mdreview.render.text import SEVERITIES
from mdreview.source import Span

ROWS = 80
"""A browser lays out so many rows at a time, and leaves the rest until it comes into view."""
CHARACTERS_PER_ROW = 40
ROWS_PER_NOTE = 4
CARET = '<span class="caret" aria-hidden="true">‸</span>'


def manuscript(view: View, others: Mapping[str, View]) -> Iterator[str]:
    """The lines of a text in chunks; `others` are the texts of the report by their whole paths.

    A line that has notes stands in a group with the lines that follow it up to the next one, beside which its notes
    may go on.
    """
    sections, verbatim = (view.survey.sections, view.survey.verbatim) if view.survey is not None else ((), ())
    levels = {view.source.line_at(section.span.start): section.level for section in sections}
    starts = [span.start for span in verbatim]
    rows = beside = 0
    grouped = False
    yield '<div class="chunk">\n'
    for line in range(view.lines):
        span = view.source.line_span(line)
        text = view.source.text[span.start : span.end]
        noted = view.marks.by_line.get(line, ())
        if grouped and (noted or (rows >= ROWS and beside <= 0)):
            yield "</div>\n</div>\n"
            grouped = False
        if rows >= ROWS and not grouped:
            yield '</div>\n<div class="chunk">\n'
            rows = 0
        kind = f" h{levels[line]}" if line in levels else " code" if _within(span, starts, verbatim) else ""
        name = view.line_id(line)
        shown = f'<div class="line{kind}" id="{name}" data-line="{line + 1}">{_text(view, line, text)}</div>\n'
        if noted:
            yield f'<div class="group">\n{shown}{notes(view, line, others)}<div class="rest">\n'
            grouped, beside = True, ROWS_PER_NOTE * len(noted)
        else:
            yield shown
        height = 1 + len(text) // CHARACTERS_PER_ROW
        rows += height
        beside -= height
    yield "</div>\n</div>\n</div>\n" if grouped else "</div>\n"


def _within(line: Span, starts: list[int], spans: tuple[Span, ...]) -> bool:
    index = bisect_right(starts, line.start) - 1
    return index >= 0 and line.start < spans[index].end


def _text(view: View, line: int, text: str) -> str:
    parts = view.marks.parts.get(line)
    shown = escaped(text) if parts is None else "".join(_marked(view, line, text, stretches(len(text), parts)))
    language = language_of(text)
    lang = f' lang="{language}"' if language is not None and language != view.lang else ""
    return f'<div class="text"{lang}>{shown or "<br>"}</div>'


def _marked(view: View, line: int, text: str, pieces: Iterator[Stretch]) -> Iterator[str]:
    here = {note.number: note for note in view.marks.by_line.get(line, ())}
    named: set[int] = set()
    for piece in pieces:
        shown = escaped(text[piece.start : piece.end])
        if piece.severity is None:
            yield shown
        else:
            numbers = " ".join(map(str, piece.notes))
            yield f'<mark class="{_class(piece.severity)}" data-notes="{numbers}">{shown or CARET}</mark>'
        for number in piece.references:
            yield _reference(view, here[number], first=number not in named)
            named.add(number)


def _reference(view: View, note: Note, *, first: bool) -> str:
    """The number of a note after what it is about; only the first of several bears its name in the page."""
    found = note.first
    arguments = {
        "n": note.number,
        "severity": SEVERITIES[found.severity][0].written(view.language),
        "code": found.code,
    }
    label = escaped(words.NOTE.written(view.language, arguments))
    name = f' id="{view.reference_id(note.number)}"' if first else ""
    return (
        f'<a class="reference {_class(found.severity)}"{name} href="#{view.note_id(note.number)}" '
        f'data-note="{note.number}" aria-label="{label}" '
        f'aria-describedby="{view.note_id(note.number)}-m">{note.number}</a>'
    )


def _class(severity: Severity) -> str:
    return severity.name.lower()
