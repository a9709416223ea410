"""The editor at the other end: what it is and can, what it wants, and how it is told and asked."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from lsprotocol import types
from pygls.lsp.server import LanguageServer

from mdreview.diagnostic import Language, Text
from mdreview.errors import UserError
from mdreview.source import Units
from mdreview_lsp.options import NAME, read_options
from mdreview_lsp.places import path_of, uri_of
from mdreview_lsp.protocol import Protocol

logger = logging.getLogger(__name__)


class Editor:
    """One editor as it introduced itself."""

    def __init__(self, server: LanguageServer, params: types.InitializeParams) -> None:
        assert isinstance(server.protocol, Protocol)
        self.server = server
        self._protocol = server.protocol
        self.capabilities = capabilities = params.capabilities
        root = params.root_path if params.root_uri is None else path_of(params.root_uri)
        self._root = None if params.workspace_folders else root
        self.locale: Language = "zh" if (params.locale or "").lower().startswith("zh") else "en"
        folders = [path for folder in params.workspace_folders or () if (path := path_of(folder.uri))]
        self._base = next(iter(folders), self._root) or os.getcwd()  # noqa: PTH109 - text, as the protocol has it
        self.options, self.first_problems = read_options(params.initialization_options, self._base)
        document, workspace = capabilities.text_document, capabilities.workspace
        self.document = document or types.TextDocumentClientCapabilities()
        self.workspace = workspace or types.WorkspaceClientCapabilities()
        self.pulls = self.document.diagnostic is not None
        self.configurable = bool(self.workspace.configuration)

    @property
    def folders(self) -> list[str]:
        """The paths of the folders that are open now; none where single files are."""
        opened = (path_of(folder.uri) for folder in self.server.workspace.folders.values())
        return [path for path in opened if path] or ([self._root] if self._root else [])

    def folder_of(self, path: str | None) -> str:
        """The open folder that holds a file, else the file's own; for what is in no file, the first."""
        if path is None:
            return next(iter(self.folders), self._base)
        holding = [folder for folder in self.folders if Path(path).is_relative_to(folder)]
        return max(holding, key=len, default=str(Path(path).parent))

    @property
    def units(self) -> Units:
        """What the columns of its positions count; known once `initialize` is answered."""
        return Units(self.server.workspace.position_encoding)

    @property
    def language(self) -> Language:
        """The language to speak to the writer."""
        return self.options.language or self.locale

    def written(self, text: Text, **arguments: object) -> str:
        """A sentence in the writer's language."""
        return text.written(self.language, arguments)

    def markup(self, text: str, formats: Sequence[types.MarkupKind] | None) -> types.MarkupContent:
        """Markdown for the editor, marked as plain text for one that reads no other; `formats` are those it reads."""
        markdown = formats is None or types.MarkupKind.Markdown in formats
        return types.MarkupContent(types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText, text)

    # telling

    def log(self, line: str) -> None:
        """Says something in the editor's log."""
        self.server.window_log_message(types.LogMessageParams(types.MessageType.Warning, f"{NAME}: {line}"))

    def complain(self, error: UserError) -> None:
        """Shows the writer what is wrong with what they set."""
        message = f"{NAME}: {error.written(self.language)}"
        self.server.window_show_message(types.ShowMessageParams(types.MessageType.Warning, message))

    def show(self, uri: str, items: msgspec.Raw, version: int | None = None) -> None:
        """Shows the diagnostics of a text in place of those shown before."""
        params: dict[str, Any] = {"uri": uri, "diagnostics": items}
        if version is not None:
            params["version"] = version
        self.notify(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)

    def notify(self, method: str, params: dict[str, Any]) -> None:
        """Sends a notification of plain values and `msgspec.Raw`."""
        self._protocol.send_notification(method, params)

    def refresh(self) -> None:
        """Asks the editor to ask anew for what it shows unasked."""
        able = self.workspace
        if self.pulls and able.diagnostics is not None and able.diagnostics.refresh_support:
            self.server.workspace_diagnostic_refresh(None)
        if able.code_lens is not None and able.code_lens.refresh_support:
            self.server.workspace_code_lens_refresh(None)
        if able.inlay_hint is not None and able.inlay_hint.refresh_support:
            self.server.workspace_inlay_hint_refresh(None)

    # asking

    async def apply(self, edit: types.WorkspaceEdit, label: str) -> bool:
        """Asks the editor to make an edit; whether it did."""
        if not self.workspace.apply_edit:
            return False
        result = await self.server.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(edit, label))
        return result.applied

    async def settings(self) -> object:
        """What the editor's settings say under our name, as plain values; None where it cannot tell."""
        if not self.configurable:
            return None
        item = types.ConfigurationItem(section=NAME, scope_uri=uri_of(self._base))
        try:
            answer = await self.server.workspace_configuration_async(types.ConfigurationParams([item]))
        except Exception as error:  # an editor that cannot answer its own question must not stop us
            logger.warning("the editor did not tell its settings: %s", error)
            return None
        return plain(answer[0]) if answer else None

    def take(self, value: object) -> bool:
        """Takes settings as its own; whether they are others than before. What is wrong in them is told the writer."""
        options, problems = read_options(plain(value), self._base)
        for problem in problems:
            self.complain(problem)
        options = options.with_first(self.options)
        changed, self.options = options != self.options, options
        return changed


def plain(value: object) -> object:
    """The editor's settings as plain values; pygls makes named tuples of what it does not know."""
    if hasattr(value, "_asdict"):
        return {key: plain(item) for key, item in value._asdict().items()}
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, (list, tuple)) else value
