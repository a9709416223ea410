"""Findings in the Reviewdog Diagnostic Format (rdjson), for review comments on any host that reviewdog knows.

Its columns count bytes of UTF-8. A suggestion there is one edit that someone accepts by itself, so fixes of several
edits, which are applied whole or not at all, are not among them; nor are unsafe ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from mdreview.diagnostic import Diagnostic, Safety
from mdreview.links import DOCUMENTATION, rule_url
from mdreview.render.look import Look
from mdreview.render.places import Places, Range, harmless
from mdreview.runner import Checked
from mdreview.source import Units


def render(results: Iterable[Checked], look: Look) -> Iterator[str]:
    """One DiagnosticResult, a line for each diagnostic."""
    source = {"name": "mdreview", "url": DOCUMENTATION}
    yield f'{{"source": {_json(source)}, "diagnostics": ['
    before = "\n"
    for checked in results:
        places = Places(checked, Units.UTF8)
        for diagnostic in checked.found:
            yield before + _json(_record(diagnostic, harmless(checked.file), places, look))
            before = ",\n"
    yield "\n]}\n"


def _record(diagnostic: Diagnostic, file: str, places: Places, look: Look) -> dict[str, Any]:
    record: dict[str, Any] = {
        "message": diagnostic.written(look.language),
        "location": {"path": file, "range": _range(places.range(diagnostic.span))},
        "severity": diagnostic.severity.name,
        "code": {
            "value": diagnostic.code,
            "url": rule_url(diagnostic.code, diagnostic.name, look.language),
        },
    }
    fix = diagnostic.fix
    if fix is not None and fix.safety is Safety.SAFE and len(fix.edits) == 1:
        [edit] = fix.edits
        record["suggestions"] = [{"range": _range(places.range(edit.span)), "text": edit.text}]
    return record


def _range(place: Range) -> dict[str, Any]:
    return {
        "start": {"line": place.line, "column": place.column},
        "end": {"line": place.end_line, "column": place.end_column},
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
