"""Readers of the formats in which findings are written: each takes what its specification allows and nothing else.

SARIF 2.1.0 (OASIS, with errata 01), what of it is used: https://docs.oasis-open.org/sarif/sarif/v2.1.0/
Reviewdog Diagnostic Format: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
GitLab Code Quality: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
Workflow commands of GitHub Actions: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, NamedTuple
from xml.etree import ElementTree

import msgspec

FromOne = Annotated[int, msgspec.Meta(ge=1)]
Language = Annotated[str, msgspec.Meta(pattern=r"^[a-zA-Z]{2}(-[a-zA-Z]{2})?$")]
# RFC 3986: only these characters stand for themselves
Uri = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+$")]
Hexadecimal = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}$")]
Level = Literal["none", "note", "warning", "error"]


class Sarif(msgspec.Struct, forbid_unknown_fields=True, rename="camel", omit_defaults=True):
    """Everything in SARIF is closed: a property that the schema does not know is a fault."""


class Message(Sarif):
    text: str


class Help(Sarif):
    text: str
    markdown: str


class ArtifactLocation(Sarif):
    uri: Uri
    uri_base_id: Literal["%SRCROOT%"] | None = None


class Region(Sarif):
    start_line: FromOne
    start_column: FromOne
    end_line: FromOne
    end_column: FromOne
    snippet: Message | None = None


class PhysicalLocation(Sarif):
    artifact_location: ArtifactLocation
    region: Region


class Location(Sarif):
    physical_location: PhysicalLocation
    id: FromOne | None = None
    message: Message | None = None


class Replacement(Sarif):
    deleted_region: Region
    inserted_content: Message


class ArtifactChange(Sarif):
    artifact_location: ArtifactLocation
    replacements: Annotated[list[Replacement], msgspec.Meta(min_length=1)]


class Fix(Sarif):
    description: Message
    artifact_changes: Annotated[list[ArtifactChange], msgspec.Meta(min_length=1)]
    properties: dict[str, Any] = {}


class Result(Sarif):
    rule_id: str
    rule_index: Annotated[int, msgspec.Meta(ge=0)]
    level: Level
    message: Message
    locations: Annotated[list[Location], msgspec.Meta(min_length=1, max_length=1)]
    partial_fingerprints: dict[str, str]
    related_locations: list[Location] = []
    fixes: list[Fix] = []


class Configuration(Sarif):
    level: Level


class ReportingDescriptor(Sarif):
    id: str
    name: str | None = None
    short_description: Message | None = None
    full_description: Message | None = None
    help: Help | None = None
    help_uri: Uri | None = None
    default_configuration: Configuration | None = None
    properties: dict[str, Any] = {}


class ComponentReference(Sarif):
    name: str


class ToolComponent(Sarif):
    name: str
    language: Language
    rules: list[ReportingDescriptor]
    version: str | None = None
    semantic_version: str | None = None
    information_uri: Uri | None = None
    contents: list[Literal["localizedData", "nonLocalizedData"]] = []
    translation_metadata: ComponentReference | None = None
    associated_component: ComponentReference | None = None


class Tool(Sarif):
    driver: ToolComponent


class Notification(Sarif):
    level: Level
    message: Message


class Invocation(Sarif):
    execution_successful: bool
    tool_execution_notifications: list[Notification] = []


class RunOfTool(Sarif):
    tool: Tool
    results: list[Result]
    language: Language
    column_kind: Literal["unicodeCodePoints", "utf16CodeUnits"]
    newline_sequences: list[str]
    original_uri_base_ids: dict[str, dict[str, Message]]
    invocations: list[Invocation]
    translations: list[ToolComponent] = []


class SarifLog(Sarif):
    version: Literal["2.1.0"]
    runs: Annotated[list[RunOfTool], msgspec.Meta(min_length=1, max_length=1)]
    schema: Annotated[str, msgspec.Meta(pattern="^https://.*sarif-schema-2.1.0.json$")] = msgspec.field(name="$schema")


def sarif(text: str) -> RunOfTool:
    """The run of a SARIF log, whose results name rules that are there. Raises ValueError."""
    [run] = msgspec.json.decode(text, type=SarifLog).runs
    rules = run.tool.driver.rules
    if any(rules[result.rule_index].id != result.rule_id for result in run.results):
        raise ValueError("a result names another rule than its index")
    if len({rule.id for rule in rules}) < len(rules):
        raise ValueError("a rule stands twice")
    return run


class Closed(msgspec.Struct, forbid_unknown_fields=True):
    """What is read knows these fields only."""


class Position(Closed):
    line: FromOne
    column: FromOne


class Range(Closed):
    start: Position
    end: Position


class RdLocation(Closed):
    path: str
    range: Range


class Code(Closed):
    value: str
    url: Uri


class Source(Closed):
    name: str
    url: Uri


class Suggestion(Closed):
    range: Range
    text: str


class RdDiagnostic(Closed):
    message: str
    location: RdLocation
    severity: Literal["ERROR", "WARNING", "INFO"]
    code: Code
    suggestions: list[Suggestion] = []


class DiagnosticResult(Closed):
    source: Source
    diagnostics: list[RdDiagnostic]


def rdjson(text: str) -> DiagnosticResult:
    """What reviewdog reads with `-f=rdjson`. Raises ValueError."""
    return msgspec.json.decode(text, type=DiagnosticResult)


class Lines(Closed):
    begin: FromOne
    end: FromOne


class GitlabLocation(Closed):
    path: Annotated[str, msgspec.Meta(pattern=r"^(?!\./)")]
    lines: Lines


class Issue(Closed):
    description: str
    check_name: str
    fingerprint: Hexadecimal
    severity: Literal["info", "minor", "major", "critical", "blocker"]
    location: GitlabLocation


def gitlab(text: str) -> list[Issue]:
    """A Code Quality report, whose fingerprints are all different. Raises ValueError."""
    issues = msgspec.json.decode(text, type=list[Issue])
    if len({issue.fingerprint for issue in issues}) < len(issues):
        raise ValueError("two issues have one fingerprint, and GitLab would show one of them")
    return issues


class Command(NamedTuple):
    """A workflow command, as the runner understands it."""

    name: str
    properties: dict[str, str]
    message: str


def github(text: str) -> list[Command]:
    """The commands in the output of a job, one a line. Raises ValueError for a line that is none."""
    commands = []
    for line in re.split(r"\r\n|\r|\n", text.removesuffix("\n")) if text else []:
        match = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        if match is None:
            raise ValueError(f"not a command: {line!r}")
        pairs = [pair.split("=", 1) for pair in match[2].split(",")]
        commands.append(Command(match[1], {key: _raw(value, ":,") for key, value in pairs}, _raw(match[3], "")))
    return commands


def _raw(value: str, besides: str) -> str:
    """The value unescaped, in the order of the runner's own table."""
    for sign in f"\r\n{besides}%":
        value = value.replace(f"%{ord(sign):02X}", sign)
    return value


class CheckstyleError(NamedTuple):
    """An `<error>` of Checkstyle with the name of its file."""

    file: str
    line: int
    column: int | None
    severity: str
    message: str
    source: str


def checkstyle(text: str) -> list[CheckstyleError]:
    """The errors of a Checkstyle report. Raises ParseError, KeyError or ValueError."""
    root = ElementTree.fromstring(text.encode())
    if root.tag != "checkstyle" or set(root.attrib) != {"version"}:
        raise ValueError(root.tag)
    errors = []
    for file in root:
        if file.tag != "file" or set(file.attrib) != {"name"}:
            raise ValueError(file.tag)
        for error in file:
            unknown = set(error.attrib) - {"line", "column", "severity", "message", "source"}
            if error.tag != "error" or unknown or error.attrib["severity"] not in ("error", "warning", "info"):
                raise ValueError(ElementTree.tostring(error))
            column = error.attrib.get("column")
            errors.append(
                CheckstyleError(
                    file.attrib["name"],
                    int(error.attrib["line"]),
                    None if column is None else int(column),
                    error.attrib["severity"],
                    error.attrib["message"],
                    error.attrib["source"],
                )
            )
    return errors
