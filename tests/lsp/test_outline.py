"""The shape of texts."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from lsp_editor import PAPER, Editor
from lsprotocol import types

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(60)]


async def test_symbols(editor: Editor) -> None:
    uri = editor.open(PAPER, "symbols.md")
    params = types.DocumentSymbolParams(types.TextDocumentIdentifier(uri))
    found = await editor.client.text_document_document_symbol_async(params)
    assert found

    def names(several: Sequence[object]) -> list[object]:
        return [
            (one.name, names(one.children or ())) if isinstance(one, types.DocumentSymbol) else (one.name, [])  # type: ignore[attr-defined]
            for one in several
        ]

    assert names(found) == [("1 引言😀", [("1.1 背景", [])]), ("2 方法", [("2.1 数据", [])])]
    assert isinstance(found[0], types.DocumentSymbol)
    assert editor.words(uri, found[0].range).splitlines()[-1] == "文😀[^a]。"


async def test_folding(editor: Editor) -> None:
    uri = editor.open(PAPER, "folding.md")
    params = types.FoldingRangeParams(types.TextDocumentIdentifier(uri))
    lines = PAPER.split("\n")
    found = await editor.client.text_document_folding_range_async(params) or ()
    folds = {(lines[one.start_line], lines[one.end_line]) for one in found}
    assert {("# 1 引言😀", "文😀[^a]。"), ("| 甲 | 乙 |", "| 😀 | y[^q] |"), ("```python", "```")} <= folds
