"""The project's glossary: which term is written how.

A YAML file with one list, `terms`:

```yaml
terms:
  - term: convolutional neural network   # the entry's own name, once in the file
    english: convolutional neural network  # the English name; `term` where it is left out and is English
    chinese: 卷积神经网络                    # the Chinese name; `term` where it is left out and is Chinese
    abbreviation: CNN
    forbidden: [卷积网络, ConvNet]           # what must not be written for it
    case: true                              # the spelling of `term` holds letter by letter, capitals too
  - term: ConvNet
    see: convolutional neural network       # another entry that says what to write instead
```

Only `term` is required. An entry with `see` has nothing else but `forbidden`: it is a name that must not be written.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import msgspec

from mdreview.diagnostic import Text
from mdreview.errors import UserError
from mdreview.nearest import nearest
from mdreview.patterns import regex

HAN = regex(r"\p{Han}")
KEYS = ("term", "english", "chinese", "abbreviation", "forbidden", "case", "see")
UNREADABLE = Text(
    "{name}:{line}: the glossary is no YAML: {problem}", "{name}:{line}：术语表不是有效的 YAML：{problem}"
)
SHAPE = Text(
    "{name}:{line}: {key}: {problem}; the glossary is a list of entries under “terms”",
    "{name}:{line}：{key}：{problem}；术语表应为 terms 下的条目列表",
)
UNKNOWN_KEY = Text(
    "{name}:{line}: there is no key “{key}”; there are: {keys}", "{name}:{line}：没有名为“{key}”的键；可用的有：{keys}"
)
UNKNOWN_KEY_NEAR = Text(
    "{name}:{line}: there is no key “{key}”; did you mean “{near}”?",
    "{name}:{line}：没有名为“{key}”的键；是否想写“{near}”？",
)
TWICE = Text(
    "{name}:{line}: “{key}” is given twice, first in line {first}",
    "{name}:{line}：“{key}”重复，首次出现在第 {first} 行",
)
CONTRADICTION = Text(
    "{name}:{line}: “{key}” is forbidden here and required in line {first}",
    "{name}:{line}：“{key}”在此被禁用，但第 {first} 行要求使用",
)
NOWHERE = Text("{name}:{line}: see: there is no term “{key}”", "{name}:{line}：see：没有术语“{key}”")
NOWHERE_NEAR = Text(
    "{name}:{line}: see: there is no term “{key}”; did you mean “{near}”?",
    "{name}:{line}：see：没有术语“{key}”；是否想写“{near}”？",
)
CYCLE = Text(
    "{name}:{line}: see: “{key}” leads back to itself ({path})", "{name}:{line}：see：“{key}”指回自身（{path}）"
)
EMPTY = Text("{name}:{line}: {key} is empty", "{name}:{line}：{key} 为空")
MISSING = Text("the glossary {name}: there is no such file", "术语表 {name}：文件不存在")


class GlossaryError(UserError):
    """A glossary that cannot be used; says the file, the line and the key."""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry as the file gives it."""

    term: str
    english: str | None = None
    chinese: str | None = None
    abbreviation: str | None = None
    forbidden: tuple[str, ...] = ()
    case: bool = False
    see: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """What may be written for the term: its name, English, Chinese and short form."""
        given = (self.term, self.english, self.chinese, self.abbreviation)
        return tuple(dict.fromkeys(name for name in given if name))

    @property
    def english_name(self) -> str | None:
        """The English name, be it given as such or as the term."""
        return self.english or (None if HAN.search(self.term) else self.term)

    @property
    def chinese_name(self) -> str | None:
        """The Chinese name, be it given as such or as the term."""
        return self.chinese or (self.term if HAN.search(self.term) else None)


class Glossary(NamedTuple):
    """The entries in order, and for each text that must not be written the entry that says what to write."""

    name: str
    entries: tuple[Entry, ...]
    forbidden: dict[str, Entry]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    terms: tuple[Entry, ...] = ()


def read_glossary(path: str) -> Glossary:
    """The glossary in a file of UTF-8 text. Raises GlossaryError for what is missing or wrong."""
    try:
        text = Path(path).read_text("utf-8-sig")
    except FileNotFoundError:
        raise GlossaryError(MISSING, name=path) from None
    except (OSError, UnicodeDecodeError) as error:
        raise GlossaryError(UNREADABLE, name=path, line=1, problem=str(error)) from None
    return parse_glossary(text, path)


