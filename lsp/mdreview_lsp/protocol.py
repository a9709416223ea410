"""JSON-RPC for this server: every request gets an answer, whatever was wrong with it, and texts are kept our way."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

import msgspec
from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.protocol import LanguageServerProtocol, lsp_method

if TYPE_CHECKING:
    from mdreview_lsp.server import Server

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
NOT_INITIALIZED = -32002
FIRST = frozenset({types.INITIALIZE, types.EXIT})

logger = logging.getLogger(__name__)


class Protocol(LanguageServerProtocol):
    """Reads and writes messages for a Server."""

    _server: Server

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
            self._server.stop(1)

    def send_notification(self, method: str, params: dict[str, Any]) -> None:
        """Sends a notification made of plain values and `msgspec.Raw`, without the detour over typed values."""
        self._send_data({"jsonrpc": self.VERSION, "method": method, "params": params})

    @lsp_method(types.EXIT)
    def lsp_exit(self, *args: Any) -> None:  # type: ignore[override]
        """Ends the server: with 0 after a shutdown, else with 1."""
        self._server.stop(0 if self._shutdown else 1)

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """Takes in a text."""
        self._server.session.open(params.text_document)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Follows an edit."""
        self._server.session.change(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """Forgets a text."""
        self._server.session.close(params.text_document.uri)


def decode(body: bytes) -> Any:
    """The value of a JSON text. Raises ValueError."""
    try:
        return msgspec.json.decode(body)
    except msgspec.DecodeError:
        # half a character, `\ud83d`, is no Unicode but what an editor may send; json lets it pass
        return json.loads(body)


def encode(value: Any) -> bytes:
    """JSON for a value of plain values and `msgspec.Raw`."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return json.dumps(_plain(value)).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, msgspec.Raw):
        return json.loads(bytes(value))
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value
