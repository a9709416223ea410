"""Writes a text back to its file so that at every moment the file is the old one or the new one, whole."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from mdreview.diagnostic import Text
from mdreview.errors import UserError

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
    try:
        if target.read_bytes() != old:
            raise ChangedFileError(CHANGED, file=str(path))
        _replace(target, new)
    except OSError as error:
        raise UserError(UNWRITABLE, file=str(path), reason=error.strerror or str(error)) from error


def _replace(target: Path, new: bytes) -> None:
    status = target.stat()
    if not os.access(target, os.W_OK):
        raise PermissionError(13, os.strerror(13))
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(stat.S_IMODE(status.st_mode))
        if hasattr(os, "chown"):
            with suppress(PermissionError):
                os.chown(name, status.st_uid, status.st_gid)
        Path(name).replace(target)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Makes the rename last through a power cut, where the system can sync a folder."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
