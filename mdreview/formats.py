"""The formats in which findings are written, and what the options say of them: which, and into which files."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from mdreview.diagnostic import Text
from mdreview.errors import UserError

REPORT_MARK = "<!-- mdreview report -->"
"""What a report in Markdown begins with, so that it is not taken for a text to check, nor a text for a report."""
UNKNOWN = Text("there is no format “{word}”; there are: {names}", "没有名为“{word}”的格式；可用：{names}")
UNKNOWN_NEAR = Text("there is no format “{word}”; did you mean {near}?", "没有名为“{word}”的格式；是否想写 {near}？")
TWICE = Text(
    "{first} and {second} cannot both go to standard output; give one of them a file: {second}=FILE",
    "{first} 与 {second} 不能都写到标准输出；请为其中一种指定文件：{second}=文件",
)
NO_NAME = Text("“{word}” names no file after the =", "“{word}”的 = 之后没有文件名")
NOTHING_LEFT = Text(
    "--output-file is for a format without a file of its own, and each has one",
    "--output-file 用于没有指定文件的格式，而各格式都已有文件",
)
SAME_FILE = Text("{file} is named for two formats", "{file} 被两种格式同时指定")
NO_FOLDER = Text(
    "{file} cannot be written: there is no folder {folder}; make it first",
    "无法写入 {file}：没有文件夹 {folder}，请先创建",
)
IS_FOLDER = Text("{file} cannot be written: it is a folder", "无法写入 {file}：这是一个文件夹")
IS_TEXT = Text(
    "{file} is one of the texts to check, and the report would take its place; name another file for it",
    "{file} 是要检查的文本之一，报告会将其覆盖；请为报告另取文件名",
)


class Format(NamedTuple):
    """A format: its name, what it is, and the function of a module under mdreview/render that writes it.

    The function takes the results (`Iterable[Checked]`) and a `Look` and gives the report piece by piece. `people`
    says that it is for people and shows what was done besides; `counts` that `--statistics` knows it too; `survey`
    that it shows whole texts and wants their surveys.
    """

    name: str
    what: Text
    module: str
    function: str = "render"
    people: bool = False
    counts: bool = False
    survey: bool = False


FORMATS = (
    Format(
        "text",
        Text("for people, on a terminal (the default)", "供人阅读，用于终端（默认）"),
        "text",
        people=True,
        counts=True,
    ),
    Format("json", Text("one JSON array, for programs", "一个 JSON 数组，供程序读取"), "json", counts=True),
    Format("jsonl", Text("one JSON object a line", "每行一个 JSON 对象"), "json", function="render_lines", counts=True),
    Format("sarif", Text("SARIF 2.1.0, for code scanning and editors", "SARIF 2.1.0，用于代码扫描与编辑器"), "sarif"),
    Format("github", Text("annotations of GitHub Actions", "GitHub Actions 注解"), "github"),
    Format("gitlab", Text("a Code Quality report of GitLab", "GitLab 代码质量报告"), "gitlab"),
    Format("junit", Text("JUnit XML, a test for each finding", "JUnit XML，每处问题为一个测试"), "junit"),
    Format(
        "checkstyle", Text("Checkstyle XML, for Jenkins and others", "Checkstyle XML，用于 Jenkins 等"), "checkstyle"
    ),
    Format("rdjson", Text("for reviewdog, with suggestions", "供 reviewdog 使用，附修改建议"), "rdjson"),
    Format("markdown", Text("a summary for the page of a job", "用于作业页面的 Markdown 摘要"), "markdown"),
    Format(
        "html",
        Text("one page that shows the text with notes in its margin", "一个网页，显示正文与页边批注"),
        "html",
        survey=True,
    ),
)
"""Every format, in the order in which help lists them."""
BY_NAME = {known.name: known for known in FORMATS}


class Report(NamedTuple):
    """A format to write, and the file to write it to; None is standard output."""

    format: Format
    file: str | None = None


def chosen(words: Iterable[str], output_file: str | None = None) -> tuple[Report, ...]:
    """The reports that `--output-format` (each word a FORMAT or FORMAT=FILE) and `--output-file` ask for.

    The one for standard output comes first. Without any word it is text. Raises UserError.
    """
    reports = [_report(word) for word in words]
    without = [report for report in reports if report.file is None]
    if len(without) > 1:
        raise UserError(TWICE, first=without[0].format.name, second=without[1].format.name)
    if not reports:
        without = [Report(FORMATS[0])]
    elif output_file is not None and not without:
        raise UserError(NOTHING_LEFT)
    without = [report._replace(file=_file(output_file)) for report in without]
    reports = [*without, *(report for report in reports if report.file is not None)]
    whole: set[str] = set()
    for report in reports:
        if report.file is not None:
            _check_place(report.file)
            if (target := os.path.realpath(report.file)) in whole:
                raise UserError(SAME_FILE, file=report.file)
            whole.add(target)
    return tuple(reports)


def texts_only(files: list[str], reports: Iterable[Report]) -> list[str]:
    """The files without those that are reports of an earlier run and will be written again.

    Raises UserError where a report would take the place of a text.
    """
    targets = {os.path.realpath(report.file) for report in reports if report.file is not None}
    if not targets:
        return files
    texts = []
    for file in files:
        if os.path.realpath(file) not in targets:
            texts.append(file)
        elif not _is_report(file):
            raise UserError(IS_TEXT, file=file)
    return texts


def named(name: str) -> Format:
    """The format with this name. Raises UserError, with the nearest right word, where there is none."""
    if name not in BY_NAME:
        from mdreview.nearest import nearest

        near = nearest(name, BY_NAME)
        raise UserError(UNKNOWN_NEAR if near else UNKNOWN, word=name, near=near, names=", ".join(BY_NAME))
    return BY_NAME[name]


def _report(word: str) -> Report:
    name, equals, file = word.partition("=")
    known = named(name)
    if equals and not file:
        raise UserError(NO_NAME, word=word)
    return Report(known, _file(file or None))


def _file(file: str | None) -> str | None:
    """The file, where it is not standard output."""
    return None if file == "-" else file


def _check_place(file: str) -> None:
    path = Path(file)
    if path.is_dir():
        raise UserError(IS_FOLDER, file=file)
    if not path.parent.is_dir():
        raise UserError(NO_FOLDER, file=file, folder=str(path.parent))


def _is_report(file: str) -> bool:
    try:
        with Path(file).open("rb") as opened:
            return opened.read(len(REPORT_MARK)) == REPORT_MARK.encode()
    except OSError:
        return False
