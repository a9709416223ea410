"""Bibliographies: .bib, CSL-JSON and CSL-YAML files, read for the keys and works that a text may cite."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from mdreview.diagnostic import Text
from mdreview.facts.front_matter import front_matter
from mdreview.markdown import Document
from mdreview.patterns import regex


class Entry(NamedTuple):
    """One work; `line` counts from 1 and is 0 where it is not known."""

    key: str
    title: str
    authors: tuple[str, ...]
    year: str
    doi: str
    file: str
    line: int


class Problem(NamedTuple):
    """Why a file could not be read; `line` counts from 1 and is 0 where the whole file is meant."""

    file: str
    line: int
    message: Text


class Bibliography(NamedTuple):
    """The works of one or several files under their keys, and what could not be read.

    `complete` is False if a file has a form that is not read here, so that a key may stand in it unseen.
    """

    entries: Mapping[str, Entry] = MappingProxyType({})
    problems: tuple[Problem, ...] = ()
    complete: bool = True


MISSING = Text("there is no such file", "文件不存在")
UNREADABLE = Text("the file cannot be opened", "文件无法打开")
NO_TEXT = Text("the file is not text in a known encoding", "文件不是已知编码的文本")
NO_ENTRIES = Text("this is no BibTeX: no entry was found", "不是 BibTeX 文件：没有找到任何条目")
BROKEN_ENTRY = Text("the entry is broken: a brace or quote is not closed", "条目有误：花括号或引号未闭合")
BROKEN_JSON = Text("this is no valid JSON", "JSON 格式有误")
BROKEN_YAML = Text("this is no valid YAML", "YAML 格式有误")
NO_LIST = Text("this is no list of CSL works", "内容不是 CSL 条目列表")
JSON_ID = regex(r'"id"\s*:\s*(?:"((?:[^"\\]|\\.)*)"|(-?\d+))')
YAML_ID = regex(r"^[ \t]*(?:-[ \t]+)?id[ \t]*:[ \t]*[\"']?([^\n\"'#]*)", re.M)
YEAR = regex(r"\d{4}")
BRACES = str.maketrans("", "", "{}")


def bibliography_files(document: Document) -> tuple[str, ...]:
    """The paths that the document's front matter names, as they stand there: relative to the document."""
    return tuple(named.path for named in document.fact(front_matter).bibliographies)


def read_bibliography(paths: Iterable[Path | str]) -> Bibliography:
    """Reads all files into one bibliography; what is wrong with them is among its problems, and nothing is raised.

    Of several entries with one key the first counts.
    """
    read = [_read(Path(path), str(path)) for path in paths]
    entries: dict[str, Entry] = {}
    for one in read:
        for key, entry in one.entries.items():
            entries.setdefault(key, entry)
    problems = tuple(problem for one in read for problem in one.problems)
    return Bibliography(MappingProxyType(entries), problems, all(one.complete for one in read))


def _read(path: Path, name: str) -> Bibliography:
    from mdreview.encoding import DecodingError, decode

    reader = READERS.get(path.suffix.lower())
    if reader is None:
        return _failed(name, 0, MISSING) if not path.exists() else Bibliography(complete=False)
    try:
        return reader(decode(path.read_bytes(), name).text, name)
    except FileNotFoundError:
        return _failed(name, 0, MISSING)
    except DecodingError:
        return _failed(name, 0, NO_TEXT)
    except OSError:
        return _failed(name, 0, UNREADABLE)


def _failed(name: str, line: int, message: Text) -> Bibliography:
    return Bibliography(problems=(Problem(name, line, message),))


