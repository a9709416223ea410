"""The shape of texts."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from lsp_editor import PAPER, Editor
from lsprotocol import types

from mdreview.source import Span

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


async def test_workspace_symbols(editor: Editor) -> None:
    folder = editor.folder / "symbols"
    folder.mkdir()
    (folder / "closed.md").write_text("# 潮汐 研究\n\n验潮仪（tide gauge, TG）{#sec-tide}\n", "utf-8")
    editor.open("# 潮汐 开放\n", "symbols/open.md")

    async def found(query: str) -> list[tuple[str, str | None]]:
        answer = await editor.client.workspace_symbol_async(types.WorkspaceSymbolParams(query)) or ()
        return sorted((one.name, one.container_name) for one in answer if "/symbols/" in one.location.uri)

    (folder / "open.md").write_text("# 旧\n", "utf-8")
    assert await found("潮汐") == [("潮汐 开放", None), ("潮汐 研究", None)]
    assert await found("tdgg") == [("TG · 验潮仪 · tide gauge", "潮汐 研究")]
    assert await found("sec-t") == [("sec-tide", "潮汐 研究")]
    (folder / "closed.md").write_text("# 海流\n", "utf-8")
    assert await found("tdgg") == []


HINTED = """\
# 1 引言

卷积神经网络（Convolutional Neural Network, CNN）好。

# 3 方法😀

用 CNN 与 CNNs。
"""


async def test_inlay_hints(editor: Editor) -> None:
    uri = editor.open(HINTED, "hinted.md")

    async def hints() -> list[tuple[str, object]]:
        params = types.InlayHintParams(types.TextDocumentIdentifier(uri), editor.range(uri, Span(0, len(HINTED))))
        found = await editor.client.text_document_inlay_hint_async(params) or ()
        starts = [editor.words(uri, types.Range(types.Position(one.position.line, 0), one.position)) for one in found]
        return [(start, one.label) for start, one in zip(starts, found, strict=True)]

    number = ("# 3", "→ 2")
    assert await hints() == [number]
    editor.set({"features": {"longFormHints": True}})

    async def long_forms() -> bool:
        found = await hints()
        return found == [number, ("用 CNN", "卷积神经网络"), ("用 CNN 与 CNNs", "卷积神经网络")]

    assert await editor.eventually(long_forms)
    editor.set({"features": {"numberHints": False}})

    async def none() -> bool:
        return await hints() == []

    assert await editor.eventually(none)
    editor.set({})


async def test_code_lenses(editor: Editor) -> None:
    text = "甲[^a]，乙[^a]，见 @fig-x。\n\n![图](a.png){#fig-x}\n\n[^a]: 注。\n[^b]: 无。\n"
    uri = editor.open(text, "lenses.md")

    async def lenses() -> list[tuple[str, str]]:
        answer = await editor.client.text_document_code_lens_async(
            types.CodeLensParams(types.TextDocumentIdentifier(uri))
        )
        found = [await editor.client.code_lens_resolve_async(one) for one in answer or ()]
        return [(editor.words(uri, one.range), one.command.title) for one in found if one.command]

    assert await lenses() == []
    editor.set({"features": {"codeLens": True}})
    wanted = [("[^a]:", "2 references"), ("[^b]:", "0 references"), ("fig-x", "1 reference")]

    async def counted() -> bool:
        return sorted(await lenses()) == wanted

    assert await editor.eventually(counted)
    editor.set({})
