"""TRM009: the long form is written out where its abbreviation is already defined."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Related, Severity, Text
from mdreview.facts.written_out import written_out
from mdreview.markdown import Document
from mdreview.rule import DocumentRule

DEFINED = Text("“{short}” is defined here", "“{short}”在此定义")


class LongFormAfterDefinition(DocumentRule):
    code = "TRM009"
    name = "long-form-after-definition"
    severity = Severity.INFO
    opt_in = True
    message = Text(
        "“{long}” has the abbreviation “{short}”; use it",
        "“{long}”已定义缩写“{short}”，此处可直接使用缩写",
    )
    why = Text(
        "Some journals ask that an abbreviation, once defined, stand for its long form throughout.",
        "部分期刊要求缩写一经定义，后文一律使用缩写。",
    )
    silent = Text(
        "The rule is off unless asked for, since both ways are good style. Headings, captions, tables, footnotes, "
        "keywords "
        "and the reference list are passed over, and so is a long form inside a longer name, a title, a quotation or a "
        "link's text.",
        "两种写法都可以，因此默认关闭。标题、题注、表格、脚注、关键词和参考文献不计，更长名称、书名、引文和链接文字中的全称也不计。",
    )
    bad = (
        "图神经网络（Graph Neural Network, GNN）处理图数据，GNN 很快。⟦图神经网络→GNN ⟧的层数为三。\n",
        "A graph neural network (GNN) passes messages. The ⟦graph neural network→GNN⟧ learns.\n",
    )
    good = (
        "图神经网络（Graph Neural Network, GNN）处理图数据，GNN 很快。\n\n## 图神经网络的层数\n\n层数为三。\n",
        "A graph neural network comes first. A graph neural network (GNN) passes messages.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        for place in document.fact(written_out):
            related = Related(place.defined.span, DEFINED, {"short": place.defined.definition.written})
            short = place.defined.definition.written
            fix = remedies.terms.shorten_long(document, place.span, short)
            yield self.found(place.span, related=(related,), fix=fix, long=place.written, short=short)
