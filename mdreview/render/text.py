"""Findings for people: where, what, the line with the place marked, what belongs to it, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mdreview.diagnostic import Diagnostic, Language, Safety, Severity, Text
from mdreview.render.excerpt import excerpt, printable
from mdreview.render.look import Look
from mdreview.runner import Checked
from mdreview.source import Source

LINES_NAMED = 12
SEVERITIES = {
    Severity.ERROR: (Text("error", "错误"), Text("{n} error", "{n} 个错误"), Text("{n} errors", "{n} 个错误"), "31"),
    Severity.WARNING: (
        Text("warning", "警告"),
        Text("{n} warning", "{n} 个警告"),
        Text("{n} warnings", "{n} 个警告"),
        "33",
    ),
    Severity.INFO: (Text("info", "提示"), Text("{n} info", "{n} 个提示"), Text("{n} info", "{n} 个提示"), "36"),
}
TIMES = Text("{times} times, lines {lines}", "共 {times} 处，位于第 {lines} 行")
SAME_LINE = Text("{times} times in this line", "本行共 {times} 处")
CLEAN_ONE = Text("No findings in {file}.", "{file}：没有发现问题。")
CLEAN = Text("No findings in {files} files.", "{files} 个文件均没有发现问题。")
IN_ONE = Text("{counts} in {file}.", "{file}：{counts}。")
IN_MANY = Text(
    "{counts} in {with_findings} of {files} files.", "{files} 个文件中有 {with_findings} 个发现问题：{counts}。"
)
NEXT = Text(
    "`mdreview rule {code}` explains a rule; "
    "`<!-- mdreview-disable-next-line {code} -->` before a line silences it there.",
    "`mdreview rule {code}` 解释规则；在某行之前写 `<!-- mdreview-disable-next-line {code} -->` 可在该处屏蔽。",
)
NEXT_MANY = Text(
    "`--statistics` counts findings by rule, `--select {family}` shows one family, "
    "`mdreview rule {code}` explains a rule.",
    "`--statistics` 按规则统计，`--select {family}` 只看一个类别，`mdreview rule {code}` 解释规则。",
)
MARKS = {Safety.SAFE: "[*]", Safety.UNSAFE: "[!]"}
"""What stands beside the code of a finding that has a fix."""
FIXABLE = {
    Safety.SAFE: Text("[*] {n} fixable with --fix", "[*] {n} 处可用 --fix 修正"),
    Safety.UNSAFE: Text("[!] {n} fixable with --fix --unsafe-fixes", "[!] {n} 处可用 --fix --unsafe-fixes 修正"),
}
MANY = 30
INTERNAL = "SYS001"


class Group(NamedTuple):
    """Findings that say the same of the same words; `lines` are theirs, one for each."""

    first: Diagnostic
    lines: list[int]


def render(results: Iterable[Checked], look: Look) -> Iterator[str]:
    """The report, piece by piece: one for each file that has findings, then the summary."""
    files: list[str] = []
    with_findings: list[str] = []
    codes: Counter[tuple[Severity, str]] = Counter()
    fixable: Counter[Safety] = Counter()
    for checked in results:
        if checked.read:
            files.append(checked.file)
        if not checked.found:
            continue
        with_findings.append(checked.file)
        codes.update([(diagnostic.severity, diagnostic.code) for diagnostic in checked.found])
        fixable.update([diagnostic.fix.safety for diagnostic in checked.found if diagnostic.fix is not None])
        yield "".join(_file(checked, look))
    if look.summary and files:
        yield _summary(files, with_findings, codes, look) + _fixable(fixable, look)


def grouped(found: Iterable[Diagnostic], source: Source, language: Language) -> list[Group]:
    """The findings in order, those with the same sentence about the same words as one."""
    groups: dict[tuple[str, str, str, Safety | None], Group] = {}
    for diagnostic in found:
        start, end = diagnostic.span
        safety = diagnostic.fix.safety if diagnostic.fix is not None else None
        key = (diagnostic.code, diagnostic.written(language), source.text[start:end], safety)
        if (group := groups.get(key)) is None:
            group = groups[key] = Group(diagnostic, [])
        group.lines.append(source.line_at(start) + 1)
    return list(groups.values())


def counts(severities: Counter[Severity], language: Language) -> str:
    """`2 errors, 1 warning`."""
    pieces = []
    for severity in sorted(severities, reverse=True):
        one, many = SEVERITIES[severity][1:3]
        number = severities[severity]
        pieces.append((one if number == 1 else many).written(language, {"n": number}))
    return ("、" if language == "zh" else ", ").join(pieces)


def _file(checked: Checked, look: Look) -> Iterator[str]:
    source = Source(checked.text)
    beside = {name: Source(text) for name, text in checked.beside.items()}
    file = printable(checked.file)
    for group in grouped(checked.found, source, look.language):
        diagnostic = group.first
        word, _, _, style = SEVERITIES[diagnostic.severity]
        line, column = source.place(diagnostic.span.start)
        place = look.painted(f"{file}:{line + 1}:{column + 1}:", "1")
        mark = f" {MARKS[diagnostic.fix.safety]}" if diagnostic.fix is not None else ""
        label = look.painted(f"{word.written(look.language)} {diagnostic.code}", f"1;{style}") + mark
        name = look.painted(diagnostic.name, "2")
        yield f"{place} {label} {name}\n"
        gutter = " " * max(4, len(str(line + 1)))
        bar = look.painted("│", "2")
        yield f"{gutter} {bar} {printable(diagnostic.written(look.language))}\n"
        yield from _marked(source, line, diagnostic, look, style, gutter)
        if (times := _times(group, look.language)) is not None:
            yield f"{gutter} = {times}\n"
        for related in diagnostic.related:
            other = source if related.file is None else beside.get(related.file, Source(""))
            at, offset = other.place(related.span.start)
            where = printable(related.file or checked.file)
            sentence = printable(related.message.written(look.language, related.arguments))
            yield f"{gutter} = {where}:{at + 1}:{offset + 1}: {sentence}\n"
        yield "\n"


def _marked(source: Source, line: int, diagnostic: Diagnostic, look: Look, style: str, gutter: str) -> Iterator[str]:
    whole = source.line_span(line)
    if whole.start == whole.end:
        return
    piece = excerpt(source.text, whole, diagnostic.span, look.width - len(gutter) - 4)
    bar = look.painted("│", "2")
    number = look.painted(str(line + 1).rjust(len(gutter)), "2")
    yield f"{number} {bar} {piece.line}\n"
    yield f"{gutter} {bar} {' ' * piece.before}{look.painted('^' * piece.width, f'1;{style}')}\n"


def _times(group: Group, language: Language) -> str | None:
    times = len(group.lines)
    if times == 1:
        return None
    different = list(dict.fromkeys(group.lines))
    if len(different) == 1:
        return SAME_LINE.written(language, {"times": times})
    lines = ("、" if language == "zh" else ", ").join(str(line) for line in different[:LINES_NAMED])
    if len(different) > LINES_NAMED:
        lines += " …"
    return TIMES.written(language, {"times": times, "lines": lines})


def _fixable(fixable: Counter[Safety], look: Look) -> str:
    """How many findings the command can mend itself, with the marks that they bear."""
    pieces = [
        FIXABLE[safety].written(look.language, {"n": fixable[safety]})
        for safety in sorted(FIXABLE, reverse=True)
        if fixable[safety]
    ]
    between, end = ("；", "。") if look.language == "zh" else ("; ", ".")
    return f"{between.join(pieces)}{end}\n" if pieces else ""


def _summary(
    files: list[str],
    with_findings: list[str],
    codes: Counter[tuple[Severity, str]],
    look: Look,
) -> str:
    language = look.language
    if not with_findings:
        text = CLEAN_ONE if len(files) == 1 else CLEAN
        return look.painted(text.written(language, {"file": printable(files[0]), "files": len(files)}), "32") + "\n"
    severities: Counter[Severity] = Counter()
    for (severity, _), number in codes.items():
        severities[severity] += number
    arguments = {
        "counts": counts(severities, language),
        "file": printable(files[0]),
        "files": len(files),
        "with_findings": len(with_findings),
    }
    first = (IN_ONE if len(files) == 1 else IN_MANY).written(language, arguments)
    _, code = max(codes, key=lambda key: (key[1] != INTERNAL, key[0], codes[key], key[1]))
    hint = NEXT_MANY if codes.total() > MANY else NEXT
    second = hint.written(language, {"code": code, "family": code.rstrip("0123456789")})
    return f"{look.painted(first, '1')}\n{second}\n"
