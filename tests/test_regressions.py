"""Fixes that were wrong once: each text of `regressions/` with what all fixes together must make of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mdreview.context import Context
from mdreview.engine import check
from mdreview.fixes import fix_text
from mdreview.markdown import parse

CASE = re.compile(r"^## (.+)\n\n~~~~md\n(.*?)~~~~\n\n~~~~md\n(.*?)~~~~\n", re.M | re.S)
CASES = [
    case
    for file in sorted((Path(__file__).parent / "regressions").glob("*.md"))
    for case in CASE.findall(file.read_text("utf-8"))
]


@pytest.mark.parametrize(("before", "after"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_fixes(before: str, after: str) -> None:
    assert fix_text(before, lambda text: check(parse(text), Context()), unsafe=True).text == after
