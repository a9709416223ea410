"""Files are the old one or the new one, whole, whatever happens."""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mdreview.errors import UserError
from mdreview.files import ChangedFileError, replace_file, write_file

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


# reports


def test_a_new_file_gets_the_mode_that_others_get(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_file(tmp_path / "new", ["甲", "b"])
    finally:
        os.umask(before)
    assert (tmp_path / "new").read_text("utf-8") == "甲b"
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


def test_a_file_that_is_written_again_keeps_its_mode_and_a_link_stays_one(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.write_text("a long old text")
    real.chmod(0o600)
    (tmp_path / "link").symlink_to("real")
    write_file(tmp_path / "link", ["new"])
    assert (tmp_path / "link").is_symlink()
    assert (real.read_text(), stat.S_IMODE(real.stat().st_mode)) == ("new", 0o600)


def test_what_is_no_ordinary_file_is_written_to_as_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    write_file(pipe, ["through ", "the pipe"])
    assert reader.communicate()[0] == b"through the pipe"
    assert pipe.is_fifo()
    write_file(Path(os.devnull), ["gone"])
    assert Path(os.devnull).is_char_device()


def test_the_old_file_stays_until_the_last_piece(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("old")

    def pieces() -> Iterator[str]:
        yield "new"
        assert path.read_text() == "old"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_file(path, pieces())
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("a", "old")]


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="nowhere/a could not be written: No such file or directory"):
        write_file(tmp_path / "nowhere" / "a", ["x"])
