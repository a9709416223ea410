"""The command line: words in, answers out, a status that scripts can trust.

Nothing is imported before it is needed: a check of one short file should cost little more than Python's own start.
"""

from __future__ import annotations

import gc
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from mdreview.arguments import WORDS, language_of, parse, unknown_command
from mdreview.diagnostic import Language, Text
from mdreview.errors import UserError

if TYPE_CHECKING:
    from mdreview.runner import Checked, Checker, Work

    WorkOnBytes = Callable[[Checker, bytes, str], Checked]

CLEAN, FINDINGS, TROUBLE, INTERRUPTED = 0, 1, 2, 130
MENDING = ("check", "fix", "renumber", "convert")
STDIN = "<stdin>"
ALONE = Text("standard input (-) stands alone, without other paths", "标准输入（-）不能与其他路径同用")
NO_SERVER = Text(
    "the language server is not installed: pip install 'mdreview-lint[lsp]'",
    "未安装语言服务器：pip install 'mdreview-lint[lsp]'",
)
NO_STDIN = Text("--stdin-filename goes with - (standard input)", "--stdin-filename 须与 -（标准输入）同用")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit status: 0 nothing to report, 1 findings, 2 trouble."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = _run(arguments, language_of(arguments, os.environ))
        sys.stdout.flush()
    except BrokenPipeError:
        # whoever read our output has enough; Python would complain once more when it closes stdout
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINDINGS
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def run() -> NoReturn:
    """What the command `mdreview` does: `main`, and then the process ends without taking apart all that it holds."""
    # one file is over before garbage counts; what handles many files, or lives on, turns the collector on again
    gc.disable()
    status = main()
    if "multiprocessing" in sys.modules:
        sys.exit(status)
    sys.stderr.flush()
    os._exit(status)


def _run(arguments: list[str], language: Language) -> int:
    if (message := unknown_command(arguments, language)) is not None:
        tell(message)
        return TROUBLE
    try:
        options, parser = parse(arguments, language)
    except SystemExit as exit_:
        return exit_.code if isinstance(exit_.code, int) else TROUBLE
    if options.command == "server":
        return _serve(options.rest, language)
    if options.command is None:
        parser.print_help(sys.stderr)
        return TROUBLE
    try:
        if options.command == "check" and not (options.fix or options.diff or options.unsafe_fixes):
            return _check(options, language)
        if options.command in MENDING:
            from mdreview import mending_commands

            return mending_commands.run(options, language)
        from mdreview import commands

        return commands.run(options, language)
    except UserError as error:
        complain(error, language)
        return TROUBLE


def _serve(arguments: list[str], language: Language) -> int:
    """Starts the language server, which is another package that knows this one."""
    from importlib.metadata import entry_points

    found = entry_points(group="console_scripts", name="mdreview-lsp")
    if not found:
        tell(f"mdreview: {WORDS['error'].written(language)}: {NO_SERVER.written(language)}")
        return TROUBLE
    gc.enable()
    status: int = next(iter(found)).load()(arguments)
    return status


def complain(error: UserError, language: Language) -> None:
    """Says on standard error what is wrong."""
    tell(f"mdreview: {WORDS['error'].written(language)}: {error.written(language)}")


def tell(line: str) -> None:
    """Writes a line to standard error; names of files can hold what a terminal would obey, so it is made harmless."""
    from mdreview.render.excerpt import printable

    sys.stderr.write(f"{printable(line)}\n")


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
            known_rules(words, f"--{key}", key)
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
    from pathlib import Path

    return with_whole_paths(raw, Path.cwd())


def input_of(path: str, stdin_filename: str | None) -> tuple[bytes, str]:
    """The bytes of a file or of standard input (`-`), and the name to show. Raises UserError."""
    if path == "-":
        return sys.stdin.buffer.read(), stdin_filename or STDIN
    if stdin_filename:
        raise UserError(NO_STDIN)
    from pathlib import Path

    from mdreview.discovery import cannot_read

    try:
        return Path(path).read_bytes(), path
    except OSError as error:
        raise cannot_read(path, error) from None


