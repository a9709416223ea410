"""Sections are renumbered with everything that names them."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from remedy_cases import check, mended, words

from mdreview.api import check_text
from mdreview.diagnostic import Safety
from mdreview.facts.numbering import Number, Script, Style, write
from mdreview.facts.sections import section_tree
from mdreview.markdown import Document, parse
from mdreview.remedies.anchors import slug
from mdreview.remedies.sections import add_numbers, renumber

CASES = {
    "sections in Chinese, and what names them": (
        "## 一、甲\n\n见第三节、第三、四节与第三至四节。\n\n## 三、乙\n\n文。\n\n## 四、丙\n\n文。\n",
        "## 一、甲\n\n见第二节、第二、三节与第二至三节。\n\n## 二、乙\n\n文。\n\n## 三、丙\n\n文。\n",
    ),
    "chapters": (
        "# 第一章 甲\n\n参见第三章。\n\n# 第三章 乙\n\n## 3.1 丙\n\n如第3.1节所述。\n",
        "# 第一章 甲\n\n参见第二章。\n\n# 第二章 乙\n\n## 2.1 丙\n\n如第2.1节所述。\n",
    ),
    "sections in English, and what names them": (
        "## 1. A\n\nSee Section 3.1, Sections 3 and 4, and §3.1.\n\n"
        "## 3. B\n\n### 3.1. C\n\nText.\n\n## 4. D\n\nText.\n",
        "## 1. A\n\nSee Section 2.1, Sections 2 and 3, and §2.1.\n\n"
        "## 2. B\n\n### 2.1. C\n\nText.\n\n## 3. D\n\nText.\n",
    ),
    "links to the anchors of headings": (
        "## 1 引言\n\n[方法](#3-方法与数据)，[3.1 数据](#31-数据)，<a href='#31-数据'>数据</a>。\n\n"
        "[m]: #3-方法与数据\n\n## 3 方法与数据\n\n### 3.1 数据\n\n文。\n",
        "## 1 引言\n\n[方法](#2-方法与数据)，[2.1 数据](#21-数据)，<a href='#21-数据'>数据</a>。\n\n"
        "[m]: #2-方法与数据\n\n## 2 方法与数据\n\n### 2.1 数据\n\n文。\n",
    ),
    "an escaped anchor": (
        "## 1 A\n\n[x](#3-%E6%96%B9)\n\n## 3 方\n\n文。\n",
        "## 1 A\n\n[x](#2-%E6%96%B9)\n\n## 2 方\n\n文。\n",
    ),
    "the document's own table of contents": (
        "# 目录\n\n- 1 引言……1\n- 3 方法……4\n  - 3.1 数据\n\n# 1 引言\n\n文。\n\n# 3 方法\n\n## 3.1 数据\n\n文。\n",
        "# 目录\n\n- 1 引言……1\n- 2 方法……4\n  - 2.1 数据\n\n# 1 引言\n\n文。\n\n# 2 方法\n\n## 2.1 数据\n\n文。\n",
    ),
    "a reference that two sections may bear is left": (
        "## 1 A\n\nSee Section 2.\n\n## 2 B\n\nText.\n\n## 2 C\n\nText.\n",
        "## 1 A\n\nSee Section 2.\n\n## 2 B\n\nText.\n\n## 3 C\n\nText.\n",
    ),
    "another work's sections are left": (
        "## 1 A\n\nSee Section 3 of [5] and RFC 9110 Section 3.\n\n## 3 B\n\nText.\n",
        "## 1 A\n\nSee Section 3 of [5] and RFC 9110 Section 3.\n\n## 2 B\n\nText.\n",
    ),
    "a chapter's file keeps its first number": (
        "# 6 本章\n\n## 6.1 甲\n\n文。\n\n## 6.3 乙\n\n见第6.3节。\n",
        "# 6 本章\n\n## 6.1 甲\n\n文。\n\n## 6.2 乙\n\n见第6.2节。\n",
    ),
    "a new start below a new heading is kept": (
        "## 一、甲\n\n### 1. 子\n\n### 2. 丑\n\n## 二、乙\n\n### 1. 寅\n\n### 3. 卯\n\n文。\n",
        "## 一、甲\n\n### 1. 子\n\n### 2. 丑\n\n## 二、乙\n\n### 1. 寅\n\n### 2. 卯\n\n文。\n",
    ),
    "a heading without a number holds its place": (
        "## 1 A\n\nText.\n\n## B\n\nText.\n\n## 3 C\n\nText.\n\n## 5 D\n\nText.\n",
        "## 1 A\n\nText.\n\n## B\n\nText.\n\n## 3 C\n\nText.\n\n## 4 D\n\nText.\n",
    ),
    "zeros before a number stay": (
        "## 01 A\n\nText.\n\n## 03 B\n\nText.\n",
        "## 01 A\n\nText.\n\n## 02 B\n\nText.\n",
    ),
    "a section left twice is nobody's wrong number": (
        "## 1 甲\n\n## 1 甲\n\n文。\n\n## 2 乙\n\n文。\n",
        "## 1 甲\n\n## 1 甲\n\n文。\n\n## 2 乙\n\n文。\n",
    ),
    "all parts below a section with a new number": (
        "# 1 A\n\n# 3 B\n\n## 3.1 C\n\n### 3.1.1 D\n\n### 3.1.2 E\n\nText.\n\n## 3.2 F\n\nText.\n",
        "# 1 A\n\n# 2 B\n\n## 2.1 C\n\n### 2.1.1 D\n\n### 2.1.2 E\n\nText.\n\n## 2.2 F\n\nText.\n",
    ),
    "one level for all": (
        "# 1 A\n\nT.\n\n# 1.1 B\n\nT.\n\n# 1.2 C\n\nT.\n\n"
        "# 3 D\n\nT.\n\n# 3.1 E\n\nT.\n\n# 3.2 F\n\nSee Section 3.2.\n",
        "# 1 A\n\nT.\n\n# 1.1 B\n\nT.\n\n# 1.2 C\n\nT.\n\n"
        "# 2 D\n\nT.\n\n# 2.1 E\n\nT.\n\n# 2.2 F\n\nSee Section 2.2.\n",
    ),
    "line ends stay": (
        "## 1 A\r\n\r\nSee Section 3.\r\n\r\n## 3 B\r\n\r\nText.\r\n",
        "## 1 A\r\n\r\nSee Section 2.\r\n\r\n## 2 B\r\n\r\nText.\r\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)
def test_renumber(before: str, after: str) -> None:
    check(renumber, before, after)


def test_no_two_neighbours_are_given_one_number() -> None:
    two_runs = "## 三、甲\n\n### 1.1 乙\n\n文。\n\n### 1.2 丙\n\n文。\n\n### 2.1 丁\n\n文。\n\n### 2.2 戊\n\n文。\n"
    document = parse("## 二、己\n\n### 2.1 庚\n\n文。\n\n" + two_runs)
    assert document.fact(renumber) is None


def test_number_is_added_with_those_after_it() -> None:
    text = "## 1. A\n\nText.\n\n## 2. B\n\nText.\n\n## C\n\nText.\n\n## 3. D\n\nSee Section 3.\n"

    def remedy(document: Document) -> object:
        bare = [section for section in document.fact(section_tree) if section.number is None]
        return add_numbers(document, tuple(bare))

    assert mended(remedy, text) == (  # type: ignore[arg-type]
        "## 1. A\n\nText.\n\n## 2. B\n\nText.\n\n## 3. C\n\nText.\n\n## 4. D\n\nSee Section 4.\n"
    )


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("1.2 Methods & Data", "12-methods--data"),
        ("3.1 数据（来源）、处理", "31-数据来源处理"),
        ("`code` and *emphasis*", "code-and-emphasis"),
        ("[Link](#x) _of_ words", "link-_of_-words"),
        ("Straße, Éire", "straße-éire"),
    ],
)
def test_anchor_is_that_of_github(heading: str, anchor: str) -> None:
    assert slug(heading) == anchor


class Outline(NamedTuple):
    """A document to be: which of its sections stand on the second level, and the style of the first level's numbers."""

    inner: tuple[bool, ...]
    style: Style


