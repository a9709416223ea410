"""One editor's session: its open texts, its wishes, and everything that is known of both."""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec
from lsprotocol import types

from mdreview.encoding import decode
from mdreview.errors import UserError
from mdreview.markdown import Document
from mdreview.source import Source
from mdreview_lsp.checks import Checked, Checks
from mdreview_lsp.contexts import Contexts
from mdreview_lsp.editor import Editor
from mdreview_lsp.findings import manner_of
from mdreview_lsp.places import path_of, same_address, to_place, uri_of
from mdreview_lsp.settings_problems import SettingsProblems
from mdreview_lsp.texts import Change, OpenText
from mdreview_lsp.vocabulary import Vocabularies
from mdreview_lsp.worker import Worker

T = TypeVar("T")
NOTHING = msgspec.Raw(b"[]")

logger = logging.getLogger(__name__)


class Session:
    """Made when the editor has introduced itself.

    `worker` checks, and all that touches `contexts` is done there; `aside` answers questions meanwhile.
    """

    def __init__(self, editor: Editor) -> None:
        self.editor = editor
        self.texts: dict[str, OpenText] = {}
        self.worker = Worker()
        self.aside = Worker()
        self.contexts = Contexts(self._open_document)
        self.vocabularies = Vocabularies(self.aside)
        self.contexts.put_beneath(editor.options.settings)
        self.checks = Checks(self.worker, self.contexts, self.beside)
        self.checks.publish = self._publish
        self.checks.log = editor.log
        self.checks.manner = manner_of(editor.capabilities, editor.language, editor.units)
        self._problems = SettingsProblems(editor, self.beside)
        self._shown: set[str] = set()
        self._kept: dict[type, object] = {}

    def kept(self, make: type[T]) -> T:
        """The one value of a class that a feature keeps for the session, made when it is first asked for."""
        value = self._kept.setdefault(make, make())
        assert isinstance(value, make)
        return value

    # texts

    def text(self, uri: str) -> OpenText | None:
        """An open text; None if it is not open."""
        return self.texts.get(uri) or next((text for key, text in self.texts.items() if same_address(key, uri)), None)

    def open(self, item: types.TextDocumentItem) -> None:
        """Takes in a text that the editor opened."""
        self.close(item.uri)
        self._take_away(item.uri)
        text = OpenText(item.uri, item.version, item.text, self.editor.units, item.language_id)
        self.texts[item.uri] = text
        self.checks.put(text, self.path_for(item.uri))
        self._push(text)
        self._push_beside(text)

    def change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Follows edits."""
        text = self.text(params.text_document.uri)
        if text is None:
            logger.warning("a change of a text that is not open: %s", params.text_document.uri)
            return
        text.change(params.text_document.version, [_change(change) for change in params.content_changes])
        self._push(text)
        self._push_beside(text)

    def close(self, uri: str) -> None:
        """Forgets a text and takes its findings away."""
        if (text := self.text(uri)) is not None:
            del self.texts[text.uri]
            self.checks.drop(text)
            if not self.editor.pulls:
                self.editor.show(text.uri, NOTHING)
            self._problems.drop(text.uri)
            self._push_beside(text)

    def path_for(self, uri: str) -> str:
        """Where the settings of a text are sought; for one in no file, the folder that is open."""
        return path_of(uri) or str(Path(self.editor.folder_of(None)) / "untitled.md")

    def beside(self, path: str) -> tuple[str, Source]:
        """Address and text of another file: as it is in the editor, else as it is on disk."""
        uri = uri_of(os.path.abspath(path))  # noqa: PTH100 - links stay as the user wrote them
        if (text := self.text(uri)) is not None:
            return text.uri, text.source
        try:
            return uri, Source(decode(Path(path).read_bytes(), path).text)
        except (OSError, UserError):
            return uri, Source("")

    # findings

    @property
    def finds(self) -> bool:
        """Whether the writer wants findings."""
        return "diagnostics" not in self.editor.options.off

    def _push(self, text: OpenText) -> None:
        # an editor that pulls asks when it wants to know
        if self.finds and not self.editor.pulls:
            self.checks.push_soon(text)

    def _push_beside(self, text: OpenText) -> None:
        """Checks the other open texts of the same work, since they are read together with this one."""
        dependent = {*self.contexts.touch(self.path_for(text.uri))}
        for other in self.texts.values() if dependent else ():
            if other is not text and self.path_for(other.uri) in dependent:
                self._push(other)

    def _open_document(self, path: str) -> Document | None:
        text = self.text(uri_of(path))
        return None if text is None else text.document

    async def others(self, text: OpenText) -> list[tuple[str, Document]]:
        """Address and document of the other files of the work that a text belongs to; unreadable ones left out."""
        return await self.worker.run(partial(self._others, self.path_for(text.uri)))

    def _others(self, path: str) -> list[tuple[str, Document]]:
        found = []
        for other in self.contexts.others(path):
            with suppress(UserError):
                found.append((self.beside(other)[0], self.contexts.document(other)))
        return found

    def _publish(self, text: OpenText, checked: Checked) -> None:
        if not self.editor.pulls:
            self.editor.show(text.uri, checked.items, checked.version)
        self.checks_seen(text, checked)

    def checks_seen(self, text: OpenText, checked: Checked) -> None:
        """Shows what the check met that is not in the text: faults in settings files and the like."""
        self._problems.put(text, checked.problems)

    def show_closed(self, uri: str, items: msgspec.Raw) -> None:
        """Shows findings in a file that is not open, until it is opened or changes."""
        self._shown.add(uri)
        self.editor.show(uri, items)

    def _take_away(self, uri: str) -> None:
        """Takes findings away that were shown in a file that was not open."""
        for shown in [shown for shown in self._shown if same_address(shown, uri)]:
            self._shown.discard(shown)
            self.editor.show(shown, NOTHING)

    def check_again(self) -> None:
        """Checks everything that is open once more, because something besides the texts has changed."""
        for text in self.texts.values():
            if not self.finds and not self.editor.pulls:
                self.editor.show(text.uri, NOTHING, text.version)
            self._push(text)
        self.editor.refresh()

    # wishes

    async def ask_options(self) -> None:
        """Asks the editor for its settings, where it can be asked."""
        self.take_options(await self.editor.settings())

    def take_options(self, value: object) -> None:
        """Takes settings of the editor; they hold at once."""
        if value is None or not self.editor.take(value):
            return
        self.contexts.put_beneath(self.editor.options.settings)
        self.contexts.forget()
        self.checks.manner = manner_of(self.editor.capabilities, self.editor.language, self.editor.units)
        self.check_again()

    def files_changed(self, uris: list[str]) -> None:
        """Takes effect of changed files: settings, glossaries, bibliographies, outlines."""
        for uri in uris:
            self._take_away(uri)
        paths = [path for uri in uris if (path := path_of(uri)) is not None]
        if any(self.contexts.concerns(path) for path in paths):
            self.contexts.forget()
            self.check_again()


def _change(change: types.TextDocumentContentChangeEvent) -> Change:
    if isinstance(change, types.TextDocumentContentChangePartial):
        return Change(to_place(change.range.start), to_place(change.range.end), change.text)
    return Change(None, None, change.text)
