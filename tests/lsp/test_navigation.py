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


WORK = """\
# 1 方法 😀 {#sec-methods}

卷积神经网络（Convolutional Neural Network, CNN）见 @fig-loss 与[数据](#12-数据-集)，卷积神经网络与 CNNs 皆可。

![损失](a.png){#fig-loss}

## 1.2 数据 集

见第1.2节与\\ref{fig-loss}，及[方法](#sec-methods)。

图2 潮位

如图2 与图2a 所示。
"""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("网络与 «C»NNs", "**CNN** · **卷积神经网络** · **Convolutional Neural Network**"),
        ("，卷积«神»经", "Used 2 time"),
        ("，卷积«神»经", "> 卷积神经网络（Convolutional Neural Network, CNN）见 @fig-loss"),
        ("@«f»ig-loss", "![损失](a.png){#fig-loss}"),
        ("{#«f»ig-loss", "Referred to 2"),
        ("#12-«数»据-集", "1.2 数据 集"),
        ("如«图»2", "图2 潮位"),
    ],
)
async def test_hover_over_terms_labels_and_links(editor: Editor, words: str, told: str) -> None:
    uri = editor.open(WORK, "terms.md")
    hover = await editor.client.text_document_hover_async(types.HoverParams(**editor.place(uri, words)))
    assert hover is not None
    assert isinstance(hover.contents, types.MarkupContent)
    assert told in hover.contents.value


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("@«f»ig-loss", ["fig-loss"]),
        ("#12-«数»据-集", ["1.2 数据 集"]),
        ("，卷积«神»经", ["卷积神经网络"]),
        ("(#«s»ec-methods", ["sec-methods"]),
        ("如«图»2", ["图2"]),
    ],
)
async def test_definition_of_labels_headings_and_terms(editor: Editor, words: str, wanted: list[str]) -> None:
    uri = editor.open(WORK, "defined.md")
    params = types.DefinitionParams(**editor.place(uri, words))
    assert editor.places(uri, await editor.client.text_document_definition_async(params)) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("@«f»ig-loss", ["fig-loss"] * 3),
        ("## 1.2 «数»据", ["12-数据-集", "1.2 数据 集", "第1.2节"]),
        ("，卷积«神»经", ["卷积神经网络"] * 2),
        ("与 «C»NNs", ["CNN", "CNNs"]),
        ("«图»2 潮位", ["图2", "图2", "图2a"]),
    ],
)
async def test_references_to_labels_headings_and_terms(editor: Editor, words: str, wanted: list[str]) -> None:
    uri = editor.open(WORK, "named.md")
    params = types.ReferenceParams(context=types.ReferenceContext(True), **editor.place(uri, words))
    assert editor.places(uri, await editor.client.text_document_references_async(params)) == wanted


async def test_highlights_of_terms_where_they_are_known(editor: Editor) -> None:
    uri = editor.open(WORK, "lit.md")
    place = editor.place(uri, "，卷积«神»经")
    await editor.client.text_document_hover_async(types.HoverParams(**place))
    found = await editor.client.text_document_document_highlight_async(types.DocumentHighlightParams(**place))
    assert editor.places(uri, found) == ["卷积神经网络"] * 2


async def test_the_glossary_tells_what_the_text_does_not_define(editor: Editor) -> None:
    folder = editor.folder / "glossary"
    folder.mkdir()
    (folder / ".mdreview.yaml").write_text("terms: {glossary: words.yaml}\n", "utf-8")
    (folder / "words.yaml").write_text(
        "terms:\n  - {term: tide gauge, chinese: 验潮仪, forbidden: [潮位计]}\n", "utf-8"
    )
    uri = editor.open("验潮仪很好，验潮仪很贵。\n", "glossary/a.md")
    hover = await editor.client.text_document_hover_async(types.HoverParams(**editor.place(uri, "，验«潮»")))
    assert hover is not None and isinstance(hover.contents, types.MarkupContent)
    assert hover.contents.value.startswith("**验潮仪** · **tide gauge**")
    assert "glossary" in hover.contents.value and "Used 2 time" in hover.contents.value
    items = await editor.completed("验潮仪很好，潮‸。\n", "glossary/b.md")
    assert {label: item.detail for label, item in items.items()} == {"验潮仪": "in place of “潮位计”"}


async def test_a_work_of_several_files(editor: Editor) -> None:
    folder = editor.folder / "parts"
    folder.mkdir()
    (folder / ".mdreview.yaml").write_text("manuscript: [one.md, two.md]\n", "utf-8")
    (folder / "two.md").write_text("# 二\n\n![图](a.png){#fig-x}\n\n见 @fig-x。\n", "utf-8")
    one = editor.open("# 一\n\n见 @fig-x。\n", "parts/one.md")
    two = editor.uri("parts/two.md")
    editor.texts[two] = (folder / "two.md").read_text("utf-8")
    place = editor.place(one, "@«f»ig-x")
    locations = await editor.client.text_document_definition_async(types.DefinitionParams(**place))
    assert isinstance(locations, Sequence)
    assert [(location.uri, editor.words(two, location.range)) for location in locations] == [(two, "fig-x")]  # type: ignore[union-attr]
    params = types.ReferenceParams(context=types.ReferenceContext(False), **place)
    found = await editor.client.text_document_references_async(params) or ()
    assert [location.uri for location in found] == [one, two]
    hover = await editor.client.text_document_hover_async(types.HoverParams(**place))
    assert hover is not None and "![图](a.png)" in str(hover.contents)
    edit = await editor.client.text_document_rename_async(types.RenameParams(new_name="fig-y", **place))
    assert editor.edited(edit) == {
        one: "# 一\n\n见 @fig-y。\n",
        two: "# 二\n\n![图](a.png){#fig-y}\n\n见 @fig-y。\n",
    }
    assert list(await editor.completed("见 @fig‸。\n", "parts/one.md")) == ["fig-x"]


@pytest.mark.parametrize(
    ("name", "library"),
    [
        ("works.json", '[{"id": "smithson", "title": "B"},\n {"title": "A", "id": "smith"}]\n'),
        ("works.yaml", "references:\n- id: smithson\n  title: B\n- title: A\n  id: smith  # 甲\n"),
    ],
)
async def test_a_library_in_another_form(editor: Editor, name: str, library: str) -> None:
    (editor.folder / name).write_text(library, "utf-8")
    text = f"---\nbibliography: {name}\n---\n\n如 [@smith]。\n"
    uri = editor.open(text, "library.md")
    bib = editor.uri(name)
    editor.texts[bib] = library
    params = types.RenameParams(new_name="smyth", **editor.place(uri, "@«s»mith"))
    edit = await editor.client.text_document_rename_async(params)
    changed = library.replace('"smith"', '"smyth"').replace("id: smith ", "id: smyth ")
    assert editor.edited(edit) == {uri: text.replace("@smith", "@smyth"), bib: changed}