STYLES = (
    Style(Script.ARABIC),
    Style(Script.ARABIC, after="."),
    Style(Script.CHINESE, after="、"),
    Style(Script.CHINESE, "第", "章"),
    Style(Script.ROMAN, after="."),
    Style(Script.FULL_WIDTH, after="．"),
)
NAMES = "甲乙丙丁戊己庚辛壬癸子丑寅"
OUTLINES = st.builds(Outline, st.lists(st.booleans(), min_size=3, max_size=12).map(tuple), st.sampled_from(STYLES))


def written(outline: Outline, left: frozenset[int]) -> str:
    """The document with the sections in `left`, rightly numbered, each naming all others in three ways."""
    first = second = 0
    numbers: dict[int, str] = {}
    headings: dict[int, str] = {}
    for index, is_inner in enumerate((False, *outline.inner)):
        if index not in left:
            continue
        if is_inner:
            second += 1
            numbers[index] = f"{first}.{second}"
            headings[index] = f"### {numbers[index]} {NAMES[index]}"
        else:
            first, second = first + 1, 0
            numbers[index] = str(first)
            headings[index] = f"## {write(Number((first,), outline.style))} {NAMES[index]}"
    blocks = []
    for index, heading in headings.items():
        named = [
            f"{NAMES[other]}见第{number}节，[此处](#{slug(headings[other].lstrip('# '))})，as in Section {number}。"
            for other, number in numbers.items()
            if other != index
        ]
        blocks += [heading, "\n".join(named) or "文。"]
    return "\n\n".join(blocks) + "\n"


