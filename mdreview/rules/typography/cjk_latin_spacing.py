"""TYP004: a space between Chinese and Latin letters in some places and none in others."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Severity, Text
from mdreview.facts.typography import boundaries, in_text
from mdreview.markdown import Document
from mdreview.rule import DocumentRule
from mdreview.source import Span

SURPLUS = Text(
    "a space between Chinese and Latin letters, where the text otherwise writes none",
    "汉字与西文字母之间多了空格，全文通常不加",
)
MAJORITY = 2 / 3


class CjkLatinSpacing(DocumentRule):
    code = "TYP004"
    name = "cjk-latin-spacing"
    severity = Severity.INFO
    opt_in = True
    message = Text(
        "no space between Chinese and Latin letters, where the text otherwise writes one",
        "汉字与西文字母之间缺少空格，全文通常加空格",
    )
    why = Text(
        "Either way of writing is right; both in one text are uneven to the eye and to a search.",
        "加不加空格都可以，但同一篇文章混用会显得参差，也妨碍检索。",
    )
    silent = Text(
        "A text in which neither way clearly prevails is left alone, as are digits, reference lists, keywords, "
        "quotations, code and math.",
        "两种写法不分主次的文章不作检查；数字、参考文献、关键词、引文、代码和公式也不在检查之列。",
    )
    bad = (
        "我们用 Python 写程序，用 Markdown 写文档，用⟦G→ G⟧it 管版本。\n",
        "我们用Python写程序，用Markdown写文档，用Git⟦ →⟧管版本。\n",
    )
    good = ("我们用 Python 写程序，用 Markdown 写文档。\n", "我们用Python写程序，共3 次。\n")

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        places = [placed for placed in document.joined(boundaries) if in_text(document, placed)]
        spaced = sum(1 for placed in places if placed.fact.spaced)
        most = max(spaced, len(places) - spaced)
        if most < MAJORITY * len(places):
            return
        usual = spaced == most
        for placed in places:
            if placed.fact.spaced is not usual:
                start, end = placed.span(placed.fact.span)
                if usual:
                    yield self.found(Span(start, start + 1), fix=remedies.typography.add_space(document, start))
                else:
                    fix = remedies.typography.remove_space(document, Span(start, end))
                    yield self.found(Span(start, end), message=SURPLUS, fix=fix)
