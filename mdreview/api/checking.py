"""Check texts and files at once, mend texts, and tell what was found."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from mdreview import fixes
from mdreview.api.abbreviations import AbbreviationSpan
from mdreview.api.abbreviations import abbreviations as abbreviations_of
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Language
from mdreview.discovery import discover
from mdreview.engine import check
from mdreview.fixes import Fixed
from mdreview.formats import named
from mdreview.markdown import parse
from mdreview.render import rendered
from mdreview.render.look import Look
from mdreview.runner import Checked, Checker
from mdreview.settings import Settings
from mdreview.settings_file import SettingsFinder
from mdreview.survey import surveyed


def check_text(text: str, settings: Settings | None = None) -> list[Diagnostic]:
    """The findings of a Markdown text in order of their places; never raises, whatever the text.

    Touches no disk: a bibliography or glossary that the text or the settings name is not read. For those,
    `Draft.at`.
    """
    return check(parse(text), Context(settings or Settings()))


def check_paths(paths: Iterable[str | Path], *, isolated: bool = False, surveys: bool = False) -> Iterator[Checked]:
    """What came of each file under the paths, in order, as `mdreview check` sees it, in this process.

    `isolated` reads no settings files; `surveys` adds what the format html shows besides findings. Raises UserError
    for settings that cannot be read; a file that cannot be read is an answer with its problem.
    """
    finder = SettingsFinder(isolated=isolated, command_line={})
    found = discover(list(map(str, paths)), finder)
    for problem in found.problems:
        yield Checked("", problems=(problem,))
    checker = Checker(finder)
    for file in found.files:
        yield surveyed(None, checker, file) if surveys else checker.check_file(file)


def fix_text(text: str, settings: Settings | None = None, *, unsafe: bool = False) -> Fixed:
    """The text with every safe fix applied until none is left, and what remains; with `unsafe`, every fix."""
    return fixes.fix_text(text, lambda mended: check_text(mended, settings), unsafe=unsafe)


def abbreviations(text: str) -> tuple[AbbreviationSpan, ...]:
    """Every short form of a Markdown text, defined in it or not, and every long form where it is bound to one.

    The spans are in order and none occurs twice. Tokens parted by single spaces, `( CNN )`, are read like `(CNN)`.
    """
    return abbreviations_of(parse(text))


def settings_for(path: str | Path, *, isolated: bool = False) -> Settings:
    """The settings that hold for a file, whether it is there or not; `isolated` reads no settings files.

    Raises UserError if they cannot be read.
    """
    return SettingsFinder(isolated=isolated, command_line={}).settings(str(path))


def report(
    results: Iterable[Checked], *, language: Language = "en", output_format: str = "text", colour: bool = False
) -> str:
    """The findings as `mdreview check` writes them, in any of its formats.

    Raises UserError for a format that there is not.
    """
    return "".join(rendered(results, named(output_format), Look(language, colour=colour)))


def gate(results: Iterable[Checked], *, language: Language = "en") -> int:
    """Writes the findings to standard output, and what could not be read to standard error.

    Returns the exit status of `mdreview check`: 0 nothing at or above `fail-on`, 1 findings, 2 something could not be
    read. For `sys.exit` at the end of a script that makes texts.
    """
    checked = list(results)
    sys.stdout.write(report(checked, language=language, colour=sys.stdout.isatty()))
    problems = dict.fromkeys(problem.written(language) for one in checked for problem in one.problems)
    sys.stderr.writelines(f"{problem}\n" for problem in problems)
    return 2 if problems else int(any(one.failed for one in checked))
