"""What is found the faster way is what the plain way finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdreview.facts import attributions, quantities
from mdreview.patterns import later_words, near, words

PIECES = (
    *(
        "12",
        "3.5",
        "1,250",
        "%",
        "％",
        " ",
        "~",
        "-",
        "to ",
        "or",
        "三",
        "十二",
        "百分之",
        "个百分点",
        "成",
        "约",
        "以上",
    ),
    *("forty", "two", "per cent", "percentage points", "times ", "fold ", "x ", "faster", "as much", "doubled since "),
    *(
        "an order of magnitude ",
        "提升",
        "快",
        "倍",
        "翻番",
        "从",
        "由",
        "ms",
        "秒",
        "到",
        "降低",
        "位居全球",
        "第三",
        "，",
        "。",
    ),
    *("reduced", "from ", " to ", "the ", "these ", "a number of ", "recent ", "studies ", "research ", "a study "),
    *(
        "have ",
        "has ",
        "also ",
        "consistently ",
        "shown",
        "found",
        "it is ",
        "it has been ",
        "widely ",
        "reported that",
    ),
    *(
        "多项",
        "近年来的",
        "没有",
        "本",
        "研究",
        "数据",
        "学者",
        "结果",
        "进一步",
        "已经",
        "表明",
        "发现",
        "的",
        "据统计，",
    ),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
SOUGHT = [
    *((pattern, mark, quantities.SHARE_BEFORE, quantities.SHARE_AFTER) for pattern, mark, _ in quantities.SHARES),
    *((pattern, mark, quantities.REACH, quantities.REACH) for _, pattern, mark, _ in quantities.CHINESE_COMPARISONS),
    (quantities.ENGLISH_MULTIPLE, quantities.ENGLISH_MULTIPLE_MARK, quantities.REACH, quantities.REACH),
    (quantities.ENGLISH_CHANGE, quantities.ENGLISH_CHANGE_MARK, quantities.REACH, quantities.REACH),
    (attributions.ENGLISH, attributions.ENGLISH_MARK, attributions.ENGLISH_REACH, attributions.ENGLISH_REACH),
    (attributions.CHINESE, attributions.CHINESE_MARK, attributions.CHINESE_REACH, attributions.CHINESE_REACH),
]


@pytest.mark.parametrize(("pattern", "mark", "before", "after"), SOUGHT)
@given(text=TEXTS)
def test_near_its_marks_all_of_an_expression_is_found(
    pattern: re.Pattern[str], mark: re.Pattern[str], before: int, after: int, text: str
) -> None:
    found = near(pattern, mark, text, before, after)
    assert [match.span() for match in found] == [match.span() for match in pattern.finditer(text)]


@given(st.text(st.sampled_from("weuso ,(_中é1\n"), max_size=20))
def test_later_words_are_words(text: str) -> None:
    alternatives = ("we", "us", "use of", "so")
    early = re.compile(words(*alternatives)).search(text)
    later = re.compile(later_words(*alternatives)).search(f" {text}")
    assert (early and early.start()) == (later and later.start())
