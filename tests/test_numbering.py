"""Numbers read and written: every form there is, and back again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdreview.facts.numbering import Number, Script, Style, chinese_numeral, chinese_value, parse, read, write

LARGEST = {Script.CIRCLED: 50, Script.LETTER: 26, Script.ROMAN: 199}
FORMS = {
    "1": (1,),
    "1.": (1,),
    "1.2": (1, 2),
    "1.2.": (1, 2),
    "1．2": (1, 2),
    "１.２": (1, 2),
    "1、": (1,),
    "(1)": (1,),
    "（1）": (1,),
    "①": (1,),
    "一、": (1,),
    "（一）": (1,),
    "第一章": (1,),
    "第1节": (1,),
    "第十二章": (12,),
    "第 3 章": (3,),
    "第3.2节": (3, 2),
    "第二部分": (2,),
    "Chapter 1": (1,),
    "Part II": (2,),
    "Section 2.10": (2, 10),
    "Appendix A": (1,),
    "附录B": (2,),
    "A.1": (1, 1),
    "§1": (1,),
    "§ 3.1": (3, 1),
    "〇": (0,),
    "十": (10,),
    "二十一、": (21,),
    "九十九、": (99,),
    "一百零一": (101,),
}


@pytest.mark.parametrize(("text", "values"), FORMS.items())
def test_form_is_read(text: str, values: tuple[int, ...]) -> None:
    number = parse(text)
    assert number is not None
    assert number.values == values
    assert write(number) == text


@pytest.mark.parametrize("text", ["", "x", "二〇二四", "IIX", "第一", "(1", "1章", "2024年", "1.2.x", "十百"])
def test_what_is_no_number(text: str) -> None:
    assert parse(text) is None


def test_numbers_are_compared_by_value() -> None:
    numbers = [parse(text) for text in ("2.10", "2.9", "二、", "1．2")]
    assert sorted(number.values for number in numbers if number) == [(1, 2), (2,), (2, 9), (2, 10)]


def test_read_says_where_a_number_ends() -> None:
    leading = read("见 3.2 节", 2)
    assert leading is not None
    assert (leading.number.values, leading.end) == ((3, 2), 5)


AROUND = [
    *(("", after) for after in ("", ".", "、", "．", ")")),
    *((before, "") for before in ("Chapter ", "Part ", "Appendix ", "附录", "§", "§ ")),
    *(("(", ")"), ("（", "）"), ("第", "章"), ("第 ", " 节")),
]


@st.composite
def numbers(draw: st.DrawFn) -> Number:
    script = draw(st.sampled_from(Script))
    before, after = draw(st.sampled_from(AROUND))
    first = draw(st.integers(0, LARGEST.get(script, 999)))
    if script in (Script.CIRCLED, Script.LETTER, Script.ROMAN):
        first = max(first, 1)
    if script is Script.LETTER and chr(64 + first) in "IVX":
        first = 2  # a single I, V or X is read as Roman
    if script is Script.ROMAN and first in (50, 100):
        first = 4  # and a single L or C as a letter
    point = draw(st.sampled_from(".．"))
    rest = draw(st.lists(st.integers(0, 199), max_size=3))
    if not rest:
        point = "."
    return Number((first, *rest), Style(script, before, after, point))


@given(numbers())
def test_written_numbers_are_read_back(number: Number) -> None:
    assert parse(write(number)) == number


@given(st.integers(0, 999))
def test_chinese_numerals_go_there_and_back(value: int) -> None:
    assert chinese_value(chinese_numeral(value)) == value


@given(st.text(alphabet="第一二十百〇章节附录AIVX1２.．、()（）①§ Chapter", max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    number = parse(text)
    if number is not None:
        assert parse(write(number)) is not None
