"""The tools of those who work on mdreview: adding a rule, on a copy of the checkout, and the generated files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mdreview.dev.generate import generated, stale, write
from mdreview.dev.new_rule import CannotAdd, add_rule

ROOT = Path(__file__).parents[1]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the parts of this checkout that adding a rule touches or needs."""
    ignore = shutil.ignore_patterns("__pycache__")
    for name in ("mdreview", "tests"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def run(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(checkout), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("options", [(), ("--document",)], ids=["block", "document"])
def test_one_command_adds_a_rule_that_passes_every_gate(checkout: Path, options: tuple[str, ...]) -> None:
    done = run(checkout, "mdreview.dev", "new-rule", "SUP", "copied-suppression", *options)
    assert done.returncode == 0, done.stderr
    code = "SUP003"
    assert f"tests/rules/{code}.md" in done.stdout
    words = f"{code} or listed or file_name"
    tests = run(checkout, "pytest", "tests/test_rules.py", "-k", words, "-p", "no:cacheprovider", "-rA")
    assert tests.returncode == 0, tests.stdout
    for passed in (f"[{code}-bad-0]", f"[{code}-Found in a list]", f"[{code}-Silent in a comment]", "listed_once"):
        assert passed in tests.stdout
    files = ("mdreview/rules/suppressions/copied_suppression.py", "mdreview/rules/__init__.py")
    for gate in (("check",), ("format", "--check")):
        assert run(checkout, "ruff", *gate, *files).returncode == 0


def test_new_rule_takes_the_next_code_and_its_place(checkout: Path) -> None:
    first = add_rule(checkout, "FN", "another-fault")
    second = add_rule(checkout, "FN", "a-third-fault")
    assert int(second.code[2:]) == int(first.code[2:]) + 1
    listing = first.listing.read_text("utf-8")
    assert listing.index("AnotherFault(),\n") + len("AnotherFault(),\n    ") == listing.index("AThirdFault(),")
    imports = [line for line in listing.splitlines() if line.startswith("from mdreview.rules.")]
    assert imports == sorted(imports)


@pytest.mark.parametrize(
    ("family", "name", "why"),
    [
        ("XX", "some-fault", "there is no family XX"),
        ("FN", "Some Fault", "lower case with hyphens"),
        ("FN", "undefined-footnote", "there is a rule undefined-footnote already"),
    ],
)
def test_what_cannot_be_added_changes_nothing(checkout: Path, family: str, name: str, why: str) -> None:
    before = {path: path.read_bytes() for path in checkout.rglob("*.*") if path.is_file()}
    with pytest.raises(CannotAdd, match=why):
        add_rule(checkout, family, name)
    assert before == {path: path.read_bytes() for path in checkout.rglob("*.*") if path.is_file()}


def test_generate_writes_what_is_missing_and_removes_what_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "docs" / "rules" / "en" / "FN999-gone.md"
    gone.parent.mkdir(parents=True)
    gone.write_text("# FN999\n", "utf-8")
    assert set(stale(tmp_path)) == {gone, *generated(tmp_path)}
    write(tmp_path)
    assert stale(tmp_path) == []
    assert not gone.exists()
