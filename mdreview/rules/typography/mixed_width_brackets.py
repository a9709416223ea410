"""TYP002: `（…)`, or `()` and `（）` side by side in one Chinese text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Related, Severity, Text
from mdreview.facts.typography import Width, brackets, in_text
from mdreview.markdown import Document
from mdreview.rule import DocumentRule, Example

UNEQUAL = Text(
    "one bracket of this pair is full-width, the other half-width", "这对括号一个是全角、一个是半角，应当统一"
)
CLOSING = Text("the other bracket", "另一半括号")


class MixedWidthBrackets(DocumentRule):
    code = "TYP002"
    name = "mixed-width-brackets"
    severity = Severity.INFO
    opt_in = True
    message = Text(
        "{width} brackets, where the text otherwise writes {usual} ones",
        "此处用了{width_zh}括号，全文通常使用{usual_zh}括号",
    )
    why = Text(
        "Brackets of two widths in one text, or in one pair, are a slip of the input method.",
        "同一篇文章乃至同一对括号宽度不一，多半是输入法切换造成的疏漏。",
    )
    silent = Text(
        "Only brackets that follow or hold a Chinese character count. Reference lists, quotations, code and math are "
        "left alone, and a text that writes both widths equally often is only told about unequal pairs.",
        "只统计紧跟汉字或包含汉字的括号。参考文献、引文、代码和公式不在检查之列；两种括号数量相当时，只报告一对之中宽度不一的括号。",
    )
    bad = (
        Example("模型⟦（⟧见上节)很小。\n", fixed="模型（见上节）很小。\n"),
        Example(
            "甲组（三人）先到，乙组（五人）后到，丙组⟦(→（⟧两人)缺席。\n",
            fixed="甲组（三人）先到，乙组（五人）后到，丙组（两人）缺席。\n",
        ),
    )
    good = (
        "甲组（三人）先到，乙组（五人）后到。\n",
        "甲组(三人)先到，乙组(五人)后到，见 Network (CNN)。\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        marks = [placed for placed in document.joined(brackets) if in_text(document, placed)]
        counted = Counter(placed.fact.width for placed in marks)
        full, half = counted[Width.FULL], counted[Width.HALF]
        rare = Width.HALF if full > half else Width.FULL if half > full else None
        words = {Width.HALF: ("half-width", "半角"), Width.FULL: ("full-width", "全角")}
        for placed in marks:
            mark = placed.fact
            fix = remedies.typography.pair(document, placed, full=rare is not Width.FULL)
            if mark.width is Width.MIXED and mark.closing is not None:
                related = (Related(placed.span(mark.closing), CLOSING),)
                yield self.found(placed.span(mark.span), message=UNEQUAL, related=related, fix=fix)
            elif mark.width is rare:
                usual = words[Width.FULL if rare is Width.HALF else Width.HALF]
                width = words[mark.width]
                yield self.found(
                    placed.span(mark.span),
                    fix=fix,
                    width=width[0],
                    usual=usual[0],
                    width_zh=width[1],
                    usual_zh=usual[1],
                )
