"""What a rule says: a fault, where it is, what belongs to it and how it is mended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum
from itertools import pairwise
from operator import itemgetter
from typing import Literal, NamedTuple

from mdreview.source import Span

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
NO_ARGUMENTS: Mapping[str, object] = {}


class Text(NamedTuple):
    """A sentence for people in both languages, with `{name}` places for arguments."""

    en: str
    zh: str

    def written(self, language: Language, arguments: Mapping[str, object] | None = None) -> str:
        """The sentence in `language` with its arguments put in. Raises KeyError for an argument that is missing."""
        template = self.zh if language == "zh" else self.en
        return template.format_map(arguments) if arguments else template


class Severity(IntEnum):
    """How bad a finding is; a greater value is worse."""

    INFO = 1
    WARNING = 2
    ERROR = 3


class Safety(IntEnum):
    """Whether a fix may be applied unasked: a safe one keeps every word that a reader sees."""

    UNSAFE = 1
    SAFE = 2


class Edit(NamedTuple):
    """One replacement; an empty span inserts, an empty text deletes."""

    span: Span
    text: str


class Fix(NamedTuple):
    """Edits that are applied whole or not at all."""

    title: Text
    edits: tuple[Edit, ...]
    safety: Safety = Safety.SAFE
    arguments: Mapping[str, object] = NO_ARGUMENTS

    def shifted(self, by: int) -> Fix:
        return self._replace(edits=tuple(Edit(edit.span.shifted(by), edit.text) for edit in self.edits))


class Related(NamedTuple):
    """Another place that belongs to a finding: the definition, the first use, the other spelling.

    `file` names another file of the same work; None is the file of the finding itself.
    """

    span: Span
    message: Text
    arguments: Mapping[str, object] = NO_ARGUMENTS
    file: str | None = None

    def shifted(self, by: int) -> Related:
        return self._replace(span=self.span.shifted(by)) if self.file is None else self


class Diagnostic(NamedTuple):
    """One finding. Its sentence is made at the edge, in the language asked for."""

    code: str
    name: str
    span: Span
    severity: Severity
    message: Text
    arguments: Mapping[str, object] = NO_ARGUMENTS
    related: tuple[Related, ...] = ()
    fix: Fix | None = None

    def shifted(self, by: int) -> Diagnostic:
        """The same finding, `by` code points further on."""
        return Diagnostic(
            self.code,
            self.name,
            self.span.shifted(by),
            self.severity,
            self.message,
            self.arguments,
            tuple(related.shifted(by) for related in self.related),
            self.fix.shifted(by) if self.fix else None,
        )

    def written(self, language: Language) -> str:
        """The finding's sentence."""
        return self.message.written(language, self.arguments)

    @property
    def order(self) -> tuple[int, int, str, str]:
        """What findings of one file are sorted by: place, then code, then sentence."""
        return (self.span.start, self.span.end, self.code, self.written("en"))


def in_order(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Findings by their order. The sentence decides so seldom that it is written only where it must."""
    ordered = sorted(found, key=itemgetter(2, 0))
    if any(one[2] == other[2] and one[0] == other[0] for one, other in pairwise(ordered)):
        ordered.sort(key=lambda diagnostic: diagnostic.order)
    return ordered
