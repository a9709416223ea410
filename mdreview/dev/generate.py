"""The files that are made from the code: rule pages, tables of rules, outputs shown in the documents, the schema."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from mdreview.commands import OPT_IN
from mdreview.diagnostic import LANGUAGES, Language, Text
from mdreview.formats import FORMATS
from mdreview.rule import Rule
from mdreview.rule_page import SEVERITIES, YES, fenced, file_name, page
from mdreview.rules import RULES
from mdreview.settings_schema import FAMILIES, settings_schema, settings_template

RULE_TABLE = re.compile(r"(<!-- rules: (en|zh) -->\n).*?(<!-- end of rules -->\n)", re.S)
SETTINGS = re.compile(r"(<!-- settings: (en|zh) -->\n).*?(<!-- end of settings -->\n)", re.S)
FORMAT_TABLE = re.compile(r"(<!-- formats: (en|zh) -->\n).*?(<!-- end of formats -->\n)", re.S)
OUTPUT = re.compile(r"(<!-- output: (mdreview .+?) -->\n).*?(<!-- end of output -->\n)", re.S)
PLAIN = {"NO_COLOR": "1", "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}
OTHER: dict[Language, tuple[Language, str]] = {"en": ("zh", "中文"), "zh": ("en", "English")}
ALL_RULES = Text("All rules", "全部规则")
INDEX_HEAD = Text(
    "Codes never change their meaning. A rule is named by its code, its name, or with its whole family; `mdreview rule "
    "CODE` shows its page in the terminal.",
    "代码的含义永不改变。规则可用代码、名称或整个类别来指称；`mdreview rule 代码` 在终端中显示其说明页。",
)
COLUMNS = Text("| Code | Name | Severity | Fix | |", "| 代码 | 名称 | 级别 | 修正 | |")
README_COLUMNS = Text("| Family | About | Rules |", "| 类别 | 关于 | 规则 |")
FORMAT_COLUMNS = Text("| Format | What it is | `--statistics` |", "| 格式 | 说明 | `--statistics` |")
JOINT = Text(", ", "、")
BRACKETED = Text(" ({word})", "（{word}）")


def generated(root: Path) -> dict[Path, str]:
    """Every generated file of the checkout at `root` with the text that it should have."""
    files: dict[Path, str] = {}
    for language in LANGUAGES:
        folder = root / "docs" / "rules" / language
        files[folder / "README.md"] = _index(language)
        for rule in RULES:
            files[folder / file_name(rule)] = _page(rule, language)
    schema = json.dumps(settings_schema(), ensure_ascii=False, indent=2)
    files[root / "docs" / "mdreview.schema.json"] = schema + "\n"
    for path in (*root.glob("*.md"), *(root / "docs" / "guide").glob("*/*.md")):
        text = path.read_text("utf-8")
        filled = RULE_TABLE.sub(lambda found: _between(found, _table(_language(found[2]))), text)
        filled = SETTINGS.sub(
            lambda found: _between(found, fenced(settings_template(_language(found[2])), "yaml")), filled
        )
        filled = FORMAT_TABLE.sub(lambda found: _between(found, _formats(_language(found[2]))), filled)
        filled = OUTPUT.sub(lambda found: _between(found, _output(root, found[2])), filled)
        if "<!-- end of " in text:
            files[path] = filled
    return files


def stale(root: Path) -> list[Path]:
    """The generated files that are missing, differ, or are no longer made, in order."""
    files = generated(root)
    different = {path for path, text in files.items() if not path.is_file() or path.read_text("utf-8") != text}
    return sorted(different | _left_over(root, files))


def write(root: Path) -> None:
    """Writes the generated files and removes the pages of rules that are gone."""
    files = generated(root)
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    for path in _left_over(root, files):
        path.unlink()


def _left_over(root: Path, files: Iterable[Path]) -> set[Path]:
    return set((root / "docs" / "rules").glob("*/*.md")) - set(files)


def _page(rule: Rule, language: Language) -> str:
    title, _, rest = page(rule, language).partition("\n")
    other, name = OTHER[language]
    links = f"[{ALL_RULES.written(language)}](README.md) · [{name}](../{other}/{file_name(rule)})"
    return f"{title}\n\n{links}\n{rest}"


def _families() -> list[tuple[str, list[Rule]]]:
    return [(family, list(rules)) for family, rules in groupby(RULES, key=lambda rule: rule.family)]


def _index(language: Language) -> str:
    other, name = OTHER[language]
    parts = [f"# {ALL_RULES.written(language)}", f"[{name}](../{other}/README.md)", INDEX_HEAD.written(language)]
    for family, rules in _families():
        parts.append(f"## {family} {FAMILIES[family].written(language)}")
        rows = [COLUMNS.written(language), "| --- | --- | --- | --- | --- |"]
        for rule in rules:
            cells = (
                f"[{rule.code}]({file_name(rule)})",
                rule.name,
                SEVERITIES[rule.severity].written(language),
                YES.written(language) if rule.fixable else "",
                OPT_IN.written(language) if rule.opt_in else "",
            )
            rows.append(f"| {' | '.join(cells)} |")
        parts.append("\n".join(rows))
    return "\n\n".join(parts) + "\n"


def _between(found: re.Match[str], text: str) -> str:
    return f"{found[1]}\n{text}\n\n{found[3]}"


def _language(word: str) -> Language:
    return "zh" if word == "zh" else "en"


def _table(language: Language) -> str:
    """The table of rules of a README, one row a family."""
    rows = [README_COLUMNS.written(language), "| --- | --- | --- |"]
    for family, rules in _families():
        about = FAMILIES[family].written(language)
        opt_in = BRACKETED.written(language, {"word": OPT_IN.written(language)})
        if every := all(rule.opt_in for rule in rules):
            about += opt_in
        named = (
            f"[{rule.name}](docs/rules/{language}/{file_name(rule)}){opt_in if rule.opt_in and not every else ''}"
            for rule in rules
        )
        links = JOINT.written(language).join(named)
        rows.append(f"| `{family}` | {about} | {links} |")
    return "\n".join(rows)


def _formats(language: Language) -> str:
    """The table of formats for the guide."""
    rows = [FORMAT_COLUMNS.written(language), "| --- | --- | --- |"]
    for known in FORMATS:
        counts = YES.written(language) if known.counts else ""
        rows.append(f"| `{known.name}` | {known.what.written(language)} | {counts} |")
    return "\n".join(rows)


def _output(root: Path, command: str) -> str:
    """A command and what it prints on standard output, run at the root of the checkout."""
    arguments = [sys.executable, "-m", *shlex.split(command)]
    environment = {**os.environ, **PLAIN}
    done = subprocess.run(arguments, cwd=root, env=environment, capture_output=True, encoding="utf-8", check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{command}: {done.stderr}")
    return fenced(f"$ {command}\n{done.stdout}", "console")
