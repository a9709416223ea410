"""The documents of the project: what they point to is there, and both READMEs give the same commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")
FENCE = re.compile(r"^(`{3,}).*?^\1$", re.M | re.S)
CODE = re.compile(r"`[^`\n]+`")
TEST = re.compile(r"`(tests/\w+\.py)(?:::(\w+))?`")
COMMAND = re.compile(r"<!-- run: (\w+) -->\n```sh\n(.+)\n```\n")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    text = CODE.sub("", FENCE.sub("", document.read_text("utf-8")))
    missing = [link for link in LINK.findall(text) if not (document.parent / link).exists()]
    assert missing == []


def test_named_tests_exist() -> None:
    named = TEST.findall((ROOT / "ARCHITECTURE.md").read_text("utf-8"))
    assert named
    for path, function in named:
        assert f"def {function}" in (ROOT / path).read_text("utf-8")


def test_both_readmes_give_the_same_commands() -> None:
    english, chinese = (COMMAND.findall((ROOT / name).read_text("utf-8")) for name in ("README.md", "README.zh.md"))
    assert [name for name, _ in english] == ["check", "tests"]
    assert english == chinese


def test_guide_has_the_same_pages_in_both_languages() -> None:
    guide = ROOT / "docs" / "guide"
    assert {path.name for path in (guide / "en").iterdir()} == {path.name for path in (guide / "zh").iterdir()}
