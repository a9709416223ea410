"""Runs a remedy on a text, and compares what is left of the text's words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from mdreview.diagnostic import Fix
from mdreview.fixes import apply_edits
from mdreview.markdown import Document, parse

Remedy = Callable[[Document], Fix | None]
NUMERALS = "〇零一二三四五六七八九十百"
WORD = re.compile(r"[A-Za-z]{4,}|[\u3400-\u9fff]")

ROMAN = re.compile(r"[ivxlc]+", re.I)


def mended(remedy: Remedy, text: str) -> str:
    """The text after the remedy; as it was where the remedy offers nothing."""
    fix = remedy(parse(text))
    return apply_edits(text, fix.edits) if fix else text


def check(remedy: Remedy, before: str, after: str) -> None:
    """Asserts that the remedy makes `after` of `before`, and nothing more of that."""
    assert mended(remedy, before) == after
    assert mended(remedy, after) == after
    fix = remedy(parse(before))
    for language in ("en", "zh"):
        assert fix is None or "{" not in fix.title.written(language, fix.arguments)


def words(text: str) -> Counter[str]:
    """The words and characters of a text that are no numbers."""
    return Counter(word for word in WORD.findall(text) if word not in NUMERALS and not ROMAN.fullmatch(word))
