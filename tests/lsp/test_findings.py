"""Findings as the editor gets them."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lsp_editor import PAPER, Editor
from lsprotocol import types

from mdreview.context import Context
from mdreview.engine import check
from mdreview.markdown import parse
from mdreview.settings import Settings
from mdreview.source import Place, Source, Span

ARTICLE = Path(__file__).parents[3] / "shared/seeds/article.md"
pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(60)]


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


async def test_settings_files_take_effect_and_broken_ones_are_shown(editor: Editor) -> None:
    (editor.folder / "settings").mkdir()
    uri = editor.open("甲[^1]。\n", "settings/a.md")
    await editor.codes_become(uri, ["FN001"])
    file = editor.write("settings/.mdreview.yaml", "ignore: [FN001]\n")
    await editor.codes_become(uri, [])
    editor.write("settings/.mdreview.yaml", "ignore: [FN001]\nno-such-key: 1\n")
    assert "no-such-key" in await _shown(editor, uri, file, 1)
    assert await editor.findings(uri) == []
    editor.write("settings/.mdreview.yaml", "severity: {FN001: info}\n")
    await editor.codes_become(uri, ["FN001"])
    await editor.until(lambda: not editor.published(file).diagnostics)  # type: ignore[union-attr]


async def _shown(editor: Editor, uri: str, file: str, line: int) -> str:
    """What is shown on a line of a file as soon as a text is checked with it."""

    async def problem() -> str | None:
        await editor.findings(uri)
        shown = editor.published(file)
        return next((one.message for one in shown.diagnostics if one.range.start.line == line), None) if shown else None

    return str(await editor.eventually(problem))


async def test_what_belongs_to_a_text_takes_effect_at_once(editor: Editor) -> None:
    (editor.folder / "beside").mkdir()
    uri = editor.open("甲 [@nobody]，卷积网络很好。\n", "beside/a.md")
    await editor.codes_become(uri, [])
    editor.write("beside/works.bib", "@book{somebody,\n  title = {A},\n  year = {2020}\n}\n")
    words = editor.write("beside/words.yaml", "terms:\n  - term: 卷积神经网络\n")
    settings = '[tool.mdreview]\ncitations.bibliography = ["works.bib"]\nterms.glossary = "words.yaml"\n'
    editor.write("beside/pyproject.toml", settings)
    await editor.codes_become(uri, ["CIT008"])
    editor.write("beside/works.bib", "@book{nobody,\n  title = {A},\n  year = {2020}\n}\n")
    await editor.codes_become(uri, [])
    editor.write("beside/words.yaml", "terms:\n  - term: 卷积神经网络\n    forbidden: [卷积网络]\n")
    await editor.codes_become(uri, ["TRM008"])
    editor.write("beside/words.yaml", "terms:\n  - term: 卷积神经网络\n    verboten: [卷积网络]\n")
    assert "verboten" in await _shown(editor, uri, words, 1)


async def test_line_counts_of_the_server_are_those_of_the_editor(editor: Editor) -> None:
    text = "甲\x0c乙\u2028丙\x85丁\r\n戊[^1]\r己[^2]\n"
    uri = editor.open(text, "lines.md")
    assert [editor.words(uri, one.range) for one in await editor.findings(uri)] == ["[^1]", "[^2]"]
    assert len(Source(text).line_starts) == 4


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


def _as_on_the_command_line(file: Path) -> list[tuple[object, ...]]:
    """Code, severity, message and place, counted from 1 in code points, of what the command line finds."""
    command = [sys.executable, "-m", "mdreview", "check", file.name, "--output-format", "json", "--lang", "en"]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    told = subprocess.run(command, cwd=file.parent, capture_output=True, text=True, env=environment, encoding="utf-8")
    keys = ("code", "severity", "message", "line", "column", "end_line", "end_column")
    return [tuple(one[key] for key in keys) for one in json.loads(told.stdout)]


@pytest.mark.parametrize("make", [lambda: PAPER, lambda: ARTICLE.read_text("utf-8")], ids=["paper", "article"])
async def test_findings_equal_those_of_the_command_line(editor: Editor, make: Callable[[], str]) -> None:
    try:
        text = make()
    except FileNotFoundError:
        pytest.skip("the article is not beside the checkout")
    file = editor.folder / "same.md"
    file.write_text(text, "utf-8")
    uri = editor.open(text, "same.md")
    source = Source(text)
    found = []
    for one in await editor.findings(uri):
        ends = (one.range.start, one.range.end)
        offsets = [source.offset(Place(end.line, end.character), editor.units) for end in ends]
        places = [number + 1 for offset in offsets for number in source.place(offset)]
        assert one.severity is not None
        level = one.severity.name.lower().replace("information", "info")
        found.append((one.code, level, one.message, *places))
    assert found == _as_on_the_command_line(file)
    assert len(found) > 2


async def test_other_parts_of_a_work_are_read_as_they_are_in_the_editor(editor: Editor) -> None:
    folder = editor.folder / "work"
    folder.mkdir()
    (folder / ".mdreview.yaml").write_text("manuscript: [one.md, two.md]\n", "utf-8")
    (folder / "one.md").write_text("# 一\n\n甲[^n]。\n", "utf-8")
    (folder / "two.md").write_text("# 二\n\n乙。\n", "utf-8")
    one = editor.open("# 一\n\n甲[^n]。\n", "work/one.md")

    async def codes() -> set[object]:
        return {found.code for found in await editor.findings(one)}

    assert "FN001" in await codes()
    two = editor.open("# 二\n\n乙。\n\n[^n]: 注。\n", "work/two.md")

    async def mended() -> bool:
        return "FN001" not in await codes()

    async def broken() -> bool:
        return "FN001" in await codes()

    assert await editor.eventually(mended)
    editor.change(two, editor.span(two, "[^«n»]"), "m")
    assert await editor.eventually(broken)
    editor.change(two, editor.span(two, "[^«m»]"), "n")
    assert await editor.eventually(mended)
    # closed, it is again as it is on disk
    editor.close(two)
    assert await editor.eventually(broken)


async def test_a_pull_of_the_workspace_shows_how_far_it_is(editor: Editor) -> None:
    if not editor.pulls:
        pytest.skip("this editor does not pull")
    for number in range(3):
        (editor.folder / f"far{number}.md").write_text("闭[^1]。\n", "utf-8")
    editor.set({"scope": "workspace"})

    async def reported() -> bool:
        editor.client.progressed.clear()
        params = types.WorkspaceDiagnosticParams([], work_done_token="far")
        return len((await editor.client.workspace_diagnostic_async(params)).items) > 2

    assert await editor.eventually(reported)
    values: list[Any] = [one.value for one in editor.client.progressed if one.token == "far"]
    assert [values[0]["kind"], values[-1]["kind"]] == ["begin", "end"]
    editor.set({})
