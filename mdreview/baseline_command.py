"""`baseline write`, `update` and `prune`: what `check` is to take as known from now on."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from mdreview.baseline import Baseline
from mdreview.console import CLEAN, TROUBLE
from mdreview.diagnostic import Language, Text
from mdreview.discovery import BASELINE, nearest_baseline
from mdreview.engine import selected_rules
from mdreview.errors import UserError
from mdreview.files import write_file
from mdreview.fingerprint import Fingerprint, fingerprint
from mdreview.invocation import settings_finder, start
from mdreview.runner import Checked
from mdreview.settings_file import SettingsFinder, shown

INTERNAL_ERROR = "SYS001"
NONE_YET = Text(
    "there is no {name} here or above; `mdreview baseline write` makes one",
    "此处及上级文件夹中没有 {name}；可用 `mdreview baseline write` 生成",
)
NO_STDIN = Text(
    "a baseline needs files; standard input (-) is none",
    "基线需要文件；标准输入（-）不是文件",
)
WRITTEN = Text(
    "{file}: {total} known findings in {files} files ({added} added, {gone} dropped)",
    "{file}：{files} 个文件中共 {total} 处已知问题（新增 {added} 处，移除 {gone} 处）",
)
AS_IT_IS = Text("{file} stays as it is: {total} known findings", "{file} 保持不变：共 {total} 处已知问题")


class Tally(NamedTuple):
    """How many entries a file gained and lost."""

    added: int
    gone: int


def run(options: Namespace, language: Language) -> int:
    """Runs the command and returns its exit status: 2 if a file could not be read, else 0. Raises UserError."""
    if "-" in options.paths:
        raise UserError(NO_STDIN)
    path = nearest_baseline(Path()) or Path(BASELINE).absolute()
    if options.action == "prune" and not path.exists():
        raise UserError(NONE_YET, name=BASELINE)
    baseline = Baseline.read(path) if path.exists() and options.action != "write" else Baseline(path)
    before = path.read_bytes() if path.exists() else b""
    files, results = start(options, language)
    finder = settings_finder(options)
    tallies = [_taken_up(checked, baseline, finder, options.action) for checked in files.watched(results)]
    if options.action != "write":
        tallies += _without_lost_files(baseline)
    written = baseline.written()
    if changed := written.encode() != before:
        write_file(path, [written])
    arguments = {
        "file": shown(path),
        "total": sum(map(len, baseline.findings.values())),
        "files": sum(map(bool, baseline.findings.values())),
        "added": sum(tally.added for tally in tallies),
        "gone": sum(tally.gone for tally in tallies),
    }
    if not options.quiet:
        sys.stdout.write((WRITTEN if changed else AS_IT_IS).written(language, arguments) + "\n")
    # a finding is what this command is for, no reason to fail
    return TROUBLE if files.status == TROUBLE else CLEAN


def _taken_up(checked: Checked, baseline: Baseline, finder: SettingsFinder, action: str) -> Tally:
    """Makes a file's entries those of what was found in it; a file that could not be read keeps what it had."""
    if not checked.read:
        return Tally(0, 0)
    found = tuple(diagnostic for diagnostic in checked.found if diagnostic.code != INTERNAL_ERROR)
    new, stale = baseline.split(checked.file, checked.text, found)
    key = baseline.key(checked.file)
    known = baseline.findings.get(key, ())
    asked = {rule.code for rule in selected_rules(finder.settings(checked.file))}
    gone = [entry for entry in stale if entry.code in asked]
    if action == "prune":
        baseline.findings[key] = _without(known, gone)
        return Tally(0, len(gone))
    kept = [entry for entry in stale if entry.code not in asked]
    baseline.findings[key] = [*(fingerprint(checked.text, diagnostic) for diagnostic in found), *kept]
    return Tally(len(new), len(gone))


def _without_lost_files(baseline: Baseline) -> list[Tally]:
    """Drops the entries of files that are no longer there."""
    lost = [name for name in baseline.findings if not (baseline.path.parent / name).exists()]
    return [Tally(0, len(baseline.findings.pop(name))) for name in lost]


def _without(entries: Sequence[Fingerprint], gone: Iterable[Fingerprint]) -> list[Fingerprint]:
    left = list(entries)
    for entry in gone:
        left.remove(entry)
    return left
