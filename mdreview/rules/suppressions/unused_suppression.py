"""SUP001: a suppression comment that silences nothing."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Text
from mdreview.facts import suppressions
from mdreview.markdown import Document
from mdreview.rule import DocumentRule

MISSPELT = Text(
    "there is no comment “{word}”, so nothing is suppressed; did you mean {nearest}?",
    "没有名为“{word}”的注释，因此没有屏蔽任何问题；是否想写 {nearest}？",
)
UNKNOWN = Text(
    "there is no comment “{word}”, so nothing is suppressed; the comments are {known}",
    "没有名为“{word}”的注释，因此没有屏蔽任何问题；可用的有 {known}",
)


class UnusedSuppression(DocumentRule):
    code = "SUP001"
    name = "unused-suppression"
    message = Text(
        "this comment suppresses {rule}, but nothing is reported here", "此注释屏蔽 {rule}，但此处没有可屏蔽的问题"
    )
    why = Text(
        "A suppression that silences nothing hides the next real fault in its reach, and misleads its readers.",
        "没有屏蔽任何问题的注释会掩盖以后出现的真正问题，也会误导阅读源文件的人。",
    )
    silent = Text(
        "A comment that names only rules which are switched off cannot be judged and is left alone.",
        "若注释所列的规则均未启用，则无法判断，不予报告。",
    )
    bad = (
        "⟦<!-- mdreview-disable-next-line -->⟧\nNothing is wrong here.\n",
        "<!-- ⟦mdreview-disable-nextline⟧ FN001 -->\nA text with a reference.[^1]\n",
    )
    good = ("Nothing to suppress.\n", "`<!-- mdreview-disable GEN002 -->` is how one writes it.\n")

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        """The comments that cannot be read. Which of the others silenced nothing is known after all other rules."""
        for placed in document.joined(suppressions.unknown):
            from difflib import get_close_matches

            span = placed.span(placed.fact)
            word = document.text_of(span)
            if nearest := get_close_matches(word, suppressions.DIRECTIVES, 1, 0.8):
                yield self.found(span, message=MISSPELT, word=word, nearest=nearest[0])
            else:
                known = ", ".join(suppressions.DIRECTIVES)
                yield self.found(span, message=UNKNOWN, word=word, known=known)
