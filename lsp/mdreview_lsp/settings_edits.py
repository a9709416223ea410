"""A rule to ignore, written into the settings file by a small edit that leaves all else as it is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mdreview.settings_file import NAMES
from mdreview.source import Span

TOML_TABLE = re.compile(r"^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*mdreview[ \t]*\][^\n]*(?:\n|\Z)", re.M)
"""The head of the table of a pyproject.toml that holds the settings."""
TOML_LIST = re.compile(r"^[ \t]*ignore[ \t]*=[ \t]*\[(?P<content>[^\[\]]*)\]", re.M)
TOML_ANY_TABLE = re.compile(r"^[ \t]*\[", re.M)
YAML_LIST = re.compile(r"^ignore[ \t]*:[ \t]*\[(?P<content>[^\[\]\n]*)\]", re.M)
YAML_ITEMS = re.compile(
    r"^ignore[ \t]*:[ \t]*(?:#[^\n]*)?\n(?P<items>(?:(?P<indent>[ \t]*)-[ \t][^\n]*(?:\n|\Z))+)", re.M
)
YAML_KEY = re.compile(r"^ignore[ \t]*:", re.M)


def settings_in(text: str, suffix: str) -> dict[str, Any] | None:
    """What a settings file with this text and suffix says; None if it cannot be read."""
    import tomllib

    import yaml

    try:
        if suffix == ".toml":
            data = tomllib.loads(text).get("tool", {}).get("mdreview", {})
        else:
            data = yaml.safe_load(text) or {}
    except (tomllib.TOMLDecodeError, yaml.YAMLError, AttributeError):
        # whatever is wrong with the file, it is not ours to edit
        return None
    return data if isinstance(data, dict) else None


def settings_file(path: str, top: str) -> Path:
    """The settings file that is nearest to a text; where there is none, the one to make in the folder `top`."""
    for folder in Path(path).parents:
        for name in NAMES:
            file = folder / name
            if file.is_file() and (file.suffix != ".toml" or TOML_TABLE.search(_text(file))):
                return file
        if (folder / ".git").exists():
            break
    return Path(top) / NAMES[0]


def ignoring(text: str, code: str, suffix: str) -> tuple[Span, str] | None:
    """The edit of a settings file's text that ignores a rule; None where that is beyond a small edit."""
    edit = _toml(text, code) if suffix == ".toml" else _yaml(text, code)
    if edit is None:
        return None
    span, written = edit
    before, after = (_ignored(content, suffix) for content in (text, text[: span.start] + written + text[span.end :]))
    return edit if before is not None and after == [*before, code] else None


def _yaml(text: str, code: str) -> tuple[Span, str] | None:
    if match := YAML_LIST.search(text):
        return _into_list(match, code)
    if match := YAML_ITEMS.search(text):
        end = match.end("items")
        return Span(end, end), f"{'' if text[end - 1] == chr(10) else chr(10)}{match['indent']}- {code}\n"
    if YAML_KEY.search(text):
        return None
    return Span(len(text), len(text)), f"{'' if not text or text.endswith(chr(10)) else chr(10)}ignore: [{code}]\n"


def _toml(text: str, code: str) -> tuple[Span, str] | None:
    table = TOML_TABLE.search(text)
    if table is None:
        return None
    following = TOML_ANY_TABLE.search(text, table.end())
    if match := TOML_LIST.search(text, table.end(), following.start() if following else len(text)):
        return _into_list(match, f'"{code}"')
    return Span(table.end(), table.end()), f'{"" if table.group().endswith(chr(10)) else chr(10)}ignore = ["{code}"]\n'


def _into_list(match: re.Match[str], item: str) -> tuple[Span, str]:
    """Puts an item at the end of a list in brackets."""
    content = match["content"].rstrip()
    end = match.start("content") + len(content)
    lead = "" if not content.strip() else " " if content.endswith(",") else ", "
    return Span(end, end), f"{lead}{item}"


def _ignored(text: str, suffix: str) -> list[Any] | None:
    """What the settings ignore as they stand; None if they cannot be read."""
    settings = settings_in(text, suffix)
    ignored = settings.get("ignore", []) if settings is not None else None
    return ignored if isinstance(ignored, list) else None


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace")
    except OSError:
        return ""
