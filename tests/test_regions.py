"""The abstract, the keywords and the reference list in every form that writers give them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdreview.facts.regions import Region, regions
from mdreview.markdown import parse


def named(text: str) -> dict[str, list[str]]:
    document = parse(text)
    found: dict[str, list[str]] = {}
    for stretch in document.fact(regions).stretches:
        found.setdefault(stretch.region.value, []).append(text[slice(*stretch.span)].strip())
    return found


@pytest.mark.parametrize(
    "title",
    [
        "# 参考文献:",
        "## 7. References",
        "**参考文献**",
        "参考文献：",
        "References:",
        "## 参考文献 References",
        "## 七、参考资料",
        "Works Cited",
        "## Further Reading",
        "### Bibliography {.unnumbered}",
        "<h2>References</h2>",
        "References\n----------",
    ],
)
def test_reference_list(title: str) -> None:
    text = f"# 题目\n\n## 1 引言\n\n正文 [1]。\n\n{title}\n\n[1] 张三. 某书. 2020.\n\n## 附录A 数据\n\n说明。\n"
    found = named(text)
    assert found["references"][0].endswith("2020.")
    assert found["appendix"] == ["## 附录A 数据\n\n说明。"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("**摘要**\n", "\n\n**关键词**：甲，乙"),
        ("摘要：", "\n\n关键词：甲；乙"),
        ("【摘要】", "\n【关键词】甲；乙"),
        ("## 摘要\n\n", "\n\n**关键词** 甲，乙"),
        ("## Abstract\n\n", "\n\n**Keywords**: a; b"),
        ("**Abstract** — ", "\n\n*Keywords*: a; b"),
    ],
)
def test_abstract_and_keywords(before: str, after: str) -> None:
    found = named(f"# 题目\n\n{before}本文研究一个问题。{after}\n\n## 1 引言\n\n正文。\n")
    assert "本文研究一个问题。" in found["abstract"][0]
    assert "正文" not in found["abstract"][0] and "关键词" not in found["abstract"][0]
    assert len(found["keywords"]) == 1 and "正文" not in found["keywords"][0]


def test_a_run_in_abstract_without_keywords_is_one_paragraph() -> None:
    assert named("摘要：本文研究一个问题。\n\n正文从这里开始。\n")["abstract"] == ["摘要：本文研究一个问题。"]


def test_a_summary_is_an_abstract_only_at_the_start() -> None:
    assert "abstract" in named("# Title\n\n## Summary\n\nText.\n\n## Methods\n\nText.\n")
    assert "abstract" not in named("# Title\n\n## Methods\n\nText.\n\n## Summary\n\nText.\n")


def test_front_matter_abstract() -> None:
    assert named("---\ntitle: A\nabstract: |\n  We study.\nkeywords: [a]\n---\n\nText.\n")["abstract"] == [
        "abstract: |\n  We study."
    ]


@given(st.lists(st.sampled_from(["# ", "摘要", "参考文献", "：", "**", "\n", "\n\n", "关键词", "text ", "附录", "1 "])))
def test_regions_are_in_order_and_apart(pieces: list[str]) -> None:
    text = "".join(pieces)
    stretches = regions(parse(text)).stretches
    for stretch in stretches:
        assert 0 <= stretch.span.start <= stretch.span.end <= len(text)
        assert stretch.region is not Region.BODY
    for one, other in pairwise(stretches):
        assert one.span.end <= other.span.start
