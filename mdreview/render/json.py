"""Findings for programs: one array, or one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from mdreview.diagnostic import Diagnostic, Fix, Language
from mdreview.links import rule_url
from mdreview.render.look import Look
from mdreview.runner import Checked
from mdreview.source import Source, Span


def render(results: Iterable[Checked], look: Look) -> Iterator[str]:
    """One JSON array of every finding, piece by piece."""
    before = "[\n"
    for record in records(results, look.language):
        yield before + _written(record)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def render_lines(results: Iterable[Checked], look: Look) -> Iterator[str]:
    """One JSON object a line."""
    for record in records(results, look.language):
        yield _written(record) + "\n"


def records(results: Iterable[Checked], language: Language) -> Iterator[dict[str, Any]]:
    """Each finding as plain values; lines and columns count from 1, columns in code points, ends are exclusive."""
    for checked in results:
        source = Source(checked.text)
        beside = {name: Source(text) for name, text in checked.beside.items()}
        for diagnostic in checked.found:
            yield {
                "file": checked.file,
                "code": diagnostic.code,
                "name": diagnostic.name,
                "severity": diagnostic.severity.name.lower(),
                "message": diagnostic.written(language),
                **_range(source, diagnostic.span),
                "fix": _fix(diagnostic.fix, source, language) if diagnostic.fix else None,
                "related": list(_related(diagnostic, checked.file, source, beside, language)),
                "url": rule_url(diagnostic.code, diagnostic.name, language),
            }


def _fix(fix: Fix, source: Source, language: Language) -> dict[str, Any]:
    return {
        "title": fix.title.written(language, fix.arguments),
        "safety": fix.safety.name.lower(),
        "edits": [{**_range(source, edit.span), "text": edit.text} for edit in fix.edits],
    }


def _related(
    diagnostic: Diagnostic, file: str, source: Source, beside: dict[str, Source], language: Language
) -> Iterator[dict[str, Any]]:
    for related in diagnostic.related:
        other = source if related.file is None else beside.get(related.file, Source(""))
        yield {
            "file": related.file or file,
            **_range(other, related.span),
            "message": related.message.written(language, related.arguments),
        }


def _range(source: Source, span: Span) -> dict[str, int]:
    line, column = source.place(span.start)
    end_line, end_column = source.place(span.end)
    return {"line": line + 1, "column": column + 1, "end_line": end_line + 1, "end_column": end_column + 1}


def _written(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)
