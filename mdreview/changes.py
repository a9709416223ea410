"""Which lines of a file changed since a revision; git is asked."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from mdreview.diagnostic import Text
from mdreview.errors import UserError

NO_GIT = Text("--since needs git, which was not found", "--since 需要 git，但未找到该程序")
NO_REPOSITORY = Text("--since: {folder} lies in no git repository", "--since：{folder} 不在 git 仓库中")
NO_REVISION = Text("--since: git knows no revision “{revision}”", "--since：git 中没有版本“{revision}”")
FAILED = Text("--since: git failed: {reason}", "--since：git 出错：{reason}")
HUNK = re.compile(rb"@@ -\S+ \+(\d+)(?:,(\d+))? @@")
ESCAPE = re.compile(rb"\\(?:([0-7]{3})|(.))")
ESCAPED = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v"}
ALL = range(1 << 60)
Lines = tuple[range, ...]
"""Ranges of line numbers, from 0; lines end at \\n, as git counts them."""


class Changes:
    """What changed in the working tree since a revision; repositories are asked once each.

    Where `revision` is on another branch, as `origin/main` is, what counts is where that branch was left.
    """

    def __init__(self, revision: str) -> None:
        self.revision = revision
        self._root = cache(_root)
        self._changed = cache(self._ask)

    def lines(self, file: str) -> Lines:
        """The changed lines of a file, all of them if the revision does not have it. Raises UserError."""
        whole = os.path.realpath(file)
        root = self._root(os.path.dirname(whole))  # noqa: PTH120
        changed, known = self._changed(root)
        name = os.fsencode(os.path.relpath(whole, root).replace(os.sep, "/"))
        return changed.get(name, () if name in known else (ALL,))

    def _ask(self, root: str) -> tuple[Mapping[bytes, Lines], frozenset[bytes]]:
        """The changed lines by file, and the files that the revision has."""
        base = self._base(root)
        plain = ("-c", "core.quotePath=false", "diff", "--no-color", "--no-ext-diff", "--no-textconv")
        try:
            difference = _git(root, *plain, "--find-renames", "--unified=0", "--no-prefix", base, "--")
            names = _git(root, "ls-tree", "-r", "-z", "--name-only", base)
        except _GitError as error:
            raise UserError(FAILED, reason=str(error)) from None
        return _changed_lines(difference), frozenset(names.split(b"\0"))

    def _base(self, root: str) -> str:
        """The commit to compare with."""
        try:
            commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{self.revision}^{{commit}}")
        except _GitError:
            raise UserError(NO_REVISION, revision=self.revision) from None
        try:
            return _git(root, "merge-base", commit.strip().decode(), "HEAD").split()[0].decode()
        except _GitError:
            # histories without a common beginning
            return commit.strip().decode()


def _changed_lines(difference: bytes) -> dict[bytes, Lines]:
    """The lines that a unified diff without context says are new, by file."""
    found: dict[bytes, list[range]] = {}
    lines: list[range] = []
    left = 0
    for line in difference.split(b"\n"):
        if left:
            # the text of a hunk, which may look like anything
            left -= line[:1] in b"-+"
        elif line.startswith(b"+++ "):
            lines = found.setdefault(_name(line[4:]), [])
        elif match := HUNK.match(line):
            start, count = int(match[1]), int(match[2] or 1)
            left = count + _removed(line)
            lines.append(range(start - 1, start - 1 + count))
    return {name: tuple(ranges) for name, ranges in found.items()}


def _removed(hunk: bytes) -> int:
    """How many lines a hunk takes away."""
    _, _, count = hunk.split(b" ")[1].partition(b",")
    return int(count or 1)


def _name(written: bytes) -> bytes:
    """A file's name as git writes it in a diff: quoted where it holds what could be misread."""
    written = written.removesuffix(b"\t")
    if not written.startswith(b'"'):
        return written
    return ESCAPE.sub(
        lambda match: bytes([int(match[1], 8)]) if match[1] else ESCAPED.get(match[2], match[2]), written[1:-1]
    )


class _GitError(Exception):
    """git ended with another status than 0; says what git said."""


def _root(folder: str) -> str:
    try:
        found = _git(folder, "rev-parse", "--show-toplevel")
    except _GitError:
        raise UserError(NO_REPOSITORY, folder=folder) from None
    return os.path.realpath(os.fsdecode(found.removesuffix(b"\n")))


def _git(folder: str, *words: str) -> bytes:
    try:
        done = subprocess.run(["git", *words], cwd=Path(folder), capture_output=True, check=False)
    except FileNotFoundError:
        raise UserError(NO_GIT) from None
    if done.returncode:
        raise _GitError(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout
