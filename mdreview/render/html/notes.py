"""A note in the margin: the rule and its sentence, what a fix would change, what belongs to it, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mdreview.diagnostic import Diagnostic, Edit, Related
from mdreview.render.html import words
from mdreview.render.html.marks import Note
from mdreview.render.html.markup import LANG, around, escaped, on_one_line
from mdreview.render.html.view import View, family_of
from mdreview.render.text import SEVERITIES
from mdreview.rules import RULES
from mdreview.source import Source

CHANGES_SHOWN = 4
PLACES_SHOWN = 8
REACH = 10
"""So much of the text is shown on either side of a change, in characters."""
LONGEST = 60
REASONS = {rule.code: rule.why for rule in RULES}


def notes(view: View, line: int, others: Mapping[str, View]) -> str:
    """The notes on a line, which has some; `others` are the texts of the report by their whole paths."""
    label = words.NOTES.written(view.language, {"n": line + 1})
    items = "".join(_note(view, note, others) for note in view.marks.by_line[line])
    lang = f' lang="{LANG[view.language]}"' if view.lang != LANG[view.language] else ""
    return f'<ol class="notes"{lang} aria-label="{escaped(label)}">\n{items}</ol>\n'


def _note(view: View, note: Note, others: Mapping[str, View]) -> str:
    diagnostic = note.first
    language = view.language
    severity = diagnostic.severity.name.lower()
    back = words.BACK.written(language, {"n": note.number, "line": note.line + 1})
    times = len(note.findings)
    several = f' <span class="times" title="{words.TIMES.written(language, {"n": times})}">×{times}</span>'
    pieces = [
        f'<li class="note {severity}" id="{view.note_id(note.number)}" data-note="{note.number}" '
        f'data-severity="{severity}" data-family="{family_of(diagnostic.code)}" data-findings="{times}">\n'
        f'<p class="head"><a class="back" href="#{view.reference_id(note.number)}" aria-label="{escaped(back)}">'
        f"{note.number}</a> {SEVERITIES[diagnostic.severity][0].written(language)} "
        f'<a class="code" href="#rule-{diagnostic.code}">{diagnostic.code}</a>{several if times > 1 else ""}'
        f"{_same_fix(view, note)}</p>\n",
        _message(view, note),
        *_fix(view, note),
        *_related(view, note, others),
    ]
    return "".join((*pieces, "</li>\n"))


def _message(view: View, note: Note) -> str:
    """The sentence, which opens to the reason for the rule."""
    code, language = note.first.code, view.language
    name = f'id="{view.note_id(note.number)}-m"'
    sentence = escaped(note.first.written(language))
    if code not in REASONS:
        return f'<p class="message" {name}>{sentence}</p>\n'
    why = escaped(REASONS[code].written(language))
    title = words.WHY.written(language)
    return f'<details class="why"><summary title="{title}" {name}>{sentence}</summary><p>{why}</p></details>\n'


def _same_fix(view: View, note: Note) -> str:
    """A link to the note that shows the same fix, where one does before this one."""
    first = view.notes_of_fixes.get(note.number, note.number)
    if first == note.number:
        return ""
    return f' <a class="same" href="#{view.note_id(first)}">{words.SAME_FIX.written(view.language, {"n": first})}</a>'


def _fix(view: View, note: Note) -> Iterator[str]:
    fix = note.first.fix
    if fix is None or view.notes_of_fixes[note.number] != note.number:
        return
    language = view.language
    title = escaped(fix.title.written(language, fix.arguments))
    head = f'<b>{words.SAFETIES[fix.safety].written(language)}</b> <span class="title">{title}</span>'
    fixes = {id(found.fix.edits): found.fix.edits for found in note.findings if found.fix is not None}
    edits = sorted({edit for several in fixes.values() for edit in several})
    changes = "".join(f"<li>{_change(view, edit)}</li>" for edit in edits[:CHANGES_SHOWN])
    if len(edits) > CHANGES_SHOWN:
        changes += f"<li>{words.MORE_CHANGES.written(language, {'n': len(edits) - CHANGES_SHOWN})}</li>"
    if len(edits) == 1:
        yield f'<div class="fix"><p>{head}</p><ul class="changes">{changes}</ul></div>\n'
    else:
        number = words.PLACES.written(language, {"n": len(edits)})
        yield (
            f'<details class="fix"><summary>{head} <span class="number">{number}</span></summary>'
            f'<ul class="changes">{changes}</ul></details>\n'
        )


def _change(view: View, edit: Edit) -> str:
    text = view.source.text
    line = view.source.line_at(edit.span.start)
    before, after = around(text, view.source.line_span(line), edit.span, REACH)
    old, new = on_one_line(text[slice(*edit.span)], LONGEST), on_one_line(edit.text, LONGEST)
    removed = f"<del>{old}</del>" if old else ""
    added = f"<ins>{new}</ins>" if new else ""
    where = view.line_link(edit.span.start, words.LINE.written(view.language, {"n": line + 1}))
    lang = f' lang="{view.lang}"' if view.lang != LANG[view.language] else ""
    return f'{where} <span class="change"{lang}>{escaped(before)}{removed}{added}{escaped(after)}</span>'


def _related(view: View, note: Note, others: Mapping[str, View]) -> Iterator[str]:
    """The places that belong to the findings, each once."""
    places: dict[tuple[str | None, int, str], Related] = {}
    for found in note.findings:
        for related in found.related[: PLACES_SHOWN + 1]:
            sentence = related.message.written(view.language, related.arguments)
            places.setdefault((related.file, related.span.start, sentence), related)
    if not places:
        return
    colon = "：" if view.language == "zh" else ": "
    shown = "".join(
        f"<li>{_place(view, related, others)}{colon}{escaped(sentence)}</li>"
        for (_, _, sentence), related in list(places.items())[:PLACES_SHOWN]
    )
    left = _left(note.findings, len(places))
    if left:
        shown += f"<li>{words.MORE_PLACES.written(view.language, {'n': left})}</li>"
    yield f'<ul class="related">{shown}</ul>\n'


def _left(findings: tuple[Diagnostic, ...], different: int) -> int:
    """How many places are not shown."""
    beyond = max(len(found.related) for found in findings) - PLACES_SHOWN
    return max(beyond, different - PLACES_SHOWN, 0)


def _place(view: View, related: Related, others: Mapping[str, View]) -> str:
    if related.file is None:
        line = view.source.line_at(related.span.start)
        return view.line_link(related.span.start, words.LINE.written(view.language, {"n": line + 1}))
    other = others.get(related.file)
    source: Source = other.source if other is not None else view.beside(related.file)
    arguments = {"file": related.file, "n": source.line_at(related.span.start) + 1}
    label = words.OTHER_FILE.written(view.language, arguments)
    return escaped(label) if other is None else other.line_link(related.span.start, label)