def parse_bibtex(text: str, name: str) -> Bibliography:
    """Reads BibTeX; entries that can be read are kept beside the problem that names the first broken one."""
    # imported here: only documents with a .bib need it
    import logging

    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock
    from bibtexparser.model import Entry as Block

    # it logs what it also returns
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
    try:
        library = parse_string(text)
    except Exception:  # a file that no parser of ours can read is a finding, not a failure
        return _failed(name, 0, NO_ENTRIES)
    entries: dict[str, Entry] = {}
    blocks = list(library.entries)
    broken = []
    for failed in library.failed_blocks:
        if isinstance(failed, (DuplicateBlockKeyBlock, DuplicateFieldKeyBlock)):
            inner = failed.ignore_error_block
            blocks += [inner] if isinstance(inner, Block) else []
        else:
            broken.append((failed.start_line or 0) + 1)
    for block in blocks:
        fields = {item.key.lower(): str(item.value) for item in block.fields}
        entry = _bibtex_entry(block.key.strip(), fields, name, (block.start_line or 0) + 1)
        for key in (entry.key, *(alias.strip() for alias in fields.get("ids", "").split(","))):
            if key:
                entries.setdefault(key, entry)
    if broken:
        return Bibliography(MappingProxyType(entries), (Problem(name, min(broken), BROKEN_ENTRY),))
    if not entries and text.strip() and not _only_comments(text):
        return _failed(name, 1, NO_ENTRIES)
    return Bibliography(MappingProxyType(entries))


def _only_comments(text: str) -> bool:
    return all(line.lstrip().startswith(("%", "@")) for line in text.split("\n") if line.strip())


def _bibtex_entry(key: str, fields: dict[str, str], name: str, line: int) -> Entry:
    authors = fields.get("author") or fields.get("editor") or ""
    year = YEAR.search(fields.get("year") or fields.get("date") or "")
    return Entry(
        key,
        " ".join(fields.get("title", "").translate(BRACES).split()),
        tuple(author.strip() for author in re.split(r"\s+and\s+", authors.translate(BRACES)) if author.strip()),
        year.group() if year else "",
        fields.get("doi", ""),
        name,
        line,
    )


def parse_csl_json(text: str, name: str) -> Bibliography:
    """Reads CSL-JSON: a list of works, or an object that holds one under `references` or `items`."""
    import json

    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        return _failed(name, error.lineno, BROKEN_JSON)
    except RecursionError:
        return _failed(name, 0, BROKEN_JSON)
    found = ((match, match.group(1) or match.group(2)) for match in JSON_ID.finditer(text))
    return _csl(data, name, _lines(text, found))


def parse_csl_yaml(text: str, name: str) -> Bibliography:
    """Reads CSL-YAML: a list of works, alone or under `references`."""
    import yaml

    try:
        documents = [document for document in yaml.safe_load_all(text) if document is not None]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return _failed(name, mark.line + 1 if mark else 0, BROKEN_YAML)
    except (yaml.YAMLError, ValueError, RecursionError):
        return _failed(name, 0, BROKEN_YAML)
    found = ((match, match.group(1).strip()) for match in YAML_ID.finditer(text))
    return _csl(documents[0] if documents else [], name, _lines(text, found))


def _lines(text: str, found: Iterable[tuple[re.Match[str], str]]) -> dict[str, int]:
    """The line of each key, from 1."""
    lines: dict[str, int] = {}
    line, position = 1, 0
    for match, key in found:
        start = match.end() - len(key)
        line += text.count("\n", position, start)
        position = start
        lines.setdefault(key, line)
    return lines


def _csl(data: Any, name: str, lines: dict[str, int]) -> Bibliography:
    if isinstance(data, dict):
        data = data.get("references", data.get("items"))
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        return _failed(name, 1, NO_LIST)
    entries: dict[str, Entry] = {}
    for item in data:
        if "id" in item:
            key = str(item["id"])
            entries.setdefault(key, _csl_entry(key, item, name, lines.get(key, 0)))
    return Bibliography(MappingProxyType(entries))


def _csl_entry(key: str, item: dict[str, Any], name: str, line: int) -> Entry:
    people = item.get("author") or item.get("editor") or []
    authors = []
    for person in people if isinstance(people, list) else []:
        if isinstance(person, dict):
            parts = [person.get("family") or person.get("literal") or "", person.get("given") or ""]
            authors.append(", ".join(str(part) for part in parts if part))
    year = YEAR.search(str(item.get("issued", "")))
    return Entry(
        key,
        str(item.get("title", "")),
        tuple(authors),
        year.group() if year else "",
        str(item.get("DOI", "")),
        name,
        line,
    )


READERS = {
    ".bib": parse_bibtex,
    ".bibtex": parse_bibtex,
    ".biblatex": parse_bibtex,
    ".json": parse_csl_json,
    ".yaml": parse_csl_yaml,
    ".yml": parse_csl_yaml,
}
