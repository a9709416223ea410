"""What every test can rely on: no test touches the cache of the person who runs it; the command line at hand."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from command_line import Answer, Run

from mdreview.cache_folder import FOLDER_VARIABLE
from mdreview.cli import main

# how long an example takes says more about the machine than about the program; benchmarks/ see to time
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER_VARIABLE, str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs the command line in an empty folder of its own, in English; `stdin` is what it reads."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def run_it(*arguments: str, stdin: bytes = b"") -> Answer:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = main(arguments)
        return Answer(status, *capsys.readouterr())

    return run_it
