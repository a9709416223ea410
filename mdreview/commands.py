"""The commands besides `check`: what the rules are, what a text holds, how to start."""

from __future__ import annotations

import json
import re
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path

from mdreview.console import CLEAN, TROUBLE, complain, tell, terminal
from mdreview.context import Context
from mdreview.diagnostic import Language, Text
from mdreview.errors import UserError, reason_of
from mdreview.files import UNWRITABLE
from mdreview.invocation import input_of, settings_finder
from mdreview.markdown import Document, Kind
from mdreview.nearest import nearest
from mdreview.render.excerpt import width
from mdreview.rule import Rule
from mdreview.rules import RULES, rule_words

UNKNOWN = Text(
    "there is no rule “{word}”; `mdreview rules` lists them all",
    "没有名为“{word}”的规则；`mdreview rules` 列出全部规则",
)
UNKNOWN_NEAR = Text("there is no rule “{word}”; did you mean {near}?", "没有名为“{word}”的规则；是否想写 {near}？")
OPT_IN = Text("opt-in", "需自行启用")
FIXABLE = Text("fix", "可修正")
THERE = Text("{file} is there already and stays as it is", "{file} 已存在，保持不变")
NO_HEADINGS = Text("{file}: no headings", "{file}：没有标题")
WRITTEN = Text("{file} is written; every setting in it is explained", "已写出 {file}，其中对每项设置均有说明")
SETTINGS_NAME = ".mdreview.yaml"


def run(options: Namespace, language: Language) -> int:
    """Runs a command and returns its exit status. Raises UserError for what the user can mend."""
    match options.command:
        case "terms":
            return _terms(options, language)
        case "outline":
            return _outline(options, language)
        case "rules":
            _rules(options.output_format, language)
        case "rule":
            _rule(options.rule, language)
        case "init":
            _init(Path(options.folder), language)
        case "schema":
            _schema()
        case command:
            raise ValueError(command)
    return 0


def _terms(options: Namespace, language: Language) -> int:
    from mdreview.render import terms as render
    from mdreview.terms import term_table

    document, context, status = _opened(options, language)
    table = term_table(document, context)
    match options.output_format:
        case "json":
            written = render.to_json(table, document.source, options.stdin_filename or options.file)
        case "yaml":
            written = render.yaml(table)
        case "markdown":
            written = render.markdown(table, document.source, language)
        case _:
            written = render.text(table, document.source, language)
    sys.stdout.write(written)
    return status


def _outline(options: Namespace, language: Language) -> int:
    from mdreview.engine import check
    from mdreview.render.outline import json_outline, text_outline

    document, context, status = _opened(options, language)
    # whatever else is switched off, an outline is drawn to see what is wrong with the sections
    settings = context.settings._replace(select=("SEC",), extend_select=())
    found = check(document, context._replace(settings=settings))
    draw = json_outline if options.output_format == "json" else text_outline
    sys.stdout.write(draw(document, found, language))
    if not any(block.kind is Kind.HEADING for block in document.blocks):
        tell(f"mdreview: {NO_HEADINGS.written(language, {'file': options.file})}")
    return status


def _opened(options: Namespace, language: Language) -> tuple[Document, Context, int]:
    """The text that the options name, its context, and the exit status so far. Raises UserError."""
    from mdreview.runner import Checker

    checker = Checker(settings_finder(options))
    data, name = input_of(options.file, options.stdin_filename)
    document, context, problems = checker.read(data, name)
    for problem in problems:
        complain(problem, language)
    return document, context, TROUBLE if problems else CLEAN


def _rules(output_format: str, language: Language) -> None:
    if output_format == "json":
        records = [_record(rule, language) for rule in RULES]
        sys.stdout.write(json.dumps(records, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.writelines(_table(RULES, language))


def _rule(word: str, language: Language) -> None:
    folded = word.casefold().replace("_", "-")
    family = tuple(rule for rule in RULES if rule.family.casefold() == folded)
    if family:
        sys.stdout.writelines(_table(family, language))
        return
    rule = next((rule for rule in RULES if folded in (rule.code.casefold(), rule.name)), None)
    if rule is None:
        near = nearest(word, [word for word in rule_words() if word != "ALL"])
        raise UserError(UNKNOWN_NEAR if near else UNKNOWN, word=word, near=near)
    from mdreview.rule_page import page

    _, colour = terminal(sys.stdout)
    sys.stdout.write(_styled(page(rule, language)) if colour else page(rule, language))


def _init(folder: Path, language: Language) -> None:
    from mdreview.settings_schema import settings_template

    path = folder / SETTINGS_NAME
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(settings_template(language))
    except FileExistsError:
        raise UserError(THERE, file=str(path)) from None
    except OSError as error:
        raise UserError(UNWRITABLE, file=str(path), reason=reason_of(error)) from None
    sys.stdout.write(WRITTEN.written(language, {"file": str(path)}) + "\n")


def _schema() -> None:
    from mdreview.settings_schema import settings_schema

    sys.stdout.write(json.dumps(settings_schema(), ensure_ascii=False, indent=2) + "\n")


def _record(rule: Rule, language: Language) -> dict[str, object]:
    from mdreview.links import rule_url

    return {
        "code": rule.code,
        "name": rule.name,
        "family": rule.family,
        "severity": rule.severity.name.lower(),
        "opt_in": rule.opt_in,
        "fixable": rule.fixable,
        "message": rule.message.written(language),
        "why": rule.why.written(language),
        "silent": rule.silent.written(language),
        "url": rule_url(rule.code, rule.name, language),
    }


def _table(rules: Iterable[Rule], language: Language) -> Iterator[str]:
    """The rules by family, one a line."""
    from mdreview.render.text import SEVERITIES
    from mdreview.settings_schema import FAMILIES

    rules = tuple(rules)
    longest = max(len(rule.name) for rule in rules)
    family = ""
    for rule in rules:
        if rule.family != family:
            blank = "\n" if family else ""
            family = rule.family
            yield f"{blank}{family}  {FAMILIES[family].written(language)}\n"
        severity = SEVERITIES[rule.severity][0].written(language)
        marks = [severity, *([OPT_IN.written(language)] if rule.opt_in else ())]
        marks += [FIXABLE.written(language)] if rule.fixable else []
        pad = " " * max(0, 8 - width(severity))
        yield f"  {rule.code}  {rule.name:<{longest}}  {severity}{pad}{'  '.join(marks[1:])}".rstrip() + "\n"


def _styled(page: str) -> str:
    """A page of Markdown for a terminal: titles bold, code in colour, what is reported underlined in examples."""
    lines = []
    fence = ""
    for line in page.split("\n"):
        mark = re.match(r"`{3,}", line)
        if mark and (not fence or mark.group() == fence):
            fence = "" if fence else mark.group()
            lines.append(f"\x1b[2m{line}\x1b[0m")
        elif fence:
            lines.append(re.sub(r"⟦([^⟦⟧]*)⟧", "\x1b[4;33m⟦\\1⟧\x1b[0m", line))
        else:
            titled = re.sub(r"^#+ (.*)$", "\x1b[1m\\1\x1b[0m", line)
            lines.append(re.sub(r"`([^`]+)`", "\x1b[36m\\1\x1b[0m", titled))
    return "\n".join(lines)
