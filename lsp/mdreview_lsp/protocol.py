"""JSON-RPC for this server: every request gets an answer, whatever was wrong with it, and texts are kept our way."""

from __future__ import annotations

import logging
import typing
from collections.abc import Callable
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.protocol import LanguageServerProtocol, lsp_method

from mdreview_lsp.wire import decode, encode

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
NOT_INITIALIZED = -32002
FIRST = frozenset({types.INITIALIZE, types.EXIT})

logger = logging.getLogger(__name__)


class Texts(typing.Protocol):
    """What follows the texts that are open in the editor."""

    def open(self, item: types.TextDocumentItem) -> None:
        """Takes in a text."""

    def change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Follows an edit."""

    def close(self, uri: str) -> None:
        """Forgets a text."""


class Protocol(LanguageServerProtocol):
    """Reads and writes messages. `texts` gives what follows the texts, `stop` ends the server with a status."""

    texts: Callable[[], Texts]
    stop: Callable[[int], None]

    def receive(self, body: bytes) -> None:
        """Takes one message; never raises. What cannot be understood is answered with an error where it can be."""
        try:
            message = decode(body)
        except ValueError as error:
            self._refuse(None, PARSE_ERROR, f"not JSON: {error}")
            return
        if not isinstance(message, dict) or message.get("jsonrpc") != self.VERSION:
            self._refuse(None, INVALID_REQUEST, "not a message of JSON-RPC 2.0")
            return
        method, msg_id = message.get("method"), message.get("id")
        if method is not None and self._out_of_order(method, msg_id):
            return
        try:
            self.handle_message(self.structure_message(message))
        except (JsonRpcException, TypeError, AttributeError, KeyError) as error:
            logger.warning("cannot read a message (%s): %s", method, error)
            if method is not None and msg_id is not None:
                self._refuse(msg_id, JsonRpcInvalidParams.CODE, f"invalid parameters for {method}")

    def _out_of_order(self, method: str, msg_id: Any) -> bool:
        """Whether the message comes before `initialize` or after `shutdown`; a request is then refused."""
        if self._workspace is None and method not in FIRST:
            code, text = NOT_INITIALIZED, "the server is not initialized"
        elif self._shutdown and method != types.EXIT:
            code, text = INVALID_REQUEST, "the server is shutting down"
        else:
            return False
        if msg_id is not None:
            self._refuse(msg_id, code, text)
        return True

    def _refuse(self, msg_id: Any, code: int, text: str) -> None:
        msg_id = msg_id if isinstance(msg_id, (int, str)) else None
        self._send_data({"jsonrpc": self.VERSION, "id": msg_id, "error": {"code": code, "message": text}})

    def _send_data(self, data: Any) -> None:
        if self.writer is None:
            return
        if not isinstance(data, dict):
            data = self._converter.unstructure(data)
        body = encode(data)
        try:
            self.writer.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        except (BrokenPipeError, ConnectionError, ValueError):
            self.stop(1)

    def send_notification(self, method: str, params: dict[str, Any]) -> None:
        """Sends a notification made of plain values and `msgspec.Raw`, without the detour over typed values."""
        self._send_data({"jsonrpc": self.VERSION, "method": method, "params": params})

    @lsp_method(types.EXIT)
    def lsp_exit(self, *args: Any) -> None:  # type: ignore[override]
        """Ends the server: with 0 after a shutdown, else with 1."""
        self.stop(0 if self._shutdown else 1)

    @lsp_method(types.WORKSPACE_EXECUTE_COMMAND)
    async def lsp_workspace__execute_command(self, params: types.ExecuteCommandParams) -> Any:  # type: ignore[override]
        """Runs a command, so that cancelling the request stops it."""
        command = self.fm.commands.get(params.command)
        if command is None:
            raise JsonRpcInvalidParams(f"there is no command {params.command}")
        return await command(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """Takes in a text."""
        self.texts().open(params.text_document)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Follows an edit."""
        self.texts().change(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """Forgets a text."""
        self.texts().close(params.text_document.uri)
