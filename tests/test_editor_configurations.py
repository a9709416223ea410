"""The configurations for editors that no test starts: they can be read, and name our server and the right texts."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from mdreview_lsp.options import read_options

ROOT = Path(__file__).parents[1]
EDITORS = ROOT / "lsp" / "editors"
SERVER = "mdreview-lsp"


def read(name: str) -> dict[str, Any]:
    text = (EDITORS / name).read_text("utf-8")
    values: dict[str, Any] = tomllib.loads(text) if name.endswith(".toml") else json.loads(text)
    return values


def test_our_server_is_a_command() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert SERVER in project["scripts"]
    named = [path for path in EDITORS.rglob("*") if path.suffix in (".lua", ".el", ".rs")]
    assert len(named) == 4
    assert all(f'"{SERVER}"' in path.read_text("utf-8") for path in named)


def test_helix() -> None:
    values = read("helix.toml")
    assert values["language-server"]["mdreview"]["command"] == SERVER
    assert {language["name"] for language in values["language"]} == {"markdown", "quarto", "rmarkdown"}
    assert all("mdreview" in language["language-servers"] for language in values["language"])


def test_sublime_text() -> None:
    client = read("sublime.json")["clients"]["mdreview"]
    assert client["enabled"] is True
    assert (client["command"], client["selector"]) == ([SERVER], "text.html.markdown")
    assert read_options({"language": client["settings"]["mdreview.language"]}, "/")[1] == []


def test_kate() -> None:
    (server,) = read("kate.json")["servers"].values()
    assert server["command"] == [SERVER]
    # the names that Kate's highlighting has for them
    modes = re.compile(server["highlightingModeRegex"])
    assert [name for name in ("Markdown", "R Markdown", "R Script", "Markdown2") if modes.search(name)] == [
        "Markdown",
        "R Markdown",
    ]
    assert read_options(server["settings"]["mdreview"], "/")[1] == []


def test_zed() -> None:
    extension = read("zed/extension.toml")
    (name, server), *others = extension["language_servers"].items()
    assert not others
    assert server["languages"] == ["Markdown"]
    settings = read("zed/settings.json")
    assert name in settings["languages"]["Markdown"]["language_servers"]
    assert read_options(settings["lsp"][name]["settings"], "/")[1] == []
    assert (EDITORS / "zed" / read("zed/Cargo.toml")["lib"]["path"]).is_file()


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_every_configuration_is_explained(page: str) -> None:
    linked = {name.split("/")[0] for name in re.findall(r"\]\(([^)]+)\)", (EDITORS / page).read_text("utf-8"))}
    assert {path.name for path in EDITORS.iterdir() if not path.name.startswith("README")} <= linked
