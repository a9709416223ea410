"""The term table for people, for Markdown, for programs, and as a glossary."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from mdreview.diagnostic import Language, Text
from mdreview.render.excerpt import printable, width
from mdreview.source import Source
from mdreview.terms import Term

HEADINGS = (
    Text("abbreviation", "缩写"),
    Text("Chinese", "中文"),
    Text("English", "英文"),
    Text("defined", "定义处"),
    Text("uses", "使用次数"),
)
NOTHING = Text("no terms are defined", "未定义任何术语")


def text(terms: Sequence[Term], source: Source, language: Language = "en") -> str:
    """The table in columns that stay in line under characters of double width; ends with a line end."""
    if not terms:
        return NOTHING.written(language) + "\n"
    rows = [_headings(language), *(_cells(term, source) for term in terms)]
    rows = [tuple(printable(cell) for cell in row) for row in rows]
    widths = [max(width(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = []
    for row in rows:
        padded = [_padded(cell, widths[column], column >= 3) for column, cell in enumerate(row)]
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines) + "\n"


def markdown(terms: Sequence[Term], source: Source, language: Language = "en") -> str:
    """The table as a GFM table; ends with a line end."""
    lines = ["| " + " | ".join(_headings(language)) + " |", "| --- | --- | --- | ---: | ---: |"]
    for term in terms:
        cells = (cell.replace("\\", "\\\\").replace("|", "\\|") for cell in _cells(term, source))
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def to_json(terms: Iterable[Term], source: Source, file: str = "") -> str:
    """An array of objects; lines and columns count from 1, columns in code points, names are null where missing."""
    return json.dumps([_object(term, source, file) for term in terms], ensure_ascii=False, indent=2) + "\n"


def yaml(terms: Iterable[Term]) -> str:
    """The table as a glossary that `mdreview.glossary` reads; terms of one name are written once."""
    import yaml as writer

    entries = []
    seen: set[str] = set()
    for term in terms:
        if term.name in seen:
            continue
        seen.add(term.name)
        entries.append(entry_of(term))
    return str(writer.safe_dump({"terms": entries}, allow_unicode=True, sort_keys=False, width=1000))


def entry_of(term: Term) -> dict[str, str]:
    """A term as an entry of a glossary."""
    entry = {"term": term.name, "english": term.english, "chinese": term.chinese, "abbreviation": term.abbreviation}
    return {key: value for key, value in entry.items() if value and (key == "term" or value != term.name)}


def _headings(language: Language) -> tuple[str, ...]:
    return tuple(heading.written(language) for heading in HEADINGS)


def _cells(term: Term, source: Source) -> tuple[str, ...]:
    place = source.place(term.defined.start)
    return (term.abbreviation, term.chinese, term.english, f"{place.line + 1}:{place.column + 1}", str(term.uses))


def _padded(cell: str, columns: int, right: bool) -> str:
    spaces = " " * (columns - width(cell))
    return spaces + cell if right else cell + spaces


def _object(term: Term, source: Source, file: str) -> dict[str, object]:
    start, end = source.place(term.defined.start), source.place(term.defined.end)
    return {
        "file": file,
        "chinese": term.chinese or None,
        "english": term.english or None,
        "abbreviation": term.abbreviation or None,
        "line": start.line + 1,
        "column": start.column + 1,
        "end_line": end.line + 1,
        "end_column": end.column + 1,
        "uses": term.uses,
    }
