"""One editor's session: its open texts, its wishes, and everything that is known of both."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from lsprotocol import types

from mdreview.diagnostic import Language, Text
from mdreview.encoding import decode
from mdreview.errors import UserError
from mdreview.source import Source, Units
from mdreview_lsp.checks import Checked, Checks
from mdreview_lsp.contexts import Contexts
from mdreview_lsp.findings import NAME, manner_of
from mdreview_lsp.options import read_options
from mdreview_lsp.places import path_of, same_address, to_place, uri_of
from mdreview_lsp.settings_problems import SettingsProblems
from mdreview_lsp.texts import Change, OpenText
from mdreview_lsp.worker import Worker

if TYPE_CHECKING:
    from mdreview_lsp.server import Server

logger = logging.getLogger(__name__)


class Session:
    """Made when the editor has introduced itself."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.options = server.first_options
        self.units = Units(server.workspace.position_encoding)
        self.texts: dict[str, OpenText] = {}
        self.worker = Worker()
        self.contexts = Contexts()
        self.contexts.put_beneath(self.options.settings)
        self.checks = Checks(self.worker, self.contexts, self.beside)
        self.checks.publish = self._publish
        self.checks.log = self.log
        self.checks.manner = manner_of(server.client_capabilities, self.language, self.units)
        self._problems = SettingsProblems(self)

    @property
    def language(self) -> Language:
        """The language to speak to the writer."""
        return self.options.language or self.server.language

    def written(self, text: Text, **arguments: object) -> str:
        """A sentence in the writer's language."""
        return text.written(self.language, arguments)

    def markup(self, text: str, formats: Sequence[types.MarkupKind] | None) -> types.MarkupContent:
        """Markdown for the editor, marked as plain text for one that reads no other; `formats` are those it reads."""
        markdown = formats is None or types.MarkupKind.Markdown in formats
        return types.MarkupContent(types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText, text)

    def log(self, line: str) -> None:
        """Says something in the editor's log."""
        self.server.window_log_message(types.LogMessageParams(types.MessageType.Warning, f"{NAME}: {line}"))

    def complain(self, error: UserError) -> None:
        """Shows the writer what is wrong with what they set."""
        message = f"{NAME}: {error.written(self.language)}"
        self.server.window_show_message(types.ShowMessageParams(types.MessageType.Warning, message))

    # texts

    def text(self, uri: str) -> OpenText | None:
        """An open text; None if it is not open."""
        return self.texts.get(uri) or next((text for key, text in self.texts.items() if same_address(key, uri)), None)

    def open(self, item: types.TextDocumentItem) -> None:
        """Takes in a text that the editor opened."""
        self.close(item.uri)
        text = OpenText(item.uri, item.version, item.text, self.units, item.language_id)
        self.texts[item.uri] = text
        self.checks.put(text, self.path_for(item.uri))
        self._push(text)

    def change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Follows edits."""
        text = self.text(params.text_document.uri)
        if text is None:
            logger.warning("a change of a text that is not open: %s", params.text_document.uri)
            return
        text.change(params.text_document.version, [_change(change) for change in params.content_changes])
        self._push(text)

    def close(self, uri: str) -> None:
        """Forgets a text and takes its findings away."""
        if (text := self.text(uri)) is not None:
            del self.texts[text.uri]
            self.checks.drop(text)
            if not self.server.pulls:
                self._send_items(text.uri, None, msgspec.Raw(b"[]"))
            self._problems.drop(text.uri)

    def path_for(self, uri: str) -> str:
        """Where the settings of a text are sought; for one in no file, the folder that is open."""
        return path_of(uri) or str(Path(self.server.folder) / "untitled.md")

    def beside(self, path: str) -> tuple[str, Source]:
        """Address and text of another file: as it is in the editor, else as it is on disk."""
        uri = uri_of(os.path.abspath(path))  # noqa: PTH100 - links stay as the user wrote them
        if (text := self.text(uri)) is not None:
            return text.uri, text.source
        try:
            return uri, Source(decode(Path(path).read_bytes(), path).text)
        except (OSError, UserError):
            return uri, Source("")

    # findings

    def _push(self, text: OpenText) -> None:
        # an editor that pulls asks when it wants to know
        if not self.server.pulls and "diagnostics" not in self.options.off:
            self.checks.push_soon(text)

    def _publish(self, text: OpenText, checked: Checked) -> None:
        if not self.server.pulls:
            self._send_items(text.uri, checked.version, checked.items)
        self.checks_seen(text, checked)

    def checks_seen(self, text: OpenText, checked: Checked) -> None:
        """Shows what the check met that is not in the text: faults in settings files and the like."""
        self._problems.put(text, checked.problems)

    def show(self, uri: str, items: msgspec.Raw) -> None:
        """Shows findings in a file that is not open."""
        self._send_items(uri, None, items)

    def _send_items(self, uri: str, version: int | None, items: msgspec.Raw) -> None:
        params: dict[str, Any] = {"uri": uri, "diagnostics": items}
        if version is not None:
            params["version"] = version
        self.server.protocol.send_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)

    def check_again(self) -> None:
        """Checks everything that is open once more, because something besides the texts has changed."""
        for text in self.texts.values():
            if self.server.pulls:
                continue
            if "diagnostics" in self.options.off:
                self._send_items(text.uri, text.version, msgspec.Raw(b"[]"))
            else:
                self.checks.push_soon(text)
        if self.server.pulls and self.server.refreshes:
            self.server.workspace_diagnostic_refresh(None)

    # wishes

    async def ask_options(self) -> None:
        """Asks the editor for its settings, where it can be asked."""
        if not self.server.configurable:
            return
        item = types.ConfigurationItem(section=NAME, scope_uri=uri_of(self.server.folder))
        try:
            answer = await self.server.workspace_configuration_async(types.ConfigurationParams([item]))
        except Exception as error:  # an editor that cannot answer its own question must not stop us
            logger.warning("the editor did not tell its settings: %s", error)
            return
        if answer:
            self.take_options(answer[0])

    def take_options(self, value: object) -> None:
        """Takes settings of the editor; they hold at once."""
        value = _plain(value)
        if value is None:
            return
        options, problems = read_options(value, self.server.folder)
        for problem in problems:
            self.complain(problem)
        if options == self.options:
            return
        self.options = options
        self.contexts.put_beneath(options.settings)
        self.contexts.forget()
        self.checks.manner = manner_of(self.server.client_capabilities, self.language, self.units)
        self.check_again()

    def files_changed(self, uris: list[str]) -> None:
        """Takes effect of changed files: settings, glossaries, bibliographies, outlines."""
        paths = [path for uri in uris if (path := path_of(uri)) is not None]
        if any(self.contexts.concerns(path) for path in paths):
            self.contexts.forget()
            self.check_again()


def _change(change: types.TextDocumentContentChangeEvent) -> Change:
    if isinstance(change, types.TextDocumentContentChangePartial):
        return Change(to_place(change.range.start), to_place(change.range.end), change.text)
    return Change(None, None, change.text)


def _plain(value: object) -> object:
    """The editor's settings as plain values; pygls makes named tuples of what it does not know."""
    if hasattr(value, "_asdict"):
        return {key: _plain(item) for key, item in value._asdict().items()}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value
