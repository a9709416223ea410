"""Findings as SARIF 2.1.0 (OASIS), for code scanning and for viewers in editors.

The results come first, so that they can be written as they are found; the rules that they name follow. Rules are told
in the language asked for, and in the other one as a translation (SARIF 3.14.9).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes

import mdreview
from mdreview.diagnostic import Diagnostic, Fix, Language, Severity
from mdreview.fingerprint import digests
from mdreview.links import DOCUMENTATION, rule_url
from mdreview.render.look import Look
from mdreview.render.places import Places, Range, harmless, path_from
from mdreview.rule import Rule
from mdreview.rule_page import general_message, page
from mdreview.rules import RULES
from mdreview.runner import Checked
from mdreview.settings_schema import FAMILIES

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
FINGERPRINT = "mdreview/v1"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
PROBLEM_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
TAGS: Mapping[Language, str] = {"en": "en-US", "zh": "zh-CN"}
OTHER: Mapping[Language, Language] = {"en": "zh", "zh": "en"}
LONGEST_SNIPPET = 500
HEAD = {
    "columnKind": "unicodeCodePoints",
    "newlineSequences": ["\r\n", "\n", "\r"],
    "originalUriBaseIds": {ROOT: {"description": {"text": "The folder that the paths are told from."}}},
}


def render(results: Iterable[Checked], look: Look) -> Iterator[str]:
    """One SARIF log with one run, a line for each result."""
    language = look.language
    head = _json({"language": TAGS[language], **HEAD}).removesuffix("}")
    yield f'{{"$schema": {_json(SCHEMA)}, "version": "2.1.0", "runs": [\n{head}, "results": ['
    numbers: dict[str, int] = {}
    firsts: list[Diagnostic] = []
    problems: list[dict[str, Any]] = []
    before = "\n"
    for checked in results:
        problems += (
            {"level": "error", "message": {"text": harmless(problem.written(language))}} for problem in checked.problems
        )
        places = Places(checked)
        for diagnostic, digest in zip(checked.found, digests(checked.text, checked.found), strict=True):
            if diagnostic.code not in numbers:
                numbers[diagnostic.code] = len(firsts)
                firsts.append(diagnostic)
            result = {"ruleId": diagnostic.code, "ruleIndex": numbers[diagnostic.code]}
            yield before + _json(result | _result(diagnostic, checked, places, look, digest))
            before = ",\n"
    invocation: dict[str, Any] = {"executionSuccessful": not problems}
    if problems:
        invocation["toolExecutionNotifications"] = problems
    rest = {"tool": _tool(firsts, language), "invocations": [invocation]}
    if translations := _translations(firsts, OTHER[language]):
        rest["translations"] = translations
    yield f"\n], {_json(rest).removeprefix('{')}\n]}}\n"


def _result(diagnostic: Diagnostic, checked: Checked, places: Places, look: Look, digest: str) -> dict[str, Any]:
    file = _file(checked.file, look.root)
    region = _region(places.range(diagnostic.span))
    marked = checked.text[slice(*diagnostic.span)]
    if 0 < len(marked) <= LONGEST_SNIPPET:
        region["snippet"] = {"text": marked}
    result: dict[str, Any] = {
        "level": LEVELS[diagnostic.severity],
        "message": {"text": diagnostic.written(look.language)},
        "locations": [{"physicalLocation": {"artifactLocation": file, "region": region}}],
        "partialFingerprints": {FINGERPRINT: digest},
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": {
                    "artifactLocation": file if related.file is None else _file(related.file, look.root),
                    "region": _region(places.range(related.span, related.file)),
                },
                "message": {"text": related.message.written(look.language, related.arguments)},
            }
            for number, related in enumerate(diagnostic.related, 1)
        ]
    if diagnostic.fix is not None:
        result["fixes"] = [_fix(diagnostic.fix, file, places, look.language)]
    return result


def _fix(fix: Fix, file: dict[str, str], places: Places, language: Language) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(places.range(edit.span)), "insertedContent": {"text": edit.text}}
        for edit in fix.edits
    ]
    return {
        "description": {"text": fix.title.written(language, fix.arguments)},
        "artifactChanges": [{"artifactLocation": file, "replacements": replacements}],
        "properties": {"safety": fix.safety.name.lower()},
    }


def _region(place: Range) -> dict[str, Any]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _file(file: str, root: str) -> dict[str, str]:
    path = path_from(root, file)
    if Path(path).is_absolute():
        return {"uri": Path(path).as_uri()}
    # a colon in the first part of a relative reference would read as a scheme (RFC 3986, 4.2)
    return {"uri": quote_from_bytes(os.fsencode(path), safe="/"), "uriBaseId": ROOT}


def _tool(firsts: Iterable[Diagnostic], language: Language) -> dict[str, Any]:
    return {
        "driver": {
            "name": "mdreview",
            "version": mdreview.__version__,
            "semanticVersion": mdreview.__version__,
            "informationUri": DOCUMENTATION,
            "language": TAGS[language],
            "rules": [_rule(diagnostic, language) for diagnostic in firsts],
        }
    }


def _translations(firsts: Iterable[Diagnostic], language: Language) -> list[dict[str, Any]]:
    """The texts of the same rules in another language."""
    known = {rule.code: rule for rule in RULES}
    rules = [{"id": first.code, **_texts(known[first.code], language)} for first in firsts if first.code in known]
    if not rules:
        return []
    return [
        {
            "name": "mdreview",
            "language": TAGS[language],
            "contents": ["localizedData"],
            "translationMetadata": {"name": f"mdreview {TAGS[language]}"},
            "associatedComponent": {"name": "mdreview"},
            "rules": rules,
        }
    ]


def _rule(diagnostic: Diagnostic, language: Language) -> dict[str, Any]:
    rule = next((rule for rule in RULES if rule.code == diagnostic.code), None)
    if rule is None:
        # the program's own failure is no rule
        return {"id": diagnostic.code, "name": diagnostic.name}
    return {
        "id": rule.code,
        "name": rule.name,
        **_texts(rule, language),
        "helpUri": rule_url(rule.code, rule.name, language),
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "tags": [FAMILIES[rule.family].en],
            "problem.severity": PROBLEM_SEVERITIES[rule.severity],
        },
    }


@cache
def _texts(rule: Rule, language: Language) -> dict[str, Any]:
    why, silent = rule.why.written(language), rule.silent.written(language)
    return {
        "shortDescription": {"text": general_message(rule, language)},
        "fullDescription": {"text": why},
        "help": {"text": f"{why}\n\n{silent}", "markdown": page(rule, language)},
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
