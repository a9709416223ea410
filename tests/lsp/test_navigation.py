"""What is told of a place, and where else the same thing stands."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from lsp_editor import PAPER, Editor
from lsprotocol import types

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(60)]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("用[«^»a]", "注释的文字"),
        ("[«^»b]", "no definition"),
        ("[«^»c]", "Referred to 0"),
        ("第«2».1", "2.1 数据"),
        ("«C»NN 见", "**卷积神经网络** · **Convolutional Neural Network**"),
        ("[«^»q]", "FN001 undefined-footnote"),
    ],
)
async def test_hover(editor: Editor, words: str, told: str) -> None:
    uri = editor.open(PAPER, "hover.md")
    await editor.findings(uri)
    hover = await editor.client.text_document_hover_async(types.HoverParams(**editor.place(uri, words)))
    assert hover is not None
    assert isinstance(hover.contents, types.MarkupContent)
    assert told in hover.contents.value


async def test_hover_over_nothing(editor: Editor) -> None:
    uri = editor.open(PAPER, "nothing.md")
    place = editor.place(uri, "x[«^»code]")
    assert await editor.client.text_document_hover_async(types.HoverParams(**place)) is None
    assert await editor.client.text_document_definition_async(types.DefinitionParams(**place)) in (None, [])
    assert await editor.client.text_document_prepare_rename_async(types.PrepareRenameParams(**place)) is None


async def test_definition(editor: Editor) -> None:
    uri = editor.open(PAPER, "definition.md")
    for words, wanted in (
        ("😀[«^»a]", "[^a]: 注释的文字。"),
        ("第«2».1", "2.1 数据"),
        ("«C»NN 见", "CNN"),
    ):
        params = types.DefinitionParams(**editor.place(uri, words))
        assert editor.places(uri, await editor.client.text_document_definition_async(params)) == [wanted]


async def test_references_and_highlights(editor: Editor) -> None:
    uri = editor.open(PAPER, "references.md")
    place = editor.place(uri, "😀[«^»a]")
    for declaration, wanted in ((True, ["[^a]", "[^a]", "[^a]:"]), (False, ["[^a]", "[^a]"])):
        params = types.ReferenceParams(context=types.ReferenceContext(declaration), **place)
        assert editor.places(uri, await editor.client.text_document_references_async(params)) == wanted
    highlights = await editor.client.text_document_document_highlight_async(types.DocumentHighlightParams(**place))
    assert editor.places(uri, highlights) == ["[^a]", "[^a]", "[^a]:"]


async def test_a_bibliography(editor: Editor) -> None:
    (editor.folder / "works.bib").write_text("@book{smith,\n  title = {A Study},\n  year = {2020}\n}\n", "utf-8")
    text = "---\nbibliography: works.bib\n---\n\n如 [@smith; @nobody]。\n"
    uri = editor.open(text, "bibliography.md")
    assert [editor.words(uri, one.range) for one in await editor.findings(uri)] == ["@nobody"]
    place = editor.place(uri, "@«s»mith")
    hover = await editor.client.text_document_hover_async(types.HoverParams(**place))
    assert hover is not None and "A Study" in str(hover.contents)
    locations = await editor.client.text_document_definition_async(types.DefinitionParams(**place))
    assert isinstance(locations, Sequence)
    assert [one.uri for one in locations] == [editor.uri("works.bib")]  # type: ignore[union-attr]
    edit = await editor.client.text_document_rename_async(types.RenameParams(new_name="smith2020", **place))
    bib = editor.uri("works.bib")
    editor.texts[bib] = (editor.folder / "works.bib").read_text("utf-8")
    after = editor.edited(edit)
    assert after[uri] == text.replace("@smith", "@smith2020")
    assert after[bib].startswith("@book{smith2020,")
    assert list(await editor.completed(text.replace("@smith;", "@smi‸;"), "keys.md")) == ["smith"]
