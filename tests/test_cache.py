"""Kept answers: the same as fresh ones, and never used when anything they rest on has changed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mdreview.cache import Cache
from mdreview.context import Context
from mdreview.engine import check
from mdreview.markdown import parse
from mdreview.rules import RULES
from mdreview.settings import Settings
from mdreview.testing import findings

DATA = "卷积神经网络（CNN）见[^1]。\n".encode()
SETTINGS = Settings()
PROGRAM = """
import sys
from mdreview.cli import main
status = main()
print("mdreview.engine" in sys.modules, file=sys.stderr)
sys.exit(status)
"""


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_findings_come_back_as_they_were(rule, cache: Cache) -> None:  # type: ignore[no-untyped-def]
    for example in rule.bad:
        _, found = findings(example, rule)
        cache.keep("a.md", DATA, SETTINGS, (), found)
        again = cache.find("a.md", DATA, SETTINGS)
        assert again is not None
        for fresh, kept in zip(found, again, strict=True):
            assert (kept.code, kept.name, kept.span, kept.severity) == fresh[:4]
            assert [kept.written("en"), kept.written("zh")] == [fresh.written("en"), fresh.written("zh")]
            assert [(r.span, r.file, r.message.written("zh", r.arguments)) for r in kept.related] == [
                (r.span, r.file, r.message.written("zh", r.arguments)) for r in fresh.related
            ]
            if fresh.fix is None:
                assert kept.fix is None
            else:
                assert kept.fix is not None
                assert (kept.fix.edits, kept.fix.safety) == (fresh.fix.edits, fresh.fix.safety)
                assert kept.fix.title.written("en", kept.fix.arguments) == fresh.fix.title.written(
                    "en", fresh.fix.arguments
                )


def test_a_fix_that_many_findings_share_is_kept_once(cache: Cache) -> None:
    marks = "".join(f"Sea level rose [^{number}].\n\n" for number in range(1, 40))
    notes = "".join(f"[{number}] Author: *Title {number}*. Press, 2020.\n\n" for number in range(1, 40))
    found = check(parse(f"{marks}## References\n\n{notes}"), Context())
    shared = {id(one.fix) for one in found if one.code == "FN001"}
    assert len(shared) == 1 and any(one.fix is not None for one in found)
    cache.keep("a.md", DATA, SETTINGS, (), found)
    again = cache.find("a.md", DATA, SETTINGS)
    assert again == tuple(found)
    assert len({id(one.fix) for one in again if one.code == "FN001"}) == 1


def test_an_answer_holds_for_its_text_its_settings_and_its_file_only(cache: Cache) -> None:
    found = check(parse(DATA.decode()), Context())
    cache.keep("a.md", DATA, SETTINGS, (), found)
    assert cache.find("a.md", DATA, SETTINGS) == tuple(found)
    assert cache.find("a.md", DATA + b"\n", SETTINGS) is None
    assert cache.find("a.md", DATA, Settings(ignore=("FN",))) is None
    assert cache.find("b.md", DATA, SETTINGS) is None


def test_an_answer_ends_with_what_it_drew_on(cache: Cache, tmp_path: Path) -> None:
    bibliography = tmp_path / "refs.bib"
    cache.keep("a.md", DATA, SETTINGS, [str(bibliography)], [])
    assert cache.find("a.md", DATA, SETTINGS) == ()
    bibliography.write_text("@article{a, title={A}}")
    assert cache.find("a.md", DATA, SETTINGS) is None
    cache.keep("a.md", DATA, SETTINGS, [str(bibliography)], [])
    assert cache.find("a.md", DATA, SETTINGS) == ()
    bibliography.write_text("@article{b, title={B}}")
    assert cache.find("a.md", DATA, SETTINGS) is None


def test_an_answer_ends_with_the_program(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.keep("a.md", DATA, SETTINGS, (), [])
    monkeypatch.setattr("mdreview.cache._program", lambda: b"another version")
    assert Cache(cache.folder).find("a.md", DATA, SETTINGS) is None


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"of": 1}', b"\xff", b'{"of": 1, "needs": [[]], "found": 0}'])
def test_a_damaged_entry_is_no_answer_and_no_fault(cache: Cache, damage: bytes) -> None:
    cache.keep("a.md", DATA, SETTINGS, (), [])
    [entry] = cache.folder.iterdir()
    entry.write_bytes(damage)
    assert cache.find("a.md", DATA, SETTINGS) is None


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    cache = Cache(tmp_path / "file" / "cache")
    cache.keep("a.md", DATA, SETTINGS, (), [])
    assert cache.find("a.md", DATA, SETTINGS) is None


def test_one_entry_for_a_file_however_often_it_changes(cache: Cache) -> None:
    for turn in range(5):
        cache.keep("a.md", DATA * turn, SETTINGS, (), [])
    assert len(os.listdir(cache.folder)) == 1  # noqa: PTH208


def mdreview(*arguments: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", PROGRAM, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_second_run_says_the_same_without_the_rules(tmp_path: Path, form: str) -> None:
    text = tmp_path / "论文.md"
    text.write_text("---\nbibliography: refs.bib\n---\n\n# 题\n\n见[@a2020]与[^1]。约有 45% 的人。\n")
    (tmp_path / "refs.bib").write_text("@article{a2021, title={A}, author={Li}, year={2021}}\n")
    environment = {**os.environ, "MDREVIEW_CACHE_DIR": str(tmp_path / "cache"), "LC_ALL": "C.UTF-8"}
    command = ("check", "--output-format", form, text.name)
    first = mdreview(*command, folder=tmp_path, environment=environment)
    again = mdreview(*command, folder=tmp_path, environment=environment)
    fresh = mdreview(*command, "--no-cache", folder=tmp_path, environment=environment)
    assert first.stdout == again.stdout == fresh.stdout
    assert "CIT008" in first.stdout
    assert [first.returncode, again.returncode, fresh.returncode] == [1, 1, 1]
    assert [run.stderr.split()[-1] for run in (first, again, fresh)] == ["True", "False", "True"]
    (tmp_path / "refs.bib").write_text("@article{a2020, title={A}, author={Li}, year={2020}}\n")
    assert "CIT008" not in mdreview(*command, folder=tmp_path, environment=environment).stdout
