"""What can be done at a place."""

from __future__ import annotations

import pytest
from lsp_editor import Editor

from mdreview.context import Context
from mdreview.engine import check
from mdreview.markdown import parse

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(60)]


@pytest.mark.parametrize(
    ("text", "words", "silenced"),
    [
        ("甲[^1]😀乙。  \n丙\n", "^1", "甲[^1]😀乙。 <!-- mdreview-disable-line FN001 -->  \n丙\n"),
        (
            "|甲|乙|\n|-|-|\n|甲|[^1]|\n",
            "^1",
            "|甲|乙|\n|-|-|\n|甲|[^1] <!-- mdreview-disable-line FN001 --> |\n",
        ),
        (
            "甲[^1]。<!-- mdreview-disable-line SEC001 -->\n",
            "^1",
            "甲[^1]。<!-- mdreview-disable-line SEC001 FN001 -->\n",
        ),
        ("# 标题[^1]\n", "^1", "# 标题[^1] <!-- mdreview-disable-line FN001 -->\n"),
    ],
)
async def test_ignore_on_this_line(editor: Editor, text: str, words: str, silenced: str) -> None:
    uri = editor.open(text, "line.md")
    action = next(one for one in await editor.actions(uri, words) if one.title == "Ignore FN001 on this line")
    assert editor.edited(action.edit) == {uri: silenced}
    assert "FN001" not in {one.code for one in check(parse(silenced), Context())}


async def test_ignore_in_this_file(editor: Editor) -> None:
    text = "---\ntitle: 文\n---\n\n甲[^1]。\n"
    uri = editor.open(text, "file.md")
    action = next(one for one in await editor.actions(uri, "^1") if one.title == "Ignore FN001 in this file")
    [silenced] = editor.edited(action.edit).values()
    assert silenced == text.replace("---\n\n甲", "---\n\n<!-- mdreview-disable-file FN001 -->\n\n甲")
    assert check(parse(silenced), Context()) == []


async def test_quick_fixes_and_fix_all(editor: Editor) -> None:
    text = "甲[^1]，乙[^2]。\n\n## 来源\n\n1. 作者甲. 某文[J]. 某刊, 2020.\n2. 作者乙. 另一文[J]. 某刊, 2021.\n"
    uri = editor.open(text, "fix.md")
    fixable = [one for one in check(parse(text), Context()) if one.fix]
    actions = await editor.actions(uri, "^1")
    fixes = [one for one in actions if not one.title.startswith("Ignore") and one.kind == "quickfix"]
    assert bool(fixes) == bool(fixable)
    for one in fixes:
        assert one.diagnostics
        assert editor.edited(one.edit)[uri] != text
    everything = await editor.actions(uri, "^1", "source.fixAll")
    assert all(one.kind == "source.fixAll.mdreview" for one in everything)
    for one in everything:
        resolved = one if one.edit else await editor.client.code_action_resolve_async(one)
        fixed = editor.edited(resolved.edit)[uri]
        assert not [left for left in check(parse(fixed), Context()) if left.fix and left.fix.safety.name == "SAFE"]
