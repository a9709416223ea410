"""What an editor can ask for by name."""

from __future__ import annotations

from typing import Any

import pytest
from lsp_editor import PAPER, Editor
from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams

NUMBERED = "# 1 甲\n\n文。\n\n# 3 乙\n\n文[^2]。\n\n[^2]: 一条注释的文字。\n"

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(60)]


async def test_commands(editor: Editor) -> None:
    (editor.folder / "closed.md").write_text("闭[^1]。\n", "utf-8")

    async def run(command: str, *arguments: object) -> object:
        params = types.ExecuteCommandParams(command, arguments=list(arguments))
        return await editor.client.workspace_execute_command_async(params)

    assert str(await run("mdreview.rulePage", "undefined-footnote")).startswith("# FN001 undefined-footnote\n")
    assert await run("mdreview.rulePage", "no-such-rule") is None
    await run("mdreview.checkWorkspace")
    shown = editor.published(editor.uri("closed.md"))
    assert shown is not None and [one.code for one in shown.diagnostics] == ["FN001"]


async def test_the_term_table(editor: Editor) -> None:
    uri = editor.open(PAPER, "table.md")
    assert await editor.run("mdreview.termTable", uri) == (
        "| abbreviation | Chinese | English | defined | uses |\n"
        "| --- | --- | --- | ---: | ---: |\n"
        "| CNN | 卷积神经网络 | Convolutional Neural Network | 3:1 | 1 |\n"
    )
    assert await editor.run("mdreview.termTable", editor.uri("nowhere.md")) is None


@pytest.mark.parametrize(
    ("command", "arguments", "text", "wanted"),
    [
        ("mdreview.renumber", (), NUMBERED, "# 2 乙\n\n文[^1]。\n\n[^1]: 一条注释的文字。\n"),
        ("mdreview.renumber", ("footnotes",), NUMBERED, "# 3 乙\n\n文[^1]。\n\n[^1]: 一条注释的文字。\n"),
        ("mdreview.convert", ("numeric",), NUMBERED, "文[2]。\n\n## 参考文献\n\n[2] 一条注释的文字。\n"),
        ("mdreview.fixAll", (), "<think>\n\n</think>\n\n文。\n", "文。\n"),
    ],
)
async def test_commands_that_change_a_text(
    editor: Editor, command: str, arguments: tuple[str, ...], text: str, wanted: str
) -> None:
    uri = editor.open(text, "changed.md")
    assert await editor.run(command, uri, *arguments) == {"applied": True}
    assert editor.edited(editor.client.applied[-1].edit)[uri].endswith(wanted)
    plain = editor.open("文。\n", "unchanged.md")
    assert await editor.run(command, plain, *arguments) == {"applied": False}


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("mdreview.rulePage", ()),
        ("mdreview.rulePage", (5,)),
        ("mdreview.termTable", ()),
        ("mdreview.renumber", ("file:///a.md", "everything")),
        ("mdreview.convert", ("file:///a.md",)),
        ("mdreview.noSuchCommand", ()),
    ],
)
async def test_arguments_that_cannot_be(editor: Editor, command: str, arguments: tuple[object, ...]) -> None:
    with pytest.raises(JsonRpcException) as refused:
        await editor.run(command, *arguments)
    assert refused.value.code == JsonRpcInvalidParams.CODE
    assert command in str(refused.value)


async def test_the_workspace_is_checked_with_progress_and_can_be_cancelled(editor: Editor) -> None:
    folder = editor.folder / "many"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number}.md").write_text("闭[^1]。\n", "utf-8")
    assert editor.client.capabilities is not None
    window = editor.client.capabilities.window
    shows = window is not None and bool(window.work_done_progress)
    editor.client.progressed.clear()
    whole = await editor.run("mdreview.checkWorkspace")
    assert whole["files"] >= 40 and whole["findings"] >= 40 and not whole["cancelled"]
    values: list[Any] = [one.value for one in editor.client.progressed]
    kinds = [value["kind"] for value in values]
    assert kinds == (["begin", *["report"] * whole["files"], "end"] if shows else [])
    if shows:
        editor.client.cancels = True
        stopped = await editor.run("mdreview.checkWorkspace")
        editor.client.cancels = False
        assert stopped["cancelled"] and stopped["files"] < whole["files"]
    # what is shown of a closed file goes when the file changes or is opened
    uri = editor.uri("many/0.md")
    editor.open("好。\n", "many/0.md")

    def gone() -> bool:
        shown = editor.published(uri)
        return shown is not None and not shown.diagnostics

    await editor.until(gone)
