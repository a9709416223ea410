"""TRM001: an abbreviation is used, and defined only later."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Related, Text
from mdreview.facts.early_uses import early_uses
from mdreview.facts.terms import terms
from mdreview.markdown import Document
from mdreview.rule import DocumentRule, Example

DEFINED_HERE = Text("“{short}” is defined here", "“{short}”在此定义")


class AbbreviationBeforeDefinition(DocumentRule):
    code = "TRM001"
    name = "abbreviation-before-definition"
    message = Text(
        "“{short}” is used here but defined only later; give its long form at this first use",
        "缩写“{short}”在此使用，但后文才给出定义；请在首次出现处给出全称",
    )
    why = Text(
        "Whoever reads from the start meets the abbreviation without knowing what it stands for, and the definition "
        "comes "
        "when it is no longer needed.",
        "读者从头读起时不知道缩写的含义，等读到定义时已经不再需要。",
    )
    silent = Text(
        "Titles, headings, captions, tables, footnotes and the reference list are passed over; so are abbreviations "
        "that "
        "everyone knows, those that the settings name, and letters inside a longer name (R-CNN is no CNN). A paragraph "
        "may list abbreviations and then explain each.",
        "标题、图表题注、表格、脚注和参考文献不计；众所周知的缩写、设置中列出的缩写，"
        "以及更长名称中的字母（R-CNN 不是 CNN）也不计。同一段落可以先列出缩写再逐一解释。",
    )
    bad = (
        Example(
            "⟦GNN→图神经网络（Graph Neural Network, GNN）⟧ 的性能优于基线。"
            "图神经网络（Graph Neural Network, GNN）处理图数据，GNN 的层数为三。\n",
            fixed="图神经网络（Graph Neural Network, GNN）的性能优于基线。GNN 处理图数据，GNN 的层数为三。\n",
        ),
        Example(
            "We train a ⟦GNN→graph neural network (GNN)⟧ on each graph. "
            "A graph neural network (GNN) passes messages, and the GNN has three layers.\n",
            fixed="We train a graph neural network (GNN) on each graph. "
            "A GNN passes messages, and the GNN has three layers.\n",
        ),
    )
    good = (
        "图神经网络（Graph Neural Network, GNN）处理图数据。GNN 的层数为三。\n",
        "The API returns JSON. An application programming interface (API) has a contract.\n",
        "We use R-GNN first. A graph neural network (GNN) passes messages. The GNN is small.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        for early in document.fact(early_uses):
            elsewhere = any(early.short in other.fact(terms).by_short for other in context.others)
            if early.short not in context.settings.terms.known and not elsewhere:
                related = Related(early.defined.span, DEFINED_HERE, {"short": early.short})
                fix = remedies.terms.move(document, early.used, early.defined)
                yield self.found(early.used.span, related=(related,), fix=fix, short=early.short)
