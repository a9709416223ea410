"""TYP001: half-width punctuation in a Chinese text that writes it full-width."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Severity, Text
from mdreview.facts.typography import Width, in_text, punctuation
from mdreview.markdown import Document
from mdreview.rule import DocumentRule


class HalfwidthPunctuation(DocumentRule):
    code = "TYP001"
    name = "halfwidth-punctuation"
    severity = Severity.INFO
    opt_in = True
    message = Text(
        "half-width “{mark}” after a Chinese character; the text otherwise writes “{wide}”",
        "汉字之后用了半角“{mark}”，全文通常使用全角“{wide}”",
    )
    why = Text(
        "In Chinese text a half-width mark crowds the character before it, and mixed widths look careless.",
        "中文里半角标点紧贴前字，全角与半角混用也显得粗疏。",
    )
    silent = Text(
        "A text that writes most of its marks half-width is left alone, as are reference lists, keywords, quotations, "
        "code, math, addresses, times and ratios.",
        "多数标点本就使用半角的文章不作检查；参考文献、关键词、引文、代码、公式、网址以及时间和比值也不在检查之列。",
    )
    bad = (
        "天气很好，我们出发⟦,→，⟧走了一天。\n\n路很长，也很陡。\n",
        "原因有三：人手、经费、时间⟦;→；⟧其中经费最难，时间次之。\n",
    )
    good = (
        "天气很好,我们出发。\n\n路很长,也很陡。\n",
        "比例为3:1，时间是8:30，网址见 https://example.org/a,b。\n",
        "The weather was fine, and we left.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        marks = [placed for placed in document.joined(punctuation) if in_text(document, placed)]
        half = [placed for placed in marks if placed.fact.width is Width.HALF]
        if 2 * len(half) >= len(marks):
            return
        for placed in half:
            span = placed.span(placed.fact.span)
            mark = document.text_of(span)
            yield self.found(
                span, fix=remedies.typography.widen(document, span), mark=mark, wide=chr(ord(mark) + 0xFEE0)
            )
