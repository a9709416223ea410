"""What an editor can ask for by name."""

from __future__ import annotations

import pytest
from lsp_editor import Editor
from lsprotocol import types

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
