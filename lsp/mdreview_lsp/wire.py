"""JSON as it goes over the wire."""

from __future__ import annotations

import json
from typing import Any

import msgspec


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
