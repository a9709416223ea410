"""The server: what it offers an editor, and which function answers what.

Nothing that reads Markdown is imported before the editor has its answer to `initialize`: it waits for that.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import FeatureRequestError, JsonRpcInternalError
from pygls.lsp.server import LanguageServer
from pygls.protocol import default_converter

from mdreview import __version__
from mdreview_lsp.editor import Editor
from mdreview_lsp.offers import COMMANDS, WATCHED, Feature, features, pulled
from mdreview_lsp.protocol import Protocol

if TYPE_CHECKING:
    from mdreview_lsp.session import Session


class Server(LanguageServer):
    """The server; its session begins after the first exchange with the editor."""

    protocol: Protocol
    editor: Editor

    def __init__(self) -> None:
        super().__init__("mdreview", __version__, protocol_cls=Protocol, converter_factory=default_converter)
        self.protocol.texts = lambda: self.session
        self.protocol.stop = lambda _: None
        self._polling: asyncio.Task[None] | None = None

    @cached_property
    def session(self) -> Session:
        """The session with the editor. Only after `initialize`."""
        from mdreview_lsp.session import Session

        return Session(self.editor)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """One line in the editor's log, no window; refused requests have their answer."""
        if source is FeatureRequestError and not isinstance(error, JsonRpcInternalError):
            return
        message = f"mdreview: {type(error).__name__}: {error}"
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, message))

    def begin(self, params: types.InitializeParams) -> None:
        """Learns what the editor is and can; before it is told what the server can."""
        self.editor = Editor(self, params)
        refused = self.editor.options.refused
        for feature in (*features(), *(pulled() if self.editor.pulls else ())):
            if not refused.issuperset(feature.wishes) or "diagnostics" in feature.wishes:
                self.feature(feature.method, feature.options)(_handler(self, feature))

    async def greet(self) -> None:
        """Tells what is wrong with the first settings, and asks to be told of files and settings that change."""
        for problem in self.editor.first_problems:
            self.editor.complain(problem)
        await asyncio.gather(self._register(), self.session.ask_options())

    async def _register(self) -> None:
        able = self.editor.workspace
        wanted = []
        if (watching := able.did_change_watched_files) is not None and watching.dynamic_registration:
            watchers = [types.FileSystemWatcher(glob_pattern=pattern) for pattern in WATCHED]
            options: Any = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            wanted.append(types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options))
        else:
            from mdreview_lsp.polling import poll

            self._polling = asyncio.create_task(poll(self.session))
        if (configuring := able.did_change_configuration) is not None and configuring.dynamic_registration:
            options = types.DidChangeConfigurationRegistrationOptions(section="mdreview")
            wanted.append(types.Registration("settings", types.WORKSPACE_DID_CHANGE_CONFIGURATION, options))
        if wanted:
            await self.client_register_capability_async(types.RegistrationParams(wanted))


def _function(name: str) -> Any:
    """A function of a feature's module, imported when it is first asked for."""
    module, _, function = name.partition(":")
    return getattr(import_module(f"mdreview_lsp.features.{module}"), function)


async def _awaited(result: Any) -> Any:
    return await result if inspect.isawaitable(result) else result


def _handler(server: Server, feature: Feature) -> Callable[[Any], Any]:
    """Answers the request with the feature's function."""

    async def answer(params: Any) -> Any:
        if "diagnostics" not in feature.wishes and server.editor.options.off.issuperset(feature.wishes):
            return None
        return await _awaited(_function(feature.function)(server.session, params))

    return answer


def _command(server: Server, function: str) -> Callable[[types.ExecuteCommandParams], Any]:
    async def run(params: types.ExecuteCommandParams) -> Any:
        return await _awaited(_function(function)(server.session, params))

    return run


def make_server() -> Server:
    """A server that waits for its editor."""
    server = Server()

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.begin(params)

    @server.feature(types.INITIALIZED)
    async def initialized(_params: types.InitializedParams) -> None:
        await server.greet()

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def configuration(params: types.DidChangeConfigurationParams) -> None:
        if server.editor.configurable:
            await server.session.ask_options()
        else:
            given = params.settings
            section = given.get("mdreview") if isinstance(given, dict) else getattr(given, "mdreview", None)
            server.session.take_options(section)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(params: types.DidChangeWatchedFilesParams) -> None:
        server.session.files_changed([change.uri for change in params.changes])

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        server.session.files_changed([params.text_document.uri])

    for name, function in COMMANDS.items():
        server.command(name)(_command(server, function))
    return server
