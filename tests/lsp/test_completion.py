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
