"""The server in a process of its own, and three editors to talk to it."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator

import pytest
import pytest_lsp
from lsp_editor import Client, Editor
from lsprotocol import types
from pytest_lsp import ClientServerConfig, client_capabilities

EDITORS = ("visual_studio_code", "neovim@v0.11", "emacs")
SERVER = ClientServerConfig(server_command=[sys.executable, "-m", "mdreview_lsp"], client_factory=Client)


@pytest_lsp.fixture(scope="session", params=EDITORS, config=SERVER)  # type: ignore[untyped-decorator]
async def client(
    request: pytest.FixtureRequest, lsp_client: Client, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[None]:
    """VS Code (UTF-16, pushed), Neovim (UTF-8, pulled, watches no files) and Emacs (code points, pushed)."""
    folder = tmp_path_factory.mktemp("work")
    (folder / ".git").mkdir()
    parameters = types.InitializeParams(
        capabilities=client_capabilities(request.param),
        workspace_folders=[types.WorkspaceFolder(folder.as_uri(), folder.name)],
        root_uri=folder.as_uri(),
    )
    lsp_client.editor = Editor(lsp_client, await lsp_client.initialize_session(parameters), folder)
    yield
    await lsp_client.shutdown_session()


@pytest.fixture
def editor(client: Client) -> Editor:
    """The session of the editor."""
    assert client.editor is not None
    return client.editor
