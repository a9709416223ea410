"""The folder of what is kept from one run to the next, and how a file comes into it."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

FOLDER_VARIABLE = "MDREVIEW_CACHE_DIR"


def cache_folder() -> Path:
    """MDREVIEW_CACHE_DIR, or else where the system keeps caches.

    By hand: importing platformdirs would take as long as all the rest of a start. Raises OSError where there is no
    home to hold it.
    """
    if named := os.environ.get(FOLDER_VARIABLE):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or _home() / "AppData/Local") / "mdreview/Cache"
    if sys.platform == "darwin":
        return _home() / "Library/Caches/mdreview"
    return Path(os.environ.get("XDG_CACHE_HOME") or _home() / ".cache") / "mdreview"


def keep_file(path: Path, data: bytes) -> None:
    """Puts a file into the folder, whole or not at all; a folder that cannot be written is no fault."""
    beside = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            beside.write_bytes(data)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError as error:
        raise FileNotFoundError(str(error)) from None
