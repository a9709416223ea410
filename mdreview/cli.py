"""The command line: words in, answers out, a status that scripts can trust.

Nothing is imported before it is needed: a check of one short file should cost little more than Python's own start.
"""

from __future__ import annotations

import gc
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import NoReturn

from mdreview import bytecode
from mdreview.arguments import MENDING, language_of, parse, unknown_command
from mdreview.console import ERROR, FINDINGS, INTERRUPTED, TROUBLE, complain, tell
from mdreview.diagnostic import Language, Text
from mdreview.errors import UserError

NO_SERVER = Text(
    "the language server is not installed; in a clone of mdreview: pip install '.[lsp]' (the extra of mdreview-lint)",
    "未安装语言服务器；请在 mdreview 的克隆中运行：pip install '.[lsp]'（mdreview-lint 的附加项）",
)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit status: 0 nothing to report, 1 findings, 2 trouble."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    return guarded(_run, arguments)


def guarded(work: Callable[[list[str], Language], int], arguments: list[str]) -> int:
    """Does the work that the arguments say, in the language they say, and returns its exit status.

    Output is UTF-8 whatever the locale; that nobody reads it on, or Ctrl-C, ends the work without a traceback.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = work(arguments, language_of(arguments, os.environ))
        sys.stdout.flush()
    except BrokenPipeError:
        # whoever read our output has enough; Python would complain once more when it closes stdout
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINDINGS
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def run(command: Callable[[], int] = main) -> NoReturn:
    """What the command `mdreview` does: `main`, and then the process ends without taking apart all that it holds."""
    # one file is over before garbage counts; what handles many files, or lives on, turns the collector on again
    gc.disable()
    bytecode.use()
    status = command()
    bytecode.keep()
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
    return perform(options, language)


def perform(options: Namespace, language: Language) -> int:
    """Does what the options of a command say and returns the exit status; what the user can mend is told."""
    try:
        if options.command == "check" and not (
            options.fix or options.diff or options.unsafe_fixes or options.add_ignores
        ):
            from mdreview import check_command

            return check_command.run(options, language)
        if options.command in MENDING:
            from mdreview import mending_commands

            return mending_commands.run(options, language)
        if options.command == "baseline":
            from mdreview import baseline_command

            return baseline_command.run(options, language)
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
        tell(f"mdreview: {ERROR.written(language)}: {NO_SERVER.written(language)}")
        return TROUBLE
    gc.enable()
    status: int = next(iter(found)).load()(["--lang", language, *arguments])
    return status
