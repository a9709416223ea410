"""A rule's page: everything that its class says of itself, as Markdown, in one language.

The same page stands in docs/rules, is printed by `mdreview rule CODE`, and can be shown by an editor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from mdreview.diagnostic import Language, Severity, Text
from mdreview.rule import Example, Rule
from mdreview.settings import Settings
from mdreview.testing import findings

SEVERITIES = {
    Severity.ERROR: Text("error", "错误"),
    Severity.WARNING: Text("warning", "警告"),
    Severity.INFO: Text("info", "提示"),
}
FACTS_HEAD = Text("| Family | Severity | On by default | Fix |", "| 类别 | 级别 | 默认启用 | 修正 |")
YES = Text("yes", "是")
NO = Text("no", "否")
OPT_IN = Text("no, opt-in: `extend-select: [{code}]`", "否，需自行启用：`extend-select: [{code}]`")
WHY = Text("Why", "为什么")
SILENT = Text("When it is silent", "何时不报告")
REPORTED = Text("Reported", "会报告")
NOT_REPORTED = Text("Not reported", "不会报告")
MARKS = Text("What is reported stands between `⟦` and `⟧`.", "被报告的文字位于 `⟦` 与 `⟧` 之间。")
MARKS_WITH_FIX = Text(
    "What is reported stands between `⟦` and `⟧`; after `→` stands what a fix makes of it.",
    "被报告的文字位于 `⟦` 与 `⟧` 之间；`→` 之后是修正后的文字。",
)
SAYS = Text("mdreview says:", "mdreview 的报告：")
FIXED = Text("Fixed:", "修正后：")
SETTINGS = Text("With the settings", "设置为")
BIBLIOGRAPHY = Text("With the bibliography", "文献库为")
GLOSSARY = Text("With the glossary", "术语表为")
OUTLINE = Text("With the outline", "提纲为")
SUPPRESS = Text("How to suppress it", "如何屏蔽")
SUPPRESS_TEXT = Text(
    "For the next line, with the reason if you like:\n\n"
    "```markdown\n<!-- mdreview-disable-next-line {code} -- the reason -->\n```\n\n"
    "For the whole file put `<!-- mdreview-disable-file {code} -->` into it, "
    "for all files `ignore: [{code}]` into `.mdreview.yaml`. The name `{name}` does as well as the code.",
    "屏蔽下一行，可写明理由：\n\n"
    "```markdown\n<!-- mdreview-disable-next-line {code} -- 理由 -->\n```\n\n"
    "屏蔽整个文件：在文件中写 `<!-- mdreview-disable-file {code} -->`；屏蔽所有文件：在 `.mdreview.yaml` 中写 "
    "`ignore: [{code}]`。代码也可换成名称 `{name}`。",
)
MESSAGES_SHOWN = 4


def page(rule: Rule, language: Language) -> str:
    """The rule's page as Markdown, from its title to how to suppress it; ends with a line end."""
    parts = [f"# {rule.code} {rule.name}", f"> {general_message(rule, language)}", _facts(rule, language)]
    parts += [f"## {WHY.written(language)}", rule.why.written(language)]
    parts += [f"## {SILENT.written(language)}", rule.silent.written(language)]
    marks = MARKS_WITH_FIX if rule.fixable else MARKS
    parts += [f"## {REPORTED.written(language)}", marks.written(language)]
    for example in rule.bad:
        parts += [*_example(example, language), *_said(rule, example, language), *_fixed(example, language)]
    parts.append(f"## {NOT_REPORTED.written(language)}")
    for example in rule.good:
        parts += _example(example, language)
    parts.append(f"## {SUPPRESS.written(language)}")
    parts.append(SUPPRESS_TEXT.written(language, {"code": rule.code, "name": rule.name}))
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def file_name(rule: Rule) -> str:
    """The name of the rule's page among the pages of one language."""
    return f"{rule.code}-{rule.name}.md"


def fenced(text: str, language: str = "") -> str:
    """The text in a code fence that nothing in it can close."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def general_message(rule: Rule, language: Language) -> str:
    """The rule's message without its arguments: each place for one becomes an ellipsis."""
    return re.sub(r"\{\w+\}", "……" if language == "zh" else "…", rule.message.written(language))


def _facts(rule: Rule, language: Language) -> str:
    on = OPT_IN if rule.opt_in else YES
    cells = (
        f"`{rule.family}`",
        SEVERITIES[rule.severity].written(language),
        on.written(language, {"code": rule.code}),
        (YES if rule.fixable else NO).written(language),
    )
    return f"{FACTS_HEAD.written(language)}\n| --- | --- | --- | --- |\n| {' | '.join(cells)} |"


def _example(example: str | Example, language: Language) -> Iterator[str]:
    if isinstance(example, str):
        example = Example(example)
    beside = (
        (SETTINGS, settings_text(example.settings), "yaml"),
        (BIBLIOGRAPHY, example.bibliography, "bibtex"),
        (GLOSSARY, example.glossary, "yaml"),
        (OUTLINE, example.outline, "markdown"),
    )
    for title, text, name in beside:
        if text:
            yield f"{title.written(language)}\n\n{fenced(text, name)}"
    yield fenced(example.text, "markdown")


def _fixed(example: str | Example, language: Language) -> Iterator[str]:
    if isinstance(example, Example) and example.fixed is not None:
        yield f"{FIXED.written(language)}\n\n{fenced(example.fixed, 'markdown')}"


def _said(rule: Rule, example: str | Example, language: Language) -> Iterator[str]:
    _, found = findings(example, rule)
    messages = list(dict.fromkeys(diagnostic.written(language) for diagnostic in found))
    if not messages:
        return
    shown = [f"- {message}" for message in messages[:MESSAGES_SHOWN]]
    if len(messages) > MESSAGES_SHOWN:
        shown.append("- …")
    yield SAYS.written(language) + "\n\n" + "\n".join(shown)


def settings_text(settings: Settings) -> str:
    """What differs from the defaults, as YAML; empty where nothing does."""
    changed = _changed(settings, Settings())
    if not changed:
        return ""
    import yaml

    return str(yaml.safe_dump(changed, allow_unicode=True, sort_keys=False))


def _changed(value: Any, default: Any) -> dict[str, object]:
    changed: dict[str, object] = {}
    for name, ours, theirs in zip(value._fields, value, default, strict=True):
        if ours == theirs:
            continue
        key = name.replace("_", "-")
        if hasattr(ours, "_fields"):
            changed[key] = _changed(ours, theirs)
        else:
            changed[key] = list(ours) if isinstance(ours, tuple) else dict(ours) if isinstance(ours, dict) else ours
    return changed
