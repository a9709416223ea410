"""Answers kept from one run to the next, so that a text that did not change is not checked again.

One small JSON file for each checked file, in the user's cache folder. An answer is used only if nothing that could
change it has changed: the text, its settings, the files it draws on (bibliography, glossary, outline, the other files
of the work), and the program itself. A cache that cannot be read or written is no fault: the text is checked.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from mdreview.cache_folder import cache_folder, keep_file
from mdreview.diagnostic import Diagnostic, Edit, Fix, Related, Safety, Severity, Text
from mdreview.encoding import decode
from mdreview.errors import UserError
from mdreview.runner import Checked, Checker, answer
from mdreview.settings import Settings
from mdreview.source import Span

INTERNAL_ERROR = "SYS001"


def known_or_checked(checker: Checker, file: str) -> Checked:
    """What comes of a file, from the cache where its answer still holds; never raises, as `Checker.check_file`."""
    try:
        data = Path(file).read_bytes()
        settings = checker.settings(file)
        kept = _cache()
        found = kept.find(file, data, settings)
        if found is not None:
            return answer(file, decode(data, file).text, found, settings, ())
    except (OSError, UserError):
        return checker.check_file(file)
    checked = checker.check_bytes(data, file)
    if _may_be_kept(checked, settings):
        kept.keep(file, data, settings, checked.needs, checked.found)
    return checked


def _may_be_kept(checked: Checked, settings: Settings) -> bool:
    """Whether the answer rests on nothing but what `Cache.find` looks at.

    The files of a work can be named by patterns, so that a new file changes what was found.
    """
    if not checked.read or checked.problems or checked.beside or settings.manuscript:
        return False
    return all(diagnostic.code != INTERNAL_ERROR for diagnostic in checked.found)


@cache
def _cache() -> Cache:
    return Cache()


class Cache:
    """The answers under one folder."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` is that of the user by default; raises OSError where there is none."""
        self.folder = folder or cache_folder()
        self._program = _program()

    def find(self, file: str, data: bytes, settings: Settings) -> tuple[Diagnostic, ...] | None:
        """The findings of a file that holds `data`, if they are known."""
        try:
            entry = json.loads(self._path(file).read_bytes())
            if entry["of"] != self._digest(data, settings) or any(
                _content(path) != was for path, was in entry["needs"]
            ):
                return None
            fixes = [_fix(kept) for kept in entry["fixes"]]
            return tuple(_finding(kept, fixes) for kept in entry["found"])
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            return None

    def keep(
        self, file: str, data: bytes, settings: Settings, needs: Iterable[str], found: Sequence[Diagnostic]
    ) -> None:
        """Keeps the findings of a file, in place of what was kept of it; `needs` are the other files read for them."""
        # thousands of findings can share one fix, which can be as long as the text
        fixes = {id(one.fix): one.fix for one in found if one.fix is not None}
        numbers = {key: number for number, key in enumerate(fixes)}
        entry = {
            "of": self._digest(data, settings),
            "needs": [(path, _content(path)) for path in sorted(set(needs))],
            "fixes": list(fixes.values()),
            "found": [(*one[:-1], numbers.get(id(one.fix))) for one in found],
        }
        keep_file(self._path(file), json.dumps(entry, default=_plain, ensure_ascii=False).encode("utf-8"))

    def _path(self, file: str) -> Path:
        return self.folder / f"{_digest(str(Path(file).absolute()).encode('utf-8', 'surrogateescape'))}.json"

    def _digest(self, data: bytes, settings: Settings) -> str:
        return _digest(self._program, repr(settings).encode("utf-8", "backslashreplace"), data)


def _program() -> bytes:
    """What tells one program from another: Python, the libraries beside it, our modules with their sizes and times."""
    seen = [sys.version]
    # installing a library, another version too, changes the folder of libraries
    seen += [f"{path} {_changed(path)}" for path in sys.path if path.endswith("site-packages")]
    folders = [str(Path(__file__).parent)]
    for folder in folders:
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            if entry.name == "__pycache__":
                continue
            if entry.is_dir():
                folders.append(entry.path)
            else:
                status = entry.stat()
                seen.append(f"{entry.path} {status.st_size} {status.st_mtime_ns}")
    return "\n".join(seen).encode("utf-8", "surrogateescape")


def _changed(path: str) -> int:
    try:
        return Path(path).stat().st_mtime_ns
    except OSError:
        return 0


def _content(path: str) -> str | None:
    """The digest of a file's content, None where there is none to read."""
    try:
        return _digest(Path(path).read_bytes())
    except OSError:
        return None


def _digest(*pieces: bytes) -> str:
    digest = blake2b(digest_size=20)
    for piece in pieces:
        digest.update(len(piece).to_bytes(8, "little"))
        digest.update(piece)
    return digest.hexdigest()


def _plain(value: object) -> object:
    """An argument of a sentence as JSON can hold it: it is only ever written out."""
    return dict(value) if hasattr(value, "keys") else str(value)  # type: ignore[call-overload]


def _finding(kept: list[Any], fixes: Sequence[Fix]) -> Diagnostic:
    code, name, span, severity, message, arguments, related, fix = kept
    return Diagnostic(
        code,
        name,
        Span(*span),
        Severity(severity),
        Text(*message),
        arguments,
        tuple(Related(Span(*place), Text(*words), told, file) for place, words, told, file in related),
        None if fix is None else fixes[fix],
    )


def _fix(kept: list[Any]) -> Fix:
    title, edits, safety, arguments = kept
    return Fix(Text(*title), tuple(Edit(Span(*span), text) for span, text in edits), Safety(safety), arguments)
