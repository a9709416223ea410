"""What must hold of figures and their sources, whatever the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdreview.context import Context
from mdreview.engine import check
from mdreview.facts import figures, placeholders, quantities, residue, sources, typography
from mdreview.markdown import Block, parse
from mdreview.settings import Settings

WORDS = (
    *(
        "增长了",
        "30%",
        "三成",
        "百分之二十五",
        "25&nbsp;%",
        "$5\\%$",
        "forty percent",
        "3 倍",
        "研究表明",
        "studies show ",
    ),
    *("，", "本文", "若", "let me search ", "(", "）"),
)
MARKS = (
    "[^1]",
    "[1]",
    "[@a]",
    "（王五，2020）",
    "[TODO]",
    "图??",
    "<think>",
    "。",
    "；",
    ". ",
    "\n\n",
    "- ",
    "> ",
    "# ",
    "| ",
)
TEXTS = st.lists(st.sampled_from((*WORDS, *MARKS)), max_size=30).map("".join)
PHRASES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=15).map("".join)
READERS: tuple[Callable[[Block], tuple[Any, ...]], ...] = (
    quantities.percentages,
    quantities.comparisons,
    sources.read,
    residue.read,
    placeholders.read,
    figures.read,
    typography.punctuation,
    typography.brackets,
    typography.boundaries,
)


@given(TEXTS)
def test_facts_lie_in_their_block_in_order(text: str) -> None:
    for block in parse(text).blocks:
        for read in READERS:
            spans = [fact.span for fact in block.fact(read)]
            assert spans == sorted(spans)
            assert all(0 <= span.start <= span.end <= len(block.text) for span in spans)


@given(PHRASES)
def test_a_sentence_with_a_note_is_never_reported(phrase: str) -> None:
    document = parse(f"水{phrase}[^9]。\n")
    assert check(document, Context(Settings(select=("CLM001", "CLM002", "CLM003")))) == []


@given(st.integers(1, 99))
def test_chinese_numerals_have_the_value_of_the_digits(value: int) -> None:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(value, 10)
    written = (
        ("" if tens == 1 else digits[tens] if tens else "") + ("十" if tens else "") + (digits[ones] if ones else "")
    )
    assert figures.numbers(f"百分之{written}") == [(float(value), 1.0)]


@given(st.floats(10, 99).map(lambda value: round(value, 2)))
def test_a_rounded_figure_is_given(exact: float) -> None:
    table = f"| rate |\n|---|\n| {exact} |\n| 1 |\n| 2 |\n| 3 |\n"
    text = f"## Abstract\n\nThe rate was {exact:.0f}%.\n\n## Results\n\n{table}"
    assert check(parse(text), Context(Settings(select=("CLM004",)))) == []


@pytest.mark.parametrize("sign", ["%", "％", "\\%", "&nbsp;%", " %", " percent", " per cent", "个百分点"])
def test_every_sign_makes_a_percentage(sign: str) -> None:
    (block,) = parse(f"增长 25{sign} 。\n").blocks
    assert [block.text[slice(*found.span)] for found in block.fact(quantities.percentages)] == [f"25{sign}"]
