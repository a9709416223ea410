"""CLM002: a multiple, a change between two values or a rank without a source."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Severity, Text
from mdreview.facts.claims import never_cites, unsourced
from mdreview.markdown import Document
from mdreview.rule import DocumentRule


class UncitedQuantity(DocumentRule):
    code = "CLM002"
    name = "uncited-quantity"
    severity = Severity.INFO
    message = Text("“{figure}” compares without a source", "“{figure}”这一比较没有给出来源")
    why = Text(
        "“Three times faster” and “ranks second in the world” are measurements that somebody made; say who.",
        "“快三倍”“位居世界第二”都是他人测得的结果，应当说明出自何处。",
    )
    silent = Text(
        "It is silent wherever uncited-percentage is, and where that rule already reports the sentence. Factors that "
        "are settings or definitions (scaled 2 times, half of the window) are left alone.",
        "凡 uncited-percentage 不报之处，以及该规则已经报告的句子，均不再报告。放大倍数、"
        "窗口的一半等设置与定义不在检查之列。",
    )
    bad = (
        "新版本发布后，查询性能得到⟦超过 10 倍的提升⟧。\n",
        "The new engine is ⟦three times faster⟧ than its predecessor.\n",
        "机器学习预测比传统计算⟦快几个数量级⟧。\n",
    )
    good = (
        "查询性能提升了 10 倍[^1]。\n\n[^1]: 官方测试报告。\n",
        "In our tests the engine was three times faster.\n",
        "先将图像放大 2 倍，再裁剪。\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        if document.fact(never_cites):
            return
        for placed in unsourced(document, context.settings.claims.scope):
            found = placed.fact.comparisons
            if found and not placed.fact.percentages:
                span = placed.span(found[0].span)
                yield self.found(span, figure=document.text_of(span))
