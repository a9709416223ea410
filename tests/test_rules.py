"""Every example of every rule: from the rule itself, from tests/rules and from tests/false_positives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import mdreview.rules
from mdreview.diagnostic import LANGUAGES
from mdreview.rule import Example, Rule
from mdreview.rules import RULES
from mdreview.testing import findings, fixed, mark, mending

HERE = Path(__file__).parent
CASE = re.compile(
    r"^## (?P<title>.+)\n+~~~~md\n(?P<text>[\s\S]*?)~~~~$(?:\n+~~~~md fixed\n(?P<fixed>[\s\S]*?)~~~~$)?", re.M
)
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.code}-{kind}-{number}")
    for rule in RULES
    for kind in ("bad", "good")
    for number, example in enumerate(getattr(rule, kind))
]


def cases(folder: str) -> Iterator[object]:
    rules = {rule.code: rule for rule in RULES}
    for path in sorted((HERE / folder).glob("*.md")):
        found = list(CASE.finditer(path.read_text("utf-8")))
        assert found, f"{path} has no cases of the form: ## title, blank line, ~~~~md fence"
        for case in found:
            example = Example(case["text"], case["fixed"])
            yield pytest.param(rules[path.stem], example, id=f"{path.stem}-{case['title']}")


@pytest.mark.parametrize(("rule", "example"), [*EXAMPLES, *cases("rules")])
def test_rule_finds_what_is_marked(rule: Rule, example: str | Example) -> None:
    text, found = findings(example, rule)
    assert mark(text, found) == (example if isinstance(example, str) else example.text)
    for diagnostic in found:
        assert diagnostic.code == rule.code
        for language in LANGUAGES:
            assert "{" not in diagnostic.written(language)
            for related in diagnostic.related:
                assert related.message.written(language, related.arguments)
                assert related.file is not None or 0 <= related.span.start <= related.span.end <= len(text)


@pytest.mark.parametrize(("rule", "example"), [*EXAMPLES, *cases("rules")])
def test_rule_mends_what_it_shows(rule: Rule, example: str | Example) -> None:
    if isinstance(example, str):
        example = Example(example)
    wanted = fixed(example.text) if example.fixed is None else example.fixed
    mended = mending(example, rule)
    assert mended.text == wanted
    assert not mended.fighting
    for diagnostic in findings(example, rule)[1]:
        for language in LANGUAGES:
            assert diagnostic.fix is None or "{" not in diagnostic.fix.title.written(language, diagnostic.fix.arguments)


@pytest.mark.parametrize(("rule", "example"), [*cases("false_positives")])
def test_rule_is_silent_where_it_once_was_wrong(rule: Rule, example: Example) -> None:
    assert "⟦" not in example.text
    _, found = findings(example, rule)
    assert mark(example.text, found) == example.text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rule_is_complete(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{2,3}\d{3}", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+|placeholder", rule.name)
    assert rule.bad and rule.good
    for kind, expected in (("bad", True), ("good", False)):
        for example in getattr(rule, kind):
            text = example if isinstance(example, str) else example.text
            assert ("⟦" in text) is expected
    for text in (rule.message, rule.why, rule.silent):
        assert text.en and re.search(r"[\u4e00-\u9fff]", text.zh)


def test_every_rule_file_is_listed_once_in_order() -> None:
    root = Path(mdreview.rules.__path__[0])
    files = {path.relative_to(root).with_suffix("").as_posix() for path in root.glob("*/*.py")}
    files = {name for name in files if not name.endswith("__init__")}
    listed = [type(rule).__module__.removeprefix("mdreview.rules.").replace(".", "/") for rule in RULES]
    assert sorted(listed) == sorted(files)
    codes = [rule.code for rule in RULES]
    families = list(dict.fromkeys(rule.family for rule in RULES))
    assert codes == sorted(codes, key=lambda code: (families.index(code.rstrip("0123456789")), code))
    assert len({rule.name for rule in RULES}) == len(codes) == len(set(codes))


def test_file_name_is_the_rule_name() -> None:
    for rule in RULES:
        assert type(rule).__module__.rpartition(".")[2].replace("_", "-") == rule.name
