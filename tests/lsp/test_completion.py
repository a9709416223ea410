"""What is offered while one writes."""

from __future__ import annotations

import pytest
from lsp_editor import PAPER, Editor
from lsprotocol import types

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(60)]


async def test_completion_of_footnotes(editor: Editor) -> None:
    items = await editor.completed("文😀[^‸。又[^7]。\n\n[^3]: 注三。\n", "labels.md")
    assert list(items) == ["3", "7", "8"]
    assert items["3"].detail == "注三。"
    edit = items["3"].text_edit
    assert isinstance(edit, types.TextEdit) and edit.new_text == "3]"
    assert items["8"].additional_text_edits and "[^8]: " in items["8"].additional_text_edits[0].new_text


async def test_completion_of_sections(editor: Editor) -> None:
    items = await editor.completed(PAPER.replace("第2.1节", "第2‸"), "numbers.md")
    assert {label: item.detail for label, item in items.items()} == {"2": "方法", "2.1": "数据"}


async def test_no_completion_in_code(editor: Editor) -> None:
    assert await editor.completed("```\nx[^‸\n```\n\n文[^1]。\n", "code.md") == {}


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("见 @fig-‸。\n\n![图](a.png){#fig-a}\n\n![图](b.png){#fig-b}\n\n表 {#tbl-c}\n", ["fig-a", "fig-b"]),
        ("见 [@tb‸。\n\n![图](a.png){#fig-a}\n\n| a |\n|---|\n| b |\n\n: 表 {#tbl-c}\n", ["tbl-c"]),
        ("见[方法](#‸)。\n\n# 1 方法 论\n\n# Data\n", ["1-方法-论", "data"]),
        ("见第‸章。\n\n# 第一章 引言\n\n# 第二章 方法\n", ["一", "二"]),
        ("见第二‸章。\n\n# 第一章 引言\n\n# 第二章 方法\n", ["二"]),
        ("See Section ‸\n\n# 1 Data\n\n## 1.1 Sea\n\n# 2 Models\n", ["1", "1.1", "2"]),
        ("卷积神经网络（convolutional neural network, CNN）好。\n\n又卷积‸\n", ["卷积神经网络"]),
        ("A convolutional neural network (CNN) is good.\n\nAnother convol‸\n", ["convolutional neural network"]),
        ("A convolutional neural network (CNN) is good.\n\nAnother xyz‸\n", []),
    ],
)
async def test_completion(editor: Editor, text: str, labels: list[str]) -> None:
    items = await editor.completed(text, "completed.md")
    assert list(items) == labels
    for item in items.values():
        assert isinstance(item.text_edit, types.TextEdit) and item.text_edit.new_text == item.label


@pytest.mark.parametrize(
    ("text", "typed", "labels"),
    [
        ("方法见第‸\n\n# 1 甲\n\n# 2 乙\n", "第", ["1", "2"]),
        ("这是第‸\n\n# 1 甲\n\n# 2 乙\n", "第", []),
        ("see Section ‸\n\n# 1 A\n\n# 2 B\n", " ", ["1", "2"]),
        ("see the ‸\n\n# 1 A\n\n# 2 B\n", " ", []),
        ("#‸\n\n# 1 A\n", "#", []),
    ],
)
async def test_completion_while_typing(editor: Editor, text: str, typed: str, labels: list[str]) -> None:
    assert list(await editor.completed(text, "typed.md", typed)) == labels
