"""How tests speak to the command line: with the fixture `run`, on files that they write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple, Protocol

BAD = "# 论文\n\n准确率有所提升[^1]，速度也更快[^1]。\n\n另见脚注[^2]。\n"
GOOD = "# A paper\n\nNothing is wrong here.\n"


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


def files_of(answer: Answer) -> list[str]:
    """The files that findings in JSON name, each once."""
    return list(dict.fromkeys(record["file"] for record in json.loads(answer.out)))
