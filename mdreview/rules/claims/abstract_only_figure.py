"""CLM004: a figure in the abstract that the body never gives."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Text
from mdreview.facts import figures
from mdreview.markdown import Document
from mdreview.rule import DocumentRule


class AbstractOnlyFigure(DocumentRule):
    code = "CLM004"
    name = "abstract-only-figure"
    message = Text("the body never gives “{figure}”, which the abstract states", "摘要中的“{figure}”在正文中没有出现")
    why = Text(
        "The abstract sums up the body. A figure that only the abstract gives cannot be checked, and is often a relic "
        "of an earlier version.",
        "摘要是正文的概括。只在摘要中出现的数字无从核对，往往是旧稿的残留。",
    )
    silent = Text(
        "A figure that the body gives rounded, in another unit, as a fraction, in a table or in a formula is given. "
        "Years, ordinals and small counts are no figures, and a text whose body gives hardly a number is left alone.",
        "正文以四舍五入、换算单位、小数、表格或公式给出的数字都算给出。年份、序数和很小的计数不算；正文几乎没有数字的文章不作检查。",
    )
    bad = (
        "# 灌溉\n\n## 摘要\n\n滴灌使用水量下降了⟦42%⟧。\n\n## 1 结果\n\n滴灌使用水量下降了三成以上，共观测 12 "
        "块农田、3 个生长季，"
        "产量提高 7%。\n",
        "## Abstract\n\nWe surveyed farms and found a rise of ⟦38.5%⟧.\n\n## Results\n\n"
        "Of the 730 farms, 12% had closed and 25 had moved.\n",
    )
    good = (
        "## 摘要\n\n用水量下降了42%。\n\n## 1 结果\n\n用水量由 100 方降到 58 方，下降了 41.8%。\n",
        "## Abstract\n\nAccuracy rose to 95.6%.\n\n## Results\n\n"
        "| run | accuracy |\n|---|---|\n| 1 | 0.956 |\n| 2 | 0.91 |\n| 3 | 0.90 |\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        stated = [placed for placed in figures.in_abstract(document) if not placed.fact.supposed]
        values = document.fact(figures.body_numbers) if stated else []
        if not values:
            return
        for placed in stated:
            span = placed.span(placed.fact.span)
            if not figures.given(placed.fact, values):
                yield self.found(span, figure=document.text_of(span))
