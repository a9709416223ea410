"""SUP002: a suppression comment that names no rule there is."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Text
from mdreview.facts import suppressions
from mdreview.markdown import Document
from mdreview.rule import DocumentRule

NEAREST = Text("there is no rule “{word}”; did you mean {nearest}?", "没有名为“{word}”的规则；是否想写 {nearest}？")


class UnknownRule(DocumentRule):
    code = "SUP002"
    name = "unknown-rule"
    message = Text("there is no rule “{word}”", "没有名为“{word}”的规则")
    why = Text(
        "A misspelt rule in a suppression comment suppresses nothing, and the author believes it does.",
        "屏蔽注释中写错的规则不会屏蔽任何问题，而作者以为已经屏蔽。",
    )
    silent = Text(
        "What follows `--` or a colon in the comment is a reason, not a rule.",
        "注释中 `--` 或冒号之后的文字是理由，不是规则。",
    )
    bad = (
        "<!-- mdreview-disable ⟦FN999⟧ -->\nText.\n",
        "<!-- mdreview-disable-next-line ⟦undefined-footnotes⟧ -->\nText.[^1]\n",
    )
    good = ("<!-- mdreview-disable FN001, uncited-percentage -- the list comes later -->\nText.\n",)

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        from mdreview.rules import rule_words

        for placed in document.joined(suppressions.read):
            for word, span in placed.fact.words:
                if word in rule_words():
                    continue
                from difflib import get_close_matches

                nearest = get_close_matches(word, rule_words(), 1)
                if nearest:
                    yield self.found(placed.span(span), message=NEAREST, word=word, nearest=nearest[0])
                else:
                    yield self.found(placed.span(span), word=word)
