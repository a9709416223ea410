"""A rule to ignore, written into the settings file by a small edit that leaves all else as it is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mdreview.discovery import up_to_repository
from mdreview.settings_file import NAMES, holds_settings
from mdreview.source import Span

TOML_TABLE = re.compile(r"^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*mdreview[ \t]*\][^\n]*(?:\n|\Z)", re.M)
"""The head of the table of a pyproject.toml that holds the settings."""
TOML_LIST = re.compile(r"^[ \t]*ignore[ \t]*=[ \t]*\[(?P<content>[^\[\]]*)\]", re.M)
TOML_ANY_TABLE = re.compile(r"^[ \t]*\[", re.M)
YAML_LIST = re.compile(r"^ignore[ \t]*:[ \t]*\[(?P<content>[^\[\]\n]*)\]", re.M)
YAML_ITEMS = re.compile(
    r"^ignore[ \t]*:[ \t]*(?:#[^\n]*)?\r?\n(?P<items>(?:(?P<indent>[ \t]*)-[ \t][^\n]*(?:\n|\Z))+)", re.M
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
    files = (folder / name for folder in up_to_repository(Path(path).parent) for name in NAMES)
    return next((file for file in files if file.is_file() and holds_settings(file)), Path(top) / NAMES[0])


def ignoring(text: str, code: str, suffix: str) -> tuple[Span, str] | None:
    """The edit of a settings file's text that ignores a rule; None where that is beyond a small edit."""
    edit = _toml(text, code) if suffix == ".toml" else _yaml(text, code)
    if edit is None:
        return None
    span, written = edit
    before, after = (_ignored(content, suffix) for content in (text, text[: span.start] + written + text[span.end :]))
    return edit if before is not None and after == [*before, code] else None


def line_end(text: str) -> str:
    """How the lines of a text end, and so those that are added to it."""
    return "\r\n" if "\r\n" in text else "\n"


def after_line(text: str, at: int, added: str) -> tuple[Span, str]:
    """The edit that puts whole lines where a line ends, which need not have an end yet."""
    lead = "" if not at or text[at - 1] in "\r\n" else line_end(text)
    return Span(at, at), lead + added


def _yaml(text: str, code: str) -> tuple[Span, str] | None:
    end = line_end(text)
    if match := YAML_LIST.search(text):
        return _into_list(match, code)
    if match := YAML_ITEMS.search(text):
        return after_line(text, match.end("items"), f"{match['indent']}- {code}{end}")
    if YAML_KEY.search(text):
        return None
    return after_line(text, len(text), f"ignore: [{code}]{end}")


def _toml(text: str, code: str) -> tuple[Span, str] | None:
    end = line_end(text)
    table = TOML_TABLE.search(text)
    if table is None:
        return after_line(text, len(text), f'{end}[tool.mdreview]{end}ignore = ["{code}"]{end}')
    following = TOML_ANY_TABLE.search(text, table.end())
    if match := TOML_LIST.search(text, table.end(), following.start() if following else len(text)):
        return _into_list(match, f'"{code}"')
    return after_line(text, table.end(), f'ignore = ["{code}"]{end}')


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
