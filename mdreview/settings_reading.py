"""One settings file, or one setting of the command line: read, checked against the dataclasses, and named in errors.

Imported only where there is something to read, because the libraries for it cost more than a short check.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, fields, is_dataclass, make_dataclass
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from mdreview.diagnostic import Text
from mdreview.encoding import decode
from mdreview.errors import reason_of
from mdreview.nearest import nearest
from mdreview.patterns import regex
from mdreview.settings import Settings
from mdreview.settings_file import SettingsError, known_rules

KeyPath = tuple[str | int, ...]
Raw = dict[str, Any]
Lines = dict[KeyPath, int]
RULE_LISTS = ("select", "extend_select", "ignore")

UNREADABLE = Text("{where}: cannot be read ({reason})", "{where}：无法读取（{reason}）")
BROKEN = Text("{where}: not valid {language}: {reason}", "{where}：不是有效的 {language}：{reason}")
NO_MAPPING = Text(
    "{where}: settings are keys with values, such as `ignore: [FN]`", "{where}：设置应为键值形式，例如 `ignore: [FN]`"
)
TWICE = Text("{where}: the key “{key}” stands there twice", "{where}：键“{key}”重复出现")
RECURSIVE = Text("{where}: this value contains itself", "{where}：该值包含其自身")
UNKNOWN_KEY = Text(
    "{where}: there is no setting “{key}”; there are: {keys}", "{where}：没有名为“{key}”的设置；可用的有：{keys}"
)
UNKNOWN_KEY_NEAR = Text(
    "{where}: there is no setting “{key}”; did you mean “{nearest}”?",
    "{where}：没有名为“{key}”的设置；是否想写“{nearest}”？",
)
WRONG_TYPE = Text(
    "{where}: “{key}” takes {expected}, not {got}", "{where}：“{key}”的值应为{expected_zh}，而不是{got_zh}"
)
WRONG_VALUE = Text(
    "{where}: “{key}” cannot be “{value}”; it is one of: {allowed}", "{where}：“{key}”不能是“{value}”；可取：{allowed}"
)
NO_FILES = Text(
    "{where}: “overrides” needs “files”, the patterns of the files that it is for",
    "{where}：“overrides”需要“files”，即适用文件的匹配模式",
)
BAD_PATTERN = Text(
    "{where}: not a pattern as in .gitignore: “{pattern}”", "{where}：不是 .gitignore 式的匹配模式：“{pattern}”"
)
OTHER = Text("{where}: “{key}”: {reason}", "{where}：“{key}”：{reason}")
TYPES = {
    "array": Text("a list such as [a, b]", "列表，如 [a, b]"),
    "object": Text("keys with values", "键值"),
    "str": Text("a text", "文本"),
    "bool": Text("true or false", "真假值（true 或 false）"),
    "int": Text("a number", "数字"),
    "float": Text("a number", "数字"),
    "null": Text("nothing", "空值"),
}
EXPECTED = regex(r"Expected `([^`]+)`, got `([^`]+)`")
VALUE = regex(r"Invalid enum value '?(.*?)'?(?: - at|$)", re.S)
PLACE = regex(r"\.(\w+)|\[(\d+)\]|(\[\.\.\.\])")


def _keyed(name: str, kind: Any, **more: tuple[Any, Any]) -> Any:
    """A named tuple, with more fields (type and default), as the dataclass that its keys are checked against."""
    members: list[tuple[str, Any, Any]] = []
    for key, hint in get_type_hints(kind).items():
        default = kind._field_defaults[key]
        if hasattr(hint, "_fields"):
            hint = _keyed(hint.__name__, hint)
            members.append((key, hint, field(default_factory=hint)))
        elif isinstance(default, Mapping):
            members.append((key, hint, field(default_factory=dict)))
        else:
            members.append((key, hint, field(default=default)))
    members += [(key, hint, field(default=default)) for key, (hint, default) in more.items()]
    return make_dataclass(name, members, frozen=True)


# settings for the files that match `files`, patterns as in .gitignore
Override = _keyed("Override", Settings, files=(tuple[str, ...], ()))
# what can stand in a settings file: the settings themselves, and where others come from
SettingsFile = _keyed(
    "SettingsFile",
    Settings,
    root=(bool, False),
    extends=(str | tuple[str, ...], ()),
    overrides=(tuple[Override, ...], ()),  # type: ignore[valid-type]
)


def read_file(path: Path, name: str) -> Raw | None:
    """The checked content of a settings file, shown to people as `name`; None for a TOML file without our table.

    Keys have `_` for `-`. Raises SettingsError or DecodingError.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SettingsError(UNREADABLE, where=name, reason=reason_of(error)) from None
    if path.suffix == ".toml":
        return _toml(data, name)
    text = decode(data, name).text
    value, lines = _yaml(text, name)
    return checked({} if value is None else value, lambda key: _where(name, lines, key))


