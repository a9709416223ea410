"""An editor for tests: opens texts, asks the server, makes the edits that it answers with."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

from mdreview.source import Place, Source, Span, Units

SECONDS = 20.0


class Client(LanguageClient):
    """A client that takes registrations and remembers what was published of which version."""

    def __init__(self) -> None:
        super().__init__(converter_factory=default_converter)
        self.published: dict[str, types.PublishDiagnosticsParams] = {}
        self.registered: list[types.Registration] = []
        self.refreshed = 0
        self.editor: Editor | None = None

        def publish(params: types.PublishDiagnosticsParams) -> None:
            self.published[params.uri] = params

        def register(params: types.RegistrationParams) -> None:
            self.registered.extend(params.registrations)

        def refresh(_params: None) -> None:
            self.refreshed += 1

        own = {types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: publish, types.CLIENT_REGISTER_CAPABILITY: register}
        own |= dict.fromkeys((types.WORKSPACE_CODE_LENS_REFRESH, types.WORKSPACE_INLAY_HINT_REFRESH), refresh)
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
