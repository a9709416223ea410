"""The section tree, the outline made of it, and the rules that read it, on texts of every shape."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic
from mdreview.engine import check
from mdreview.facts.sections import section_tree
from mdreview.markdown import Document, parse
from mdreview.render.outline import Node, json_outline, outline_nodes, text_outline
from mdreview.settings import Settings

OUTLINE = """# 大纲

## 摘要
- 背景

## 1. 引言
### 1.1 问题
- 要点
### 1.2 目标
## 2. 方法
### 2.1 数据
### 2.2 模型
## 3. 结论
"""
TEXT = """# 一种方法

**摘要**
本文介绍一种方法。

### 1 引言
#### 1.1 问题
文。
#### 1.2 目标
文。
### 2 方法
#### 2.1 数据
文。
#### 2.2 模型
文。
### 3 结论
文。

# 参考文献

[1] 文。
"""
WORDS = """# |## |### |1 |1. |1.1 |2.3 |一、|（一）|第二章 |附录A |Chapter 3 |引言|**|图1 |表2：|Figure 3.
见第3.2节|Section 2–4|式(3)|@fig:a|{#fig:a}|![](a.png)|$$x$$|:::|- |[a](#b)
目录|Contents|`|<center>|图1-2、3和4|《书》|(|）| |。|摘要|References"""
PIECES = st.lists(st.sampled_from([*WORDS.replace("\n", "|").split("|"), "|a|\n|---|", "\n", "\n\n"]), max_size=40)


def found(text: str, outline: str | None = None, *codes: str) -> list[Diagnostic]:
    context = Context(Settings(select=codes or ("SEC", "REF")), outline=parse(outline) if outline is not None else None)
    return check(parse(text), context)


def mismatches(text: str, outline: str = OUTLINE) -> list[tuple[int, str]]:
    document = parse(text)
    return [
        (document.source.line_at(diagnostic.span.start) + 1, diagnostic.written("en"))
        for diagnostic in check(document, Context(Settings(select=("SEC010",)), outline=parse(outline)))
    ]


def test_the_outline_and_its_text_agree() -> None:
    assert mismatches(TEXT) == []


def test_the_outline_may_be_a_list() -> None:
    listed = "- 1 引言\n  - 1.1 问题\n  - 1.2 目标\n- 2 方法\n  - 2.1 数据\n  - 2.2 模型\n- 3 结论\n"
    assert mismatches(TEXT, listed) == []
    assert mismatches(TEXT.replace("#### 2.2 模型\n文。\n", ""), listed) != []


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("#### 2.1 数据\n文。\n", "", 11, "“2.1 数据”"),
        ("#### 2.1 数据", "#### 2.1 资料", 12, "“2.1 数据”"),
        ("### 3 结论", "### 4 结论", 16, "numbers this section 3, the text 4"),
        ("### 3 结论", "### 3 实验\n文。\n### 4 结论", 16, "“3 实验” is not in the outline"),
        ("#### 1.1 问题\n文。\n#### 1.2 目标", "#### 1.1 目标\n文。\n#### 1.2 问题", 7, "numbers this section 1.2"),
    ],
)
def test_a_heading_that_departs_from_the_outline_is_found(old: str, new: str, line: int, said: str) -> None:
    assert old in TEXT
    told = mismatches(TEXT.replace(old, new))
    assert any(place == line and said in message for place, message in told), told


def test_a_renumbered_section_is_told_once() -> None:
    changed = TEXT.replace("### 2 ", "### 5 ").replace("#### 2.1", "#### 5.1").replace("#### 2.2", "#### 5.2")
    assert [line for line, _ in mismatches(changed)] == [11]


def test_the_tree_nests_sections_and_passes_over_a_repeated_title() -> None:
    tree = parse("# T\n\n## 1 A\n\n# T\n\n## 2 B\n\n### 2.1 C\n").fact(section_tree)
    titles = [(section.title, tree.parent(section).title if tree.parent(section) else None) for section in tree]  # type: ignore[union-attr]
    assert titles == [("T", None), ("A", "T"), ("T", None), ("B", "T"), ("C", "B")]
    assert tree.path(tree.sections[4]) == (2, 1)


def test_the_outline_shows_each_section_with_its_faults() -> None:
    document = parse("Words.\n\n**摘要**\n文。\n\n# T\n\n## 1 A\n\nText.\n\n## 3 B\n\nText.\n")
    diagnostics = check(document, Context(Settings(select=("SEC",))))
    assert text_outline(document, diagnostics, "en") == (
        "✗ 3: SEC008 “摘要” stands as a heading; mark it with #\n"
        " 6  T\n"
        " 8    1 A\n"
        "12    3 B\n"
        "      ✗ 12: SEC001 section number jumps from 1 to 3; 2 is missing\n"
    )
    (top,) = outline_nodes(document, diagnostics, "zh")
    assert [node["number"] for node in top["sections"]] == ["1", "3"]
    assert [fault["code"] for fault in top["sections"][1]["faults"]] == ["SEC001"]
    assert json.loads(json_outline(document, diagnostics, "zh")) == [top]


def test_a_text_without_headings_has_an_empty_outline() -> None:
    assert text_outline(parse("Words.\n"), [], "en") == ""
    assert outline_nodes(parse("Words.\n"), [], "en") == []


@settings(max_examples=300, deadline=None)
@given(PIECES, PIECES)
def test_rules_stand_any_text(pieces: list[str], outline: list[str]) -> None:
    diagnostics = found("".join(pieces), "".join(outline))
    assert [diagnostic.code for diagnostic in diagnostics if diagnostic.code == "SYS001"] == []
    document = parse("".join(pieces))
    for diagnostic in diagnostics:
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(document.source.text)
    _outline_holds_every_section(document, diagnostics)


def _outline_holds_every_section(document: Document, diagnostics: list[Diagnostic]) -> None:
    def count(nodes: list[Node]) -> int:
        return sum(1 + count(node["sections"]) for node in nodes)

    nodes = json.loads(json_outline(document, diagnostics, "en"))
    assert count(nodes) == len(document.fact(section_tree))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_rules_stand_any_characters(text: str) -> None:
    assert all(diagnostic.code != "SYS001" for diagnostic in found(text, text))


def test_other_files_of_the_work_resolve_references() -> None:
    text = "# 第一章 绪论\n\n结论见第三章和图2。\n\n# 第二章 方法\n\n![](a.png)\n\n图1 结构\n"
    other = parse("# 第三章 结论\n\n![](b.png)\n\n图2 结果\n")
    alone = check(parse(text), Context(Settings(select=("REF001", "REF002"))))
    together = check(parse(text), Context(Settings(select=("REF001", "REF002")), others=(other,)))
    assert [diagnostic.code for diagnostic in alone] == ["REF001", "REF002"]
    assert together == []


def test_other_files_of_the_work_explain_abbreviations() -> None:
    text = "# Ponds {#ponds}\n\nThe QSD is slow, and so is QRV.\n\nThe Quick Sand Dredger (QSD) is old.\n"
    other = parse("# Mills {#mills}\n\nThe Quick Sand Dredger (QSD) and the Quarry Rim Valve (QRV) are old.\n")
    unrelated = parse("# Eels {#eels}\n\nText.\n")
    only = Settings(select=("TRM001", "TRM005"))
    assert [one.code for one in check(parse(text), Context(only, others=(unrelated,)))] == ["TRM001", "TRM005"]
    assert check(parse(text), Context(only, others=(unrelated, other))) == []


def test_links_may_lead_to_other_files_of_the_work() -> None:
    text = "# Ponds {#ponds}\n\nSee the [mills](#mills) and the [eels](#eels).\n"
    other = parse("# Mills {#mills}\n\nText.\n")
    only = Settings(select=("REF006",))
    assert check(parse(text), Context(only)) == []
    assert [one.arguments["label"] for one in check(parse(text), Context(only, others=(other,)))] == ["eels"]
