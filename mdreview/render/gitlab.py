"""Findings as a GitLab Code Quality report, which merge requests show: one JSON array, each issue with a fingerprint.

GitLab tells new issues from known ones by the fingerprint alone, so each is different, and none depends on lines.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from mdreview.diagnostic import Severity
from mdreview.fingerprint import digests
from mdreview.render.look import Look
from mdreview.render.places import Places, harmless, path_from
from mdreview.runner import Checked

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(results: Iterable[Checked], look: Look) -> Iterator[str]:
    """One JSON array of every finding, piece by piece."""
    before = "[\n"
    for checked in results:
        path = harmless(path_from(look.root, checked.file))
        places = Places(checked)
        for diagnostic, digest in zip(checked.found, digests(checked.text, checked.found), strict=True):
            line, _, end_line, _ = places.range(diagnostic.span)
            issue = {
                "description": f"{diagnostic.code} {diagnostic.name}: {diagnostic.written(look.language)}",
                "check_name": diagnostic.name,
                "fingerprint": blake2b(f"{path}\0{digest}".encode(), digest_size=16).hexdigest(),
                "severity": SEVERITIES[diagnostic.severity],
                "location": {"path": path, "lines": {"begin": line, "end": end_line}},
            }
            yield before + json.dumps(issue, ensure_ascii=False)
            before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
