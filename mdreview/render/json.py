"""Findings for programs: one array, or one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from mdreview.diagnostic import Diagnostic, Fix, Language
from mdreview.links import rule_url
from mdreview.render.look import Look
from mdreview.render.places import Places
from mdreview.runner import Checked


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
        places = Places(checked)
        for diagnostic in checked.found:
            yield {
                "file": checked.file,
                "code": diagnostic.code,
                "name": diagnostic.name,
                "severity": diagnostic.severity.name.lower(),
                "message": diagnostic.written(language),
                **places.range(diagnostic.span)._asdict(),
                "fix": _fix(diagnostic.fix, places, language) if diagnostic.fix else None,
                "related": list(_related(diagnostic, checked.file, places, language)),
                "url": rule_url(diagnostic.code, diagnostic.name, language),
            }


def _fix(fix: Fix, places: Places, language: Language) -> dict[str, Any]:
    return {
        "title": fix.title.written(language, fix.arguments),
        "safety": fix.safety.name.lower(),
        "edits": [{**places.range(edit.span)._asdict(), "text": edit.text} for edit in fix.edits],
    }


def _related(diagnostic: Diagnostic, file: str, places: Places, language: Language) -> Iterator[dict[str, Any]]:
    for related in diagnostic.related:
        yield {
            "file": related.file or file,
            **places.range(related.span, related.file)._asdict(),
            "message": related.message.written(language, related.arguments),
        }


def _written(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)
