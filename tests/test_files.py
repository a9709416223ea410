"""Files are the old one or the new one, whole, whatever happens."""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mdreview.errors import UserError
from mdreview.files import ChangedFileError, replace_file

WRITER = """
import itertools, sys
from pathlib import Path
from mdreview.files import replace_file
path, old = Path(sys.argv[1]), Path(sys.argv[1]).read_bytes()
print("ready", flush=True)
for turn in itertools.count():
    new = bytes([97 + turn % 26]) * 300_000
    replace_file(path, old, new)
    old = new
"""


def test_mode_and_link_stay(tmp_path: Path) -> None:
    real = tmp_path / "论文 1.md"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link = tmp_path / "link.md"
    link.symlink_to(real.name)
    replace_file(link, b"old", b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.md", "论文 1.md"]


def test_a_file_that_changed_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"changed meanwhile")
    with pytest.raises(ChangedFileError, match=r"a\.md"):
        replace_file(path, b"old", b"new")
    assert path.read_bytes() == b"changed meanwhile"


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match="No space left"):
        replace_file(path, b"old", b"new")
    assert path.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


@pytest.mark.slow
def test_killed_at_any_moment_the_file_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"a" * 300_000)
    wait = random.Random(7)
    for _ in range(200):
        command = [sys.executable, "-c", WRITER, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(wait.uniform(0, 0.02))
            writer.send_signal(signal.SIGKILL)
        content = path.read_bytes()
        assert len(content) == 300_000
        assert len(set(content)) == 1
