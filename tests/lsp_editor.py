"""An editor for tests: opens texts, asks the server, makes the edits that it answers with."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

from mdreview.source import Place, Source, Span, Units

SECONDS = 20.0
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


class Client(LanguageClient):
    """A client that takes registrations and remembers what was published of which version."""

    def __init__(self) -> None:
        super().__init__(converter_factory=default_converter)
        self.published: dict[str, types.PublishDiagnosticsParams] = {}
        self.registered: list[types.Registration] = []
        self.progressed: list[types.ProgressParams] = []
        self.applied: list[types.ApplyWorkspaceEditParams] = []
        self.cancels = False
        self.editor: Editor | None = None

        def publish(params: types.PublishDiagnosticsParams) -> None:
            self.published[params.uri] = params

        def register(params: types.RegistrationParams) -> None:
            self.registered.extend(params.registrations)

        def refresh(_params: None) -> None:
            pass

        def show(params: types.ProgressParams) -> None:
            self.progressed.append(params)

        def create(params: types.WorkDoneProgressCreateParams) -> None:
            if self.cancels:
                asyncio.get_running_loop().call_soon(
                    self.window_work_done_progress_cancel, types.WorkDoneProgressCancelParams(params.token)
                )

        def apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
            self.applied.append(params)
            return types.ApplyWorkspaceEditResult(True)

        own = {
            types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: publish,
            types.CLIENT_REGISTER_CAPABILITY: register,
            types.PROGRESS: show,
            types.WINDOW_WORK_DONE_PROGRESS_CREATE: create,
            types.WORKSPACE_APPLY_EDIT: apply,
            types.WORKSPACE_CODE_LENS_REFRESH: refresh,
            types.WORKSPACE_INLAY_HINT_REFRESH: refresh,
        }
        register_lsp_features(self, {**DEFAULT_CLIENT_FEATURES, **own})


class Editor:
    """One session with the server, in a folder of its own."""

    def __init__(self, client: Client, result: types.InitializeResult, folder: Path) -> None:
        self.client = client
        self.offered = result.capabilities
        self.folder = folder
        self.units = Units(result.capabilities.position_encoding or "utf-16")
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}

    @property
    def pulls(self) -> bool:
        return self.offered.diagnostic_provider is not None

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    # texts

    def open(self, text: str, name: str) -> str:
        uri = self.uri(name)
        self.texts[uri], self.versions[uri] = text, self.versions.get(uri, 0) + 1
        item = types.TextDocumentItem(uri, "markdown", self.versions[uri], text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def close(self, uri: str) -> None:
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))

    def change(self, uri: str, span: Span, text: str) -> None:
        """Makes one edit, here and there."""
        change = types.TextDocumentContentChangePartial(self.range(uri, span), text)
        self.versions[uri] += 1
        identifier = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        old = self.texts[uri]
        self.texts[uri] = old[: span.start] + text + old[span.end :]
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))

    def span(self, uri: str, words: str) -> Span:
        """The place of the words in the text, the first; `«` and `»` narrow it: `[^«1»]`."""
        lead, middle = re.split("[«»]", words)[:2] if "«" in words else ("", words)
        start = self.texts[uri].index(words.replace("«", "").replace("»", "")) + len(lead)
        return Span(start, start + len(middle))

    def range(self, uri: str, span: Span) -> types.Range:
        source = Source(self.texts[uri])
        start, end = (types.Position(*source.place(offset, self.units)) for offset in span)
        return types.Range(start, end)

    def at(self, uri: str, words: str) -> types.Position:
        return self.range(uri, self.span(uri, words)).start

    def words(self, uri: str, range_: types.Range) -> str:
        """What stands in a range of the text."""
        start, end = self._offsets(Source(self.texts[uri]), range_)
        return self.texts[uri][start:end]

    def _offsets(self, source: Source, range_: types.Range) -> tuple[int, int]:
        start, end = range_.start, range_.end
        return (
            source.offset(Place(start.line, start.character), self.units),
            source.offset(Place(end.line, end.character), self.units),
        )

    # answers

    async def findings(self, uri: str) -> list[types.Diagnostic]:
        """What is found in the text as it is now, pulled or pushed."""
        if self.pulls:
            report = await self.client.text_document_diagnostic_async(
                types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
            )
            assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
            return list(report.items)
        await self.until(lambda: (one := self.published(uri)) is not None and one.version == self.versions[uri])
        found = self.published(uri)
        assert found is not None
        return list(found.diagnostics)

    def published(self, uri: str) -> types.PublishDiagnosticsParams | None:
        return self.client.published.get(uri)

    async def until(self, true: Any) -> None:
        """Waits until something holds."""
        for _ in range(int(SECONDS / 0.01)):
            if true():
                return
            await asyncio.sleep(0.01)
        raise TimeoutError

    def place(self, uri: str, words: str) -> dict[str, Any]:
        """What most requests begin with: the text and the place of the words in it."""
        return {"text_document": types.TextDocumentIdentifier(uri), "position": self.at(uri, words)}

    def places(self, uri: str, found: object) -> list[str]:
        """What stands at the places of an answer."""
        assert isinstance(found, Sequence)
        return [self.words(uri, one.range) for one in found]

    async def actions(self, uri: str, words: str, only: str | None = None) -> list[types.CodeAction]:
        """The actions at the words; the text must be checked, so that the editor knows its findings."""
        found = await self.findings(uri)
        place = self.range(uri, self.span(uri, words))
        here = [one for one in found if one.range.start <= place.start and place.end <= one.range.end]
        context = types.CodeActionContext(here, only=[only] if only else None)
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), place, context)
        answer = await self.client.text_document_code_action_async(params) or []
        return [one for one in answer if isinstance(one, types.CodeAction)]

    async def resolved(self, action: types.CodeAction) -> dict[str, str]:
        """The texts after an action."""
        return self.edited((action if action.edit else await self.client.code_action_resolve_async(action)).edit)

    async def completed(self, text: str, name: str, typed: str | None = None) -> dict[str, types.CompletionItem]:
        """What is offered at `‸`, by label; `typed` is the character that made the editor ask."""
        offset = text.index("‸")
        uri = self.open(text.replace("‸", ""), name)
        position = self.range(uri, Span(offset, offset)).start
        kind = types.CompletionTriggerKind.TriggerCharacter if typed else types.CompletionTriggerKind.Invoked
        context = types.CompletionContext(kind, typed)
        params = types.CompletionParams(types.TextDocumentIdentifier(uri), position, context)
        found = await self.client.text_document_completion_async(params)
        assert found is None or isinstance(found, types.CompletionList)
        return {item.label: item for item in found.items} if found else {}

    async def run(self, command: str, *arguments: object) -> Any:
        """What a command gives."""
        params = types.ExecuteCommandParams(command, arguments=list(arguments))
        return await self.client.workspace_execute_command_async(params)

    def set(self, settings: dict[str, Any]) -> None:
        """Gives the editor other settings."""
        self.client.set_configuration({"mdreview": settings})
        self.client.workspace_did_change_configuration(types.DidChangeConfigurationParams({"mdreview": settings}))

    def write(self, name: str, text: str) -> str:
        """Writes a file beside the editor, which tells of it if it was asked to; gives its address."""
        file = self.folder / name
        known = types.FileChangeType.Changed if file.exists() else types.FileChangeType.Created
        file.write_text(text, "utf-8")
        if self.client.registered:
            event = types.FileEvent(file.as_uri(), known)
            self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        return file.as_uri()

    async def codes_become(self, uri: str, wanted: list[str]) -> None:
        """Waits until these are the codes of what is found."""

        async def they_are() -> bool:
            return [one.code for one in await self.findings(uri)] == wanted

        await self.eventually(they_are)

    async def eventually(self, ask: Callable[[], Awaitable[Any]]) -> Any:
        """What a question gives as soon as that is something."""
        for _ in range(int(SECONDS / 0.02)):
            if answer := await ask():
                return answer
            await asyncio.sleep(0.02)
        raise TimeoutError

    def edited(self, edit: types.WorkspaceEdit | None) -> dict[str, str]:
        """The texts, by address, after an edit of the workspace; checks that it was made for these very texts."""
        assert edit is not None
        after: dict[str, str] = {}
        per_text: list[tuple[str, Iterable[Any]]] = list((edit.changes or {}).items())
        for change in edit.document_changes or ():
            if isinstance(change, types.CreateFile):
                after[change.uri] = ""
                continue
            assert isinstance(change, types.TextDocumentEdit)
            uri = change.text_document.uri
            if uri in self.versions:
                assert change.text_document.version == self.versions[uri]
            per_text.append((uri, change.edits))
        for uri, edits in per_text:
            text = after.get(uri, self.texts.get(uri, ""))
            source = Source(text)
            spans = [(*self._offsets(source, one.range), one) for one in edits]
            for start, end, one in sorted(spans, key=lambda item: item[:2], reverse=True):
                text = text[:start] + one.new_text + text[end:]
            after[uri] = text
        return after
