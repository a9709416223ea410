"""The server: what it offers an editor, and which function answers what.

Nothing that reads Markdown is imported before the editor has its answer to `initialize`: it waits for that.
"""

from __future__ import annotations

import asyncio
import inspect
import os
from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from lsprotocol import types
from pygls.exceptions import FeatureRequestError, JsonRpcInternalError
from pygls.lsp.server import LanguageServer
from pygls.protocol import default_converter

from mdreview import __version__
from mdreview.diagnostic import Language
from mdreview.errors import UserError
from mdreview_lsp.options import Options, read_options
from mdreview_lsp.places import path_of
from mdreview_lsp.protocol import Protocol

if TYPE_CHECKING:
    from mdreview_lsp.session import Session

WATCHED = (
    "**/{.mdreview.yaml,.mdreview.yml,pyproject.toml}",
    "**/*.{bib,bibtex,biblatex,json,yaml,yml}",
    "**/*.{md,markdown,qmd,Rmd}",
)
FIX_ALL = "source.fixAll.mdreview"
AT_ONCE = frozenset(
    {
        types.TEXT_DOCUMENT_REFERENCES,
        types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT,
        types.TEXT_DOCUMENT_PREPARE_RENAME,
        types.TEXT_DOCUMENT_LINKED_EDITING_RANGE,
        types.TEXT_DOCUMENT_DOCUMENT_SYMBOL,
        types.TEXT_DOCUMENT_FOLDING_RANGE,
    }
)
"""What needs nothing but the text, and so is answered before anything else happens."""


class Feature(NamedTuple):
    """A request, the option that switches it off, if any, and the function `module:name` that answers it."""

    method: str
    option: str
    function: str
    options: Any = None


def features() -> tuple[Feature, ...]:
    """What is offered to every editor."""
    actions = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL], resolve_provider=True)
    completion = types.CompletionOptions(trigger_characters=["[", "^", "@"])
    return (
        Feature(types.TEXT_DOCUMENT_CODE_ACTION, "codeActions", "code_actions:code_actions", actions),
        Feature(types.CODE_ACTION_RESOLVE, "codeActions", "code_actions:resolve"),
        Feature(types.TEXT_DOCUMENT_HOVER, "hover", "hover:hover"),
        Feature(types.TEXT_DOCUMENT_DEFINITION, "definition", "navigation:definition"),
        Feature(types.TEXT_DOCUMENT_REFERENCES, "references", "navigation:references"),
        Feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, "documentHighlight", "navigation:highlight"),
        Feature(types.TEXT_DOCUMENT_PREPARE_RENAME, "rename", "rename:prepare"),
        Feature(types.TEXT_DOCUMENT_RENAME, "rename", "rename:rename"),
        Feature(types.TEXT_DOCUMENT_LINKED_EDITING_RANGE, "linkedEditing", "rename:linked"),
        Feature(types.TEXT_DOCUMENT_COMPLETION, "completion", "completion:complete", completion),
        Feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, "documentSymbols", "outline:symbols"),
        Feature(types.TEXT_DOCUMENT_FOLDING_RANGE, "folding", "outline:folding"),
    )


def pulled() -> tuple[Feature, ...]:
    """What is offered to editors that ask for findings instead of waiting for them."""
    options = types.DiagnosticOptions(
        inter_file_dependencies=True, workspace_diagnostics=True, identifier="mdreview", work_done_progress=True
    )
    return (
        Feature(types.TEXT_DOCUMENT_DIAGNOSTIC, "", "pull:document_diagnostic", options),
        Feature(types.WORKSPACE_DIAGNOSTIC, "", "pull:workspace_diagnostic"),
    )


