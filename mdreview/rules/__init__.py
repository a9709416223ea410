"""Every rule, in the order of their codes. One line a rule; a test holds it against the folder."""

from __future__ import annotations

from functools import cache

from mdreview.rule import Rule
from mdreview.rules.suppressions.unknown_rule import UnknownRule
from mdreview.rules.suppressions.unused_suppression import UnusedSuppression

UNUSED_SUPPRESSION = UnusedSuppression()

RULES: tuple[Rule, ...] = (
    UNUSED_SUPPRESSION,
    UnknownRule(),
)


@cache
def rule_words() -> tuple[str, ...]:
    """Every word that names rules: codes, names, families and ALL."""
    words = dict.fromkeys(word for rule in RULES for word in (rule.code, rule.name, rule.family))
    return (*words, "ALL")
