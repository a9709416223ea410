"""What belongs to a text besides its own words: the settings that hold for it, its bibliography, its glossary.

Everything read from disk is kept until a file changes. Used by one thread at a time, the worker's.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mdreview.context import Context
from mdreview.discovery import has_markdown_suffix
from mdreview.errors import UserError
from mdreview.markdown import Document
from mdreview.runner import Checker, manuscript_of, needs, read_document
from mdreview.settings import Settings
from mdreview.settings_file import NAMES, Layer, Raw, SettingsFinder, build

WHERE = re.compile(r"(?P<file>.*?)(?::(?P<line>\d+))?\Z", re.S)
Stamp = tuple[int, int] | None
SETTINGS_SUFFIXES = frozenset({".yaml", ".yml", ".toml"})


class Finder(SettingsFinder):
    """Settings as the command line finds them, with those of the editor beneath all files."""

    def __init__(self, beneath: Raw) -> None:
        super().__init__()
        self._beneath = Layer("", beneath, None, ()) if beneath else None

    def _layers_of(self, folder: str) -> tuple[Layer, ...]:
        layers = super()._layers_of(folder)
        if self._beneath is None or self._beneath in layers:
            return layers
        return (self._beneath, *layers)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a file that the user can mend: its path, its line from 0, and the error."""

    file: str
    line: int
    error: UserError


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A text's context, and what of it could not be read. `excluded`: the settings leave the file out."""

    context: Context
    problems: tuple[Problem, ...] = ()
    excluded: bool = False


class Contexts:
    """Gives each text its context, the very same one as long as nothing in it changed.

    `in_editor` gives the document of a file that is open in the editor, None for others.
    """

    def __init__(self, in_editor: Callable[[str], Document | None] = lambda _: None) -> None:
        self._in_editor = in_editor
        self._generation = 0
        self._touched: Counter[str] = Counter()
        self._beneath: Raw = {}
        self._good: dict[str, Settings] = {}
        self._broken: dict[str, UserError] = {}
        self._last: dict[str, Surroundings] = {}
        self._needed: dict[str, frozenset[str]] = {}
        self.forget()

    def forget(self) -> None:
        """From now on files are read anew. The last good settings are kept, for when the new ones are broken."""
        self._generation += 1
        self._finder = Finder(self._beneath)
        self._on_disk = cache(read_document)
        self._checker = Checker(self._finder, self.document)
        self._plain = build(self._beneath)
        self._broken = {}
        self._seen: dict[str, Stamp] = {}

    def stamp(self, path: str) -> str:
        """Differs after each change of what belongs to a text."""
        return f"{self._generation}.{self._touched[path]}"

    def touch(self, path: str) -> list[str]:
        """Takes in that an open file has changed; the texts to which it belongs."""
        path = _whole(path)
        dependent = [other for other, needed in self._needed.items() if path in needed]
        self._touched.update(dependent)
        return dependent

    def document(self, path: str) -> Document:
        """Another file of a work: as it is in the editor, else as it is on disk. Raises UserError."""
        return self._in_editor(_whole(path)) or self._on_disk(path)

    def others(self, path: str) -> list[str]:
        """The paths of the other files of the work that a file belongs to, in order."""
        settings, _ = self._settings(path, [])
        return manuscript_of(settings.manuscript, path)

    def put_beneath(self, raw: Raw) -> None:
        """Takes settings of the editor, which hold where no file says anything."""
        if raw != self._beneath:
            self._beneath = raw
            self._good = {}
            self.forget()

    def concerns(self, path: str) -> bool:
        """Whether a change of this file can change what is found in a text."""
        name = Path(path)
        if name.name in NAMES or name.suffix.lower() in SETTINGS_SUFFIXES:
            return True
        if self._in_editor(path) is not None:
            # what the editor shows counts, and that is known already
            return False
        if has_markdown_suffix(path) and any(last.context.settings.manuscript for last in self._last.values()):
            # it may be a new part of a work
            return True
        return any(path in needed for needed in self._needed.values())

    def watched(self) -> dict[str, Stamp]:
        """The files, there or not, that open texts depend on, and what stamp each had before it was read."""
        return dict(self._seen)

    def looked(self, path: str, stamp: Stamp) -> None:
        """Takes in that a watched file has another stamp now and that this was told."""
        self._seen[path] = stamp

    def surroundings(self, path: str, document: Document) -> Surroundings:
        """The context of a text in the file `path`; with broken settings files, the last good settings."""
        problems: list[Problem] = []
        if str(Path(path).parent / NAMES[0]) not in self._seen:
            self._see(str(folder / name) for folder in Path(path).parents for name in NAMES)
        settings, excluded = self._settings(path, problems)
        needed = frozenset(map(_whole, needs(document, path, settings)))
        self._see(needed)
        context, unread = self._checker.context(document, path, settings)
        problems += [_located(error) for error in unread]
        self._needed[path] = needed
        found = Surroundings(context, tuple(problems), excluded)
        before = self._last.get(path)
        if before is not None and _same(before.context, context):
            found = Surroundings(before.context, found.problems, excluded)
        self._last[path] = found
        return found

    def _see(self, paths: Iterable[str]) -> None:
        for path in paths:
            if path not in self._seen:
                self._seen[path] = stamp_of(path)

    def leave(self, path: str) -> None:
        """Forgets a text that is no longer open."""
        self._last.pop(path, None)
        self._good.pop(path, None)

    def _settings(self, path: str, problems: list[Problem]) -> tuple[Settings, bool]:
        error = self._broken.get(path)
        if error is None:
            try:
                settings = self._finder.settings(path)
                self._good[path] = settings
                return settings, self._finder.excluded(path)
            except UserError as raised:
                error = self._broken[path] = raised
        problems.append(_located(error))
        return self._good.get(path, self._plain), False


def stamp_of(path: str) -> Stamp:
    """Differs when a file has changed; None where there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116 - many of them, and no more is wanted
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _same(one: Context, other: Context) -> bool:
    """Whether two contexts hold the same things, not only equal ones."""
    return (
        one.settings is other.settings
        and one.bibliography is other.bibliography
        and one.glossary is other.glossary
        and one.outline is other.outline
        and len(one.others) == len(other.others)
        and all(ours is theirs for ours, theirs in zip(one.others, other.others, strict=True))
    )


def _located(error: UserError) -> Problem:
    """Where an error belongs, as its own words say."""
    given = error.arguments
    match = WHERE.match(str(given.get("where") or given.get("file") or given.get("name") or ""))
    assert match is not None
    line = match["line"] or given.get("line") or 1
    return Problem(str(Path(match["file"]).absolute()), int(str(line)) - 1, error)


def _whole(path: str) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - links stay as the user wrote them
