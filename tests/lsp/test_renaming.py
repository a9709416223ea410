"""New names, everywhere at once."""

from __future__ import annotations

import pytest
from lsp_editor import PAPER, Editor
from lsprotocol import types

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(60)]


async def test_rename_a_footnote(editor: Editor) -> None:
    uri = editor.open(PAPER, "rename.md")
    place = editor.place(uri, "😀[«^»a]")
    prepared = await editor.client.text_document_prepare_rename_async(types.PrepareRenameParams(**place))
    assert isinstance(prepared, types.PrepareRenamePlaceholder)
    assert (prepared.placeholder, editor.words(uri, prepared.range)) == ("a", "a")
    edit = await editor.client.text_document_rename_async(types.RenameParams(new_name="注一", **place))
    assert editor.edited(edit) == {uri: PAPER.replace("[^a]", "[^注一]")}


@pytest.mark.parametrize("name", ["", "a b", "x]", "c"])
async def test_names_that_cannot_be(editor: Editor, name: str) -> None:
    uri = editor.open(PAPER, "bad.md")
    params = types.RenameParams(new_name=name, **editor.place(uri, "😀[«^»a]"))
    with pytest.raises(Exception, match="footnote"):
        await editor.client.text_document_rename_async(params)


async def test_linked_editing(editor: Editor) -> None:
    uri = editor.open(PAPER, "linked.md")
    params = types.LinkedEditingRangeParams(**editor.place(uri, "😀[«^»a]"))
    linked = await editor.client.text_document_linked_editing_range_async(params)
    assert linked is not None
    assert [editor.words(uri, one) for one in linked.ranges] == ["a", "a", "a"]