def without(text: str, gone: frozenset[int]) -> str:
    """The text without some sections and the lines that name them."""
    blocks = text.rstrip("\n").split("\n\n")
    names = [NAMES[index] for index in gone]
    kept = []
    for number, block in enumerate(blocks):
        if number // 2 not in gone:
            lines = [line for line in block.split("\n") if not any(name in line for name in names)]
            kept.append("\n".join(lines) or "文。")
    return "\n\n".join(kept) + "\n"


@settings(max_examples=200, deadline=None)
@given(OUTLINES, st.data())
def test_taking_out_a_section_and_renumbering_is_writing_the_text_without_it(
    outline: Outline, data: st.DataObject
) -> None:
    every = frozenset(range(len(outline.inner) + 1))
    gone = {data.draw(st.integers(1, len(outline.inner)))}
    for index in range(min(gone) + 1, len(every)):
        if outline.inner[min(gone) - 1] or not outline.inner[index - 1]:
            break
        gone.add(index)
    # one number on a level may be a part of the title: 3 ways to …
    assume(sum(1 for index in every - gone if index == 0 or not outline.inner[index - 1]) > 1)
    broken = without(written(outline, every), frozenset(gone))
    result = mended(renumber, broken)
    assert result == written(outline, every - gone)
    assert mended(renumber, result) == result
    assert words(result) == words(broken)
    assert [block.kind for block in parse(result).blocks] == [block.kind for block in parse(broken).blocks]


@settings(max_examples=300, deadline=None)
@given(OUTLINES, st.data())
def test_one_wrong_number_is_set_right_and_nothing_else_changes(outline: Outline, data: st.DataObject) -> None:
    every = frozenset(range(len(outline.inner) + 1))
    assume(sum(1 for index in every if index == 0 or not outline.inner[index - 1]) > 2)
    text = written(outline, every)
    wrong = data.draw(st.integers(1, len(outline.inner)))
    section = next(one for one in parse(text).fact(section_tree) if one.title == NAMES[wrong])
    assert section.number is not None
    last = data.draw(st.integers(1, 9))
    number = write(Number((*section.number.values[:-1], last), section.number.style))
    broken = text[: section.number_span.start] + number + text[section.number_span.end :]
    assert mended(renumber, broken) == text


def test_a_mention_that_would_come_to_mean_two_sections_is_left_and_makes_the_fix_unsafe() -> None:
    text = "## 一、甲\n\n文。\n\n## 二、乙\n\n### （一）丙\n\n文。\n\n### （三）丁\n\n见第三节。\n"
    fix = parse(text).fact(renumber)
    assert fix is not None
    assert fix.safety is Safety.UNSAFE
    assert "### （二）丁\n\n见第三节。" in mended(renumber, text)
    assert Safety.SAFE is parse(text.replace("见第三节", "文")).fact(renumber).safety  # type: ignore[union-attr]


def test_a_bare_section_that_ends_a_run_in_a_mixed_text_stops_nothing() -> None:
    text = (
        "# 甲\n\n## 1 Introduction\n\n---\ntitle: 乙\nauthor: 丙\n---\n\n## 一、背景\n\n## 二、方法\n\n"
        "# A short review\n\n## 3 Use\n"
    )
    assert "SYS001" not in {found.code for found in check_text(text)}
