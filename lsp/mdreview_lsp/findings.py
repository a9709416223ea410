"""Findings as the protocol's diagnostics: plain values that go out as they are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from lsprotocol import types

from mdreview.diagnostic import Diagnostic, Language, Severity
from mdreview.following import Findings
from mdreview.links import rule_url
from mdreview.source import Source, Span, Units, width
from mdreview_lsp.options import NAME
from mdreview_lsp.wire import encode

SEVERITIES = {Severity.ERROR: 1, Severity.WARNING: 2, Severity.INFO: 3}
UNNECESSARY = 1
LINE = re.compile(rb'"line":(\d+)')
INTERNAL_ERROR = "SYS001"
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Manner:
    """How the editor wants to be told: in what language and units, and what it can show."""

    language: Language = "en"
    units: Units = Units.UTF16
    related: bool = False
    tags: bool = False
    links: bool = False


def manner_of(capabilities: types.ClientCapabilities, language: Language, units: Units) -> Manner:
    """What the editor's capabilities say of diagnostics."""
    document = capabilities.text_document
    publish = document.publish_diagnostics if document else None
    if publish is None:
        return Manner(language, units)
    return Manner(
        language,
        units,
        related=bool(publish.related_information),
        tags=publish.tag_support is not None,
        links=bool(publish.code_description_support),
    )


def plain_findings(
    found: Iterable[Diagnostic], source: Source, uri: str, manner: Manner, beside: Callable[[str], tuple[str, Source]]
) -> list[Plain]:
    """The diagnostics for findings in a text; `beside` gives address and text of another file that they point into.

    Rules that failed are left out: that is for the log, not for the writer.
    """
    ranges = Ranges(source, manner.units)
    return [_plain(one, ranges, uri, manner, beside) for one in found if one.code != INTERNAL_ERROR]


def encoded(
    findings: Findings | None,
    source: Source,
    uri: str,
    manner: Manner,
    beside: Callable[[str], tuple[str, Source]],
) -> msgspec.Raw:
    """The JSON of the diagnostics for what is found in a text that is followed; `[]` for nothing.

    What is shown as it was shown for the version before is not made anew.
    """
    ranges = Ranges(source, manner.units)

    def show(one: Diagnostic) -> bytes:
        return b"" if one.code == INTERNAL_ERROR else encode(_plain(one, ranges, uri, manner, beside))

    shown = findings.each(show, moved, (uri, manner)) if findings is not None else ()
    # it can be a megabyte: put together without a copy of the whole
    return msgspec.Raw(b"".join((b"[", b",".join(filter(None, shown)), b"]")))


def moved(piece: bytes, after: Iterable[bool], by: int) -> bytes:
    """The JSON of a diagnostic in which those of the places that are `after` an edit have come into other lines."""
    flags = iter(after)
    return LINE.sub(lambda line: b'"line":%d' % (int(line[1]) + by) if next(flags) else line[0], piece)


def failures(found: Iterable[Diagnostic]) -> Iterator[str]:
    """What to log of rules that failed, each once."""
    yield from dict.fromkeys(one.written("en") for one in found if one.code == INTERNAL_ERROR)


class Ranges:
    """Spans of one text as plain ranges; made for thousands of them, so the line is sought once for each."""

    def __init__(self, source: Source, units: Units) -> None:
        self._text = source.text
        self._starts = source.line_starts
        self._units = units

    def __call__(self, span: Span) -> Plain:
        text, starts = self._text, self._starts
        start, end = span
        line = bisect_right(starts, start) - 1
        begin = starts[line]
        column = width(text[begin:start], self._units)
        if line + 1 == len(starts) or end < starts[line + 1]:
            end_line, end_column = line, column + width(text[start:end], self._units)
        else:
            end_line = bisect_right(starts, end) - 1
            end_column = width(text[starts[end_line] : end], self._units)
        return {"start": {"line": line, "character": column}, "end": {"line": end_line, "character": end_column}}


def _plain(
    one: Diagnostic, ranges: Ranges, uri: str, manner: Manner, beside: Callable[[str], tuple[str, Source]]
) -> Plain:
    plain: Plain = {
        "range": ranges(one.span),
        "severity": SEVERITIES[one.severity],
        "code": one.code,
        "source": NAME,
        "message": one.written(manner.language),
    }
    if manner.links:
        plain["codeDescription"] = {"href": rule_url(one.code, one.name, manner.language)}
    if manner.tags and one.name.startswith("unused-"):
        plain["tags"] = [UNNECESSARY]
    if manner.related and one.related:
        related = []
        for place in one.related:
            where, there = uri, ranges
            if place.file is not None:
                where, text = beside(place.file)
                there = Ranges(text, manner.units)
            location = {"uri": where, "range": there(place.span)}
            related.append({"location": location, "message": place.message.written(manner.language, place.arguments)})
        plain["relatedInformation"] = related
    return plain
