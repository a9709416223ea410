"""`mdreview-hook check` and `mdreview-hook fix`, with the files of a commit; `.pre-commit-hooks.yaml` names them.

A runner of hooks hands over the names of files in any order, and in several parts where there are too many for one
command; each part is checked as it would be alone. What a rule must know of the other files of a work it reads from
the disk, as the setting `manuscript` says, and only the files that were named are reported on or changed.
"""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import NoReturn

from mdreview import cli
from mdreview.arguments import parse
from mdreview.console import CLEAN, FINDINGS, TROUBLE, complain, tell
from mdreview.diagnostic import Language, Text
from mdreview.discovery import has_markdown_suffix
from mdreview.errors import UserError

COMMANDS = ("check", "fix")
USAGE = Text(
    "usage: mdreview-hook {check,fix} [OPTION…] FILE… (options as of `mdreview check` and `mdreview fix`)",
    "用法：mdreview-hook {check,fix} [选项…] 文件…（选项同 `mdreview check` 与 `mdreview fix`）",
)
NEXT = Text(
    "[*] the hook mdreview-fix fixes this, [!] with --unsafe-fixes in its args; "
    "`<!-- mdreview-disable-next-line CODE -->` before a line silences a rule there.",
    "[*] 可由钩子 mdreview-fix 修正，[!] 须在其 args 中加 --unsafe-fixes；"
    "在某行之前写 `<!-- mdreview-disable-next-line 代码 -->` 可在该处屏蔽规则。",
)
FIXED = Text("{file}: fixed {findings}", "{file}：已修正 {findings}")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a hook and returns the status that decides on the commit.

    `argv` are the words of the command line: `check` or `fix`, options of the command of that name, and names of files;
    those that are no Markdown by their suffix, or that the settings exclude, are passed over. 0: nothing to say. 1:
    what `check` found stands on standard output, or `fix` has changed files, which want to be staged again. 2: a text,
    its settings or an option could not be read; standard error says which.
    """
    return cli.guarded(_run, sys.argv[1:] if argv is None else list(argv))


def run() -> NoReturn:
    """What the command `mdreview-hook` does."""
    cli.run(main)


def _run(arguments: list[str], language: Language) -> int:
    if not arguments or arguments[0] not in COMMANDS:
        tell(USAGE.written(language))
        return TROUBLE
    command, *words = arguments
    try:
        options, _ = parse([command, "--force-exclude", "--quiet", *map(_as_path, words)], language)
    except SystemExit as exit_:
        return exit_.code if isinstance(exit_.code, int) else TROUBLE
    named = options.paths
    options.paths = [path for path in named if has_markdown_suffix(path) or not os.path.isfile(path)]  # noqa: PTH113
    if named and not options.paths:
        return CLEAN
    if command == "fix" and not options.diff:
        return _fix(options, language)
    status = cli.perform(options, language)
    if status == FINDINGS:
        tell(NEXT.written(language))
    return status


def _as_path(word: str) -> str:
    """A name that begins as options do stands for the file, where there is one."""
    return f"./{word}" if word.startswith("-") and os.path.isfile(word) else word  # noqa: PTH113


def _fix(options: Namespace, language: Language) -> int:
    """Fixes the files. What is left in them is not told: that is what the other hook is for."""
    from functools import partial

    from mdreview.invocation import start
    from mdreview.mending import How, mend_file
    from mdreview.mending_commands import tell_of_fights

    try:
        files, results = start(options, language, partial(mend_file, How(options.unsafe_fixes)))
    except UserError as error:
        complain(error, language)
        return TROUBLE
    status = CLEAN
    for checked in files.watched(results):
        if checked.mended is None:
            continue
        if checked.mended.applied:
            status = FINDINGS
            findings = _counted(checked.mended.applied, language)
            tell(FIXED.written(language, {"file": checked.file, "findings": findings}))
        tell_of_fights(checked.file, checked.mended, files)
    return TROUBLE if files.status == TROUBLE else status


def _counted(applied: Mapping[str, int], language: Language) -> str:
    """`FN004 (2), SEC001`."""
    pieces = [code if times == 1 else f"{code} ({times})" for code, times in sorted(applied.items())]
    return ("、" if language == "zh" else ", ").join(pieces)


if __name__ == "__main__":
    run()
