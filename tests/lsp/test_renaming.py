"""New names, everywhere at once."""

from __future__ import annotations

import pytest
from lsp_editor import PAPER, Editor
from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams

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


TEXT = """\
[方法](#2-方法)、[三](#数据-1)

# 1 数据

卷积神经网络（Convolutional Neural Network, CNN）、CNNs、R-CNN 与 CNN。卷积神经网络见 @fig-a。
Convolutional neural networks win. A convolutional neural network loses.

# 2 方法

![图](a.png){#fig-a}

[数据](#1-数据)、[数据](<#1-数据>)，见[数据集的来源](#1-数据)。
"""


@pytest.mark.parametrize(
    ("words", "name", "changes"),
    [
        ("、«C»NNs", "ConvNet", [("CNN）、CNNs、R-CNN 与 CNN。", "ConvNet）、ConvNets、R-CNN 与 ConvNet。")]),
        ("。卷积«神»经", "卷积网络", [("\n卷积神经网络（", "\n卷积网络（"), ("。卷积神经网络见", "。卷积网络见")]),
        (
            "A «c»onv",
            "convolution network",
            [
                ("Convolutional Neural Network,", "Convolution network,"),
                ("Convolutional neural networks", "Convolution networks"),
                ("convolutional neural network", "convolution network"),
            ],
        ),
        ("@«f»ig-a", "fig-loss", [("@fig-a", "@fig-loss"), ("{#fig-a}", "{#fig-loss}")]),
        (
            "# 2 «方»法",
            "新 方法",
            [("[方法](#2-方法)", "[新 方法](#2-新-方法)"), ("# 2 方法", "# 2 新 方法")],
        ),
        (
            "(#1-«数»据",
            "Data",
            [
                ("# 1 数据", "# 1 Data"),
                ("[数据](#1-数据)、[数据](<#1-数据>)", "[Data](#1-data)、[Data](<#1-data>)"),
                ("[数据集的来源](#1-数据)", "[数据集的来源](#1-data)"),
            ],
        ),
    ],
)
async def test_rename(editor: Editor, words: str, name: str, changes: list[tuple[str, str]]) -> None:
    uri = editor.open(TEXT, "renamed.md")
    place = editor.place(uri, words)
    prepared = await editor.client.text_document_prepare_rename_async(types.PrepareRenameParams(**place))
    assert isinstance(prepared, types.PrepareRenamePlaceholder)
    assert prepared.range.start.line == place["position"].line
    edit = await editor.client.text_document_rename_async(types.RenameParams(new_name=name, **place))
    wanted = TEXT
    for old, new in changes:
        assert wanted.count(old) == 1
        wanted = wanted.replace(old, new)
    assert editor.edited(edit) == {uri: wanted}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("、«C»NNs", "a b"),
        ("、«C»NNs", ""),
        ("@«f»ig-a", "fig a"),
        ("@«f»ig-a", "tbl-a"),
        ("# 2 «方»法", " "),
        ("# 2 «方»法", "甲\n乙"),
        ("。卷积«神»经", "甲（乙）"),
    ],
)
async def test_new_names_that_cannot_be(editor: Editor, words: str, name: str) -> None:
    uri = editor.open(TEXT, "unnamed.md")
    with pytest.raises(JsonRpcException) as refused:
        await editor.client.text_document_rename_async(types.RenameParams(new_name=name, **editor.place(uri, words)))
    assert refused.value.code == JsonRpcInvalidParams.CODE


async def test_linked_editing_of_labels(editor: Editor) -> None:
    uri = editor.open(TEXT, "labels.md")
    params = types.LinkedEditingRangeParams(**editor.place(uri, "@«f»ig-a"))
    linked = await editor.client.text_document_linked_editing_range_async(params)
    assert linked is not None
    assert [editor.words(uri, one) for one in linked.ranges] == ["fig-a", "fig-a"]


async def test_links_of_other_files_follow_a_heading(editor: Editor) -> None:
    folder = editor.folder / "一 book"
    (folder / "parts").mkdir(parents=True)
    (folder / ".mdreview.yaml").write_text("manuscript: [one.md, parts/*.md]\n", "utf-8")
    two = """\
# 二

[方法](../one.md#2-方法)、[外](https://a.b/one.md#2-方法)、[自](#2-方法)。

[x]: <../one.md#2-%E6%96%B9%E6%B3%95>
"""
    (folder / "parts/two.md").write_text(two, "utf-8")
    uri = editor.open("# 1 引言\n\n文。\n\n# 2 方法\n\n文。\n", "一 book/one.md")
    other = editor.uri("一 book/parts/two.md")
    editor.texts[other] = two
    edit = await editor.client.text_document_rename_async(
        types.RenameParams(new_name="新 法", **editor.place(uri, "# 2 «方»法"))
    )
    after = editor.edited(edit)
    assert after[uri].endswith("# 2 新 法\n\n文。\n")
    wanted = two.replace("[方法](../one.md#2-方法)", "[新 法](../one.md#2-新-法)")
    assert after[other] == wanted.replace("#2-%E6%96%B9%E6%B3%95>", "#2-%E6%96%B0-%E6%B3%95>")
