"""Captions and equations are renumbered with their mentions."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from remedy_cases import check, mended

from mdreview.diagnostic import Safety
from mdreview.markdown import parse
from mdreview.remedies.floats import renumber, renumber_equations

CAPTIONS = {
    "every way of mentioning": (
        "如图1、图4和图7(a)所示，见图4-7。Figs. 1 and 4.\n\n![图1 甲](a.png)\n\n图1 甲\n\nFigure 1. A\n\n"
        "![图4 乙](b.png)\n\n图4 乙\n\nFigure 4. B\n\n![](c.png)\n\n图7(a) 丙\n\n![](d.png)\n\n图7(b) 丁\n",
        "如图1、图2和图3(a)所示，见图2-3。Figs. 1 and 2.\n\n![图1 甲](a.png)\n\n图1 甲\n\nFigure 1. A\n\n"
        "![图2 乙](b.png)\n\n图2 乙\n\nFigure 2. B\n\n![](c.png)\n\n图3(a) 丙\n\n![](d.png)\n\n图3(b) 丁\n",
    ),
    "numbers by chapter": (
        "见表 2-3 和表3-1。\n\n表2-1 甲\n\n| a |\n|---|\n\n表2-3 乙\n\n| a |\n|---|\n\n表3-1 丙\n\n| a |\n|---|\n",
        "见表 2-2 和表3-1。\n\n表2-1 甲\n\n| a |\n|---|\n\n表2-2 乙\n\n| a |\n|---|\n\n表3-1 丙\n\n| a |\n|---|\n",
    ),
    "Chinese numerals": (
        "见表三。\n\n表一：甲\n\n| a |\n|---|\n\n表三：乙\n\n| a |\n|---|\n",
        "见表二。\n\n表一：甲\n\n| a |\n|---|\n\n表二：乙\n\n| a |\n|---|\n",
    ),
    "a mention that two captions may bear is left": (
        "见图2和图3。\n\n![](a.png)\n\n图1 甲\n\n![](b.png)\n\n图2 乙\n\n文。\n\n文。\n\n![](c.png)\n\n图2 丙\n",
        "见图2和图3。\n\n![](a.png)\n\n图1 甲\n\n![](b.png)\n\n图2 乙\n\n文。\n\n文。\n\n![](c.png)\n\n图3 丙\n",
    ),
    "figures of another work are left": (
        "文献[3]的图4很大。本系统如图4所示。\n\n![](a.png)\n\n图1 甲\n\n![](b.png)\n\n图4 乙\n",
        "文献[3]的图4很大。本系统如图2所示。\n\n![](a.png)\n\n图1 甲\n\n![](b.png)\n\n图2 乙\n",
    ),
}
EQUATIONS = {
    "tags and numbers in brackets": (
        "由式(3)和 Eqs. (1) and (3)。\n\n$$a=b \\tag{1}$$\n\n$$c=d \\qquad (3)$$\n\n"
        "$$c=d \\qquad (3)$$\n\n$$e=f \\tag{5}$$\n",
        "由式(2)和 Eqs. (1) and (2)。\n\n$$a=b \\tag{1}$$\n\n$$c=d \\qquad (2)$$\n\n"
        "$$c=d \\qquad (2)$$\n\n$$e=f \\tag{3}$$\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), CAPTIONS.values(), ids=CAPTIONS)
def test_renumber(before: str, after: str) -> None:
    check(renumber, before, after)


@pytest.mark.parametrize(("before", "after"), EQUATIONS.values(), ids=EQUATIONS)
def test_renumber_equations(before: str, after: str) -> None:
    check(renumber_equations, before, after)


@pytest.mark.parametrize(
    ("text", "safety"),
    [
        ("见图1和图3。\n\n![](a.png)\n\n图1 甲\n\n![](b.png)\n\n图3 乙\n", Safety.SAFE),
        # figure 2 is mentioned: it may be there in a form that no reader of Markdown sees
        ("见图1、图2和图3。\n\n![](a.png)\n\n图1 甲\n\n![](b.png)\n\n图3 乙\n", Safety.UNSAFE),
        # the second caption would be left without a mention
        ("见图1。\n\n![](a.png)\n\n图1 甲\n\n文。\n\n文。\n\n![](b.png)\n\n图1 乙\n", Safety.UNSAFE),
        # captions taken from another work
        ("".join(f"![](a.png)\n\n图{number} 题\n\n文。\n\n" for number in (1, 6, 8, 2, 3, 17, 5)), Safety.UNSAFE),
    ],
)
def test_safe_only_where_no_mention_goes_astray(text: str, safety: Safety) -> None:
    fix = renumber(parse(text))
    assert fix is not None and fix.safety is safety


NAMES = "甲乙丙丁戊己庚辛壬癸"


def figures(numbers: list[int]) -> str:
    """A text with figures of these numbers, each mentioned once by its right number."""
    mentions = "".join(f"如图{number}所示，{name}。" for number, name in enumerate(NAMES[: len(numbers)], 1))
    captions = "\n\n".join(
        f"![](x.png)\n\n图{number} 题{name}\n\n文。\n\n文。" for number, name in zip(numbers, NAMES, strict=False)
    )
    return f"{mentions}\n\n{captions}\n"


@settings(max_examples=200, deadline=None)
@given(st.integers(2, 10), st.data())
def test_one_wrong_caption_is_set_right_and_nothing_else_changes(count: int, data: st.DataObject) -> None:
    right = list(range(1, count + 1))
    place = data.draw(st.integers(0, count - 1))
    wrong = data.draw(st.integers(1, 12))
    numbers = [*right[:place], wrong, *right[place + 1 :]]
    assume(count > 2 or place or wrong == 1)
    assert mended(renumber, figures(numbers)) == figures(right)
