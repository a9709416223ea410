"""What the editor's own settings say, under `mdreview`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from mdreview.diagnostic import Language, Text
from mdreview.errors import UserError
from mdreview.settings_file import Raw, with_whole_paths

NAME = "mdreview"
FEATURES = (
    *("diagnostics", "codeActions", "hover", "definition", "references", "documentHighlight", "rename"),
    *("linkedEditing", "completion", "documentSymbols", "workspaceSymbols", "folding"),
    *("numberHints", "longFormHints", "codeLens"),
)
ASKED_FOR = frozenset({"longFormHints", "codeLens"})
"""The features that are off until the user wants them."""
WRONG = Text(
    "the editor's setting “mdreview.{key}” cannot be {value}; it takes {expected}",
    "编辑器设置“mdreview.{key}”不能是 {value}；应为 {expected}",
)
WHERE = "the editor's settings"


@dataclass(frozen=True, slots=True)
class Options:
    """`settings` stand beneath those of settings files; `off` are the features that are off, `refused` those of them
    that the user switched off.

    `scope` says whether files that are not open are checked too; `language` None follows the editor. `client_commands`
    are what the editor can run for the server.
    """

    language: Language | None = None
    scope: Literal["open", "workspace"] = "open"
    settings: Raw = field(default_factory=dict)
    off: frozenset[str] = ASKED_FOR
    refused: frozenset[str] = frozenset()
    client_commands: frozenset[str] = frozenset()

    def with_first(self, first: Options) -> Options:
        """These options with what only the first ones can say."""
        return replace(self, client_commands=first.client_commands)


def read_options(value: object, folder: str) -> tuple[Options, list[UserError]]:
    """The options in what the editor sent; what is wrong in it is named and left at its default.

    Paths in the settings count from `folder`. Keys that are not ours are passed over: the editor keeps its own there.
    """
    problems: list[UserError] = []
    given = value if isinstance(value, Mapping) else {}
    language = _one_of(given, "language", ("auto", "en", "zh"), problems)
    scope = _one_of(given, "scope", ("open", "workspace"), problems)
    wanted = _features(given.get("features") or {}, problems)
    commands = given.get("clientCommands")
    options = Options(
        language if language in ("en", "zh") else None,
        scope or "open",
        _settings(given.get("settings") or {}, folder, problems),
        frozenset(name for name in FEATURES if not wanted.get(name, name not in ASKED_FOR)),
        frozenset(name for name, value in wanted.items() if not value),
        frozenset(word for word in commands if isinstance(word, str)) if isinstance(commands, list) else frozenset(),
    )
    return options, problems


def _features(given: object, problems: list[UserError]) -> dict[str, bool]:
    """The features that the user speaks of."""
    wanted = {}
    for name, value in given.items() if isinstance(given, Mapping) else ():
        if name not in FEATURES or value is None:
            continue
        if isinstance(value, bool):
            wanted[name] = value
        else:
            problems.append(UserError(WRONG, key=f"features.{name}", value=repr(value), expected="true, false"))
    return wanted


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
