"""argparse as users of both languages meet it: help and errors in the language they read."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator
from typing import Any, NoReturn

from mdreview.console import ERROR
from mdreview.diagnostic import Language, Text

WORDS = {
    "usage": Text("usage: ", "用法："),
    "commands": Text("commands", "命令"),
    "arguments": Text("arguments", "参数"),
    "options": Text("options", "选项"),
    "help": Text("show this help and exit", "显示此帮助"),
    "version": Text("show the version and exit", "显示版本"),
    "more": Text("`{program} --help` says more.", "详见 `{program} --help`。"),
}
ERRORS = (
    (r"unrecognized arguments: (-.+)", Text("there is no {a}", "没有 {a}")),
    (r"unrecognized arguments: ([^-].*)", Text("“{a}” is more than the command takes", "“{a}”是多余的参数")),
    (r"the following arguments are required: (.+)", Text("{a} is missing", "缺少 {a}")),
    (
        r"argument (.+?): invalid choice: '?(.+?)'? \(choose from (.+)\)",
        Text("{a} cannot be “{b}”; it is one of: {c}", "{a} 不能是“{b}”；可取：{c}"),
    ),
    (r"argument (.+?): expected (?:one|at least one) argument", Text("{a} needs a value", "{a} 需要一个值")),
    (
        r"argument (.+?): invalid (?:_positive|int) value: '(.*)'",
        Text("{a} cannot be “{b}”; it is a whole number from 1", "{a} 不能是“{b}”；应为不小于 1 的整数"),
    ),
    (r"argument (.+?): ignored explicit argument (.+)", Text("{a} takes no value", "{a} 不接受值")),
)
NEAR = Text("{message}; did you mean {near}?", "{message}；是否想写 {near}？")


class Parser(argparse.ArgumentParser):
    """An argument parser that explains itself and its errors in one language."""

    def __init__(self, language: Language, **options: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_formatter(language), **options)
        self.language = language
        self._positionals.title = WORDS["arguments"].written(language)
        self._optionals.title = WORDS["options"].written(language)
        self.add_argument("-h", "--help", action="help", help=WORDS["help"].written(language))

    def error(self, message: str) -> NoReturn:
        text = message
        for pattern, sentence in ERRORS:
            if match := re.fullmatch(pattern, message, re.S):
                said = dict(zip("abc", match.groups(), strict=False))
                # Python 3.11 quotes the choices, later ones do not
                said["c"] = said.get("c", "").replace("'", "")
                text = sentence.written(self.language, said)
        if (near := self._near(message)) is not None:
            text = NEAR.written(self.language, {"message": text, "near": near})
        more = WORDS["more"].written(self.language, {"program": self.prog})
        self.exit(2, f"{self.prog}: {ERROR.written(self.language)}: {text}\n{more}\n")

    def _near(self, message: str) -> str | None:
        if not (match := re.match(r"unrecognized arguments: (--[\w-]+)", message)):
            return None
        from mdreview.nearest import nearest

        return nearest(match[1], self._option_string_actions)


def _formatter(language: Language) -> Any:
    class Formatter(argparse.HelpFormatter):
        def __init__(self, prog: str) -> None:
            super().__init__(prog, width=_columns() - 2)

        def _split_lines(self, text: str, width: int) -> list[str]:
            return super()._split_lines(text, width) if language != "zh" else list(_chinese_lines(text, width))

        def _fill_text(self, text: str, width: int, indent: str) -> str:
            lines = text.split("\n")
            if len(lines) > 1:
                # a table: its lines stay as they are
                return "\n".join(
                    line if line.startswith("  ") else self._fill_text(line, width, indent) for line in lines
                )
            return "\n".join(indent + line for line in self._split_lines(text, width))

        def format_help(self) -> str:
            # argparse writes the colon after a heading itself
            text = super().format_help()
            return text if language != "zh" else re.sub(r"(?m)^([\u4e00-\u9fff]+):$", r"\1：", text)

        def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
            super().add_usage(usage, actions, groups, WORDS["usage"].written(language) if prefix is None else prefix)

    return Formatter


def _columns() -> int:
    """How wide help may be. argparse would ask shutil, whose import costs more than all the arguments."""
    if (columns := os.environ.get("COLUMNS", "")).isdigit() and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return 80


def _chinese_lines(text: str, room: int) -> Iterator[str]:
    """Lines that fit, broken between Chinese characters or at spaces, as textwrap cannot."""
    from mdreview.render.excerpt import width

    line = ""
    for piece in re.findall(r"[!-~]+[，。；：、）]?|.[，。；：、）]?", text):
        if width(line + piece) > room:
            yield line.rstrip()
            line = ""
        line += piece if line or piece != " " else ""
    yield line
