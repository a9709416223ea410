"""Neovim and Emacs with the configurations that we ship: findings are the command line's, and a fix can be chosen."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from editor_tools import debian, neovim

ROOT = Path(__file__).parents[2]
CONFIGURATIONS = ROOT / "lsp" / "editors"
SESSIONS = Path(__file__).parent
PROGRAMS = Path(sys.executable).parent
TEXT = "# 1 引言😀\n\n准确率😀提升了\u2028一些[^1]。\n\n# 3 结果\n\n文字。\n"
"""A text in which bytes, UTF-16 and characters count differently, and not every line separator ends a line."""
CODE = "SEC001"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A repository with a text in it."""
    folder = tmp_path / "我的 论文"
    (folder / ".git").mkdir(parents=True)
    (folder / "paper 一.md").write_text(TEXT, "utf-8")
    return folder


def told(file: Path) -> list[dict[str, Any]]:
    """What the command line says of a file."""
    words = ("check", "--lang", "en", "--no-cache", "--output-format", "json", file.name)
    done = subprocess.run([PROGRAMS / "mdreview", *words], cwd=file.parent, capture_output=True, check=False)
    records: list[dict[str, Any]] = json.loads(done.stdout)
    return records


def fixed(file: Path) -> str:
    """What `mdreview fix` makes of a file, whose text stays as it is."""
    copy = shutil.copytree(file.parent, file.parent.with_name("copy")) / file.name
    subprocess.run([PROGRAMS / "mdreview", "fix", "--quiet", copy.name], cwd=copy.parent, check=False)
    return copy.read_text("utf-8")


def places(records: list[dict[str, Any]], keys: tuple[str, ...]) -> list[dict[str, Any]]:
    """These keys of the records, in the order of their places."""
    ordered = sorted(records, key=lambda record: (record["line"], record["column"]))
    return [{key: record[key] for key in keys} for record in ordered]


def session(command: list[str | Path], folder: Path, environment: Mapping[str, str], about: dict[str, Any]) -> Any:
    """Runs an editor, which fixes the finding `about`, and returns its report."""
    report = folder.parent / "report.json"
    own = {
        "LC_ALL": "C.UTF-8",
        "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
        "REPORT": str(report),
        "CODE": about["code"],
        "MESSAGE": about["message"],
        "TITLE": about["fix"]["title"],
        "FINDINGS": str(len(told(folder / "paper 一.md"))),
    }
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **own, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
        check=False,
    )
    shown = done.stdout.decode("utf-8", "replace")
    assert report.exists(), shown
    seen = json.loads(report.read_text("utf-8"))
    assert "problem" not in seen, f"{seen}\n{shown}"
    return seen


@pytest.mark.parametrize(("version", "encoding"), [("0.7", "utf-16"), ("0.11", "utf-8")])
def test_neovim(work: Path, tmp_path: Path, version: str, encoding: str) -> None:
    """Neovim of Debian, and the first that has `vim.lsp.config`."""
    older = version == "0.7"
    program = debian("nvim", "neovim") if older else neovim()
    plugins = tmp_path / "config" / "nvim" / "plugin"
    plugins.mkdir(parents=True)
    shutil.copy(CONFIGURATIONS / ("neovim-older.lua" if older else "neovim.lua"), plugins)
    homes = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    file = work / "paper 一.md"
    before = told(file)
    about = next(record for record in before if record["code"] == CODE)
    wanted = fixed(file)
    seen = session([program, "--headless", file.name, "-S", SESSIONS / "neovim_session.lua"], work, homes, about)
    keys = ("code", "message", "line", "column", "end_line", "end_column")
    assert seen["encoding"] == encoding
    assert places(seen["found"], keys) == places(before, keys)
    severities = {"ERROR": "error", "WARN": "warning", "INFO": "info"}
    assert {one["code"]: severities[one["severity"]] for one in seen["found"]} == {
        record["code"]: record["severity"] for record in before
    }
    assert file.read_text("utf-8") == wanted != TEXT
    assert places(seen["left"], keys) == places(told(file), keys)


def test_emacs(work: Path, tmp_path: Path) -> None:
    program = debian("emacs", "emacs-nox", "elpa-eglot", "elpa-markdown-mode")
    file = work / "paper 一.md"
    before = told(file)
    about = next(record for record in before if record["code"] == CODE)
    wanted = fixed(file)
    words = ("--batch", "--funcall", "package-initialize", "--load")
    environment = {"HOME": str(tmp_path), "FILE": file.name}
    loaded = (CONFIGURATIONS / "emacs.el", "--load", SESSIONS / "emacs_session.el")
    seen = session([program, *words, *loaded], work, environment, about)
    keys = ("line", "column", "end_line", "end_column")
    assert places(seen["found"], keys) == places(before, keys)
    for shown, record in zip(places(seen["found"], ("message",)), places(before, ("message", "code")), strict=True):
        assert record["message"] in shown["message"] and record["code"] in shown["message"]
    assert file.read_text("utf-8") == wanted != TEXT
    assert places(seen["left"], keys) == places(told(file), keys)
