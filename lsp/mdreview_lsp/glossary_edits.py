"""A term put into the glossary, and the glossary named in the settings, by small edits that leave all else as it is.

PyYAML tells where in a file each value stands; what is between the values, comments above all, is not touched.
"""

from __future__ import annotations

import json
import re

import msgspec
import yaml

from mdreview.errors import UserError
from mdreview.glossary import Entry, parse_glossary
from mdreview.source import Span
from mdreview_lsp.settings_edits import TOML_TABLE, after_line, line_end, settings_in

NAME = "glossary.yaml"
TOML_TERMS = re.compile(r"^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*mdreview[ \t]*\.[ \t]*terms[ \t]*\][^\n]*(?:\n|\Z)", re.M)
BLANK = re.compile(r"[ \t]*(?:#[^\n]*)?")
_Edit = tuple[Span, str]


def adding(text: str, entry: dict[str, str]) -> _Edit | None:
    """The edit of a glossary's text that adds an entry.

    None where the glossary is broken, has the term already or forbids it, or is written in a way that is beyond this.
    """
    end = line_end(text)
    value = _value(text, "terms")
    if isinstance(value, yaml.SequenceNode) and value.value:
        edit = _to_list(text, value, entry, end)
    elif value is None:
        edit = after_line(text, len(text), f"terms:{end}{_block(entry, '  ', end)}")
    else:
        edit = Span(value.start_mark.index, value.end_mark.index), f"{end}{_block(entry, '  ', end).removesuffix(end)}"
    empty = isinstance(value, yaml.ScalarNode) and not value.value
    before, after = () if empty else _entries(text), _entries(_applied(text, edit))
    return edit if before is not None and after == (*before, msgspec.convert(entry, Entry)) else None


def naming(text: str, suffix: str) -> _Edit | None:
    """The edit of a settings file's text that names the glossary beside it; None where that is beyond a small edit."""
    edit = _in_toml(text) if suffix == ".toml" else _in_yaml(text)
    before, after = settings_in(text, suffix), settings_in(_applied(text, edit), suffix)
    if before is None or after is None:
        return None
    wanted = {**before, "terms": {**(before.get("terms") or {}), "glossary": NAME}}
    return edit if after == wanted else None


def _applied(text: str, edit: _Edit) -> str:
    (start, end), written = edit
    return text[:start] + written + text[end:]


def _value(text: str, key: str) -> yaml.Node | None:
    """What stands under a key at the top of a YAML text; None without the key or for a text that is no YAML."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    pairs = root.value if isinstance(root, yaml.MappingNode) else ()
    return next((value for name, value in pairs if getattr(name, "value", None) == key), None)


def _to_list(text: str, value: yaml.SequenceNode, entry: dict[str, str], end: str) -> _Edit:
    last = _last(value)
    if value.flow_style:
        at = value.value[-1].end_mark.index
        return Span(at, at), f", {json.dumps(dict(entry), ensure_ascii=False)}"
    blank = BLANK.match(text, last.end_mark.index)
    at = blank.end() if blank else last.end_mark.index
    indent = " " * value.start_mark.column
    return Span(at, at), f"{end}{_block(entry, indent, end).removesuffix(end)}"


def _last(node: yaml.Node) -> yaml.Node:
    """The last value in a node that is written on its own; the ends of what is around it may lie further on."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        node = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
    return node


def _block(entry: dict[str, str], indent: str, end: str) -> str:
    """The entry as an item of a list, ended by a line end."""
    lines = yaml.safe_dump(dict(entry), allow_unicode=True, sort_keys=False, width=1000).splitlines()
    return "".join(f"{indent}{'- ' if number == 0 else '  '}{line}{end}" for number, line in enumerate(lines))


def _entries(text: str) -> tuple[Entry, ...] | None:
    try:
        return parse_glossary(text, "").entries
    except UserError:
        return None


def _in_yaml(text: str) -> _Edit:
    end = line_end(text)
    value = _value(text, "terms")
    if isinstance(value, yaml.MappingNode) and value.value:
        at = value.value[0][0].start_mark.index
        after = ", " if value.flow_style else f"{end}{' ' * value.value[0][0].start_mark.column}"
        return Span(at, at), f"glossary: {NAME}{after}"
    if value is not None:
        return Span(value.start_mark.index, value.end_mark.index), f"{end}  glossary: {NAME}"
    return after_line(text, len(text), f"terms:{end}  glossary: {NAME}{end}")


def _in_toml(text: str) -> _Edit:
    end = line_end(text)
    key = "glossary"
    table = TOML_TERMS.search(text)
    if table is None:
        key, table = "terms.glossary", TOML_TABLE.search(text)
    if table is None:
        return after_line(text, len(text), f'{end}[tool.mdreview]{end}terms.glossary = "{NAME}"{end}')
    return after_line(text, table.end(), f'{key} = "{NAME}"{end}')
