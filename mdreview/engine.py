"""check(): rules over a document, in a stable order, with what is suppressed left out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Severity, Text
from mdreview.markdown import Block, Document
from mdreview.rule import BlockRule, DocumentRule, Rule
from mdreview.rules import RULES, UNUSED_SUPPRESSION
from mdreview.settings import Settings
from mdreview.source import Span
from mdreview.suppression import suppress

INTERNAL_ERROR = Text(
    "the rule {rule} failed on this text ({error}); please report it",
    "规则 {rule} 在此文本上出错（{error}），请报告此问题",
)


class Answers:
    """What block rules said of blocks, kept from one check of a document to the next.

    Holds only what belongs to the blocks of the last check, and only for one context.
    """

    def __init__(self) -> None:
        self.context: Context | None = None
        self.of_block: dict[Block, tuple[Diagnostic, ...]] = {}


def check(document: Document, context: Context, answers: Answers | None = None) -> list[Diagnostic]:
    """The findings of every selected rule, sorted by place; never raises, whatever the text.

    With `answers` from an earlier version of the document, blocks that stayed are not looked at again;
    the result is the same.
    """
    rules = selected_rules(context.settings)
    found = list(_block_findings(document, context, rules, answers))
    for rule in rules:
        if isinstance(rule, DocumentRule):
            found += _guarded(rule, document, context)
    levels = context.settings.severity
    if levels:
        found = [_with_severity(diagnostic, context.settings) for diagnostic in found]
    unused = UNUSED_SUPPRESSION if any(rule.code == UNUSED_SUPPRESSION.code for rule in rules) else None
    found = suppress(document, found, {rule.code for rule in rules}, unused)
    return sorted(found, key=lambda diagnostic: diagnostic.order)


@lru_cache(maxsize=64)
def _selected(select: tuple[str, ...], extend: tuple[str, ...], ignore: tuple[str, ...]) -> tuple[Rule, ...]:
    def names(rule: Rule) -> set[str]:
        return {rule.code, rule.name, rule.family, "ALL"}

    chosen = []
    for rule in RULES:
        # a code or name is more particular than a family, a family than ALL: the most particular word decides
        rank = {rule.code: 3, rule.name: 3, rule.family: 2, "ALL": 1}
        wanted = max((rank[word] for word in (*select, *extend) if word in rank), default=0)
        if not select and not rule.opt_in:
            wanted = max(wanted, 1)
        unwanted = max((rank[word] for word in ignore if word in rank), default=0)
        if wanted > unwanted:
            chosen.append(rule)
    return tuple(chosen)


def selected_rules(settings: Settings) -> tuple[Rule, ...]:
    """The rules that the settings switch on, in the order of RULES. Words that name no rule are passed over."""
    return _selected(settings.select, settings.extend_select, settings.ignore)


def _block_findings(
    document: Document, context: Context, rules: tuple[Rule, ...], answers: Answers | None
) -> Iterator[Diagnostic]:
    block_rules = [rule for rule in rules if isinstance(rule, BlockRule)]
    known = answers.of_block if answers is not None and answers.context is context else {}
    fresh: dict[Block, tuple[Diagnostic, ...]] = {}
    for start, block in document:
        found = fresh.get(block)
        if found is None:
            found = known.get(block) if known else None
            if found is None:
                found = tuple(diagnostic for rule in block_rules for diagnostic in _guarded(rule, block, context))
            fresh[block] = found
        for diagnostic in found:
            yield diagnostic.shifted(start)
    if answers is not None:
        answers.context, answers.of_block = context, fresh


def _guarded(rule: Rule, subject: Block | Document, context: Context) -> list[Diagnostic]:
    """The rule's findings; a rule that raises says so in one finding and stops no other rule."""
    try:
        if isinstance(rule, BlockRule) and isinstance(subject, Block):
            return list(rule.check(subject, context))
        if isinstance(rule, DocumentRule) and isinstance(subject, Document):
            return list(rule.check(subject, context))
    except Exception as error:
        arguments = {"rule": rule.code, "error": f"{type(error).__name__}: {error}"}
        return [Diagnostic("SYS001", "internal-error", Span(0, 0), Severity.ERROR, INTERNAL_ERROR, arguments)]
    raise TypeError(f"{rule.code} is neither a BlockRule nor a DocumentRule")


def _with_severity(diagnostic: Diagnostic, settings: Settings) -> Diagnostic:
    family = diagnostic.code.rstrip("0123456789")
    for word in (diagnostic.code, diagnostic.name, family):
        if word in settings.severity:
            return diagnostic._replace(severity=Severity[settings.severity[word].upper()])
    return diagnostic
