"""The commands beside check and fix: terms, outline, rules, rule, init, schema."""

from __future__ import annotations

import json
import re
from pathlib import Path

from command_line import Answer, Run, write

from mdreview import commands


def test_terms_are_tabled_in_every_form(run: Run) -> None:
    write({"paper.md": "卷积神经网络（Convolutional Neural Network，CNN）很常用。CNN 的训练较慢。\n"})
    answer = run("terms", "paper.md")
    assert answer.status == 0
    assert re.search(r"^CNN +卷积神经网络  Convolutional Neural Network +1:\d+ +1$", answer.out, re.M)
    (record,) = json.loads(run("terms", "paper.md", "--output-format", "json").out)
    assert (record["file"], record["chinese"], record["abbreviation"]) == ("paper.md", "卷积神经网络", "CNN")
    assert "| CNN | 卷积神经网络 |" in run("terms", "paper.md", "--output-format", "markdown").out
    Path("glossary.yaml").write_text(run("terms", "paper.md", "--output-format", "yaml").out, "utf-8")
    assert run("check", "--select", "TRM008", "--glossary", "glossary.yaml", "paper.md").status == 0
    assert run("terms", "nowhere.md").status == 2


def test_outline_draws_the_sections_with_their_faults(run: Run) -> None:
    text = "# 1 One\n\nText.\n\n# 3 Three\n\nText[^1].\n"
    write({"paper.md": text, ".mdreview.yaml": "select: [FN]\n"})
    answer = run("outline", "paper.md")
    assert answer.status == 0
    assert re.search(r"(?m)^5  3 Three\n.*✗ 5: SEC001 ", answer.out)
    assert "FN001" not in answer.out
    first, second = json.loads(run("outline", "paper.md", "--output-format", "json").out)
    assert (first["number"], first["faults"]) == ("1", [])
    assert [fault["code"] for fault in second["faults"]] == ["SEC001"]
    assert run("outline", "-", stdin=text.encode()) == answer
    write({"plan.md": "# 1 One\n"})
    assert "SEC010" in run("outline", "paper.md", "--outline", "plan.md").out
    write({"empty.md": "Text.\n"})
    assert run("outline", "empty.md") == Answer(0, "", "mdreview: empty.md: no headings\n")
    assert run("outline", "nowhere.md").status == 2
    assert run("outline", "paper.md", "--outline", "nowhere.md").status == 2


def test_rules_are_listed(run: Run) -> None:
    answer = run("rules")
    assert answer.status == 0
    assert re.search(r"^  FN001  undefined-footnote +error +fix$", answer.out, re.M)
    records = json.loads(run("rules", "--output-format", "json", "--lang", "zh").out)
    record = next(record for record in records if record["code"] == "FN001")
    assert (record["family"], record["severity"], record["opt_in"]) == ("FN", "error", False)
    assert re.search("[\u4e00-\u9fff]", record["why"])


def test_a_rule_is_explained(run: Run) -> None:
    by_code, by_name = run("rule", "fn001"), run("rule", "undefined-footnote")
    assert by_code.status == 0
    assert by_code == by_name
    assert by_code.out.startswith("# FN001 undefined-footnote\n")
    assert "何时不报告" in run("rule", "FN001", "--lang", "zh").out
    assert "FN002" in run("rule", "fn").out


def test_a_page_is_styled_for_a_terminal_and_its_examples_stay_whole() -> None:
    page = "# FN001 x\n\nSee `a` and `⟦`.\n\n```markdown\n# Title⟦[^1]⟧ `b`\n```\n\n## Why\n"
    assert commands._styled(page) == (
        "\x1b[1mFN001 x\x1b[0m\n\nSee \x1b[36ma\x1b[0m and \x1b[36m⟦\x1b[0m.\n\n"
        "\x1b[2m```markdown\x1b[0m\n# Title\x1b[4;33m⟦[^1]⟧\x1b[0m `b`\n\x1b[2m```\x1b[0m\n\n\x1b[1mWhy\x1b[0m\n"
    )


def test_init_writes_once(run: Run) -> None:
    assert run("init") == Answer(0, ".mdreview.yaml is written; every setting in it is explained\n", "")
    write({".mdreview.yaml": "# mine\n"})
    answer = run("init")
    assert (answer.status, answer.err) == (2, "mdreview: error: .mdreview.yaml is there already and stays as it is\n")
    assert Path(".mdreview.yaml").read_text("utf-8") == "# mine\n"
    assert run("init", "nowhere").status == 2


def test_schema_is_the_one_in_the_documentation(run: Run) -> None:
    from mdreview.settings_schema import settings_schema

    assert json.loads(run("schema").out) == settings_schema()
