"""What is wrong with settings files, glossaries and the like, shown on those files themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from mdreview_lsp.contexts import Problem
from mdreview_lsp.findings import NAME, Plain, Ranges
from mdreview_lsp.places import uri_of
from mdreview_lsp.protocol import encode
from mdreview_lsp.texts import OpenText

if TYPE_CHECKING:
    from mdreview_lsp.session import Session

ERROR = 1
CODE = "settings"


class SettingsProblems:
    """Publishes the problems that open texts met; each is shown once and goes when no text meets it any more."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._of: dict[str, tuple[Problem, ...]] = {}
        self._shown: dict[str, list[Plain]] = {}

    def put(self, text: OpenText, problems: tuple[Problem, ...]) -> None:
        """Takes what the last check of a text met."""
        if self._of.get(text.uri, ()) != problems:
            self._of[text.uri] = problems
            self._show()

    def drop(self, uri: str) -> None:
        """Forgets a text that was closed."""
        if self._of.pop(uri, ()):
            self._show()

    def _show(self) -> None:
        wanted: dict[str, list[Plain]] = {}
        for problem in _unique(problem for problems in self._of.values() for problem in problems):
            uri, source = self._session.beside(problem.file)
            line = min(max(problem.line, 0), len(source.line_starts) - 1)
            plain = {
                "range": Ranges(source, self._session.units)(source.line_span(line)),
                "severity": ERROR,
                "code": CODE,
                "source": NAME,
                "message": problem.error.written(self._session.language),
            }
            wanted.setdefault(uri or uri_of(problem.file), []).append(plain)
        for uri in {*self._shown, *wanted}:
            if self._shown.get(uri) != wanted.get(uri):
                items = msgspec.Raw(encode(wanted.get(uri, [])))
                self._session.server.protocol.send_notification(
                    "textDocument/publishDiagnostics", {"uri": uri, "diagnostics": items}
                )
        self._shown = wanted


def _unique(problems: Iterable[Problem]) -> list[Problem]:
    return list({(one.file, one.line, str(one.error)): one for one in problems}.values())
