"""A summary of the findings in Markdown, for the page of a job: how many there are, by rule, and each with its place.

GitHub takes at most 1 MiB from a step into its job summary, and drops all of it if it is more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from mdreview.diagnostic import Diagnostic, Language, Severity, Text
from mdreview.formats import REPORT_MARK
from mdreview.render.look import Look
from mdreview.render.places import Places, harmless
from mdreview.render.text import CLEAN, IN_MANY, SEVERITIES, counts
from mdreview.runner import Checked

MOST_BYTES = 900_000
"""Under 1 MiB, with room for what else a step writes."""
CLEAN_ONE = Text("No findings in 1 file.", "1 个文件中没有发现问题。")
UNREAD = Text("Could not be read:", "无法读取：")
BY_RULE = Text("| Rule | Severity | Findings | Files |", "| 规则 | 级别 | 问题数 | 文件数 |")
EACH = Text("| Place | Rule | Finding |", "| 位置 | 规则 | 问题 |")
LEFT_OUT = Text("… and {n} more, left out for room.", "……另有 {n} 处，因篇幅所限从略。")
ACTIVE = re.compile(r"[\\`*_\[\]<>#|~$&]")


class _Summary:
    """What is said in the end: collected file by file, the rows of single findings while there is room."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.files = 0
        self.with_findings = 0
        self.severities: Counter[Severity] = Counter()
        self.rules: dict[tuple[str, str, Severity], Counter[str]] = {}
        self.rows: list[str] = []
        self.problems: list[str] = []
        self.left_out = 0
        self._room = MOST_BYTES

    def add(self, checked: Checked) -> None:
        self.files += checked.read
        self.with_findings += bool(checked.found)
        for problem in checked.problems:
            self._keep(self.problems, f"- {_plain(problem.written(self.language))}\n")
        places = Places(checked)
        for diagnostic in checked.found:
            self.severities[diagnostic.severity] += 1
            key = (diagnostic.code, diagnostic.name, diagnostic.severity)
            self.rules.setdefault(key, Counter())[checked.file] += 1
            self._keep(self.rows, self._row(diagnostic, checked.file, places))

    def _row(self, diagnostic: Diagnostic, file: str, places: Places) -> str:
        place = places.range(diagnostic.span)
        where = f"{file}:{place.line}:{place.column}"
        severity = SEVERITIES[diagnostic.severity][0].written(self.language)
        said = _plain(diagnostic.written(self.language))
        return f"| {_plain(where)} | {severity} {diagnostic.code} {_plain(diagnostic.name)} | {said} |\n"

    def _keep(self, lines: list[str], line: str) -> None:
        self._room -= len(line.encode("utf-8", "replace"))
        if self._room < 0:
            self.left_out += 1
        else:
            lines.append(line)


def render(results: Iterable[Checked], look: Look) -> Iterator[str]:
    """The summary in GitHub's Markdown, at once, and short enough for a job page."""
    summary = _Summary(look.language)
    for checked in results:
        summary.add(checked)
    yield "".join(_written(summary, look.language))


def _written(summary: _Summary, language: Language) -> Iterator[str]:
    arguments = {
        "files": summary.files,
        "with_findings": summary.with_findings,
        "counts": counts(summary.severities, language),
    }
    yield f"{REPORT_MARK}\n\n## mdreview\n\n"
    first = IN_MANY if summary.rules else CLEAN_ONE if summary.files == 1 else CLEAN
    if summary.files:
        yield f"**{first.written(language, arguments)}**\n"
    if summary.problems:
        yield f"\n{UNREAD.written(language)}\n\n{''.join(summary.problems)}"
    if summary.rules:
        yield f"\n{BY_RULE.written(language)}\n| --- | --- | ---: | ---: |\n"
        yield from _by_rule(summary, language)
        yield f"\n{EACH.written(language)}\n| --- | --- | --- |\n"
        yield from summary.rows
    if summary.left_out:
        yield f"\n{LEFT_OUT.written(language, {'n': summary.left_out})}\n"


def _by_rule(summary: _Summary, language: Language) -> Iterator[str]:
    """The rules by how often they found something."""
    for (code, name, severity), files in sorted(summary.rules.items(), key=lambda row: (-row[1].total(), row[0])):
        word = SEVERITIES[severity][0].written(language)
        yield f"| {code} {_plain(name)} | {word} | {files.total()} | {len(files)} |\n"


def _plain(text: str) -> str:
    """The text on one line, with nothing in it that Markdown or HTML would take for its own."""
    line = " ".join(harmless(text).split("\n")).strip()
    return ACTIVE.sub(r"\\\g<0>", line)
