"""What can be done at a place."""

from __future__ import annotations

import pytest
from lsp_editor import Editor
from lsprotocol import types

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


NUMBERED = """\
# 1 引言

见第3节，如[2]和[1]。图2 所示。

# 3 方法

![a](a.png)

图2 甲

## 参考文献

[1] 作者甲. 某文[J]. 某刊, 2020.

[2] 作者乙. 另一文[J]. 某刊, 2021.
"""
RENUMBER = "source.renumber.mdreview"
REWRITE = "refactor.rewrite.mdreview"


@pytest.mark.parametrize(
    ("kind", "title", "changes"),
    [
        (
            f"{RENUMBER}.sections",
            "Renumber the sections and the references to them",
            [("第3节", "第2节"), ("# 3 方法", "# 2 方法")],
        ),
        (
            f"{RENUMBER}.floats",
            "Renumber the figures, tables and equations",
            [("图2 所示", "图1 所示"), ("图2 甲", "图1 甲")],
        ),
        (
            f"{RENUMBER}.citations",
            "Renumber the citations",
            [
                ("[2]和[1]", "[1]和[2]"),
                ("[1] 作者甲. 某文[J]. 某刊, 2020.", "[?] 作者乙. 另一文[J]. 某刊, 2021."),
                ("[2] 作者乙. 另一文[J]. 某刊, 2021.", "[2] 作者甲. 某文[J]. 某刊, 2020."),
                ("[?]", "[1]"),
            ],
        ),
        (
            f"{REWRITE}.footnotes",
            "Convert the citations to footnotes",
            [("[2]和[1]", "[^2]和[^1]"), ("[1] 作者甲", "[^1]: 作者甲"), ("[2] 作者乙", "[^2]: 作者乙")],
        ),
    ],
)
async def test_a_whole_text_written_anew(editor: Editor, kind: str, title: str, changes: list[tuple[str, str]]) -> None:
    uri = editor.open(NUMBERED, "numbered.md")
    [action] = await editor.actions(uri, "引言", kind)
    assert (action.kind, action.title) == (kind, title)
    wanted = NUMBERED
    for old, new in changes:
        wanted = wanted.replace(old, new, 1)
    assert await editor.resolved(action) == {uri: wanted}


async def test_footnotes_to_numbers(editor: Editor) -> None:
    text = "甲[^b]，乙[^a]。\n\n[^a]: 第一条注释的文字。\n[^b]: 第二条注释的文字。\n"
    uri = editor.open(text, "notes.md")
    [action] = await editor.actions(uri, "甲", f"{REWRITE}.numeric")
    assert await editor.resolved(action) == {
        uri: "甲[1]，乙[2]。\n\n## 参考文献\n\n[1] 第二条注释的文字。\n\n[2] 第一条注释的文字。\n"
    }
    assert [one.kind for one in await editor.actions(uri, "甲", "source")] == []
    numbers = editor.open("甲[^3]，乙[^1]。\n\n[^1]: 注一。\n[^3]: 注二。\n", "numbers.md")
    [action] = await editor.actions(numbers, "甲", RENUMBER)
    assert action.kind == f"{RENUMBER}.footnotes"


async def test_only_what_changes_something_is_offered(editor: Editor) -> None:
    uri = editor.open("# 1 引言\n\n文。\n\n# 2 方法\n\n文。\n", "right.md")
    assert await editor.actions(uri, "引言", "source") == await editor.actions(uri, "引言", "refactor") == []


async def test_the_lightbulb_asks_for_no_whole_texts(editor: Editor) -> None:
    uri = editor.open(NUMBERED, "bulb.md")
    await editor.findings(uri)
    place = editor.range(uri, editor.span(uri, "引言"))
    context = types.CodeActionContext([], trigger_kind=types.CodeActionTriggerKind.Automatic)
    params = types.CodeActionParams(types.TextDocumentIdentifier(uri), place, context)
    assert not await editor.client.text_document_code_action_async(params)


async def _glossary(editor: Editor, uri: str, words: str) -> list[types.CodeAction]:
    return [one for one in await editor.actions(uri, words) if one.title.endswith("to the glossary")]


async def test_a_term_into_a_new_glossary(editor: Editor) -> None:
    folder = editor.folder / "terms"
    folder.mkdir()
    settings = folder / ".mdreview.yaml"
    settings.write_text("# 设置\nignore: [FN002]  # 理由\n", "utf-8")
    text = "卷积神经网络（Convolutional Neural Network, CNN）好，潮位也好。\n"
    uri = editor.open(text, "terms/a.md")
    offered = await _glossary(editor, uri, "卷积«神»经")
    able = editor.client.capabilities.workspace.workspace_edit  # type: ignore[union-attr]
    if able is None or "create" not in (able.resource_operations or ()):
        assert offered == []
        return
    [action] = offered
    assert action.title == "Add “CNN” to the glossary"
    editor.texts[settings.as_uri()] = settings.read_text("utf-8")
    assert editor.edited(action.edit) == {
        settings.as_uri(): "# 设置\nignore: [FN002]  # 理由\nterms:\n  glossary: glossary.yaml\n",
        (folder / "glossary.yaml").as_uri(): "terms:\n  - term: Convolutional Neural Network\n"
        "    chinese: 卷积神经网络\n    abbreviation: CNN\n",
    }
    [action] = await _glossary(editor, uri, "潮位")
    assert action.title == "Add “潮位” to the glossary"


async def test_a_term_into_the_glossary_that_there_is(editor: Editor) -> None:
    folder = editor.folder / "listed"
    folder.mkdir()
    (folder / ".mdreview.yaml").write_text("terms: {glossary: words.yaml}\n", "utf-8")
    words = folder / "words.yaml"
    words.write_text("# 词\nterms:\n- term: tide  # 潮\n", "utf-8")
    uri = editor.open("The tide gauge (TG) of the tide.\n", "listed/a.md")
    editor.texts[words.as_uri()] = words.read_text("utf-8")
    [action] = await _glossary(editor, uri, "(«TG»)")
    assert editor.edited(action.edit) == {
        words.as_uri(): "# 词\nterms:\n- term: tide  # 潮\n- term: tide gauge\n  abbreviation: TG\n"
    }
    assert await _glossary(editor, uri, "the «tide».") == []


async def test_a_reference_list_into_footnotes(editor: Editor) -> None:
    works = "[1] 作者甲. 某文[J]. 某刊, 2020.\n\n[2] 作者乙. 另一文[J]. 某刊, 2021.\n"
    text = f"# 题\n\n甲[^1]，乙[^2]。\n\n## 参考文献\n\n{works}"
    uri = editor.open(text, "list.md")
    title = "Turn the entries into footnote definitions"
    fixes = [one for one in await editor.actions(uri, "[^1]") if one.title == title]
    assert len(fixes) == 1 and fixes[0].is_preferred
    wanted = text.replace("\n[1] ", "\n[^1]: ").replace("\n[2] ", "\n[^2]: ")
    assert editor.edited(fixes[0].edit) == {uri: wanted}
    editor.set({"language": "zh"})

    async def chinese() -> bool:
        return "将条目转换为脚注定义" in [one.title for one in await editor.actions(uri, "[^1]")]

    assert await editor.eventually(chinese)
    editor.set({})
