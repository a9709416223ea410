"""How tests speak to the command line: with the fixture `run`, on files that they write."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, Protocol


class Answer(NamedTuple):
    status: int
    out: str
    err: str


class Run(Protocol):
    """Runs the command line with these words, and `stdin` as its standard input."""

    def __call__(self, *arguments: str, stdin: bytes = b"") -> Answer: ...


def write(files: dict[str, str | bytes]) -> None:
    """Writes files, with the folders they are in."""
    for name, text in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