def checked(value: object, where: Callable[[KeyPath], str]) -> Raw:
    """The settings in `value` with `_` for `-` in their keys; `where` names the place of a key in errors."""
    if not isinstance(value, dict):
        raise SettingsError(NO_MAPPING, where=where(()))
    raw = _known_keys(value, SettingsFile, (), where)
    try:
        msgspec.convert(raw, SettingsFile)
    except msgspec.ValidationError as error:
        raise _explained(str(error), raw, where) from None
    _known_rules(raw, (), where)
    _known_patterns(raw.get("exclude", ()), ("exclude",), where)
    for index, override in enumerate(raw.get("overrides", ())):
        _known_rules(override, ("overrides", index), where)
        if not override.get("files"):
            raise SettingsError(NO_FILES, where=where(("overrides", index)))
        _known_patterns(override["files"], ("overrides", index, "files"), where)
    return raw


def option(assignment: str) -> Raw:
    """The checked setting of `--config KEY=VALUE`; a list may be written `a,b`. Raises SettingsError."""
    dotted, sign, written = assignment.partition("=")
    where = f"--config {assignment}"
    if not sign:
        raise SettingsError(NO_MAPPING, where=where)
    value, _ = _yaml(written, where)
    keys = tuple(key.strip() for key in dotted.split("."))
    if get_origin(_hint(_spelt(keys))) is tuple and not isinstance(value, list):
        value = [piece.strip() for piece in written.split(",") if piece.strip()]
    for key in reversed(keys):
        value = {key: value}
    return checked(value, lambda _: where)


def written_key(key: str) -> str:
    """A setting's key as people write it."""
    return key.replace("_", "-")


def _known_keys(value: Mapping[Any, Any], kind: type, path: KeyPath, where: Callable[[KeyPath], str]) -> Raw:
    known = {written_key(field.name): field.name for field in fields(kind)}
    hints = get_type_hints(kind)
    raw: Raw = {}
    for written, content in value.items():
        here = (*path, written)
        key = written_key(str(written))
        if key not in known:
            near = nearest(str(written), known)
            message = UNKNOWN_KEY_NEAR if near else UNKNOWN_KEY
            prefix = "".join(f"{part}." for part in path if isinstance(part, str))
            raise SettingsError(
                message,
                where=where(here),
                key=f"{prefix}{written}",
                nearest=f"{prefix}{near}",
                keys=", ".join(sorted(known)),
            )
        name = known[key]
        if is_dataclass(hints[name]) and isinstance(hints[name], type) and isinstance(content, dict):
            content = _known_keys(content, hints[name], here, where)
        elif name == "overrides" and isinstance(content, list):
            content = [
                _known_keys(item, Override, (*here, index), where) if isinstance(item, dict) else item
                for index, item in enumerate(content)
            ]
        raw[name] = content
    return raw


def _known_rules(raw: Mapping[str, Any], path: KeyPath, where: Callable[[KeyPath], str]) -> None:
    for name in RULE_LISTS:
        for index, word in enumerate(raw.get(name, ())):
            known_rules((word,), where((*path, name, index)), written_key(name))
    for word in raw.get("severity", ()):
        known_rules((word,), where((*path, "severity", word)), "severity")


def _known_patterns(patterns: Iterable[str], path: KeyPath, where: Callable[[KeyPath], str]) -> None:
    from pathspec import GitIgnoreSpec

    for index, pattern in enumerate(patterns):
        try:
            GitIgnoreSpec.from_lines([pattern])
        except ValueError:
            raise SettingsError(BAD_PATTERN, where=where((*path, index)), pattern=pattern) from None


def _explained(error: str, raw: Raw, where: Callable[[KeyPath], str]) -> SettingsError:
    """What msgspec says, as a sentence with the place and what would be right."""
    path: list[str | int] = []
    for name, index, any_key in PLACE.findall(error.rpartition("`$")[2]):
        if any_key:
            path.append(_bad_key(raw, path))
        else:
            path.append(name or int(index))
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{written_key(part)}" for part in path).lstrip(".")
    place = where(tuple(path))
    if match := EXPECTED.match(error):
        expected, got = (_types(words) for words in match.groups())
        return SettingsError(
            WRONG_TYPE, where=place, key=key, expected=expected.en, got=got.en, expected_zh=expected.zh, got_zh=got.zh
        )
    if match := VALUE.match(error):
        allowed = ", ".join(get_args(_hint(path)))
        return SettingsError(WRONG_VALUE, where=place, key=key, value=match[1], allowed=allowed)
    return SettingsError(OTHER, where=place, key=key, reason=error)


