"""What a rule is: a code, a name, a sentence in two languages, its reasons, its examples, and a check.

A rule has no state. Its base class says what it sees: one block, or the whole document.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Fix, Related, Severity, Text
from mdreview.markdown import Block, Document
from mdreview.settings import Settings
from mdreview.source import Span


class Example(NamedTuple):
    """A text with `⟦found⟧` or `⟦found→fixed⟧` marks, and what stands beside it on disk.

    `fixed` is the whole text after the fixes, where these change more than what is marked.
    `bibliography` is the content of a .bib file, `glossary` of a YAML glossary, `outline` of an outline file.
    """

    text: str
    fixed: str | None = None
    settings: Settings = Settings()
    bibliography: str | None = None
    glossary: str | None = None
    outline: str | None = None


class Rule:
    """One fault. Subclass BlockRule or DocumentRule, never this."""

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity] = Severity.WARNING
    opt_in: ClassVar[bool] = False
    message: ClassVar[Text]
    why: ClassVar[Text]
    silent: ClassVar[Text]
    bad: ClassVar[tuple[str | Example, ...]]
    good: ClassVar[tuple[str | Example, ...]]

    @property
    def family(self) -> str:
        """The letters of the code."""
        return self.code.rstrip("0123456789")

    @property
    def fixable(self) -> bool:
        """Whether the rule's examples show a fix."""
        return any(_shows_fix(example) for example in self.bad)

    def found(
        self,
        span: Span,
        *,
        message: Text | None = None,
        severity: Severity | None = None,
        related: tuple[Related, ...] = (),
        fix: Fix | None = None,
        **arguments: object,
    ) -> Diagnostic:
        """A finding of this rule; `message` and `severity` where they differ from the rule's own."""
        return Diagnostic(
            self.code,
            self.name,
            span,
            self.severity if severity is None else severity,
            message or self.message,
            arguments,
            related,
            fix,
        )


class BlockRule(Rule):
    """A rule that needs one block and nothing around it; its answers are kept while the block is unchanged."""

    def check(self, block: Block, context: Context) -> Iterator[Diagnostic]:
        """The faults of the block; spans count from the block's start."""
        raise NotImplementedError


class DocumentRule(Rule):
    """A rule that reads the facts of the whole document."""

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        """The faults of the document; spans count from the text's start."""
        raise NotImplementedError


def _shows_fix(example: str | Example) -> bool:
    if isinstance(example, Example) and example.fixed is not None:
        return True
    text = example if isinstance(example, str) else example.text
    return any("→" in piece.partition("⟧")[0] for piece in text.split("⟦")[1:])
