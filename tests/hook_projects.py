"""A repository of someone who writes, with our hooks in it, and the programs that run them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class Done(NamedTuple):
    """What came of a command: its status, and all that a person saw of it."""

    status: int
    shown: str


class Project:
    """A fresh git repository; `runner` is the program that runs hooks in it."""

    def __init__(self, folder: Path, runner: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.runner = runner
        self._environment = {**os.environ, **environment}
        folder.mkdir()
        self.git("init", "--quiet")

    def write(self, files: Mapping[str, str]) -> None:
        """Writes files and stages them."""
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        self.git("add", "--all")

    def read(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")

    def run(self, *words: str) -> Done:
        """Runs the program that runs hooks."""
        return self._done(str(self.runner), *words)

    def git(self, *words: str, fails: bool = False) -> str:
        """Runs git, which must fail or not, and returns all that it showed."""
        done = self._done("git", *words)
        assert bool(done.status) is fails, done.shown
        return done.shown

    def commits(self) -> int:
        """How many commits there are."""
        return int(self._done("git", "rev-list", "--count", "--all").shown)

    def _done(self, *command: str) -> Done:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode("utf-8"))


def configuration(repository: Path, revision: str, *hooks: str, more: str = "") -> dict[str, str]:
    """The file that names our hooks at a revision; `more` goes below the last of them."""
    lines = [
        "repos:",
        f"- repo: {repository}",
        f"  rev: {revision}",
        "  hooks:",
        *(f"  - id: {hook}" for hook in hooks),
    ]
    return {".pre-commit-config.yaml": "\n".join(lines) + f"\n{more}"}