class Server(LanguageServer):
    """The server; its session begins after the first exchange with the editor."""

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__("mdreview", __version__, protocol_cls=Protocol, converter_factory=default_converter)
        self.stop: Callable[[int], None] = lambda _: None
        self.language: Language = "en"
        self.folder = os.getcwd()  # noqa: PTH109 - a path as text, as the protocol has it
        self.first_options = Options()
        self.first_problems: list[UserError] = []
        self.pulls = self.refreshes = self.configurable = False
        self.polling: asyncio.Task[None] | None = None

    @cached_property
    def session(self) -> Session:
        """The session with the editor. Only after `initialize`."""
        from mdreview_lsp.session import Session

        return Session(self)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """One line in the editor's log, no window; refused requests have their answer."""
        if source is FeatureRequestError and not isinstance(error, JsonRpcInternalError):
            return
        message = f"mdreview: {type(error).__name__}: {error}"
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, message))

    def begin(self, params: types.InitializeParams) -> None:
        """Learns what the editor is and can; before it is told what the server can."""
        capabilities = params.capabilities
        folders = params.workspace_folders or []
        root = folders[0].uri if folders else params.root_uri
        self.folder = (path_of(root) if root else params.root_path) or self.folder
        self.language = "zh" if (params.locale or "").lower().startswith("zh") else "en"
        self.first_options, self.first_problems = read_options(params.initialization_options, self.folder)
        document, workspace = capabilities.text_document, capabilities.workspace
        self.pulls = document is not None and document.diagnostic is not None
        if workspace is not None:
            self.refreshes = workspace.diagnostics is not None and bool(workspace.diagnostics.refresh_support)
            self.configurable = bool(workspace.configuration)
        for feature in (*features(), *(pulled() if self.pulls else ())):
            if feature.option not in self.first_options.off:
                self.feature(feature.method, feature.options)(_handler(self, feature))


def _handler(server: Server, feature: Feature) -> Callable[[Any], Any]:
    """Answers the request with the feature's function, imported when it is first asked for."""
    module, _, name = feature.function.partition(":")

    def answer(params: Any) -> Any:
        if feature.option in server.session.options.off:
            return None
        return getattr(import_module(f"mdreview_lsp.features.{module}"), name)(server.session, params)

    if feature.method in AT_ONCE:
        return answer

    async def answer_later(params: Any) -> Any:
        result = answer(params)
        return await result if inspect.isawaitable(result) else result

    return answer_later


def make_server() -> Server:
    """A server that waits for its editor."""
    server = Server()

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.begin(params)

    @server.feature(types.INITIALIZED)
    async def initialized(_params: types.InitializedParams) -> None:
        for problem in server.first_problems:
            server.session.complain(problem)
        await asyncio.gather(_register(server), server.session.ask_options())

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def configuration(params: types.DidChangeConfigurationParams) -> None:
        if server.configurable:
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

    @server.command("mdreview.rulePage")
    def rule_page(word: str) -> str | None:
        from mdreview_lsp.features import commands

        return commands.rule_page(server.session, word)

    @server.command("mdreview.checkWorkspace")
    async def check_workspace() -> dict[str, Any]:
        from mdreview_lsp.features import commands

        return await commands.check_workspace(server.session)

    return server


async def _register(server: Server) -> None:
    """Asks the editor to watch files and to tell of changed settings, where it can."""
    workspace = server.client_capabilities.workspace
    wanted = []
    if workspace is not None:
        if (watching := workspace.did_change_watched_files) is not None and watching.dynamic_registration:
            watchers = [types.FileSystemWatcher(glob_pattern=pattern) for pattern in WATCHED]
            options: Any = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            wanted.append(types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options))
        if (configuring := workspace.did_change_configuration) is not None and configuring.dynamic_registration:
            options = types.DidChangeConfigurationRegistrationOptions(section="mdreview")
            wanted.append(types.Registration("settings", types.WORKSPACE_DID_CHANGE_CONFIGURATION, options))
    if not any(registration.id == "files" for registration in wanted):
        from mdreview_lsp.polling import poll

        server.polling = asyncio.create_task(poll(server.session))
    if wanted:
        await server.client_register_capability_async(types.RegistrationParams(wanted))
