"""The baseline: findings that were there when a project began to use mdreview, and are not reported again.

A JSON file, one finding a line, that people can read in a diff. Findings are known again by their fingerprints.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from mdreview.diagnostic import Diagnostic, Text
from mdreview.discovery import cannot_read, nearest_baseline
from mdreview.errors import UserError
from mdreview.fingerprint import Fingerprint, fingerprint
from mdreview.settings_file import shown

VERSION = 1
BROKEN = Text(
    "{file}: not a baseline ({reason}); write a new one with `mdreview baseline write`",
    "{file}：不是有效的基线文件（{reason}）；请用 `mdreview baseline write` 重新生成",
)
OTHER_VERSION = Text(
    "{file}: made by another version of mdreview; write a new one with `mdreview baseline write`",
    "{file}：由其他版本的 mdreview 生成；请用 `mdreview baseline write` 重新生成",
)
Findings = Mapping[str, Sequence[Fingerprint]]
"""Fingerprints by file, each file's in the order of their places; paths count from the baseline's folder, with /."""


class Split(NamedTuple):
    """What a baseline says of one file's findings; `stale` are its entries that match none of them."""

    new: tuple[Diagnostic, ...]
    stale: tuple[Fingerprint, ...]


class Baseline:
    """The known findings of the files in one folder."""

    def __init__(self, path: Path, findings: Findings | None = None) -> None:
        self.path = path
        self.findings: dict[str, Sequence[Fingerprint]] = dict(findings or {})

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """The baseline in a file. Raises UserError if it cannot be read or is none."""
        name = shown(path)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise cannot_read(name, error) from None
        return cls(path, _decoded(data, name))

    def key(self, file: str) -> str:
        """What a file is called in the baseline."""
        return os.path.relpath(os.path.abspath(file), self.path.parent).replace(os.sep, "/")  # noqa: PTH100

    def split(self, file: str, text: str, found: Iterable[Diagnostic]) -> Split:
        """Tells the new findings of a file with this text from those that are known."""
        found = tuple(found)
        known = self.findings.get(self.key(file), ())
        if not known:
            return Split(found, ())
        marks = [fingerprint(text, diagnostic) for diagnostic in found]
        entries, finds = _matched(known, marks)
        return Split(tuple(found[number] for number in finds), tuple(known[number] for number in entries))

    def written(self) -> str:
        """The baseline as its file holds it; every finding on one line, so that versions merge and compare well."""
        files = []
        for name in sorted(self.findings):
            if self.findings[name]:
                lines = ",\n".join(f"   {json.dumps(entry, ensure_ascii=False)}" for entry in self.findings[name])
                files.append(f"  {json.dumps(name, ensure_ascii=False)}: [\n{lines}\n  ]")
        body = "{\n" + ",\n".join(files) + "\n }" if files else "{}"
        return f'{{\n "version": {VERSION},\n "findings": {body}\n}}\n'


def new_findings(file: str, text: str, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """What the nearest baseline does not know of the findings of a file. Raises UserError if it cannot be read."""
    path = nearest_baseline(Path(file).parent)
    return tuple(found) if path is None else Baseline.read(path).split(file, text, found).new


def _matched(known: Sequence[Fingerprint], marks: Sequence[Fingerprint]) -> tuple[list[int], list[int]]:
    """The numbers of the entries and of the findings that are left when each is paired with its like.

    First those are paired that are the same, then those of which one side is, in the order of their places.
    """
    entries, finds = list(range(len(known))), list(range(len(marks)))
    alike: tuple[Callable[[Fingerprint], tuple[str, ...]], ...] = (
        lambda mark: mark,
        lambda mark: (mark.code, mark.text, mark.before),
        lambda mark: (mark.code, mark.text, mark.after),
    )
    for key in alike:
        waiting: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number in reversed(entries):
            waiting[key(known[number])].append(number)
        unpaired = []
        for number in finds:
            if same := waiting.get(key(marks[number])):
                same.pop()
            else:
                unpaired.append(number)
        entries, finds = sorted(number for left in waiting.values() for number in left), unpaired
    return entries, finds


def _decoded(data: bytes, name: str) -> Findings:
    # checked by a library that says where a value is wrong; imported here, since few runs have a baseline
    from msgspec import DecodeError, convert
    from msgspec.json import decode

    try:
        written = decode(data, type=dict[str, object])
        if written.get("version") != VERSION:
            raise UserError(OTHER_VERSION, file=name)
        return convert(written.get("findings"), type=dict[str, list[Fingerprint]])
    except DecodeError as error:
        raise UserError(BROKEN, file=name, reason=str(error)) from None
