"""What the options of a command name: its settings, its files, and the checks of them."""

from __future__ import annotations

import gc
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mdreview.console import Run
from mdreview.diagnostic import Language, Text
from mdreview.errors import UserError
from mdreview.formats import Report, texts_only

if TYPE_CHECKING:
    from mdreview.runner import Checked, Checker, Work
    from mdreview.settings_file import SettingsFinder

    WorkOnBytes = Callable[[Checker, bytes, str], Checked]
    Many = Callable[[list[str], tuple[bool, dict[str, Any]], int | None, Work | None], Iterable[Checked]]

STDIN = "<stdin>"
ALONE = Text("standard input (-) stands alone, without other paths", "标准输入（-）不能与其他路径同用")
NO_STDIN = Text("--stdin-filename goes with - (standard input)", "--stdin-filename 须与 -（标准输入）同用")


def command_line_settings(options: Namespace) -> dict[str, Any]:
    """The settings that the options make, checked. Raises SettingsError."""
    from mdreview.settings_file import known_rules, merge, with_whole_paths

    raw: dict[str, Any] = {}
    for assignment in options.config:
        from mdreview.settings_reading import option

        raw = merge(raw, option(assignment))
    chosen: dict[str, Any] = {}
    for name in ("select", "extend_select", "ignore"):
        if words := getattr(options, name, None):
            key = name.replace("_", "-")
            known_rules(words, f"--{key}")
            chosen[name] = words
    if getattr(options, "fail_on", None):
        chosen["fail_on"] = options.fail_on
    if getattr(options, "outline", None):
        chosen["sections"] = {"outline": options.outline}
    if getattr(options, "glossary", None):
        chosen["terms"] = {"glossary": options.glossary}
    raw = merge(raw, chosen)
    if not raw:
        return raw
    return with_whole_paths(raw, Path.cwd())


def input_of(path: str, stdin_filename: str | None) -> tuple[bytes, str]:
    """The bytes of a file or of standard input (`-`), and the name to show. Raises UserError."""
    if path == "-":
        return sys.stdin.buffer.read(), stdin_filename or STDIN
    if stdin_filename:
        raise UserError(NO_STDIN)
    from mdreview.discovery import cannot_read

    try:
        return Path(path).read_bytes(), path
    except OSError as error:
        raise cannot_read(path, error) from None


def start(
    options: Namespace,
    language: Language,
    work: Work | None = None,
    work_on_bytes: WorkOnBytes | None = None,
    reports: Iterable[Report] = (),
    many: Many | None = None,
) -> tuple[Run, Iterable[Checked]]:
    """The run over the files that the options name, and what comes of each; without `work` they are checked only.

    The files that the reports are written to are no texts; where one wants surveys, the results have them. `many`
    checks files in place of `check_files`.
    Raises UserError.
    """
    from mdreview.discovery import Discovered, discover
    from mdreview.runner import Checker, check_files

    if any(report.format.survey for report in reports):
        from mdreview.survey import surveyed, surveyed_bytes

        work, work_on_bytes = partial(surveyed, work), partial(surveyed_bytes, work_on_bytes)
    finder = settings_finder(options)
    results: Iterable[Checked]
    if "-" in options.paths:
        if len(options.paths) > 1:
            raise UserError(ALONE)
        found = Discovered([], [], [])
        results = [(work_on_bytes or Checker.check_bytes)(Checker(finder), *input_of("-", options.stdin_filename))]
    else:
        if options.stdin_filename:
            raise UserError(NO_STDIN)
        found = discover(options.paths or ["."], finder, force_exclude=getattr(options, "force_exclude", False))
        found = found._replace(files=texts_only(found.files, reports))
        results = (many or check_files)(found.files, finder.options, options.jobs, work)
    if len(found.files) > 1:
        gc.freeze()
        gc.enable()
    run = Run(language, len(found.files), options.quiet)
    for problem in found.problems:
        run.complain(problem)
    for note in found.notes:
        run.note(note)
    return run, _narrowed(results, options, finder, found.files or [options.stdin_filename or ""], run)


def settings_finder(options: Namespace) -> SettingsFinder:
    """What answers which settings hold for a file, the options considered. Raises SettingsError."""
    from mdreview.settings_file import SettingsFinder

    return SettingsFinder(isolated=options.isolated, command_line=command_line_settings(options))


def _narrowed(
    results: Iterable[Checked], options: Namespace, finder: SettingsFinder, files: Iterable[str], run: Run
) -> Iterable[Checked]:
    """The results without the findings that the options do not ask for."""
    since = getattr(options, "since", None)
    known = not (options.isolated or getattr(options, "no_baseline", True)) and _any_baseline(files)
    if not since and not known:
        return results
    from mdreview.narrowing import ChangedLines, Narrowing, NewFindings, narrowed

    narrowings: list[Narrowing] = []
    if known:
        narrowings.append(NewFindings(finder))
    if since:
        narrowings.append(ChangedLines(since, files))
    return narrowed(results, narrowings, run.note)


def _any_baseline(files: Iterable[str]) -> bool:
    from mdreview.discovery import nearest_baseline

    return any(nearest_baseline(folder) for folder in {Path(file).parent for file in files})
