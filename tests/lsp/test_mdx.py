"""MDX in an editor: comments are written as MDX knows them, and silence."""

from __future__ import annotations

import pytest
from lsp_editor import Editor

from mdreview.context import Context
from mdreview.engine import check
from mdreview.markdown import parse

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(60)]


async def test_comments_of_mdx_silence_findings(editor: Editor) -> None:
    text = "import A from './a'\n\n甲[^1]。\n"
    uri = editor.open(text, "page.mdx")
    actions = {one.title: one for one in await editor.actions(uri, "^1")}
    [on_line] = editor.edited(actions["Ignore FN001 on this line"].edit).values()
    assert on_line == text.replace("。\n", "。 {/* mdreview-disable-line FN001 */}\n")
    [in_file] = editor.edited(actions["Ignore FN001 in this file"].edit).values()
    assert in_file == "{/* mdreview-disable-file FN001 */}\n\n" + text
    for silenced in (on_line, in_file):
        assert "FN001" not in {one.code for one in check(parse(silenced), Context())}
