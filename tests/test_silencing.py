"""Comments that silence: everything found can be silenced, nothing else changes, and nothing is left over."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Run, write

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic
from mdreview.engine import check
from mdreview.markdown import parse
from mdreview.rule import Example, Rule
from mdreview.rules import RULES
from mdreview.silencing import NEVER, silenced
from mdreview.testing import context_of, unmark

BAD = "# 论文\n\n准确率提升了25%。脚注[^1]另述其事。\n\n另见脚注[^2]。\n"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_what_a_rule_finds_can_be_silenced(rule: Rule) -> None:
    for bad in rule.bad:
        example = Example(bad) if isinstance(bad, str) else bad
        context = context_of(example, example.settings._replace(select=(rule.code, "SUP001")))

        def find(text: str, context: Context = context) -> list[Diagnostic]:
            return check(parse(text), context)

        text = unmark(example.text)
        fixed = silenced(text, find)
        assert all(diagnostic.code.startswith(NEVER) for diagnostic in fixed.remaining), fixed.text
        assert silenced(fixed.text, find).text == fixed.text


def test_one_comment_a_line_names_every_rule(run: Run) -> None:
    write({"a.md": BAD})
    answer = run("check", "--add-ignores", "a.md")
    assert answer.status == 0
    assert answer.out == (
        "Silenced 3 findings in a.md:\n  2  FN001   undefined-footnote\n  1  CLM001  uncited-percentage\n"
        "No findings left.\n"
    )
    assert Path("a.md").read_text("utf-8") == (
        "# 论文\n\n准确率提升了25%。脚注[^1]另述其事。 <!-- mdreview-disable-line CLM001 FN001 -->\n\n"
        "另见脚注[^2]。 <!-- mdreview-disable-line FN001 -->\n"
    )
    assert run("check", "a.md").status == 0
    again = run("check", "--add-ignores", "a.md", "--lang", "zh")
    assert again.out == "a.md：没有需要屏蔽的问题。\n没有其余问题。\n"


def test_a_diff_shows_and_writes_nothing(run: Run) -> None:
    write({"a.md": BAD})
    answer = run("check", "--add-ignores", "--diff", "a.md")
    assert "+另见脚注[^2]。 <!-- mdreview-disable-line FN001 -->" in answer.out
    assert "Would silence 3 findings in a.md:" in answer.err
    assert Path("a.md").read_text("utf-8") == BAD


def test_what_the_front_matter_lacks_is_silenced_for_the_text(run: Run) -> None:
    write({"a.md": "---\nbibliography: none.bib\n---\n\nText.\n"})
    assert run("check", "a.md").status == 1
    assert run("check", "--add-ignores", "a.md").status == 0
    assert "---\n\n<!-- mdreview-disable-file CIT010 -->\n\nText." in Path("a.md").read_text("utf-8")


def test_mdx_has_comments_of_its_own(run: Run) -> None:
    write({"a.mdx": BAD})
    assert run("check", "--add-ignores", "a.mdx").status == 0
    assert "[^2]。 {/* mdreview-disable-line FN001 */}\n" in Path("a.mdx").read_text("utf-8")
    assert run("check", "a.mdx").status == 0


def test_known_findings_need_no_comment(run: Run) -> None:
    write({"a.md": BAD})
    run("baseline", "write")
    write({"a.md": BAD + "\n又见[^3]。\n"})
    assert run("check", "--add-ignores", "a.md").status == 0
    assert Path("a.md").read_text("utf-8") == BAD + "\n又见[^3]。 <!-- mdreview-disable-line FN001 -->\n"
    write({"a.md": BAD})
    run("check", "--add-ignores", "--no-baseline", "a.md")
    assert Path("a.md").read_text("utf-8").count("<!--") == 2


@pytest.mark.parametrize("other", [["--fix"], ["--unsafe-fixes"], ["--since", "HEAD"]])
def test_what_it_does_not_go_with(run: Run, other: list[str]) -> None:
    write({"a.md": BAD})
    answer = run("check", "--add-ignores", *other, "a.md")
    assert (answer.status, answer.out) == (2, "")
    assert "--add-ignores" in answer.err
    assert Path("a.md").read_text("utf-8") == BAD
