"""check(): rules over a document, in a stable order, with what is suppressed left out."""

from __future__ import annotations

from functools import lru_cache

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Severity, Text, in_order
from mdreview.markdown import Block, Document
from mdreview.rule import BlockRule, DocumentRule, Rule
from mdreview.rules import RULES, UNUSED_SUPPRESSION
from mdreview.settings import Settings
from mdreview.source import Span
from mdreview.suppression import suppress

INTERNAL_CODE = "SYS001"
INTERNAL_ERROR = Text(
    "the rule {rule} failed on this text ({error}); please report it",
    "规则 {rule} 在此文本上出错（{error}），请报告此问题",
)


def check(document: Document, context: Context) -> list[Diagnostic]:
    """The findings of every selected rule, sorted by place; never raises, whatever the text."""
    rules = selected_rules(context.settings)
    found = [diagnostic for rule in rules for diagnostic in answer(rule, document, context)]
    return in_order(unsilenced(document, found, rules))


def answer(rule: Rule, document: Document, context: Context) -> list[Diagnostic]:
    """What one rule finds; a rule that raises says so in one finding."""
    if isinstance(rule, BlockRule):
        found = [found.shifted(start) for start, block in document for found in guarded(rule, block, context)]
    else:
        found = guarded(rule, document, context)
    return [with_severity(diagnostic, context.settings) for diagnostic in found] if context.settings.severity else found


def unsilenced(document: Document, found: list[Diagnostic], rules: tuple[Rule, ...]) -> list[Diagnostic]:
    """The findings without those that comments switch off, and with those on such comments."""
    unused = UNUSED_SUPPRESSION if UNUSED_SUPPRESSION in rules else None
    return suppress(document, found, {rule.code for rule in rules}, unused)


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


def guarded(rule: Rule, subject: Block | Document, context: Context) -> list[Diagnostic]:
    """The rule's findings; a rule that raises says so in one finding and stops no other rule."""
    try:
        if isinstance(rule, BlockRule) and isinstance(subject, Block):
            return list(rule.check(subject, context))
        if isinstance(rule, DocumentRule) and isinstance(subject, Document):
            return list(rule.check(subject, context))
    except Exception as error:
        arguments = {"rule": rule.code, "error": f"{type(error).__name__}: {error}"}
        return [Diagnostic(INTERNAL_CODE, "internal-error", Span(0, 0), Severity.ERROR, INTERNAL_ERROR, arguments)]
    raise TypeError(f"{rule.code} is neither a BlockRule nor a DocumentRule")


def with_severity(diagnostic: Diagnostic, settings: Settings) -> Diagnostic:
    """The finding with the severity that the settings give to its kind."""
    family = diagnostic.code.rstrip("0123456789")
    for word in (diagnostic.code, diagnostic.name, family):
        if word in settings.severity:
            return diagnostic._replace(severity=Severity[settings.severity[word].upper()])
    return diagnostic
