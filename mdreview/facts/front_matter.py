"""What the front matter says that other facts need: bibliographies, works given in place, title and keywords."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from mdreview.markdown import Block, Document, Kind
from mdreview.patterns import regex
from mdreview.source import Span


class NamedFile(NamedTuple):
    """A path as the front matter gives it, and the line that gives it."""

    path: str
    line: Span


class FrontMatter(NamedTuple):
    """What is said of the works cited; `works` are the keys of those that stand in the front matter itself."""

    bibliographies: tuple[NamedFile, ...] = ()
    works: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    cites_all: bool = False


class Subject(NamedTuple):
    """What the text is said to be about."""

    title: str = ""
    keywords: tuple[str, ...] = ()


# of each of the two: without any, the front matter need not be read, which takes a parser of YAML or TOML
CITING = regex(r"^[ \t]*[\"']?(?:bibliography|references|nocite)\b", re.M)
NAMING = regex(r"^[ \t]*[\"']?(?:title|keywords?)\b", re.M)
KEY = regex(r"@([\w:.#$%&+?<>~/-]*[\w/])")
COMPUTED = regex(r"[`{}$\n]")


def read(block: Block) -> FrontMatter:
    """What a front matter block says of the works cited; nothing if it cannot be read."""
    if block.kind is not Kind.FRONT_MATTER or not CITING.search(block.text):
        return FrontMatter()
    data = _data(block.text)
    nocite = " ".join(_strings(data.get("nocite")))
    return FrontMatter(
        bibliographies=tuple(_files(block.text, _strings(data.get("bibliography")))),
        works=tuple(_works(data.get("references"))),
        cited=tuple(KEY.findall(nocite)),
        cites_all="@*" in nocite,
    )


def read_subject(block: Block) -> Subject:
    """The title and the keywords that a front matter block gives; none if it cannot be read."""
    if block.kind is not Kind.FRONT_MATTER or not NAMING.search(block.text):
        return Subject()
    data = _data(block.text)
    return Subject(
        title=" ".join(_strings(data.get("title"))),
        keywords=tuple(_strings(data.get("keywords")) or _strings(data.get("keyword"))),
    )


def front_matter(document: Document) -> FrontMatter:
    """What the document's front matter says of works. Ask through `document.fact(front_matter)`."""
    block = _block(document)
    return FrontMatter() if block is None else block.fact(read)


def stated_subject(document: Document) -> Subject:
    """What the document is about, by its front matter. Ask through `document.fact(stated_subject)`."""
    block = _block(document)
    return Subject() if block is None else block.fact(read_subject)


def _block(document: Document) -> Block | None:
    return next((block for block in document.blocks[:2] if block.kind is Kind.FRONT_MATTER), None)


def _data(text: str) -> dict[str, Any]:
    # the parsers are imported here: most documents have no front matter that needs reading
    lines = text.split("\n")
    inner = "\n".join(lines[1:-1])
    try:
        if lines[0].startswith("+"):
            import tomllib

            data: object = tomllib.loads(inner)
        else:
            import yaml

            data = yaml.safe_load(inner)
    except Exception:  # whatever is wrong with it, the text can still be read
        return {}
    return data if isinstance(data, dict) else {}


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, (list, tuple)):
        return [item for item in value if isinstance(item, str)]
    return []


def _works(value: object) -> list[str]:
    if not isinstance(value, list):
        return []
    return [str(item["id"]) for item in value if isinstance(item, dict) and "id" in item]


def _files(text: str, paths: list[str]) -> list[NamedFile]:
    found = []
    at = max(text.find("bibliography"), 0)
    for path in paths:
        if not path.strip() or COMPUTED.search(path):
            continue
        start = text.find(path, at)
        begin = text.rfind("\n", 0, start if start >= 0 else at) + 1
        end = text.find("\n", max(start, at))
        line = text[begin : end if end >= 0 else len(text)]
        begin += len(line) - len(line.lstrip())
        found.append(NamedFile(path.strip(), Span(begin, begin + len(line.strip()))))
    return found
