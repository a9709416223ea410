"""The public Python entrance does what its page says."""

from __future__ import annotations

import doctest
from pathlib import Path

import mdreview.api
from mdreview.api import check_paths, check_text, fix_text
from mdreview.settings import Settings

TEXT = "# 题目\n\n见[^1]。\n"


def test_examples_are_true() -> None:
    assert doctest.testmod(mdreview.api).failed == 0


def test_settings_decide() -> None:
    assert [found.code for found in check_text(TEXT)] == ["FN001"]
    assert check_text(TEXT, Settings(ignore=("FN",))) == []


def test_paths_are_checked_in_order_and_what_is_missing_is_said(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text(TEXT, "utf-8")
    (tmp_path / "a.md").write_text("# 好\n", "utf-8")
    *problems, first, second = check_paths([str(tmp_path), str(tmp_path / "none.md")], isolated=True)
    assert [Path(checked.file).name for checked in (first, second)] == ["a.md", "b.md"]
    assert [found.code for found in second.found] == ["FN001"]
    assert "none.md" in str(problems[0].problems[0])


def test_fixing_leaves_what_no_fix_is_for() -> None:
    fixed = fix_text("<think>\n\n</think>\n\n" + TEXT)
    assert fixed.text == TEXT
    assert [found.code for found in fixed.remaining] == ["FN001"]
    assert dict(fixed.applied) == {"GEN001": 1}
