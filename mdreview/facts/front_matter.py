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
    """The entries that are read; `works` are the keys of works that stand in the front matter itself."""

    title: str = ""
    keywords: tuple[str, ...] = ()
    bibliographies: tuple[NamedFile, ...] = ()
    works: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    cites_all: bool = False


WANTED = regex(r"^[ \t]*[\"']?(?:title|keywords?|bibliography|references|nocite)\b", re.M)
KEY = regex(r"@([\w:.#$%&+?<>~/-]*[\w/])")
COMPUTED = regex(r"[`{}$\n]")


def read(block: Block) -> FrontMatter:
    """What a front matter block says; nothing if it cannot be read."""
    if block.kind is not Kind.FRONT_MATTER or not WANTED.search(block.text):
        return FrontMatter()
    data = _data(block.text)
    nocite = " ".join(_strings(data.get("nocite")))
    return FrontMatter(
        title=" ".join(_strings(data.get("title"))),
        keywords=tuple(_strings(data.get("keywords")) or _strings(data.get("keyword"))),
        bibliographies=tuple(_files(block.text, _strings(data.get("bibliography")))),
        works=tuple(_works(data.get("references"))),
        cited=tuple(KEY.findall(nocite)),
        cites_all="@*" in nocite,
    )


def front_matter(document: Document) -> FrontMatter:
    """What the document's front matter says. Ask through `document.fact(front_matter)`."""
    for block in document.blocks[:2]:
        if block.kind is Kind.FRONT_MATTER:
            return block.fact(read)
    return FrontMatter()


def _data(text: str) -> dict[str, Any]:
    # imported here: most documents have no front matter that needs reading
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
