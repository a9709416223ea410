"""Writes files so that at every moment a file is the old one or the new one, whole."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from mdreview.diagnostic import Text
from mdreview.errors import UserError, reason_of

CHANGED = Text(
    "{file} changed while it was being mended and was left as it is now; run the command again",
    "{file} 在修正期间被改动，现保持原样；请重新运行命令",
)
UNWRITABLE = Text("{file} could not be written: {reason}", "无法写入 {file}：{reason}")


class ChangedFileError(UserError):
    """The file is no longer what was read; nothing was written."""


def replace_file(path: Path, old: bytes, new: bytes) -> None:
    """Puts `new` in the place of a file that held `old` when it was read.

    A symbolic link stays one, and its target is replaced. The mode stays, and the owner where the system lets us.
    Raises ChangedFileError if the file holds something else by now, UserError if it cannot be written.
    """
    target = Path(os.path.realpath(path))
    with _explained(path):
        if target.read_bytes() != old:
            raise ChangedFileError(CHANGED, file=str(path))
        with _in_place_of(target) as file:
            file.write(new)


def write_file(path: Path, pieces: Iterable[str]) -> None:
    """Writes the pieces, as they come, in UTF-8 to a file that is new or takes the place of an old one.

    The old one stays until the last piece is written. A symbolic link stays one; what is no ordinary file, such as a
    pipe or a device, is written to as it is. Raises UserError if it cannot be written.
    """
    target = Path(os.path.realpath(path))
    with _explained(path):
        ordinary = target.is_file() or not target.exists()
        with _in_place_of(target) if ordinary else target.open("wb") as file:
            file.writelines(piece.encode("utf-8", "backslashreplace") for piece in pieces)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(UNWRITABLE, file=str(path), reason=reason_of(error)) from error


@contextmanager
def _in_place_of(target: Path) -> Iterator[BinaryIO]:
    """A file to write to, which takes the place of the target in the end, and is gone if anything fails."""
    status = target.stat() if target.exists() else None
    if status is not None and not os.access(target, os.W_OK):
        raise PermissionError(13, os.strerror(13))
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_mode_of_new_files() if status is None else stat.S_IMODE(status.st_mode))
        if status is not None and hasattr(os, "chown"):
            with suppress(PermissionError):
                os.chown(name, status.st_uid, status.st_gid)
        Path(name).replace(target)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise
    _sync_folder(target.parent)


def _mode_of_new_files() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    """Makes the rename last through a power cut, where the system can sync a folder."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
