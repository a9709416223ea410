"""Footnotes are renumbered, and plain lists become definitions."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from remedy_cases import check, mended, words

from mdreview.facts.footnotes import definitions_by_key, undefined_references
from mdreview.markdown import parse
from mdreview.remedies.footnotes import renumber
from mdreview.remedies.reference_list import define_marked, to_footnotes

ARTICLE = Path(__file__).parents[2] / "shared" / "seeds" / "article.md"

ORDERED = {
    "definitions that stand together move": (
        "甲[^3]，乙[^1]，丙[^3][^2]。\n\n[^1]: 一\n[^2]: 二\n[^3]: 三\n",
        "甲[^1]，乙[^2]，丙[^1][^3]。\n\n[^1]: 三\n[^2]: 一\n[^3]: 二\n",
    ),
    "definitions of several paragraphs": (
        "A[^2], B[^1].\n\n[^1]: One.\n\n    More of one.\n\n[^2]: Two.\n\n    - an item\n\nEnd.\n",
        "A[^1], B[^2].\n\n[^1]: Two.\n\n    - an item\n\n[^2]: One.\n\n    More of one.\n\nEnd.\n",
    ),
    "definitions apart stay in their places": (
        "A[^2].\n\n[^2]: Two.\n\nB[^1].\n\n[^1]: One.\n",
        "A[^1].\n\n[^1]: Two.\n\nB[^2].\n\n[^2]: One.\n",
    ),
    "named labels stay": (
        "A[^n], B[^7], C[^4].\n\n[^4]: Four.\n[^n]: A name.\n[^7]: Seven.\n",
        "A[^n], B[^1], C[^2].\n\n[^1]: Seven.\n[^n]: A name.\n[^2]: Four.\n",
    ),
    "a mark in a note, and a note without a mark": (
        "A[^5].\n\n[^2]: Unused.\n[^5]: See[^3].\n[^3]: Three.\n",
        "A[^1].\n\n[^1]: See[^2].\n[^2]: Three.\n[^3]: Unused.\n",
    ),
    "a label that is defined twice": ("A[^2], B[^1].\n\n[^1]: x\n[^2]: y\n[^2]: z\n",) * 2,
    "a mark without a definition": ("A[^2], B[^1], C[^3].\n\n[^1]: x\n[^2]: y\n",) * 2,
    "a mark in a comment": ("A[^2]. <!-- see [^1] -->\n\n[^1]: x\n[^2]: y\n",) * 2,
    "code is no mark": (
        "A[^2], `[^1]`, B[^1].\n\n[^1]: x\n[^2]: y\n",
        "A[^1], `[^1]`, B[^2].\n\n[^1]: y\n[^2]: x\n",
    ),
    "line ends stay": (
        "A[^2], B[^1].\r\n\r\n[^1]: x\r\n[^2]: y\r\n",
        "A[^1], B[^2].\r\n\r\n[^1]: y\r\n[^2]: x\r\n",
    ),
}
LISTED = {
    "blank lines and order stay": (
        "甲[^2]，乙[^1]。\n\n# 参考文献\n\n[1] 李四. 雨. 2019.\n\n[2] 王五. 风. 2020.\n",
        "甲[^2]，乙[^1]。\n\n# 参考文献\n\n[^1]: 李四. 雨. 2019.\n\n[^2]: 王五. 风. 2020.\n",
    ),
    "an entry that no mark names stays, apart from the note above": (
        "A[^1], B[^3].\n\n## References\n\n[1] Lee. 2019.\n[2] Kim. 2018.\n[3] Ray. 2020.\n",
        "A[^1], B[^3].\n\n## References\n\n[^1]: Lee. 2019.\n\n[2] Kim. 2018.\n\n[^3]: Ray. 2020.\n",
    ),
    "entries of several lines": (
        "A[^1], B[^2].\n\n参考文献：\n[1] Lee. Rain.\n  Journal, 2019.\n[2] Kim.\n",
        "A[^1], B[^2].\n\n参考文献：\n\n[^1]: Lee. Rain.\n    Journal, 2019.\n[^2]: Kim.\n",
    ),
    "items of several paragraphs": (
        "A[^1], B[^2].\n\n## References\n\n1. Lee. Rain.\n   Journal, 2019.\n\n   Quoted.\n\n2. Kim.\n",
        "A[^1], B[^2].\n\n## References\n\n[^1]: Lee. Rain.\n    Journal, 2019.\n\n    Quoted.\n\n[^2]: Kim.\n",
    ),
    "brackets of every kind": (
        "A[^1], B[^2], C[^3].\n\n## References\n\n\\[1\\] Lee. 2019.\n\n［2］Kim. 2018.\n\n【3】 Ray. 2020.\n",
        "A[^1], B[^2], C[^3].\n\n## References\n\n[^1]: Lee. 2019.\n\n[^2]: Kim. 2018.\n\n[^3]: Ray. 2020.\n",
    ),
    "bullets before the brackets": (
        "A[^1], B[^2].\n\n## References\n\n- [1] Lee. 2019.\n- [2] Kim. 2018.\n",
        "A[^1], B[^2].\n\n## References\n\n[^1]: Lee. 2019.\n[^2]: Kim. 2018.\n",
    ),
    "a quotation": (
        "A[^1], B[^2].\n\n## References\n\n> [1] Lee. 2019.\n>\n> [2] Kim. 2018.\n",
        "A[^1], B[^2].\n\n## References\n\n> [^1]: Lee. 2019.\n>\n> [^2]: Kim. 2018.\n",
    ),
    "numbers in brackets beside marks": (
        "Rain[^1], wind [1, 2], ice[^2].\n\n## References\n\n[1] Lee. 2019.\n\n[2] Kim. 2018.\n",
        "Rain[^1], wind [^1][^2], ice[^2].\n\n## References\n\n[^1]: Lee. 2019.\n\n[^2]: Kim. 2018.\n",
    ),
    "two entries with one number": ("A[^1].\n\n## References\n\n[1] Lee. 2019.\n\n[1] Kim. 2018.\n",) * 2,
}
CITED = {
    "groups, ranges, links and superscripts": (
        "Rain [1, 3], snow [1-3], \\[[2](#ref)\\] wind<sup>[1]</sup>, ice [3, p. 5].\n\n## References\n\n"
        "[1] Lee. 2019.\n\n[2] Kim. 2018.\n\n[3] Ray. 2020.\n\n[4] Zhu. 2021.\n",
        "Rain [^1][^3], snow [^1][^2][^3], [^2] wind[^1], ice [^3] (p. 5).\n\n## References\n\n"
        "[^1]: Lee. 2019.\n\n[^2]: Kim. 2018.\n\n[^3]: Ray. 2020.\n\n[4] Zhu. 2021.\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), ORDERED.values(), ids=ORDERED)
def test_renumber(before: str, after: str) -> None:
    check(renumber, before, after)


@pytest.mark.parametrize(("before", "after"), LISTED.values(), ids=LISTED)
def test_define_marked(before: str, after: str) -> None:
    check(define_marked, before, after)


@pytest.mark.parametrize(("before", "after"), CITED.values(), ids=CITED)
def test_to_footnotes(before: str, after: str) -> None:
    check(to_footnotes, before, after)


def notes(labels: list[int], order: list[int], gap: str) -> str:
    """A text with a mark for each of `labels` by their places in `order`, and the definitions by their numbers."""
    text = "".join(f"第{'甲乙丙丁戊己庚辛'[one]}处[^{labels[one]}]，" for one in order)
    defined = sorted(set(order), key=lambda one: labels[one])
    return f"{text}完。\n\n" + gap.join(f"[^{labels[one]}]: 注{'甲乙丙丁戊己庚辛'[one]}。" for one in defined) + "\n"


@settings(max_examples=200, deadline=None)
@given(
    st.permutations(range(1, 9)),
    st.lists(st.integers(0, 7), min_size=1, max_size=12),
    st.sampled_from(["\n", "\n\n"]),
)
def test_any_numbers_become_those_of_the_text(labels: list[int], order: list[int], gap: str) -> None:
    first = list(dict.fromkeys(order))
    right = [first.index(one) + 1 if one in first else 0 for one in range(8)]
    result = mended(renumber, notes(labels, order, gap))
    assert result == notes(right, order, gap)
    assert words(result) == words(notes(labels, order, gap))


def rendered(text: str) -> list[str]:
    """The words that markdown-it-py shows before the list of references."""
    import re

    html = MarkdownIt("commonmark").enable("table").use(footnote_plugin).render(text)
    body = re.split(r"<h1>参考文献|<section class=\"footnotes\"|<hr class=\"footnotes-sep\"", html)[0]
    body = re.sub(r"<sup.*?</sup>|\[\^\d+\]", "", body)
    return re.findall(r"\w+", re.sub(r"<[^>]*>", " ", body))


@pytest.mark.skipif(
    not ARTICLE.is_file(), reason="the article that the project was made for is not beside this checkout"
)
def test_article_keeps_its_words_and_loses_its_dangling_marks() -> None:
    text = ARTICLE.read_text("utf-8")
    result = mended(define_marked, text)
    document = parse(result)
    assert document.fact(undefined_references) == ()
    assert len(document.fact(definitions_by_key)) == 18
    assert rendered(result) == rendered(text)
    assert mended(define_marked, result) == result
