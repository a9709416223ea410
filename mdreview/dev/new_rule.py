"""Adds a rule to a checkout: a file that works from the start, its place in the list of rules, and its cases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

CODE = re.compile(r'^    code = "([A-Z]+)(\d{3})"$', re.M)
CLASS = re.compile(r"^class (\w+)\((?:Block|Document)Rule\):$", re.M)
IMPORT = re.compile(r"^from mdreview\.rules\.(\w+\.\w+) import \w+$", re.M)
ENTRY = re.compile(r"^    (\w+)(?:\(\))?,$", re.M)
NAMED = re.compile(r"^(\w+) = (\w+)\(\)$", re.M)
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
RULE = '''"""{code}: one sentence that says what the fault is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Text
from mdreview.markdown import {sees}
from mdreview.rule import {sees}Rule
from mdreview.source import Span

FAULT = re.compile(r"the fault")


class {name_of_class}({sees}Rule):
    code = "{code}"
    name = "{name}"
    message = Text("“{{found}}” is a fault", "“{{found}}”有误")
    why = Text("Why a reader or an editor minds.", "读者或编辑为何在意。")
    silent = Text("Where it looks like a fault and is none.", "看似有误而实际无误的情形。")
    bad = ("Here is ⟦the fault⟧.\\n", "此处有 ⟦the fault⟧。\\n")
    good = ("Here is none.\\n", "`the fault` in code is none.\\n")

{check}
'''
BLOCK_CHECK = """    def check(self, block: Block, context: Context) -> Iterator[Diagnostic]:
        for match in FAULT.finditer(block.prose):
            yield self.found(Span(*match.span()), found=match.group())"""
DOCUMENT_CHECK = """    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        for start, block in document:
            for match in FAULT.finditer(block.prose):
                yield self.found(Span(*match.span()).shifted(start), found=match.group())"""
CASES = """# {code} {name}

## Found in a list

~~~~md
- one
- ⟦the fault⟧
~~~~

## Silent in a comment

~~~~md
<!-- the fault -->
~~~~
"""


class CannotAdd(Exception):
    """The rule cannot be added; the text says why."""


@dataclass(frozen=True)
class Added:
    """A rule that was added: its code and the files that were written."""

    code: str
    rule: Path
    listing: Path
    cases: Path

    @property
    def files(self) -> tuple[Path, ...]:
        return (self.rule, self.listing, self.cases)


@dataclass(frozen=True)
class _Known:
    """A rule that there is: the letters and number of its code, its class and its file."""

    family: str
    number: int
    class_name: str
    path: Path


def add_rule(root: Path, family: str, name: str, *, document: bool = False) -> Added:
    """Adds the rule `name` with the next free code of `family` to the checkout at `root`. Raises CannotAdd."""
    known = _known_rules(root)
    relatives = [rule for rule in known if rule.family == family]
    if not relatives:
        families = ", ".join(dict.fromkeys(rule.family for rule in known))
        raise CannotAdd(f"there is no family {family}; there are: {families}")
    if not NAME.fullmatch(name):
        raise CannotAdd(f"{name}: a name is the fault in lower case with hyphens, such as undefined-footnote")
    file_name = name.replace("-", "_") + ".py"
    if any(rule.path.name == file_name for rule in known):
        raise CannotAdd(f"there is a rule {name} already")
    code = f"{family}{max(rule.number for rule in relatives) + 1:03}"
    name_of_class = "".join(part.capitalize() for part in name.split("-"))
    path = relatives[0].path.parent / file_name
    sees, check = ("Document", DOCUMENT_CHECK) if document else ("Block", BLOCK_CHECK)
    text = RULE.format(code=code, name=name, name_of_class=name_of_class, sees=sees, check=check)
    listing = root / "mdreview" / "rules" / "__init__.py"
    listed = _listed(listing.read_text("utf-8"), known, path, name_of_class, family)
    cases = root / "tests" / "rules" / f"{code}.md"
    path.write_text(text, "utf-8")
    listing.write_text(listed, "utf-8")
    cases.write_text(CASES.format(code=code, name=name), "utf-8")
    return Added(code, path, listing, cases)


def _known_rules(root: Path) -> list[_Known]:
    rules = []
    for path in sorted((root / "mdreview" / "rules").glob("*/*.py")):
        text = path.read_text("utf-8")
        code, name_of_class = CODE.search(text), CLASS.search(text)
        if code and name_of_class:
            rules.append(_Known(code[1], int(code[2]), name_of_class[1], path))
    return rules


def _listed(listing: str, known: list[_Known], path: Path, name_of_class: str, family: str) -> str:
    """The list of rules with one import and one entry more, each in its place."""
    module = f"{path.parent.name}.{path.stem}"
    line = f"from mdreview.rules.{module} import {name_of_class}\n"
    before = [match.end() + 1 for match in IMPORT.finditer(listing) if match[1] < module]
    first = IMPORT.search(listing)
    if first is None:
        raise CannotAdd("mdreview/rules/__init__.py imports no rule")
    place = before[-1] if before else first.start()
    listing = listing[:place] + line + listing[place:]
    family_of = {rule.class_name: rule.family for rule in known}
    family_of |= {match[1]: family_of[match[2]] for match in NAMED.finditer(listing) if match[2] in family_of}
    relatives = [entry for entry in ENTRY.finditer(listing) if family_of.get(entry[1]) == family]
    if not relatives:
        raise CannotAdd(f"mdreview/rules/__init__.py lists no rule of {family}")
    place = relatives[-1].end() + 1
    return listing[:place] + f"    {name_of_class}(),\n" + listing[place:]