def _types(words: str) -> Text:
    names = [TYPES.get(word, Text(word, word)) for word in words.split(" | ")]
    return Text(" or ".join(name.en for name in names), "或".join(name.zh for name in names))


def _hint(path: Iterable[str | int]) -> Any:
    """The type that a setting has in the dataclasses; None where there is no such setting."""
    hint: Any = SettingsFile
    for part in path:
        if is_dataclass(hint) and isinstance(hint, type):
            hint = get_type_hints(hint).get(str(part))
        else:
            hint = get_args(hint)[0 if isinstance(part, int) else -1] if get_args(hint) else None
    return hint


def _bad_key(raw: Any, path: Iterable[str | int]) -> str:
    """Which key of a mapping has the value that its type does not allow; msgspec names only the mapping."""
    hint = _hint(path)
    for part in path:
        raw = raw[part]
    for key, value in raw.items():
        try:
            msgspec.convert({key: value}, hint)
        except msgspec.ValidationError:
            return str(key)
    return ""


def _where(name: str, lines: Lines, path: KeyPath) -> str:
    """The file, and the line of the key or of what holds it."""
    path = _spelt(path)
    while path and path not in lines:
        path = path[:-1]
    return f"{name}:{lines[path]}" if path in lines else name


def _spelt(path: KeyPath) -> KeyPath:
    return tuple(part.replace("-", "_") if isinstance(part, str) else part for part in path)


def _yaml(text: str, name: str) -> tuple[Any, Lines]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        node = loader.get_single_node()
        lines: Lines = {}
        if node is not None:
            _yaml_lines(node, (), lines, [], name)
        return (None if node is None else loader.construct_document(node)), lines
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise SettingsError(
            BROKEN, where=f"{name}:{mark.line + 1}" if mark else name, language="YAML", reason=reason
        ) from None
    finally:
        loader.dispose()


def _yaml_lines(node: Any, path: KeyPath, lines: Lines, around: list[Any], name: str) -> None:
    """Notes the line of every key and item, and refuses what PyYAML would let pass: a key twice, a cycle."""
    line = node.start_mark.line + 1
    if node in around:
        raise SettingsError(RECURSIVE, where=f"{name}:{line}")
    lines.setdefault(path, line)
    around = [*around, node]
    if node.id == "sequence":
        for index, item in enumerate(node.value):
            _yaml_lines(item, (*path, index), lines, around, name)
    elif node.id == "mapping":
        for key, value in node.value:
            here = _spelt((*path, str(key.value)))
            if here in lines and key.value != "<<":
                raise SettingsError(TWICE, where=f"{name}:{key.start_mark.line + 1}", key=key.value)
            lines[here] = key.start_mark.line + 1
            _yaml_lines(value, here, lines, around, name)


def _toml(data: bytes, name: str) -> Raw | None:
    if b"mdreview" not in data:
        return None
    import tomllib

    text = decode(data, name).text
    try:
        value = tomllib.loads(text).get("tool", {}).get("mdreview")
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"\(at line (\d+)", str(error))
        where = f"{name}:{line[1]}" if line else name
        raise SettingsError(BROKEN, where=where, language="TOML", reason=str(error)) from None
    return None if value is None else checked(value, lambda path: _where(name, _toml_lines(text), path))


def _toml_lines(text: str) -> Lines:
    """The lines of the keys under [tool.mdreview]. Only errors need them, so simple lines of keys and tables do."""
    lines: Lines = {}
    table: KeyPath | None = None
    count = -1
    for number, line in enumerate(text.split("\n"), 1):
        if header := re.match(r"\s*(\[\[?)\s*tool\s*\.\s*mdreview\s*(?:\.\s*([\w.-]+)\s*)?\]", line):
            table = tuple((header[2] or "").split(".")) if header[2] else ()
            if header[1] == "[[":
                count += 1
                table = (*table, count)
            lines[_spelt(table)] = number
        elif re.match(r"\s*\[\[?[\w\s.\"'-]+\]", line):
            table = None
        elif table is not None and (key := re.match(r"\s*[\"']?([\w.-]+)[\"']?\s*=", line)):
            lines.setdefault(_spelt((*table, *key[1].split("."))), number)
    return lines