def parse_glossary(text: str, name: str) -> Glossary:
    """The glossary that `text` holds; `name` is its file's, for messages. Raises GlossaryError for what is wrong."""
    import yaml

    try:
        data = yaml.safe_load(text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        problem = error.problem or "invalid"
        raise GlossaryError(UNREADABLE, name=name, line=mark.line + 1 if mark else 1, problem=problem) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise GlossaryError(UNREADABLE, name=name, line=1, problem=str(error)) from None
    lines = _entry_lines(node)
    _check_keys(data, name, lines)
    try:
        entries = msgspec.convert(data if data is not None else {}, _File).terms
    except (msgspec.ValidationError, RecursionError) as error:
        key, number, problem = _place(str(error))
        line = lines[number] if number is not None and number < len(lines) else 1
        raise GlossaryError(SHAPE, name=name, line=line, key=key, problem=problem) from None
    return _checked(name, entries, lines)


def _entry_lines(node: object) -> list[int]:
    """The line, from 1, of each entry under `terms`."""
    import yaml

    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if getattr(key, "value", None) == "terms" and isinstance(value, yaml.SequenceNode):
                return [item.start_mark.line + 1 for item in value.value]
    return []


def _check_keys(data: object, name: str, lines: list[int]) -> None:
    """Raises for a key that no entry can have: here the nearest right key is known."""
    if not isinstance(data, dict):
        return
    for key in data:
        if key != "terms":
            raise GlossaryError(UNKNOWN_KEY, name=name, line=1, key=key, keys="terms")
    entries = data.get("terms")
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        for key in entry if isinstance(entry, dict) else ():
            if key not in KEYS:
                line = lines[number] if number < len(lines) else 1
                near = nearest(str(key), KEYS)
                message = UNKNOWN_KEY_NEAR if near else UNKNOWN_KEY
                raise GlossaryError(message, name=name, line=line, key=key, near=near, keys=", ".join(KEYS))


def _place(message: str) -> tuple[str, int | None, str]:
    """msgspec's message as the key, the number of the entry and the problem."""
    problem, _, path = message.partition(" - at `")
    key = path.rstrip("`").removeprefix("$").lstrip(".") or "terms"
    number = re.match(r"terms\[(\d+)\]", key)
    return key, int(number.group(1)) if number else None, problem


def _checked(name: str, entries: tuple[Entry, ...], lines: list[int]) -> Glossary:
    by_term: dict[str, int] = {}
    for number, entry in enumerate(entries):
        line = lines[number]
        for key, value in (("term", entry.term), *(("forbidden", word) for word in entry.forbidden)):
            if not value.strip():
                raise GlossaryError(EMPTY, name=name, line=line, key=key)
        if entry.term in by_term:
            raise GlossaryError(TWICE, name=name, line=line, key=entry.term, first=lines[by_term[entry.term]])
        by_term[entry.term] = number
    targets = [_target(name, entries, lines, by_term, number) for number in range(len(entries))]
    allowed: dict[str, int] = {}
    for number, entry in enumerate(entries):
        if entry.see is None:
            for word in entry.names:
                allowed.setdefault(word, number)
    forbidden: dict[str, Entry] = {}
    for number, entry in enumerate(entries):
        for word in (*entry.forbidden, *((entry.term,) if entry.see is not None else ())):
            if word in allowed:
                first = lines[allowed[word]]
                raise GlossaryError(CONTRADICTION, name=name, line=lines[number], key=word, first=first)
            if word in forbidden and forbidden[word] is not entries[targets[number]]:
                raise GlossaryError(
                    TWICE, name=name, line=lines[number], key=word, first=lines[by_term[forbidden[word].term]]
                )
            forbidden[word] = entries[targets[number]]
    return Glossary(name, entries, forbidden)


def _target(name: str, entries: tuple[Entry, ...], lines: list[int], by_term: dict[str, int], number: int) -> int:
    """The entry that `see` leads to in the end."""
    path = [entries[number].term]
    current = number
    while (see := entries[current].see) is not None:
        if see not in by_term:
            near = nearest(see, by_term)
            raise GlossaryError(NOWHERE_NEAR if near else NOWHERE, name=name, line=lines[current], key=see, near=near)
        current = by_term[see]
        if see in path:
            way = " → ".join([*path, see])
            raise GlossaryError(CYCLE, name=name, line=lines[number], key=entries[number].term, path=way)
        path.append(see)
    return current
