"""A real VS Code with the extension in it, driven by a script in a real browser."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import editor_tools
import pytest

ROOT = Path(__file__).parents[1]
EXTENSION = ROOT / "lsp" / "vscode"
LEFT_OUT = shutil.ignore_patterns("node_modules", "dist", "build", "*.vsix")
SETTINGS = {
    "workbench.startupEditor": "none",
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.tips.enabled": False,
    "chat.disableAIFeatures": True,
    "telemetry.telemetryLevel": "off",
    "extensions.autoUpdate": False,
    "extensions.autoCheckUpdates": False,
    "extensions.ignoreRecommendations": True,
    "window.confirmBeforeClose": "never",
    "window.commandCenter": False,
    "files.autoSave": "off",
    "git.enabled": False,
    "editor.wordWrap": "on",
    "editor.minimap.enabled": False,
}
SECONDS_TO_START = 120
SECONDS_FOR_A_SCRIPT = 420


class Package(NamedTuple):
    """The extension, and the one that tries it from inside."""

    vsix: Path
    inside: Path


def package() -> Package:
    """The extension, built and packed from clean by the very commands of its README; kept for these very sources."""
    sources = [path for path in sorted(EXTENSION.rglob("*")) if path.is_file() and _is_source(path)]
    schema = ROOT / "docs" / "mdreview.schema.json"
    hashed = hashlib.sha256()
    for path in (*sources, schema):
        hashed.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    with editor_tools.installed("extension", hashed.hexdigest()) as folder:
        if folder is not None:
            copy = folder / "lsp" / "vscode"
            shutil.copytree(EXTENSION, copy, ignore=LEFT_OUT)
            (folder / "docs").mkdir()
            shutil.copy(schema, folder / "docs")
            editor_tools.npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], copy)
            editor_tools.npm(["run", "package"], copy)
            vsce = ["exec", "--", "vsce", "package", "--no-dependencies", "--allow-missing-repository"]
            editor_tools.npm([*vsce, "--skip-license", "--out", "inside.vsix"], copy / "e2e" / "inside")
            shutil.rmtree(copy / "node_modules")
    built = editor_tools.FOLDER / "extension" / "lsp" / "vscode"
    return Package(built / "mdreview.vsix", built / "e2e" / "inside" / "inside.vsix")


def _is_source(path: Path) -> bool:
    parts = path.relative_to(EXTENSION).parts
    return not {"node_modules", "dist", "build"} & set(parts) and path.suffix != ".vsix"


class Window:
    """One VS Code that serves one folder."""

    def __init__(self, folder: Path, port: int, output: Path, log: Path) -> None:
        self.folder = folder
        self.output = output
        self._port = port
        self._log = log

    def run(self, script: str, **wishes: object) -> dict[str, Any]:
        """What a script in `lsp/vscode/e2e` saw; it fails the test when something does not come.

        Pictures of every step, and of the moment of failing, lie in the output folder.
        """
        shutil.rmtree(self.output, ignore_errors=True)
        self.output.mkdir(parents=True)
        seen = self.output / "seen.json"
        given = {"folder": str(self.folder), "port": self._port, "output": str(self.output), **wishes}
        environment = {
            **os.environ,
            "CHROMIUM": str(editor_tools.chromium()),
            "PLAYWRIGHT": str(editor_tools.playwright()),
        }
        done = subprocess.run(
            [editor_tools.node() / "node", EXTENSION / "e2e" / script, json.dumps(given)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=SECONDS_FOR_A_SCRIPT,
            check=False,
        )
        print(done.stdout)  # noqa: T201 - pytest shows it where the test fails
        if done.returncode:
            log = "\n".join(line[:300] for line in self._log.read_text("utf-8", "replace").splitlines()[-40:])
            pytest.fail(f"{done.stdout}\npictures in {self.output}\n{log}\n{self._own_logs()}")
        answer: dict[str, Any] = json.loads(seen.read_text("utf-8"))
        return answer

    def _own_logs(self) -> str:
        logs = (self._log.parent / "user" / "logs").rglob("*mdreview*.log")
        return "\n".join(log.read_text("utf-8", "replace")[-3000:] for log in logs)


@contextmanager
def window(
    folder: Path,
    output: Path,
    home: Path,
    settings: Mapping[str, object],
    extensions: tuple[Path, ...],
    trusted: bool = True,
    variables: Mapping[str, str] | None = None,
    display: str = "en",
) -> Iterator[Window]:
    """VS Code with these extensions and settings on a folder; everything it keeps lies in `home`.

    `variables` are put into its environment; `display` is the language that it asks its extensions to speak.
    """
    program = editor_tools.code_server()
    # in a window that is served, settings of the machine count only from there
    for where in ("User", "Machine"):
        file = home / "user" / where / "settings.json"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps({**SETTINGS, **settings}), "utf-8")
    (home / "config.yaml").write_text("", "utf-8")
    command: list[str | Path] = [program, "--config", home / "config.yaml"]
    command += ["--user-data-dir", home / "user", "--extensions-dir", home / "extensions"]
    port = _free_port()
    marketplace = {} if display == "en" else _add_language(home, display, port)
    # no server is on PATH, so that each is found in the way that a test is about
    path = [part for part in os.environ["PATH"].split(os.pathsep) if not (Path(part) / "mdreview-lsp").exists()]
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([str(editor_tools.node()), *path]),
        "HOME": str(home),
        "EXTENSIONS_GALLERY": json.dumps(marketplace),
        **(variables or {}),
    }
    for extension in extensions:
        subprocess.run([*command, "--install-extension", extension], env=environment, check=True, capture_output=True)
    command += ["--auth", "none", "--bind-addr", f"127.0.0.1:{port}", "--disable-telemetry", "--disable-update-check"]
    command += ["--disable-getting-started-override", "--locale", display] + ["--disable-workspace-trust"] * trusted
    log = home / "code-server.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=written, stderr=written, start_new_session=True
        )
        try:
            _wait_until_it_answers(port, process, log)
            yield Window(folder, port, output, log)
        finally:
            # the group is ours alone: it was started with a session of its own
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _add_language(home: Path, language: str, port: int) -> dict[str, str]:
    """Makes a language known as a language pack does, and gives the marketplace in which VS Code looks for more of it.

    VS Code's own words stay English. The scripts answer for the marketplace that there is nothing.
    """
    words = home / "words.json"
    words.write_text('{"version": "1.0.0", "contents": {}}', "utf-8")
    extension = {"extensionIdentifier": {"id": f"tests.{language}", "uuid": language}, "version": "1.0.0"}
    pack = {"hash": language, "extensions": [extension], "translations": {"vscode": str(words)}, "label": language}
    (home / "user" / "languagepacks.json").write_text(json.dumps({language: pack}), "utf-8")
    address = f"http://127.0.0.1:{port}/marketplace"
    template = f"{address}/{{publisher}}/{{name}}/{{version}}/{{path}}"
    return {"serviceUrl": address, "itemUrl": f"{address}/items", "resourceUrlTemplate": template}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_it_answers(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"VS Code does not answer\n{log.read_text('utf-8', 'replace')[-3000:]}")
