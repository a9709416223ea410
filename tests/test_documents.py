"""The documents of the project: what they point to is there, and both READMEs give the same commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mdreview.context import Context
from mdreview.engine import check
from mdreview.markdown import parse
from mdreview.settings import Settings

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


EXAMPLES = {
    "review.zh.md": "CIT004 CIT007 CLM001 CLM004 FN001 FN007 GEN001 REF001 REF003 SEC001 SEC004 TRM002 TRM003 TRM004",
    "paper.en.md": "CLM001 CLM003 CLM004 FN001 FN002 FN003 GEN001 GEN002 REF001 SEC001 TRM001 TRM003",
    "mixed.md": "CLM001 SEC001 TRM004 TRM007",
    "review.fixed.zh.md": "",
}


@pytest.mark.parametrize(("name", "codes"), EXAMPLES.items())
def test_examples_have_the_faults_that_they_show_and_the_mended_one_has_none(name: str, codes: str) -> None:
    settings = Settings(extend_select=("TYP",)) if not codes else Settings()
    found = {finding.code for finding in check(parse((ROOT / "examples" / name).read_text("utf-8")), Context(settings))}
    if codes:
        assert set(codes.split()) <= found
    else:
        assert found == set()
