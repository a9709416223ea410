"""Kept bytecode: the same expressions as `re.compile` makes, and no fault where it cannot be had."""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import mdreview
from mdreview import bytecode, patterns
from mdreview.bytecode import Bytecode
from mdreview.cache_folder import FOLDER_VARIABLE

pytestmark = pytest.mark.skipif(
    sys.implementation.name != "cpython" or sys.version_info[:2] > bytecode.NEWEST,
    reason="the bytecode is that of the engines of CPython that are known",
)

EXPRESSIONS = [
    ("", 0),
    ("plain", 0),
    (r"(?P<year>\d{4})(?P<letter>[a-z])?+", 0),
    ("straße|ПРИВЕТ|ſ", re.I),
    (r"[À-Þ]+|\w", re.I),
    (r" ^ \w+ # comment", re.M | re.X),
    (r"(?s:.)(?i:é)", 0),
    (r"[一-龥㐀-䶿]{2,}(?<=字)", 0),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "expressions"


@pytest.fixture
def unused(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever comes into use ends with the test."""
    monkeypatch.setattr(bytecode, "_in_use", [])
    yield
    patterns.compile_with(re.compile)


def test_kept_expressions_are_those_that_re_compiles(file: Path) -> None:
    for module in pkgutil.walk_packages(mdreview.__path__, "mdreview."):
        if "__main__" not in module.name and not module.name.startswith("mdreview.dev"):
            importlib.import_module(module.name)
    # a run over many files takes what there was before it out of the collector's sight
    gc.unfreeze()
    ours = [(kept._source, kept._flags) for kept in gc.get_objects() if type(kept) is patterns._Pattern]
    assert len(ours) > 300
    everything = [*EXPRESSIONS, *((source.replace(r"\p{Han}", patterns.HAN), flags) for source, flags in ours)]
    assert len(set(everything)) < bytecode.MOST
    first = Bytecode(file)
    for source, flags in everything:
        # expressions are equal if their source, flags and bytecode are
        assert first.compiled(source, flags) == re.compile(source, flags)
    first.keep()
    second = Bytecode(file)
    for source, flags in everything:
        kept, fresh = second.compiled(source, flags), re.compile(source, flags)
        assert kept == fresh
        assert (kept.flags, kept.groups, kept.groupindex) == (fresh.flags, fresh.groups, fresh.groupindex)
    assert not second._fresh


def test_kept_expressions_match_with_the_names_of_their_groups(file: Path) -> None:
    for _ in range(2):
        kept = Bytecode(file)
        match = kept.compiled(r"(?P<letter>[à-þ])(?P<year>\d+)", re.I).fullmatch("É1998")
        assert match and match.groupdict() == {"letter": "É", "year": "1998"} and match.lastgroup == "year"
        kept.keep()


def test_a_wrong_expression_is_an_error_as_ever(file: Path) -> None:
    with pytest.raises(re.error, match="unterminated"):
        Bytecode(file).compiled("(", 0)


def kept_in(file: Path) -> bytes:
    """A file that keeps EXPRESSIONS."""
    full = Bytecode(file)
    for source, flags in EXPRESSIONS:
        full.compiled(source, flags)
    full.keep()
    return file.read_bytes()


def test_what_is_damaged_or_foreign_is_passed_over_and_written_anew(file: Path) -> None:
    good = kept_in(file)
    damaged = [good[:length] for length in range(0, len(good), len(good) // 10)]
    for place in range(0, len(good), len(good) // 40):
        damaged.append(good[:place] + bytes([good[place] ^ 0x10]) + good[place + 1 :])
    damaged.append(good.replace(b"3.", b"2.", 1))
    for data in damaged:
        file.write_bytes(data)
        reader = Bytecode(file)
        for source, flags in EXPRESSIONS:
            assert reader.compiled(source, flags) == re.compile(source, flags)
        assert len(reader._fresh) == len(EXPRESSIONS)
        reader.keep()
        assert file.read_bytes() == good


def test_two_that_write_at_once_lose_nothing_of_each_other(file: Path) -> None:
    one, other = Bytecode(file), Bytecode(file)
    one.compiled("a", 0)
    other.compiled("b", 0)
    one.keep()
    other.keep()
    third = Bytecode(file)
    third.compiled("a", 0)
    third.compiled("b", 0)
    assert not third._fresh


def test_a_file_does_not_grow_for_ever(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bytecode, "MOST", 5)
    kept_in(file)
    late = Bytecode(file)
    late.compiled("late", 0)
    late.keep()
    assert list(bytecode._read(file)) == [("late", 0)]


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file, not a folder")
    cannot = Bytecode(tmp_path / "kept" / "expressions")
    assert cannot.compiled("a", 0) == re.compile("a")
    cannot.keep()
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


@pytest.mark.usefixtures("unused")
def test_nobody_needs_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for name in (FOLDER_VARIABLE, "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    bytecode.use()
    bytecode.keep()
    assert not bytecode.in_use()


@pytest.mark.usefixtures("unused")
def test_a_library_leaves_the_disk_alone_until_a_program_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    assert patterns.regex("before").match("before")
    bytecode.keep()
    assert not list(tmp_path.iterdir())
    bytecode.use()
    assert patterns.regex("after").match("after")
    bytecode.keep()
    [file] = tmp_path.iterdir()
    assert list(bytecode._read(file)) == [("after", 0)]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_second_run_compiles_nothing(jobs: str, tmp_path: Path) -> None:
    texts = [tmp_path / "a.md", tmp_path / "b.md"]
    for text in texts:
        text.write_text("Sea level rose 12% [^1] in 2020.\n", "utf-8")
    command = [sys.executable, "-m", "mdreview", "check", "--isolated", "--no-cache", "--jobs", jobs]
    environment = {**os.environ, FOLDER_VARIABLE: str(tmp_path / "kept")}
    written = []
    for _ in range(2):
        done = subprocess.run([*command, *map(str, texts)], env=environment, capture_output=True, check=False)
        assert done.returncode == 1 and not done.stderr
        [file] = (tmp_path / "kept").iterdir()
        written.append((file.stat().st_mtime_ns, done.stdout))
    assert written[0] == written[1]
