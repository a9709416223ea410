"""`fix`, `check --fix`, `--add-ignores`, `renumber`, `convert`: one way through the files, told at the end."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TextIO

from mdreview.console import Run, tell, terminal
from mdreview.diagnostic import Language, Text
from mdreview.errors import UserError
from mdreview.invocation import start
from mdreview.mending import How, Mended, mend_bytes, mend_file
from mdreview.render.fixed import Summary, coloured_diff
from mdreview.reports import deliver, reports_of
from mdreview.runner import Checked, Checker

UNSAFE_ALONE = Text("--unsafe-fixes goes with --fix or --diff", "--unsafe-fixes 须与 --fix 或 --diff 同用")
DIFF_ALONE = Text(
    "--diff shows what would change in place of the findings: it goes without --output-format, --output-file and "
    "--statistics",
    "--diff 显示将作的改动而不显示问题：不能与 --output-format、--output-file、--statistics 同用",
)
IGNORES_OR_FIX = Text(
    "--add-ignores silences what --fix would mend: run one, then the other",
    "--add-ignores 会屏蔽 --fix 本可修正的问题：请分两次运行",
)
NOT_WATCHED = Text(
    "--watch only reports; it does not go with --fix, --diff or --add-ignores",
    "--watch 只报告问题，不能与 --fix、--diff、--add-ignores 同用",
)
NOT_SINCE = Text(
    "--since only chooses what is reported; fixes mend whole files, so it does not go with --fix, --diff or "
    "--add-ignores",
    "--since 只选择所报告的内容；修正针对整个文件，因此不能与 --fix、--diff、--add-ignores 同用",
)
NOTHING_CHOSEN = Text(
    "say what to number: --sections, --footnotes, --floats, --citations",
    "请指明要重新编号的内容：--sections、--footnotes、--floats、--citations",
)
FIGHT = Text(
    "{file}: the fixes of {codes} undo each other; what they would do last was left out; please report it",
    "{file}：{codes} 的修正互相抵消，已略去其最后一轮改动；请报告此问题",
)
NUMBERINGS = ("sections", "footnotes", "floats", "citations")
CONVERSIONS = {"footnotes": "footnotes-from-list", "numeric": "list-from-footnotes"}


def run(options: Namespace, language: Language) -> int:
    """Runs one of the commands and returns its exit status. Raises UserError."""
    how = _how(options)
    first: list[bytes] = []

    def standard_input(checker: Checker, data: bytes, name: str) -> Checked:
        first.append(data)
        return mend_bytes(how, checker, data, name)

    reports = reports_of(options) if options.command == "check" else ()
    files, results = start(options, language, partial(mend_file, how), standard_input, reports)
    # where the new text itself goes to standard output, what is told about it may not
    filtering = "-" in options.paths and how.write
    stream = sys.stderr if filtering or not how.write else sys.stdout
    summary = Summary(language, terminal(stream)[1], how)
    told = _told(files.watched(results), summary, files, first if filtering else None)
    if how.write and options.command == "check":
        deliver(told, reports, files, stream, statistics=options.statistics, summary=False)
    else:
        _show_diffs(told, files)
    if any(report.file is None and not report.format.people for report in reports):
        stream = sys.stderr
    if not options.quiet:
        stream.write(summary.written())
    return files.status


def _how(options: Namespace) -> How:
    match options.command:
        case "check":
            if options.add_ignores and (options.fix or options.unsafe_fixes):
                raise UserError(IGNORES_OR_FIX)
            if not (options.fix or options.diff or options.add_ignores):
                raise UserError(UNSAFE_ALONE)
            if options.watch:
                raise UserError(NOT_WATCHED)
            if options.since:
                raise UserError(NOT_SINCE)
            if options.diff and (options.output_format or options.output_file or options.statistics):
                raise UserError(DIFF_ALONE)
        case "renumber":
            words = tuple(word for word in NUMBERINGS if getattr(options, word))
            if not words:
                raise UserError(NOTHING_CHOSEN)
            return How(remedies=words, write=not options.diff)
        case "convert":
            return How(remedies=(CONVERSIONS[options.to],), write=not options.diff)
        case "fix":
            return How(options.unsafe_fixes, (), not options.diff)
    known = options.isolated or options.no_baseline
    return How(options.unsafe_fixes, (), not options.diff, options.add_ignores, known)


def _told(results: Iterable[Checked], summary: Summary, run: Run, data: list[bytes] | None) -> Iterator[Checked]:
    """Passes results on, counts what was mended, and says which rules fight.

    With `data`, the bytes of standard input, writes the new text to standard output, or these where none was made.
    """
    for checked in results:
        mended = checked.mended
        if data is not None:
            _write_bytes(sys.stdout, data[0] if mended is None else mended.data)
        if mended is not None:
            summary.add(checked.file, mended)
            tell_of_fights(checked.file, mended, run)
        yield checked


def tell_of_fights(file: str, mended: Mended, run: Run) -> None:
    """Says which rules undo each other's fixes in a file, where some do."""
    if mended.fighting:
        run.clear()
        codes = ", ".join(mended.fighting)
        tell(f"mdreview: {FIGHT.written(run.language, {'file': file, 'codes': codes})}")


def _show_diffs(results: Iterable[Checked], run: Run) -> None:
    harmless = sys.stdout.isatty()
    _, colour = terminal(sys.stdout)
    for checked in results:
        mended: Mended | None = checked.mended
        if mended is not None and mended.diff:
            run.clear()
            if harmless:
                sys.stdout.write(coloured_diff(mended.diff, colour=colour))
            else:
                _write_bytes(sys.stdout, mended.diff.encode("utf-8", "surrogateescape"))


def _write_bytes(stream: TextIO, data: bytes) -> None:
    """Writes to a text stream what it may not change, such as the ends of lines."""
    stream.flush()
    stream.buffer.write(data)
    stream.buffer.flush()