def _check(options: Namespace, language: Language) -> int:
    work: Work | None = None
    if not options.no_cache:
        from mdreview.cache import known_or_checked

        work = known_or_checked
    run, results = start(options, language, work)
    report = rendered(run.watched(results), options, language, sys.stdout, summary=not options.quiet)
    show(report, run, sys.stdout)
    return run.status


def start(
    options: Namespace, language: Language, work: Work | None = None, work_on_bytes: WorkOnBytes | None = None
) -> tuple[Run, Iterable[Checked]]:
    """The run over the files that the options name, and what comes of each; without `work` they are checked only.

    Raises UserError.
    """
    from mdreview.discovery import Discovered, discover
    from mdreview.runner import Checker, check_files
    from mdreview.settings_file import SettingsFinder

    raw = command_line_settings(options)
    finder = SettingsFinder(isolated=options.isolated, command_line=raw)
    results: Iterable[Checked]
    if "-" in options.paths:
        if len(options.paths) > 1:
            raise UserError(ALONE)
        found = Discovered([], [], [])
        results = [(work_on_bytes or Checker.check_bytes)(Checker(finder), *input_of("-", options.stdin_filename))]
    else:
        if options.stdin_filename:
            raise UserError(NO_STDIN)
        found = discover(options.paths or ["."], finder)
        results = check_files(found.files, (options.isolated, raw), options.jobs, work)
    if len(found.files) > 1:
        gc.freeze()
        gc.enable()
    run = Run(language, len(found.files), options.quiet)
    for problem in found.problems:
        run.complain(problem)
    if not options.quiet:
        for note in found.notes:
            tell(f"mdreview: {note.written(language)}")
    return run, results


def show(pieces: Iterable[str], run: Run, stream: TextIO) -> None:
    """Writes the pieces of an answer as they come."""
    for piece in pieces:
        run.clear()
        stream.write(piece)
    run.clear()


def rendered(
    results: Iterable[Checked], options: Namespace, language: Language, stream: TextIO, *, summary: bool
) -> Iterator[str]:
    """The findings as the options want them written to the stream, with a summary at the end or not."""
    if options.statistics:
        from mdreview.render import statistics

        return statistics.render(results, language, options.output_format)
    if options.output_format == "text":
        from mdreview.render import text

        return text.render(results, text.Look(language, *terminal(stream), summary=summary))
    from mdreview.render import json

    return (json.render if options.output_format == "json" else json.render_lines)(results, language)


def terminal(stream: TextIO) -> tuple[int, bool]:
    """How many columns the stream has, and whether it takes colours."""
    if not stream.isatty():
        return 100, False
    try:
        width = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        width = 100
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return min(max(width, 40), 160), not plain


class Run:
    """What is told while files are checked: problems, each once, and a progress bar; and the status in the end."""

    def __init__(self, language: Language, files: int, quiet: bool) -> None:
        self.language = language
        self.status = CLEAN
        self._told: set[str] = set()
        self._progress = None
        if files > 1 and not quiet and sys.stderr.isatty():
            from mdreview.render.progress import Progress

            self._progress = Progress(sys.stderr, files)

    def watched(self, results: Iterable[Checked]) -> Iterator[Checked]:
        for checked in results:
            for problem in checked.problems:
                self.complain(problem)
            if checked.failed:
                self.status = max(self.status, FINDINGS)
            if self._progress is not None:
                self._progress.step()
            yield checked

    def complain(self, problem: UserError) -> None:
        self.status = TROUBLE
        if (sentence := problem.written(self.language)) not in self._told:
            self._told.add(sentence)
            self.clear()
            complain(problem, self.language)

    def clear(self) -> None:
        if self._progress is not None:
            self._progress.clear()
