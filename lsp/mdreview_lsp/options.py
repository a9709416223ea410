"""What the editor's own settings say, under `mdreview`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from mdreview.diagnostic import Language, Text
from mdreview.errors import UserError
from mdreview.settings_file import Raw, with_whole_paths

FEATURES = (
    *("diagnostics", "codeActions", "hover", "definition", "references", "documentHighlight", "rename"),
    *("linkedEditing", "completion", "documentSymbols", "folding"),
)
WRONG = Text(
    "the editor's setting “mdreview.{key}” cannot be {value}; it takes {expected}",
    "编辑器设置“mdreview.{key}”不能是 {value}；应为 {expected}",
)
WHERE = "the editor's settings"


@dataclass(frozen=True, slots=True)
class Options:
    """`settings` stand beneath those of settings files; `off` are the features that the user does not want.

    `scope` says whether files that are not open are checked too; `language` None follows the editor.
    """

    language: Language | None = None
    scope: Literal["open", "workspace"] = "open"
    settings: Raw = field(default_factory=dict)
    off: frozenset[str] = frozenset()


def read_options(value: object, folder: str) -> tuple[Options, list[UserError]]:
    """The options in what the editor sent; what is wrong in it is named and left at its default.

    Paths in the settings count from `folder`. Keys that are not ours are passed over: the editor keeps its own there.
    """
    problems: list[UserError] = []
    given = value if isinstance(value, Mapping) else {}
    language = _one_of(given, "language", ("auto", "en", "zh"), problems)
    scope = _one_of(given, "scope", ("open", "workspace"), problems)
    features = given.get("features") or {}
    off = set()
    for name in FEATURES:
        wanted = features.get(name, True) if isinstance(features, Mapping) else True
        if not isinstance(wanted, bool):
            problems.append(UserError(WRONG, key=f"features.{name}", value=repr(wanted), expected="true, false"))
        elif not wanted:
            off.add(name)
    settings = _settings(given.get("settings") or {}, folder, problems)
    return Options(language if language in ("en", "zh") else None, scope or "open", settings, frozenset(off)), problems


def _one_of(given: Mapping[str, Any], key: str, allowed: tuple[str, ...], problems: list[UserError]) -> Any:
    value = given.get(key)
    if value is None or value in allowed:
        return value
    problems.append(UserError(WRONG, key=key, value=repr(value), expected=", ".join(allowed)))
    return None


def _settings(value: object, folder: str, problems: list[UserError]) -> Raw:
    if not value:
        return {}
    from pathlib import Path

    from mdreview.settings_reading import checked

    try:
        return with_whole_paths(checked(value, lambda _: WHERE), Path(folder))
    except UserError as problem:
        problems.append(problem)
        return {}
