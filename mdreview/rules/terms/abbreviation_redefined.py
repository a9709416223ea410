"""TRM002: an abbreviation is defined again."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Related, Text
from mdreview.facts.redefinitions import repeats
from mdreview.facts.terms import Bound
from mdreview.markdown import Document
from mdreview.rule import DocumentRule

FIRST = Text("“{short}” was defined here", "“{short}”在此处已定义")


class AbbreviationRedefined(DocumentRule):
    code = "TRM002"
    name = "abbreviation-redefined"
    message = Text(
        "“{short}” is already defined; write just “{short}” here",
        "缩写“{short}”前文已定义，此处直接使用“{short}”即可",
    )
    why = Text(
        "A second definition makes the reader ask whether the first one no longer holds, and shows that parts were "
        "written apart and never read as one text.",
        "重复定义会让读者怀疑前一定义是否失效，也说明各部分分别写成、未经通读。",
    )
    silent = Text(
        "One definition in the abstract and one in the body are right, and so is one in each language of a text in two "
        "languages. Headings, captions, tables, footnotes and reference lists do not count. Where the two definitions "
        "differ, TRM003 or TRM004 speaks instead.",
        "摘要和正文各定义一次是正确的，双语文本中每种语言各定义一次也是正确的。标题、图表题注、表格、"
        "脚注和参考文献中的定义不计。"
        "若两处定义不同，由 TRM003 或 TRM004 报告。",
    )
    bad = (
        (
            "图神经网络（Graph Neural Network, GNN）处理图数据，GNN 的层数为三。\n\n"
            "近年来，⟦图神经网络（Graph Neural Network, GNN）→GNN ⟧发展迅速。\n"
        ),
        (
            "A graph neural network (GNN) passes messages. The GNN is small.\n\n"
            "Next, the ⟦graph neural network (GNN)→GNN⟧ is trained.\n"
        ),
        "价值函数（Value Function, VF）描述收益。VF 可以学习。\n\n随后用⟦价值函数（VF）→ VF ⟧选择动作。\n",
    )
    good = (
        "**摘要**\n图神经网络（Graph Neural Network, GNN）处理图数据。\n\n"
        "# 1 引言\n\n图神经网络（Graph Neural Network, GNN）发展迅速，GNN 的层数为三。\n",
        "A graph neural network (GNN) passes messages. The GNN is small.\n\n## Graph Neural Networks (GNN)\n\nThe "
        "GNN learns.\n",
        "净收入（TTM）为三亿元。\n\n上一季度净收入（TTM）为两亿元。\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        yield from document.answers(self._told, document.fact(repeats))

    def _told(self, document: Document, pair: tuple[Bound, Bound]) -> Diagnostic:
        """What there is to say of a first definition and a needless later one."""
        first, again = pair
        short = again.definition.short
        related = Related(first.span, FIRST, {"short": short})
        fix = remedies.terms.shorten(document, again)
        return self.found(again.span, related=(related,), fix=fix, short=short)
