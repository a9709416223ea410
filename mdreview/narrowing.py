"""Leaves out of what was found what nobody asked for: known findings of a baseline, lines that did not change."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from mdreview.baseline import Baseline
from mdreview.diagnostic import Diagnostic, Text
from mdreview.discovery import nearest_baseline
from mdreview.errors import UserError
from mdreview.settings_file import shown

if TYPE_CHECKING:
    from mdreview.runner import Checked
    from mdreview.settings_file import SettingsFinder

KNOWN = Text(
    "{baseline}: {n} known findings are not shown; --no-baseline shows them",
    "{baseline}：已知的 {n} 处问题不再显示；--no-baseline 可显示全部",
)
STALE = Text(
    "{baseline}: {n} entries match nothing any more; `mdreview baseline prune` drops them",
    "{baseline}：{n} 条记录已无对应的问题；`mdreview baseline prune` 可将其移除",
)


class Narrowing(Protocol):
    """Takes findings away from what came of a file; `notes` is what to tell of it in the end."""

    def of(self, checked: Checked) -> Checked: ...

    def notes(self) -> Iterable[UserError]: ...


def narrowed(
    results: Iterable[Checked], narrowings: Iterable[Narrowing], note: Callable[[UserError], None]
) -> Iterator[Checked]:
    """The results with what each narrowing leaves of them; then `note` is told what they left out.

    A file for which a narrowing cannot tell is left whole, with the problem.
    """
    narrowings = tuple(narrowings)
    for checked in results:
        for narrowing in narrowings:
            try:
                checked = narrowing.of(checked)
            except UserError as problem:
                checked = checked._replace(problems=(*checked.problems, problem))
        yield checked
    for narrowing in narrowings:
        for told in narrowing.notes():
            note(told)


class NewFindings:
    """Leaves the findings that the nearest baseline does not know."""

    def __init__(self, finder: SettingsFinder) -> None:
        self._finder = finder
        self._nearest = cache(nearest_baseline)
        self._read = cache(Baseline.read)
        self._left_out: dict[Path, int] = {}
        self._stale: dict[Path, int] = {}

    def of(self, checked: Checked) -> Checked:
        path = self._nearest(Path(checked.file).parent)
        if path is None or not checked.read:
            return checked
        new, stale = self._read(path).split(checked.file, checked.text, checked.found)
        self._left_out[path] = self._left_out.get(path, 0) + len(checked.found) - len(new)
        if stale:
            from mdreview.engine import selected_rules

            # what a rule would find that is not asked today cannot be called gone
            asked = {rule.code for rule in selected_rules(self._finder.settings(checked.file))}
            self._stale[path] = self._stale.get(path, 0) + sum(entry.code in asked for entry in stale)
        return _with(checked, new)

    def notes(self) -> Iterator[UserError]:
        for message, numbers in ((KNOWN, self._left_out), (STALE, self._stale)):
            for path, number in numbers.items():
                if number:
                    yield UserError(message, n=number, baseline=shown(path))


class ChangedLines:
    """Leaves the findings on lines that changed since a revision of git's.

    Raises UserError if git cannot tell of the first of the files.
    """

    def __init__(self, revision: str, files: Iterable[str]) -> None:
        from mdreview.changes import Changes

        self._changes = Changes(revision)
        for file in islice(files, 1):
            self._changes.lines(file)

    def of(self, checked: Checked) -> Checked:
        if not checked.found:
            return checked
        changed = self._changes.lines(checked.file)
        ends = [-1, *(offset for offset, character in enumerate(checked.text) if character == "\n")]

        def touched(diagnostic: Diagnostic) -> bool:
            start, end = diagnostic.span
            first = bisect_right(ends, start - 1) - 1
            last = bisect_right(ends, max(start, end - 1) - 1) - 1
            return any(lines.start <= last and first < lines.stop for lines in changed)

        return _with(checked, tuple(filter(touched, checked.found)))

    def notes(self) -> Iterator[UserError]:
        return iter(())


def _with(checked: Checked, found: tuple[Diagnostic, ...]) -> Checked:
    mended = checked.mended
    if mended is not None and mended.remaining == checked.found:
        mended = mended._replace(remaining=found)
    return checked._replace(found=found, mended=mended)
