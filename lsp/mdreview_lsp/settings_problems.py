"""What is wrong with settings files, glossaries and the like, shown on those files themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from mdreview.source import Source
from mdreview_lsp.contexts import Problem
from mdreview_lsp.editor import Editor
from mdreview_lsp.findings import Plain, Ranges
from mdreview_lsp.options import NAME
from mdreview_lsp.places import uri_of
from mdreview_lsp.texts import OpenText
from mdreview_lsp.wire import encode

ERROR = 1
CODE = "settings"


class SettingsProblems:
    """Publishes the problems that open texts met; each is shown once and goes when no text meets it any more.

    `beside` gives address and text of a file.
    """

    def __init__(self, editor: Editor, beside: Callable[[str], tuple[str, Source]]) -> None:
        self._editor = editor
        self._beside = beside
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
            uri, source = self._beside(problem.file)
            line = min(max(problem.line, 0), len(source.line_starts) - 1)
            plain = {
                "range": Ranges(source, self._editor.units)(source.line_span(line)),
                "severity": ERROR,
                "code": CODE,
                "source": NAME,
                "message": problem.error.written(self._editor.language),
            }
            wanted.setdefault(uri or uri_of(problem.file), []).append(plain)
        for uri in {*self._shown, *wanted}:
            if self._shown.get(uri) != wanted.get(uri):
                self._editor.show(uri, msgspec.Raw(encode(wanted.get(uri, []))))
        self._shown = wanted


def _unique(problems: Iterable[Problem]) -> list[Problem]:
    return list({(one.file, one.line, str(one.error)): one for one in problems}.values())
