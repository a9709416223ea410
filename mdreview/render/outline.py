"""The section tree of a document with its faults, for people and for programs."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from typing import TypedDict

from mdreview.diagnostic import Diagnostic, Language
from mdreview.facts.numbering import write
from mdreview.facts.sections import Section, SectionTree, section_tree
from mdreview.markdown import Document

FAMILY = "SEC"
SIGN = "✗"


class Fault(TypedDict):
    """What the JSON says of one fault of a section; places count from 1, columns in code points."""

    code: str
    name: str
    severity: str
    message: str
    line: int
    column: int


class Node(TypedDict):
    """What the JSON says of one section; `number` is as written, null without one."""

    level: int
    number: str | None
    title: str
    line: int
    faults: list[Fault]
    sections: list[Node]


def text_outline(document: Document, diagnostics: Iterable[Diagnostic], language: Language) -> str:
    """The numbered section tree, one line a section, its faults under it; empty for a text without headings.

    Of the diagnostics, those of the SEC family are shown; each stands under the section that holds its place.
    """
    tree = document.fact(section_tree)
    faults = _by_section(tree, diagnostics)
    lines = [_fault_line(document, diagnostic, language, 0) for diagnostic in faults[-1]]
    width = max((len(str(document.source.line_at(section.span.start) + 1)) for section in tree), default=1)
    depths = _depths(tree)
    for section in tree:
        line = document.source.line_at(section.span.start) + 1
        number = write(section.number) if section.number else ""
        if number and not number.endswith(("、", "）")):
            number += " "
        lines.append(f"{line:>{width}}  {'  ' * depths[section.index]}{number}{section.title}".rstrip())
        indent = width + 2 + 2 * depths[section.index]
        lines += [_fault_line(document, diagnostic, language, indent) for diagnostic in faults[section.index]]
    return "".join(f"{line}\n" for line in lines)


def json_outline(document: Document, diagnostics: Iterable[Diagnostic], language: Language) -> str:
    """The section tree as a JSON array of its top sections, each with `faults` and `sections`."""
    return json.dumps(outline_nodes(document, diagnostics, language), ensure_ascii=False, indent=2) + "\n"


def outline_nodes(document: Document, diagnostics: Iterable[Diagnostic], language: Language) -> list[Node]:
    """The section tree as plain values, for whoever writes it in another form."""
    tree = document.fact(section_tree)
    faults = _by_section(tree, diagnostics)
    nodes: list[Node] = []
    for section in tree:
        found = faults[section.index] if section.index else [*faults[-1], *faults[0]]
        nodes.append(
            {
                "level": section.level,
                "number": write(section.number) if section.number else None,
                "title": section.title,
                "line": document.source.line_at(section.span.start) + 1,
                "faults": [_fault(document, diagnostic, language) for diagnostic in found],
                "sections": [],
            }
        )
    top: list[Node] = []
    for section in tree:
        siblings = nodes[section.parent]["sections"] if section.parent >= 0 else top
        siblings.append(nodes[section.index])
    return top


def _by_section(tree: SectionTree, diagnostics: Iterable[Diagnostic]) -> dict[int, list[Diagnostic]]:
    """The faults of each section by its index; -1 holds those that stand before the first heading."""
    starts = [section.span.start for section in tree]
    found: dict[int, list[Diagnostic]] = defaultdict(list)
    for diagnostic in sorted(diagnostics, key=lambda diagnostic: diagnostic.order):
        if diagnostic.code.startswith(FAMILY):
            found[bisect_right(starts, diagnostic.span.start) - 1].append(diagnostic)
    return found


def _depths(tree: SectionTree) -> list[int]:
    depths: list[int] = []
    for section in tree:
        depths.append(_depth(section, depths))
    return depths


def _depth(section: Section, depths: list[int]) -> int:
    return depths[section.parent] + 1 if section.parent >= 0 else 0


def _fault_line(document: Document, diagnostic: Diagnostic, language: Language, indent: int) -> str:
    line = document.source.line_at(diagnostic.span.start) + 1
    return f"{' ' * indent}{SIGN} {line}: {diagnostic.code} {diagnostic.written(language)}"


def _fault(document: Document, diagnostic: Diagnostic, language: Language) -> Fault:
    place = document.source.place(diagnostic.span.start)
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.name.lower(),
        "message": diagnostic.written(language),
        "line": place.line + 1,
        "column": place.column + 1,
    }
