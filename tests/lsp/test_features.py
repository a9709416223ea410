"""Every feature of the server, as VS Code, Neovim and Emacs ask for it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from lsp_editor import Editor
from lsprotocol import types

from mdreview.context import Context
from mdreview.engine import check
from mdreview.markdown import parse
from mdreview.settings import Settings
from mdreview.source import Source, Span

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(60)]

PAPER = """\
# 1 引言😀

卷积神经网络（Convolutional Neural Network, CNN）已广泛使用[^a]。😀 CNN 见[^b]，方法见第2.1节。

## 1.1 背景

文😀[^a]。

# 2 方法

## 2.1 数据

| 甲 | 乙 |
|---|---|
| 😀 | y[^q] |

```python
x[^code]
```

[^a]: 注释的文字。
[^c]: 没有用到。
"""


async def test_findings_equal_those_of_the_core(editor: Editor) -> None:
    uri = editor.open(PAPER, "equal.md")
    wanted = [
        (one.code, one.written("en"), editor.range(uri, one.span)) for one in check(parse(PAPER), Context(Settings()))
    ]
    assert [(one.code, one.message, one.range) for one in await editor.findings(uri)] == wanted
    assert "FN001" in {code for code, _, _ in wanted}


async def test_a_finding_says_all_that_the_editor_can_show(editor: Editor) -> None:
    uri = editor.open(PAPER + "[^a]: 又一次。\n", "all.md")
    found = {str(one.code): one for one in reversed(await editor.findings(uri))}
    undefined, unused, double = (found[code] for code in ("FN001", "FN002", "FN003"))
    assert (undefined.severity, undefined.source) == (types.DiagnosticSeverity.Error, "mdreview")
    assert editor.words(uri, undefined.range) == "[^b]"
    assert undefined.code_description is None or "FN001" in undefined.code_description.href
    assert list(unused.tags or ()) in ([], [types.DiagnosticTag.Unnecessary])
    assert double.related_information is None or [
        editor.words(uri, one.location.range) for one in double.related_information
    ] == ["[^a]:"]


async def test_findings_follow_each_edit(editor: Editor) -> None:
    uri = editor.open("文😀\u2028[^1]。\n\n[^1]: 注。\n", "follow.md")
    assert await editor.findings(uri) == []
    editor.change(uri, editor.span(uri, "[^«1»]。"), "二")
    assert {(one.code, editor.words(uri, one.range)) for one in await editor.findings(uri)} == {
        ("FN001", "[^二]"),
        ("FN002", "[^1]:"),
    }
    editor.change(uri, editor.span(uri, "[^«1»]:"), "二")
    assert await editor.findings(uri) == []


async def test_only_the_newest_text_is_answered_for(editor: Editor) -> None:
    uri = editor.open("文[^1]。\n", "newest.md")
    for label in "23456789":
        editor.change(uri, Span(3, 4), label)
    assert [editor.words(uri, one.range) for one in await editor.findings(uri)] == ["[^9]"]


async def test_closing_takes_the_findings_away(editor: Editor) -> None:
    uri = editor.open("文[^1]。\n", "closing.md")
    assert len(await editor.findings(uri)) == 1
    editor.close(uri)
    if not editor.pulls:
        await editor.until(lambda: not list(editor.published(uri).diagnostics))  # type: ignore[union-attr]


async def test_unchanged_findings_are_not_sent_twice(editor: Editor) -> None:
    if not editor.pulls:
        pytest.skip("this editor does not pull")
    uri = editor.open(PAPER, "twice.md")
    identifier = types.TextDocumentIdentifier(uri)
    first = await editor.client.text_document_diagnostic_async(types.DocumentDiagnosticParams(identifier))
    assert isinstance(first, types.RelatedFullDocumentDiagnosticReport)
    again = await editor.client.text_document_diagnostic_async(
        types.DocumentDiagnosticParams(identifier, previous_result_id=first.result_id)
    )
    assert isinstance(again, types.RelatedUnchangedDocumentDiagnosticReport)


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


def _places(editor: Editor, uri: str, found: object) -> list[str]:
    assert isinstance(found, Sequence)
    return [editor.words(uri, one.range) for one in found]


async def test_definition(editor: Editor) -> None:
    uri = editor.open(PAPER, "definition.md")
    for words, wanted in (
        ("😀[«^»a]", "[^a]: 注释的文字。"),
        ("第«2».1", "2.1 数据"),
        ("«C»NN 见", "CNN"),
    ):
        params = types.DefinitionParams(**editor.place(uri, words))
        assert _places(editor, uri, await editor.client.text_document_definition_async(params)) == [wanted]


async def test_references_and_highlights(editor: Editor) -> None:
    uri = editor.open(PAPER, "references.md")
    place = editor.place(uri, "😀[«^»a]")
    for declaration, wanted in ((True, ["[^a]", "[^a]", "[^a]:"]), (False, ["[^a]", "[^a]"])):
        params = types.ReferenceParams(context=types.ReferenceContext(declaration), **place)
        assert _places(editor, uri, await editor.client.text_document_references_async(params)) == wanted
    highlights = await editor.client.text_document_document_highlight_async(types.DocumentHighlightParams(**place))
    assert _places(editor, uri, highlights) == ["[^a]", "[^a]", "[^a]:"]


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


async def _completed(editor: Editor, text: str, name: str) -> dict[str, types.CompletionItem]:
    """What is offered at `‸`, by label."""
    offset = text.index("‸")
    uri = editor.open(text.replace("‸", ""), name)
    position = editor.range(uri, Span(offset, offset)).start
    params = types.CompletionParams(types.TextDocumentIdentifier(uri), position)
    found = await editor.client.text_document_completion_async(params)
    assert found is None or isinstance(found, types.CompletionList)
    return {item.label: item for item in found.items} if found else {}


async def test_completion_of_footnotes(editor: Editor) -> None:
    items = await _completed(editor, "文😀[^‸。又[^7]。\n\n[^3]: 注三。\n", "labels.md")
    assert list(items) == ["3", "7", "8"]
    assert items["3"].detail == "注三。"
    edit = items["3"].text_edit
    assert isinstance(edit, types.TextEdit) and edit.new_text == "3]"
    assert items["8"].additional_text_edits and "[^8]: " in items["8"].additional_text_edits[0].new_text


async def test_completion_of_sections(editor: Editor) -> None:
    items = await _completed(editor, PAPER.replace("第2.1节", "第2‸"), "numbers.md")
    assert {label: item.detail for label, item in items.items()} == {"2": "方法", "2.1": "数据"}


async def test_no_completion_in_code(editor: Editor) -> None:
    assert await _completed(editor, "```\nx[^‸\n```\n\n文[^1]。\n", "code.md") == {}


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


async def _actions(editor: Editor, uri: str, words: str, only: str | None = None) -> list[types.CodeAction]:
    """The actions at the words; the text must be checked, so that the editor knows its findings."""
    found = await editor.findings(uri)
    place = editor.range(uri, editor.span(uri, words))
    here = [one for one in found if one.range.start <= place.start and place.end <= one.range.end]
    context = types.CodeActionContext(here, only=[only] if only else None)
    params = types.CodeActionParams(types.TextDocumentIdentifier(uri), place, context)
    answer = await editor.client.text_document_code_action_async(params) or []
    assert all(isinstance(one, types.CodeAction) for one in answer)
    return [one for one in answer if isinstance(one, types.CodeAction)]


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
    action = next(one for one in await _actions(editor, uri, words) if one.title == "Ignore FN001 on this line")
    assert editor.edited(action.edit) == {uri: silenced}
    assert "FN001" not in {one.code for one in check(parse(silenced), Context())}


async def test_ignore_in_this_file(editor: Editor) -> None:
    text = "---\ntitle: 文\n---\n\n甲[^1]。\n"
    uri = editor.open(text, "file.md")
    action = next(one for one in await _actions(editor, uri, "^1") if one.title == "Ignore FN001 in this file")
    [silenced] = editor.edited(action.edit).values()
    assert silenced == text.replace("---\n\n甲", "---\n\n<!-- mdreview-disable-file FN001 -->\n\n甲")
    assert check(parse(silenced), Context()) == []


async def test_quick_fixes_and_fix_all(editor: Editor) -> None:
    text = "甲[^1]，乙[^2]。\n\n## 来源\n\n1. 作者甲. 某文[J]. 某刊, 2020.\n2. 作者乙. 另一文[J]. 某刊, 2021.\n"
    uri = editor.open(text, "fix.md")
    fixable = [one for one in check(parse(text), Context()) if one.fix]
    actions = await _actions(editor, uri, "^1")
    fixes = [one for one in actions if not one.title.startswith("Ignore") and one.kind == "quickfix"]
    assert bool(fixes) == bool(fixable)
    for one in fixes:
        assert one.diagnostics
        assert editor.edited(one.edit)[uri] != text
    everything = await _actions(editor, uri, "^1", "source.fixAll")
    assert all(one.kind == "source.fixAll.mdreview" for one in everything)
    for one in everything:
        resolved = one if one.edit else await editor.client.code_action_resolve_async(one)
        fixed = editor.edited(resolved.edit)[uri]
        assert not [left for left in check(parse(fixed), Context()) if left.fix and left.fix.safety.name == "SAFE"]


async def test_settings_files_take_effect_and_broken_ones_are_shown(editor: Editor) -> None:
    folder = editor.folder / "settings"
    folder.mkdir()
    uri = editor.open("甲[^1]。\n", "settings/a.md")
    assert [one.code for one in await editor.findings(uri)] == ["FN001"]
    file = folder / ".mdreview.yaml"
    # a first look at what is there, for editors that watch no files
    await asyncio.sleep(0 if editor.client.registered else 1.2)

    async def written(text: str) -> None:
        file.write_text(text, "utf-8")
        if editor.client.registered:
            event = types.FileEvent(file.as_uri(), types.FileChangeType.Changed)
            editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))

    async def codes_become(wanted: list[str]) -> None:
        for _ in range(400):
            if [one.code for one in await editor.findings(uri)] == wanted:
                return
            await asyncio.sleep(0.01)
        raise AssertionError(await editor.findings(uri))

    await written("ignore: [FN001]\n")
    await codes_become([])
    await written("ignore: [FN001]\nno-such-key: 1\n")
    shown = None
    for _ in range(400):
        await editor.findings(uri)
        shown = editor.published(file.as_uri())
        if shown is not None and shown.diagnostics:
            break
        await asyncio.sleep(0.01)
    assert shown is not None and [one.range.start.line for one in shown.diagnostics] == [1]
    assert "no-such-key" in shown.diagnostics[0].message
    assert await editor.findings(uri) == []
    await written("severity: {FN001: info}\n")
    await codes_become(["FN001"])
    await editor.until(lambda: not editor.published(file.as_uri()).diagnostics)  # type: ignore[union-attr]


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
    assert list(await _completed(editor, text.replace("@smith;", "@smi‸;"), "keys.md")) == ["smith"]


async def test_line_counts_of_the_server_are_those_of_the_editor(editor: Editor) -> None:
    text = "甲\x0c乙\u2028丙\x85丁\r\n戊[^1]\r己[^2]\n"
    uri = editor.open(text, "lines.md")
    assert [editor.words(uri, one.range) for one in await editor.findings(uri)] == ["[^1]", "[^2]"]
    assert len(Source(text).line_starts) == 4


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


async def test_the_workspace_is_pulled_if_it_is_wanted(editor: Editor) -> None:
    if not editor.pulls:
        pytest.skip("this editor does not pull")
    (editor.folder / "pulled.md").write_text("闭[^1]。\n", "utf-8")

    async def pull(*known: types.PreviousResultId) -> dict[str, object]:
        params = types.WorkspaceDiagnosticParams(list(known))
        report = await editor.client.workspace_diagnostic_async(params)
        return {one.uri: one for one in report.items}

    assert await pull() == {}
    editor.client.set_configuration({"mdreview": {"scope": "workspace"}})
    editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings=None))
    uri = editor.uri("pulled.md")
    for _ in range(100):
        if uri in (found := await pull()):
            break
        await asyncio.sleep(0.02)
    first = found[uri]
    assert isinstance(first, types.WorkspaceFullDocumentDiagnosticReport)
    assert [one.code for one in first.items] == ["FN001"]
    again = await pull(types.PreviousResultId(uri, first.result_id or ""))
    assert isinstance(again[uri], types.WorkspaceUnchangedDocumentDiagnosticReport)
    editor.client.set_configuration({})
    editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings=None))
