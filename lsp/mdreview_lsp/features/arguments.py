"""The arguments of commands, which anybody may send: what is wrong with them is said."""

from __future__ import annotations

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from mdreview.diagnostic import Text
from mdreview_lsp.session import Session
from mdreview_lsp.texts import OpenText

WANTED = Text("{command} takes {wanted}", "{command} 的参数应为 {wanted}")


def words(session: Session, params: types.ExecuteCommandParams, wanted: str) -> list[str]:
    """The arguments, at least one, all of them words. Raises for others and names what is `wanted`."""
    given = [word for word in params.arguments or () if isinstance(word, str)]
    if not given or len(given) < len(params.arguments or ()):
        raise refusal(session, WANTED, command=params.command, wanted=wanted)
    return given


def text_and_words(
    session: Session, params: types.ExecuteCommandParams, allowed: tuple[str, ...], least: int = 0
) -> tuple[OpenText | None, list[str]]:
    """The open text whose address comes first, None if it is not open, and the words after it, `least` of them."""
    wanted = ", ".join(("uri", " | ".join(allowed))) if allowed else "uri"
    uri, *given = words(session, params, wanted)
    if len(given) < least or not set(given).issubset(allowed):
        raise refusal(session, WANTED, command=params.command, wanted=wanted)
    return session.text(uri), given


def refusal(session: Session, message: Text, **arguments: object) -> JsonRpcInvalidParams:
    """The error that tells the writer why something cannot be done."""
    return JsonRpcInvalidParams(session.editor.written(message, **arguments))
