"""Which settings hold for a file: those of the settings files around it, put together.

The nearest file wins key by key over those of the folders above it; `root: true` or a `.git` ends the search.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mdreview.diagnostic import Text
from mdreview.errors import UserError
from mdreview.settings import Settings

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

NAMES = (".mdreview.yaml", ".mdreview.yml", "pyproject.toml")
ADDED = frozenset({"extend_select", "ignore", "exclude", "known", "bibliography"})
"""Lists that are added to what is inherited; all others take its place."""
PATHS = (("terms", "glossary"), ("citations", "bibliography"), ("sections", "outline"), ("manuscript",))
MISSING = Text(
    "{where}: “extends” names a file that is not there: {name}", "{where}：“extends”所指的文件不存在：{name}"
)
CIRCLE = Text("{where}: “extends” leads back to this file", "{where}：“extends”又指回该文件")

UNKNOWN_RULE = Text(
    "{where}: “{key}” names no rule: “{word}”; `mdreview rules` lists them all",
    "{where}：“{key}”中没有名为“{word}”的规则；`mdreview rules` 列出全部规则",
)
UNKNOWN_RULE_NEAR = Text(
    "{where}: “{key}” names no rule: “{word}”; did you mean {nearest}?",
    "{where}：“{key}”中没有名为“{word}”的规则；是否想写 {nearest}？",
)
UNKNOWN_IN_OPTION = Text(
    "{where}: there is no rule “{word}”; `mdreview rules` lists them all",
    "{where}：没有名为“{word}”的规则；`mdreview rules` 列出全部规则",
)
UNKNOWN_IN_OPTION_NEAR = Text(
    "{where}: there is no rule “{word}”; did you mean {nearest}?",
    "{where}：没有名为“{word}”的规则；是否想写 {nearest}？",
)

Raw = dict[str, Any]


class SettingsError(UserError):
    """A settings file or an option that is wrong; names the place, the key and the nearest right word."""


class Layer(NamedTuple):
    """What one settings file says: `folder` is where its patterns count from."""

    folder: str
    raw: Raw
    exclude: GitIgnoreSpec | None
    overrides: tuple[tuple[GitIgnoreSpec, Raw], ...]


class SettingsFinder:
    """Answers which settings hold for a file; reads every settings file once.

    `isolated` reads none; `command_line` holds checked settings that win over all files.
    """

    def __init__(self, *, isolated: bool = False, command_line: Raw | None = None) -> None:
        self.options: tuple[bool, Raw] = (isolated, command_line or {})
        self._layers: dict[str, tuple[Layer, ...]] = {}
        self._settings: dict[tuple[object, ...], Settings] = {}

    def settings(self, file: str) -> Settings:
        """The settings for a file, which need not exist. Raises SettingsError or DecodingError."""
        path = os.path.abspath(file)  # noqa: PTH100 - Path.resolve would leave the folder of a linked file
        chosen: list[Raw] = []
        keys: list[object] = []
        for number, layer in enumerate(self._layers_of(os.path.dirname(path))):  # noqa: PTH120
            chosen.append(layer.raw)
            keys.append((number, layer.folder))
            for index, (patterns, raw) in enumerate(layer.overrides):
                if _matches(patterns, layer.folder, path):
                    chosen.append(raw)
                    keys.append(index)
        if (key := tuple(keys)) not in self._settings:
            merged: Raw = {}
            for raw in (*chosen, self.options[1]):
                merged = merge(merged, raw)
            self._settings[key] = build(merged)
        return self._settings[key]

    def excluded(self, path: str, *, folder: bool = False) -> bool:
        """Whether the settings leave a file out, or a folder with all that is in it."""
        path = os.path.abspath(path)  # noqa: PTH100
        return any(
            layer.exclude is not None and _matches(layer.exclude, layer.folder, path, folder)
            for layer in self._layers_of(os.path.dirname(path))  # noqa: PTH120
        )

    def _layers_of(self, folder: str) -> tuple[Layer, ...]:
        """The layers for files in a folder, the farthest first."""
        if self.options[0]:
            return ()
        if folder not in self._layers:
            here: tuple[Layer, ...] = ()
            root = os.path.exists(f"{folder}/.git")  # noqa: PTH110
            for name in NAMES:
                path = Path(folder, name)
                if path.is_file() and (raw := _read(path)) is not None:
                    here = _layers_from(path, raw, folder, (path,))
                    root = root or raw.get("root") is True
                    break
            parent = os.path.dirname(folder)  # noqa: PTH120
            above = () if root or parent == folder else self._layers_of(parent)
            self._layers[folder] = above + here
        return self._layers[folder]


def known_rules(words: Iterable[str], where: str, key: str | None = None) -> None:
    """Raises SettingsError for the first word that names no rule; `key` is the setting that holds it in a file."""
    from mdreview.nearest import nearest
    from mdreview.rules import rule_words

    for word in words:
        if word not in rule_words():
            near = nearest(word, rule_words())
            in_option = UNKNOWN_IN_OPTION_NEAR if near else UNKNOWN_IN_OPTION
            in_setting = UNKNOWN_RULE_NEAR if near else UNKNOWN_RULE
            message = in_option if key is None else in_setting
            raise SettingsError(message, where=where, key=key, word=word, nearest=near)


def merge(lower: Mapping[str, Any], upper: Mapping[str, Any]) -> Raw:
    """Two sets of settings as one: `upper` wins, and a rule that it selects is no longer ignored by `lower`."""
    merged = dict(lower)
    again = {*upper.get("select", ()), *upper.get("extend_select", ())}
    if again and "ignore" in merged:
        merged["ignore"] = [word for word in merged["ignore"] if word not in again]
    for key, value in upper.items():
        if isinstance(value, dict):
            merged[key] = merge(merged.get(key, {}), value)
        elif key in ADDED:
            merged[key] = list(dict.fromkeys([*merged.get(key, ()), *value]))
        else:
            merged[key] = value
    return merged


def build(raw: Mapping[str, Any]) -> Settings:
    """Checked settings as values; the keys of a settings file that are no settings are left out."""
    settings: Settings = _built(Settings(), raw)
    return settings


def _built(default: Any, raw: Mapping[str, Any]) -> Any:
    # made by hand, not by msgspec: most runs have no settings file and should not pay for the import
    known: dict[str, Any] = {}
    for name in default._fields:
        if name not in raw:
            continue
        old, new = getattr(default, name), raw[name]
        if hasattr(old, "_fields"):
            known[name] = _built(old, new)
        else:
            known[name] = tuple(new) if isinstance(new, list) else new
    return default._replace(**known)


def holds_settings(path: Path) -> bool:
    """Whether a file of one of NAMES holds settings; one in which they are wrong does."""
    try:
        return _read(path) is not None
    except UserError:
        return True


def _read(path: Path) -> Raw | None:
    if path.suffix == ".toml" and not _may_name_us(path):
        return None
    from mdreview.settings_reading import read_file

    raw = read_file(path, shown(path))
    return None if raw is None else with_whole_paths(raw, path.parent)


def _may_name_us(path: Path) -> bool:
    """Whether a TOML file is worth reading as settings; one that cannot be read is, to say so."""
    try:
        return b"mdreview" in path.read_bytes()
    except OSError:
        return True


def _layers_from(path: Path, raw: Raw, folder: str, chain: Sequence[Path]) -> tuple[Layer, ...]:
    """The layers of a settings file: those that it extends, in order, then its own."""
    layers: tuple[Layer, ...] = ()
    extends = raw.get("extends", ())
    for name in (extends,) if isinstance(extends, str) else extends:
        other = Path(os.path.normpath(path.parent / Path(name).expanduser()))
        if other in chain or not other.exists():
            raise SettingsError(CIRCLE if other in chain else MISSING, where=shown(path), name=name)
        layers += _layers_from(other, _read(other) or {}, folder, (*chain, other))
    overrides = tuple((_patterns(item["files"]), item) for item in raw.get("overrides", ()))
    exclude = _patterns(raw["exclude"]) if raw.get("exclude") else None
    own = {key: value for key, value in raw.items() if key not in ("root", "extends", "overrides")}
    return (*layers, Layer(folder, own, exclude, overrides))


def with_whole_paths(raw: Raw, folder: Path) -> Raw:
    """The same settings with the paths in them made whole; they counted from `folder`."""
    raw = dict(raw)
    for *outer, key in PATHS:
        holder = raw
        for name in outer:
            holder[name] = dict(holder.get(name, {}))
            holder = holder[name]
        value = holder.get(key)
        if isinstance(value, str):
            holder[key] = str(folder / Path(value).expanduser())
        elif value:
            holder[key] = [str(folder / Path(item).expanduser()) for item in value]
    raw["overrides"] = [with_whole_paths(item, folder) for item in raw.get("overrides", ())]
    return raw


def _patterns(lines: Sequence[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(lines)


def _matches(patterns: GitIgnoreSpec, base: str, path: str, folder: bool = False) -> bool:
    relative = os.path.relpath(path, base).replace(os.sep, "/")
    return patterns.match_file(relative + "/" if folder else relative)


def shown(path: Path | str) -> str:
    """A path as people see it: from the working folder where it lies in it, else whole."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
