"""What footnotes, citations and reference lists are read as, and what holds for them in any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mdreview.facts import citations, footnotes
from mdreview.facts.citing import systems
from mdreview.facts.reference_list import Style, reference_lists
from mdreview.facts.works import describe, file_stem
from mdreview.markdown import parse

PIECES = st.sampled_from(
    [
        "[^1]",
        "[^1]:",
        "[^a]:",
        "［^1］",
        "[^1]：",
        "^[note]",
        "[1]",
        "[2,3]",
        "[1-4]",
        "\\[1\\]",
        "<sup>[1]</sup>",
        "^3^",
        "<sup>2</sup>",
        "[[1](#a)]",
        "[4](b)",
        "[@k]",
        "@k",
        "-@k",
        "(@x)",
        "参考文献：",
        "# References",
        "[1] Lee. 2019.",
        "1. 雨",
        "-",
        ">",
        "|",
        "---",
        "```",
        "`",
        "$",
        "。",
        ",",
        ":",
        "\n",
        "\n\n",
        "\n    ",
        "\t",
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map(" ".join) | st.lists(PIECES, max_size=40).map("".join)
LIST = "\n\n## References\n\n[1] Lee. Rain. 2019.\n\n[2] Kim. Snow. 2018.\n"


@settings(max_examples=300)
@given(TEXTS)
def test_spans_lie_in_their_blocks_and_hold_what_they_name(text: str) -> None:
    document = parse(text)
    for start, block in document:
        for reference in footnotes.references(block):
            assert block.text[slice(*reference.span)] == f"[^{reference.label}]"
        for definition in footnotes.definitions(block):
            assert block.text[slice(*definition.mark)].endswith("]:")
        for mark in footnotes.malformed(block):
            assert mark.label in block.text[slice(*mark.span)]
        for citation in citations.numeric_citations(block):
            assert str(citation.numbers[-1]) in block.text[slice(*citation.span)]
            assert min(citation.numbers) > 0
        for key in citations.keys(block):
            assert block.text[slice(*key.span)].strip("@{}") == key.key
        assert start >= 0
    for list_ in document.fact(reference_lists):
        spans = [entry.span for entry in list_.entries]
        assert spans == sorted(spans)
        assert all(span.contains(entry.mark) for span, entry in zip(spans, list_.entries, strict=True))
    document.fact(systems)


@given(st.text(max_size=300))
def test_every_entry_can_be_described(text: str) -> None:
    assert describe(text) == describe(text)
    file_stem(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rain [1].", [(1,)]),
        ("雨［2］、雪【3】。", [(2,), (3,)]),
        ("Rain [1, 3–5; 7].", [(1, 3, 4, 5, 7)]),
        ("Rain [1]–[4].", [(1,), (2, 3, 4)]),
        ("雨<sup>[1]</sup>，雪^[2]^。", [(1,), (2,)]),
        ("雨\\[[1](#参考文献)\\]，雪[[2](#参考文献)]，风\\[3\\]。", [(1,), (2,), (3,)]),
        ("雨。 [1]雪。[2]这些", [(1,), (2,)]),
        ("Rain [1, p. 7] and snow [2: §3].", [(1,), (2,)]),
        ("Lee et al.[3] and nets[4]", [(3,), (4,)]),
        ("a[1], x_i[2], nums[3], [0], [0, 1], [224, 224, 3], [5, 5], [7-3], [2019], [1](b), [t][2], ![x [3]](y)", []),
        ("取值范围 [1, 5]，shape [3, 4], in the interval [2, 6]", []),
        ("`[1]` $[2]$ <!-- [3] -->", []),
    ],
)
def test_numeric_citations(text: str, expected: list[tuple[int, ...]]) -> None:
    (_, block), *_ = parse(text)
    assert [one.numbers for one in citations.numeric_citations(block) if one.sure] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[@lee2019; @kim-2018, p. 3]", ["lee2019", "kim-2018"]),
        ("@lee:2019a.b. And [-@kim2018].", ["lee:2019a.b", "kim2018"]),
        ("@{lee 2019} no, @{lee.2019} yes", ["lee.2019"]),
        ("见 @李四2019。", ["李四2019"]),
        ("me@example.org, @fig-rain, @sec:intro, @tbl-1, @eq-x, https://x.org/@lee, GitHub @lee", []),
        ("[@user](https://example.org/user) `@code` $@math$", []),
    ],
)
def test_keys(text: str, expected: list[str]) -> None:
    (_, block), *_ = parse(text)
    assert [one.key for one in citations.keys(block)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rain [1]." + LIST, True),
        ("Rain." + LIST, False),
        ("Rain [1], snow [2], wind [3].", True),
        ("Rain [1], snow [2].", False),
        ("Rain[^1]." + LIST, False),
        ("a[1], b[2], c[3], [0, 1]", False),
    ],
)
def test_whether_a_document_cites_numerically(text: str, expected: bool) -> None:
    assert parse(text).fact(citations.cites_numerically) is expected


@pytest.mark.parametrize(
    ("text", "style", "numbers"),
    [
        ("# 参考文献:\n\n[1] a b c.\n\n[2] d e f.\n", Style.BRACKET, [1, 2]),
        ("参考文献：\n[1] a b c\n[2] d e f\ngoes on\n[3] g\n", Style.BRACKET, [1, 2, 3]),
        ("**References**\n\n1. a\n2. b\n   - part\n", Style.ORDERED, [1, 2]),
        ("## 参考文献\n\n1、甲\n\n2、乙\n", Style.DOT, [1, 2]),
        ("## References\n\n- [1] a\n- [2] b\n", Style.BRACKET, [1, 2]),
        ("## References\n\n> [1] a\n>\n> [2] b\n", Style.BRACKET, [1, 2]),
        ("## References\n\n\\[1\\] a\n\n\\[2\\] b\n", Style.BRACKET, [1, 2]),
        ('## References\n\n<span id="r1">【1】a</span>\n', Style.BRACKET, [1]),
        ("## References\n\n- a\n- b\n", Style.BULLET, [None, None]),
        ("## References\n\nLee. Rain.\n\nKim. Snow.\n", Style.PLAIN, [None, None]),
        ("## References\n\n[LR19] Lee. Rain.\n", Style.BRACKET, [None]),
        ("Text.\n\n[1] a\n\n[2] b\n\n[3] c\n", Style.BRACKET, [1, 2, 3]),
    ],
)
def test_reference_lists(text: str, style: Style, numbers: list[int | None]) -> None:
    (list_,) = parse(text).fact(reference_lists)
    assert {entry.style for entry in list_.entries} == {style}
    assert [entry.number for entry in list_.entries] == numbers


def test_copies_of_a_file_have_one_stem() -> None:
    names = ("Report.pdf", "Report.pdf.md.", "Report.pdf(1).md", "report (2).PDF", "Report - 副本.pdf")
    assert {file_stem(name) for name in names} == {"report"}
