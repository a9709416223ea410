"""`check --watch`: checks, and checks again what is saved, until someone ends it."""

from __future__ import annotations

import os
import sys
import time
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mdreview.console import CLEAN, tell
from mdreview.diagnostic import Language, Text
from mdreview.discovery import BASELINE, SUFFIXES
from mdreview.errors import UserError
from mdreview.invocation import start
from mdreview.reports import deliver
from mdreview.runner import Checked, Work, check_files, manuscript_of
from mdreview.settings import Settings
from mdreview.settings_file import NAMES, Raw, SettingsFinder

if TYPE_CHECKING:
    from mdreview.formats import Report

NOT_STDIN = Text(
    "--watch needs files; standard input (-) is read only once", "--watch 需要文件；标准输入（-）只能读取一次"
)
WATCHING = Text(
    "watching; {checked} of {files} files checked in {seconds:.2f} s at {clock}; Ctrl-C ends",
    "监视中；{clock} 用 {seconds:.2f} 秒检查了 {files} 个文件中的 {checked} 个；按 Ctrl-C 结束",
)
CLEAR = "\x1b[H\x1b[2J\x1b[3J"
STEP = 30
"""Milliseconds without a change after which what came before is one change: editors save in several steps."""
PATIENCE = 1000
"""Milliseconds after which what no notice came of is looked at: other folders, and what changed during a check."""

Signature = tuple[int, int] | None
"""When a file was written and how long it is; None where there is none."""


class Kept(NamedTuple):
    """What came of a file, and on what that rests."""

    checked: Checked
    settings: Settings
    signature: Signature
    needs: tuple[tuple[str, Signature], ...]


class Memory:
    """Checks files as `check_files` does, but only those for which something changed since the last time."""

    def __init__(self) -> None:
        self._kept: dict[str, Kept] = {}
        self.counts = (0, 0)
        """How many files the last call checked, and of how many."""

    def __call__(
        self, files: list[str], options: tuple[bool, Raw], jobs: int | None = None, work: Work | None = None
    ) -> Iterator[Checked]:
        finder = SettingsFinder(isolated=options[0], command_line=options[1])
        states = {file: _state(file, finder) for file in files}
        stale = [file for file in files if not self._holds(file, states[file])]
        self.counts = (len(stale), len(files))
        self._kept = {file: self._kept[file] for file in set(files) - set(stale)}
        fresh = check_files(stale, options, jobs, work)
        for file in files:
            if file in self._kept:
                yield self._kept[file].checked
                continue
            checked = next(fresh)
            state = states[file]
            if state is not None:
                settings, signature = state
                needs = tuple((path, _signature(path)) for path in _needs(file, checked, settings))
                self._kept[file] = Kept(checked, settings, signature, needs)
            yield checked

    def outdated(self) -> bool:
        """Whether a file changed that an answer rests on, wherever it is."""
        return any(not self._holds(file, (kept.settings, _signature(file))) for file, kept in self._kept.items())

    def _holds(self, file: str, state: tuple[Settings, Signature] | None) -> bool:
        kept = self._kept.get(file)
        if kept is None or (kept.settings, kept.signature) != state:
            return False
        needs = _needs(file, kept.checked, kept.settings)
        return kept.needs == tuple((path, _signature(path)) for path in needs)


def run(options: Namespace, language: Language, work: Work | None, reports: Sequence[Report]) -> int:
    """Watches what the options name; `work` is done with each file that changed, and the reports are written anew.

    Returns the status of the last check when it is ended. Raises UserError.
    """
    if "-" in options.paths:
        raise UserError(NOT_STDIN)
    memory = Memory()
    status = CLEAN
    try:
        for _ in _changes(options.paths or ["."], reports, memory):
            began = time.perf_counter()
            status = _round(options, language, work, reports, memory)
            if not options.quiet:
                tell(_told(memory, time.perf_counter() - began, language))
    except KeyboardInterrupt:
        # how watching ends
        pass
    return status


def _round(options: Namespace, language: Language, work: Work | None, reports: Sequence[Report], memory: Memory) -> int:
    files, results = start(options, language, work, None, reports, memory)
    # the screen keeps the last answer until there is a new one
    answers = list(files.watched(results))
    files.clear()
    if sys.stdout.isatty():
        sys.stdout.write(CLEAR)
    deliver(answers, reports, files, sys.stdout, statistics=options.statistics, summary=not options.quiet)
    sys.stdout.flush()
    return files.status


def _told(memory: Memory, seconds: float, language: Language) -> str:
    checked, files = memory.counts
    clock = time.strftime("%H:%M:%S")
    return WATCHING.written(language, {"checked": checked, "files": files, "seconds": seconds, "clock": clock})


def _changes(paths: Iterable[str], reports: Iterable[Report], memory: Memory) -> Iterator[None]:
    """Comes at once, and again whenever something changed that a check could see."""
    # the operating system's own notices; a well-kept library knows each of them
    from watchfiles import DefaultFilter, watch

    named = {os.path.abspath(path) for path in paths}  # noqa: PTH100
    folders = {path for path in named if Path(path).is_dir()}
    written = {os.path.abspath(report.file) for report in reports if report.file is not None}  # noqa: PTH100
    ordinary = DefaultFilter()

    def wanted(change: Any, path: str) -> bool:
        if path in written:
            return False
        if path in named or Path(path).name in (*NAMES, BASELINE, ".gitignore"):
            return True
        # a new folder can hold files before it is watched itself
        return (Path(path).suffix.lower() in SUFFIXES or Path(path).is_dir()) and ordinary(change, path)

    roots = folders | {str(Path(path).parent) for path in named - folders}
    around = _around(roots)
    before = _signatures(around)
    yield None
    for changes in watch(
        *roots,
        watch_filter=wanted,
        step=STEP,
        rust_timeout=PATIENCE,
        yield_on_timeout=True,
        recursive=bool(folders),
    ):
        if changes or before != _signatures(around) or memory.outdated():
            before = _signatures(around)
            yield None


def _around(folders: Iterable[str]) -> list[str]:
    """The files above the folders that say how to check."""
    above = {parent for folder in folders for parent in Path(folder).parents}
    return sorted(str(parent / name) for parent in above for name in (*NAMES, BASELINE))


def _state(file: str, finder: SettingsFinder) -> tuple[Settings, Signature] | None:
    """What the answer for a file rests on; None where its settings cannot be read, which the check will say."""
    try:
        return finder.settings(file), _signature(file)
    except UserError:
        return None


def _needs(file: str, checked: Checked, settings: Settings) -> list[str]:
    """The other files that an answer rests on; those of the same work are looked up anew, for there may be more."""
    return sorted({*checked.needs, *manuscript_of(settings.manuscript, file)})


def _signatures(paths: Iterable[str]) -> tuple[Signature, ...]:
    return tuple(_signature(path) for path in paths)


def _signature(path: str) -> Signature:
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
