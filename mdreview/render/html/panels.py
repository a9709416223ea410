"""What a text holds besides its lines: the section tree with its faults, the terms, the sources and their citations."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

from mdreview.citation_map import CitedSource, System
from mdreview.diagnostic import Diagnostic
from mdreview.facts.numbering import write
from mdreview.facts.sections import Section
from mdreview.render.html import words
from mdreview.render.html.markup import CHINESE, ENGLISH, LANG, escaped, language_of
from mdreview.render.html.view import View
from mdreview.render.outline import FAMILY
from mdreview.source import Span
from mdreview.terms import Term

ALONE = 2
"""The level of the headings of parts where the report is on one file; with several, it is the files'."""
OPEN_UP_TO = 60
"""A section tree or a table with more rows than this is closed at first."""


def contents(view: View, level: int) -> str:
    """The section tree, each section with its faults; "" for a text without headings."""
    sections = view.survey.sections if view.survey is not None else ()
    if not sections:
        return ""
    faults = _faults(sections, view.checked.found)
    tree = "".join(_tree(view, sections, faults))
    before = "".join(_fault(view, fault) for fault in faults[-1])
    before = f'<ul class="faults">{before}</ul>\n' if before else ""
    return _panel(view, "contents", words.CONTENTS.written(view.language), len(sections), before + tree, level)


def terms(view: View, level: int) -> str:
    """The table of terms in both languages; "" for a text that defines none."""
    table = view.survey.terms if view.survey is not None else ()
    if not table:
        return ""
    headings = (words.ABBREVIATION, words.CHINESE, words.ENGLISH, words.DEFINED, words.USES)
    rows = "".join(_term(view, term) for term in table)
    body = _table((heading.written(view.language) for heading in headings), rows, "terms")
    return _panel(view, "terms", words.TERMS.written(view.language), len(table), body, level)


def sources(view: View, level: int) -> str:
    """The map of citations: each source with the lines that cite it; "" for a text that cites none."""
    found = view.survey.citations if view.survey is not None else ()
    if not found:
        return ""
    headings = [heading.written(view.language) for heading in (words.CITED_AS, words.SOURCE, words.CITED_IN)]
    systems = [(system, list(members)) for system, members in groupby(found, key=lambda source: source.system)]
    body = ""
    for system, members in systems:
        rows = "".join(_source(view, source) for source in members)
        caption = words.SYSTEMS[system].written(view.language)
        body += _table(headings, rows, "sources", caption)
    return _panel(view, "sources", words.SOURCES.written(view.language), len(found), body, level)


def _panel(view: View, name: str, title: str, number: int, body: str, level: int) -> str:
    opened = " open" if number <= OPEN_UP_TO else ""
    heading = view.part_id(f"{name}-title")
    return (
        f'<section class="panel {name}" id="{view.part_id(name)}" {label(view, heading, level)}>\n'
        f'<details{opened}>\n<summary><h{level} id="{heading}">{title} <span class="number">{number}</span></h{level}>'
        f"</summary>\n{body}</details>\n</section>\n"
    )


def label(view: View, heading: str, level: int) -> str:
    """What names a part: its heading, and the file's where that has one."""
    file = f" {view.part_id('name')}" if level > ALONE else ""
    return f'aria-labelledby="{heading}{file}"'


def _table(headings: Iterable[str], rows: str, name: str, caption: str = "") -> str:
    cells = "".join(f'<th scope="col">{heading}</th>' for heading in headings)
    titled = f"<caption>{caption}</caption>" if caption else ""
    return f'<table class="{name}">{titled}<thead><tr>{cells}</tr></thead>\n<tbody>\n{rows}</tbody></table>\n'


def _faults(sections: tuple[Section, ...], found: Iterable[Diagnostic]) -> dict[int, list[Diagnostic]]:
    """The faults of each section by its index; -1 holds those that stand before the first heading."""
    starts = [section.span.start for section in sections]
    faults: dict[int, list[Diagnostic]] = defaultdict(list)
    for diagnostic in found:
        if diagnostic.code.startswith(FAMILY):
            faults[bisect_right(starts, diagnostic.span.start) - 1].append(diagnostic)
    return faults


def _tree(view: View, sections: tuple[Section, ...], faults: dict[int, list[Diagnostic]]) -> Iterator[str]:
    """Lists within lists, as the sections stand in each other."""

    def branch(members: Iterable[Section]) -> Iterator[str]:
        yield "<ol>\n"
        for section in members:
            yield f"<li>{_section(view, section)}"
            if section.index in faults:
                yield '\n<ul class="faults">'
                yield from (_fault(view, fault) for fault in faults[section.index])
                yield "</ul>"
            if section.children:
                yield "\n"
                yield from branch(sections[index] for index in section.children)
            yield "</li>\n"
        yield "</ol>\n"

    yield from branch(section for section in sections if section.parent < 0)


def _section(view: View, section: Section) -> str:
    number = f'<span class="number">{escaped(write(section.number))}</span> ' if section.number is not None else ""
    return f"{number}{_in_language(view, section.title)} {_where(view, section.span)}"


def _fault(view: View, fault: Diagnostic) -> str:
    note = view.notes_of_findings[fault.code, fault.span]
    severity = fault.severity.name.lower()
    return (
        f'<li class="{severity}" data-note="{note}"><a href="#{view.note_id(note)}">{fault.code}</a> '
        f"{escaped(fault.written(view.language))}</li>"
    )


def _term(view: View, term: Term) -> str:
    name = f'<th scope="row" lang="en">{escaped(term.abbreviation)}</th>' if term.abbreviation else "<td></td>"
    return (
        f'<tr>{name}<td lang="{CHINESE}">{escaped(term.chinese)}</td><td lang="{ENGLISH}">{escaped(term.english)}</td>'
        f"<td>{view.line_link(term.defined.start)}</td><td>{term.uses}</td></tr>\n"
    )


def _source(view: View, source: CitedSource) -> str:
    language = view.language
    if source.missing:
        what = words.UNKNOWN if source.system is System.KEY else words.MISSING
        about = f'<td class="missing">{what.written(language)}</td>'
    else:
        place = f" {_where(view, source.defined)}" if source.defined is not None else ""
        about = f"<td>{_in_language(view, source.about)}{place}</td>"
    lines = Counter(view.source.line_at(span.start) for span in source.cited)
    cited = (words.COMMA.written(language)).join(_cited(view, line, times) for line, times in lines.items())
    never = f'<span class="never">{words.NEVER.written(language)}</span>'
    return f'<tr><th scope="row">{escaped(source.label)}</th>{about}<td>{cited or never}</td></tr>\n'


def _cited(view: View, line: int, times: int) -> str:
    link = view.line_link(view.source.line_starts[line])
    return words.TIMES_HERE.written(view.language, {"line": link, "n": times}) if times > 1 else link


def _where(view: View, span: Span) -> str:
    line = words.LINE.written(view.language, {"n": view.source.line_at(span.start) + 1})
    return f'<span class="where">{view.line_link(span.start, line)}</span>'


def _in_language(view: View, text: str) -> str:
    language = language_of(text)
    lang = f' lang="{language}"' if language is not None and language != LANG[view.language] else ""
    return f"<span{lang}>{escaped(text)}</span>" if lang else escaped(text)
