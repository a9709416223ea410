"""What the VS Code extension declares: in both languages, and in step with its code and with the server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mdreview_lsp.offers import COMMANDS
from mdreview_lsp.options import ASKED_FOR, FEATURES

from mdreview import __version__

EXTENSION = Path(__file__).parents[1] / "lsp" / "vscode"
MANIFEST = json.loads((EXTENSION / "package.json").read_text("utf-8"))
CONTRIBUTED = MANIFEST["contributes"]
NAMES = {
    language: json.loads((EXTENSION / file).read_text("utf-8"))
    for language, file in (("en", "package.nls.json"), ("zh", "package.nls.zh-cn.json"))
}
SOURCE = "\n".join(path.read_text("utf-8") for path in sorted((EXTENSION / "src").rglob("*.ts")))
SENTENCE = re.compile(r'l10n\.t\(\s*"((?:[^"\\]|\\.)*)"')
OTHER_NAMES = {"mdreview.showReferences", "mdreview.running", "mdreview.status"}
"""The command that the server has the client run; a context key; the item in the status bar."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def strings(value: Any) -> Iterator[str]:
    """All texts in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


@pytest.mark.parametrize("language", NAMES)
def test_every_name_in_the_manifest_is_there_and_used(language: str) -> None:
    wanted = {text.strip("%") for text in strings(MANIFEST) if re.fullmatch(r"%[\w.]+%", text)}
    assert set(NAMES[language]) == wanted


def test_names_are_chinese_in_chinese_and_english_in_english() -> None:
    chinese = {key for key, text in NAMES["zh"].items() if CHINESE.search(text)}
    assert {key for key in NAMES["zh"] if not key.endswith(".media")} == chinese
    assert not any(CHINESE.search(text) for text in NAMES["en"].values())


def test_every_sentence_in_the_code_is_there_in_chinese() -> None:
    bundle = json.loads((EXTENSION / "l10n" / "bundle.l10n.zh-cn.json").read_text("utf-8"))
    assert set(bundle) == {json.loads(f'"{text}"') for text in SENTENCE.findall(SOURCE)}
    assert SOURCE.count("l10n.t(") == len(SENTENCE.findall(SOURCE))
    for english, chinese in bundle.items():
        assert CHINESE.search(chinese)
        assert sorted(re.findall(r"\{\d\}|\$\([\w-]+\)", english)) == sorted(
            re.findall(r"\{\d\}|\$\([\w-]+\)", chinese)
        )


def test_pages_of_the_walkthrough_are_there_in_both_languages() -> None:
    pages = [NAMES[language][f"walkthrough.{step}.media"] for language in NAMES for step in ("server", "findings")]
    pages += [NAMES[language][f"walkthrough.{step}.media"] for language in NAMES for step in ("fixes", "settings")]
    written = {path.relative_to(EXTENSION).as_posix() for path in (EXTENSION / "media" / "walkthrough").iterdir()}
    assert set(pages) == written


def test_commands_are_registered_and_are_none_of_the_servers() -> None:
    offered = {command["command"] for command in CONTRIBUTED["commands"]}
    registered = {f"mdreview.{name}" for name in re.findall(r'register\("(\w+)"', SOURCE)}
    registered |= set(re.findall(r'registerCommand\("(mdreview\.\w+)"', SOURCE))
    registered |= set(re.findall(r'export const (?:OPEN_RULE_PAGE) = "(mdreview\.\w+)"', SOURCE))
    assert registered == offered
    assert not offered & set(COMMANDS)
    named = set(re.findall(r'"(mdreview\.\w+)"', SOURCE)) - offered
    assert named - OTHER_NAMES == set(COMMANDS)


def test_settings_are_those_that_the_server_reads() -> None:
    settings = CONTRIBUTED["configuration"]["properties"]
    features = {key.removeprefix("mdreview.features."): value for key, value in settings.items() if ".features." in key}
    assert list(features) == list(FEATURES)
    assert {name for name, value in features.items() if not value["default"]} == ASKED_FOR
    assert settings["mdreview.language"]["enum"] == ["auto", "en", "zh"]
    assert settings["mdreview.scope"]["enum"] == ["open", "workspace"]


def test_what_starts_a_program_is_restricted_in_folders_that_are_not_trusted() -> None:
    starting = {key for key in CONTRIBUTED["configuration"]["properties"] if key.startswith("mdreview.server.")}
    assert set(MANIFEST["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"]) == starting


def test_version_is_that_of_the_server() -> None:
    assert MANIFEST["version"] == __version__


def test_locked_packages_name_no_place_to_fetch_them_from() -> None:
    lock = json.loads((EXTENSION / "package-lock.json").read_text("utf-8"))
    packages = [package for name, package in lock["packages"].items() if name]
    assert packages
    assert not [package for package in packages if "resolved" in package]
    assert all(package["integrity"].startswith("sha512-") for package in packages)
