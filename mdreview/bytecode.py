"""The bytecode of regular expressions, kept from one run to the next as Python keeps that of modules.

An expression is made in two steps: a compiler, written in Python, turns it into a list of numbers, and the engine,
written in C, looks these through and takes them over. The first step is nearly all of the work: for the 230
expressions that a paper of 24 KB asks for it takes 60 ms, six times as long as Python itself needs to start; the
second takes one. So what the first step hands to the second is kept, in one file for each kind of Python.

A file that is damaged, or comes from another Python, is passed over and written anew; one that cannot be written is
no fault. Without any, everything is the same, only later.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import marshal
import re
import sys
import zlib
from pathlib import Path
from typing import Any, Final, cast

from mdreview import patterns
from mdreview.cache_folder import cache_folder, keep_file

CODE: Final = "I"
"""How the engine stores a number: as an unsigned integer of the machine."""
MOST = 2000
"""The program has some 400 expressions; with more than this in a file, most belong to versions that are gone."""

NEWEST = (3, 14)
"""The last Python whose compiler is known to work as `_compiled` takes for granted; later ones do without."""

Key = tuple[str, int]
Call = tuple[object, ...]
"""What the compiler hands to the engine, which differs between Pythons; its list of numbers as bytes."""


class Bytecode:
    """The bytecode that one file keeps; the file is read at the first question."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known: dict[Key, Call] | None = None
        self._fresh: dict[Key, Call] = {}

    def compiled(self, source: str, flags: int) -> re.Pattern[str]:
        """What `re.compile` gives; raises `re.error` as it does."""
        key = source, int(flags)
        if self._known is None:
            self._known = _read(self._file)
        if (call := self._known.get(key)) is not None:
            return _made(call)
        pattern, call = _compiled(*key)
        self._known[key] = self._fresh[key] = call
        return pattern

    def keep(self) -> None:
        """Adds to the file what was compiled since it was read; another process may have added to it meanwhile."""
        if not self._fresh:
            return
        known = _read(self._file)
        _write(self._file, {**(known if len(known) < MOST else {}), **self._fresh})
        self._fresh = {}


_in_use: list[Bytecode] = []


def use() -> None:
    """From here on, `patterns.regex` draws on the bytecode in the user's cache folder, in this process.

    For programs to ask for; a library leaves the disk alone. Does nothing where Python has no such bytecode.
    """
    if _in_use or sys.implementation.name != "cpython" or sys.version_info[:2] > NEWEST:
        return
    try:
        file = cache_folder() / f"expressions.{sys.implementation.cache_tag}"
    except OSError:
        return
    _in_use.append(Bytecode(file))
    patterns.compile_with(_in_use[0].compiled)


def in_use() -> bool:
    """Whether this process draws on kept bytecode."""
    return bool(_in_use)


def keep() -> None:
    """Keeps for other runs what this one had to compile, if bytecode is in use here."""
    for bytecode in _in_use:
        bytecode.keep()


def _compiled(source: str, flags: int) -> tuple[re.Pattern[str], Call]:
    """The expression, compiled, and what was handed to the engine for it.

    The standard library's own compiler does it, in a twin that calls an engine which takes notes.
    """
    from array import array
    from re import _compiler  # type: ignore[attr-defined]
    from types import FunctionType, SimpleNamespace

    handed: list[Call] = []

    def engine(*call: Any) -> Any:
        handed.append(call)
        return _sre.compile(*call)

    world = {**vars(_compiler), "_sre": SimpleNamespace(**{**vars(_sre), "compile": engine})}
    twin = FunctionType(_compiler.compile.__code__, world)
    pattern = cast("re.Pattern[str]", twin(source, flags))
    [call] = handed
    return pattern, tuple(array(CODE, value).tobytes() if isinstance(value, list) else value for value in call)


def _made(call: Call) -> re.Pattern[str]:
    numbers_again = (memoryview(value).cast(CODE).tolist() if isinstance(value, bytes) else value for value in call)
    return cast("re.Pattern[str]", _sre.compile(*numbers_again))


def _head() -> bytes:
    """What a file begins with that this Python wrote: the numbers mean the same only to the very same one."""
    return f"{sys.version} {_sre.MAGIC} {_sre.CODESIZE} {sys.byteorder}\0".encode()


def _read(file: Path) -> dict[Key, Call]:
    """What the file keeps; nothing where it is not there, damaged, or of another Python."""
    try:
        data = file.read_bytes()
    except OSError:
        return {}
    head = _head()
    checksum, body = data[len(head) : len(head) + 4], data[len(head) + 4 :]
    if not data.startswith(head) or checksum != _checksum(body):
        return {}
    known: dict[Key, Call] = marshal.loads(body)
    return known


def _write(file: Path, known: dict[Key, Call]) -> None:
    body = marshal.dumps(known)
    keep_file(file, _head() + _checksum(body) + body)


def _checksum(body: bytes) -> bytes:
    return zlib.crc32(body).to_bytes(4, "little")
