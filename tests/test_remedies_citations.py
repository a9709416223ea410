"""Citations are renumbered, merged and turned into a list together with their entries."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from remedy_cases import check, mended

from mdreview.facts.reference_list import reference_lists
from mdreview.markdown import Document, parse
from mdreview.remedies.citations import close_gaps, merge, renumber, to_numeric

LIST = "\n\n## References\n\n[1] Ash. 2018.\n\n[2] Bee. 2019.\n\n[3] Cox. 2020.\n"
ORDER = {
    "groups and ranges": (
        "Rain [3], snow [1-3], wind [2,3]." + LIST,
        "Rain [1], snow [1-3], wind [1,3].\n\n## References\n\n[1] Cox. 2020.\n\n[2] Ash. 2018.\n\n[3] Bee. 2019.\n",
    ),
    "an entry that nothing cites comes last": (
        "Rain [3], snow [2]." + LIST,
        "Rain [1], snow [2].\n\n## References\n\n[1] Cox. 2020.\n\n[2] Bee. 2019.\n\n[3] Ash. 2018.\n",
    ),
    "items of a list": (
        "Rain [2], snow [1].\n\n## References\n\n1. Ash.\n   More.\n2. Bee.\n",
        "Rain [1], snow [2].\n\n## References\n\n1. Bee.\n2. Ash.\n   More.\n",
    ),
    "a superscript that may be a citation": ("Rain [2], snow [1], wind<sup>2</sup>." + LIST,) * 2,
    "a title in the list": (
        "Rain [2], snow [1].\n\n## References\n\n### Books\n\n[1] Ash.\n\n### Papers\n\n[2] Bee.\n",
    )
    * 2,
}
GAPS = {
    "a gap": (
        "Rain [1], snow [2, 4], wind [5].\n\n## References\n\n[1] Ash.\n\n[2] Bee.\n\n[4] Cox.\n\n[5] Day.\n",
        "Rain [1], snow [2, 3], wind [4].\n\n## References\n\n[1] Ash.\n\n[2] Bee.\n\n[3] Cox.\n\n[4] Day.\n",
    ),
    "a citation of a number that two entries bear is left": (
        "Rain [1], snow [2], wind [3].\n\n## References\n\n[1] Ash.\n\n[2] Bee.\n\n[2] Cox.\n\n[3] Day.\n",
        "Rain [1], snow [2], wind [4].\n\n## References\n\n[1] Ash.\n\n[2] Bee.\n\n[3] Cox.\n\n[4] Day.\n",
    ),
}
NUMERIC = {
    "below the title that is there": (
        "Rain[^1], snow[^2].\n\n## References\n\n[^1]: Ash.\n[^2]: Bee.\n",
        "Rain[1], snow[2].\n\n## References\n\n[1] Ash.\n\n[2] Bee.\n",
    ),
    "below a title of its own": (
        "降雨稀少[^雨]，大风常见[^风]。\n\n[^风]: 王五.\n\n    又见[^雨]。\n[^雨]: 李四.\n\n结论如上。\n",
        "降雨稀少[1]，大风常见[2]。\n\n结论如上。\n\n## 参考文献\n\n[1] 李四.\n\n[2] 王五.\n\n又见[1]。\n",
    ),
    "marks that touch share their brackets": (
        "雨[^1][^2]，风[^2][^3][^4]。\n\n[^1]: 李四。\n\n[^2]: 王五。\n\n[^3]: 赵六。\n\n[^4]: 钱七。\n",
        "雨[1,2]，风[2-4]。\n\n## 参考文献\n\n[1] 李四。\n\n[2] 王五。\n\n[3] 赵六。\n\n[4] 钱七。\n",
    ),
    "a mark without a definition": ("Rain[^1], snow[^2].\n\n[^1]: Ash.\n",) * 2,
}


@pytest.mark.parametrize(("before", "after"), ORDER.values(), ids=ORDER)
def test_renumber(before: str, after: str) -> None:
    check(renumber, before, after)


@pytest.mark.parametrize(("before", "after"), GAPS.values(), ids=GAPS)
def test_close_gaps(before: str, after: str) -> None:
    assert mended(close_gaps, before) == after


@pytest.mark.parametrize(("before", "after"), NUMERIC.values(), ids=NUMERIC)
def test_to_numeric(before: str, after: str) -> None:
    check(to_numeric, before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "Rain [1], snow [2, 3], wind [4].\n\n## References\n\n[1] Ash.\n\n[2] Bee.\n\n[3] Ash again.\n\n[4] Day.\n",
            "Rain [1], snow [1, 2], wind [3].\n\n## References\n\n[1] Ash.\n\n[2] Bee.\n\n[3] Day.\n",
        ),
        (
            "Rain[^1], snow[^3], wind[^4].\n\n## References\n\n1. Ash.\n2. Bee.\n3. Ash again.\n4. Day.\n",
            "Rain[^1], snow[^1], wind[^3].\n\n## References\n\n1. Ash.\n2. Bee.\n3. Day.\n",
        ),
    ],
)
def test_merge_the_third_into_the_first(before: str, after: str) -> None:
    def remedy(document: Document) -> object:
        entries = document.fact(reference_lists)[0].entries
        return merge(document, [(entries[2], entries[0])])

    assert mended(remedy, before) == after  # type: ignore[arg-type]


NAMES = "甲乙丙丁戊己庚辛"


def cited(numbers: list[int], order: list[int]) -> str:
    """A text that cites works by their places in `order`, and the list by their numbers."""
    text = "".join(f"如{NAMES[one]}所说 [{numbers[one]}]，" for one in order)
    works = sorted(range(len(numbers)), key=lambda one: numbers[one])
    return (
        f"{text}完。\n\n参考文献：\n\n"
        + "\n\n".join(f"[{numbers[one]}] {NAMES[one]}. 书. 2020." for one in works)
        + "\n"
    )


@settings(max_examples=200, deadline=None)
@given(st.permutations(range(1, 9)), st.lists(st.integers(0, 7), min_size=3, max_size=14))
def test_any_numbers_become_those_of_the_text(numbers: list[int], order: list[int]) -> None:
    first = list(dict.fromkeys(order))
    assume(len(first) > 2)
    others = sorted((one for one in range(8) if one not in first), key=lambda one: numbers[one])
    right = [[*first, *others].index(one) + 1 for one in range(8)]
    text = cited(numbers, order)
    result = mended(renumber, text)
    assert result == cited(right, order)
    assert [block.kind for block in parse(result).blocks] == [block.kind for block in parse(text).blocks]
