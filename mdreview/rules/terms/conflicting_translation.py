"""TRM004: one abbreviation or English term with two Chinese names, or one Chinese name for two terms."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Related, Text
from mdreview.facts.translations import conflicts
from mdreview.markdown import Document
from mdreview.rule import DocumentRule

NAMED = Text("here “{term}” is “{name}”", "此处“{term}”对应“{name}”")
TWO_TERMS = Text(
    "“{term}” stands for “{name}” here and for “{other}” before; give each term a name of its own",
    "“{term}”此处对应“{name}”，前文对应“{other}”，请为不同术语使用不同名称",
)


class ConflictingTranslation(DocumentRule):
    code = "TRM004"
    name = "conflicting-translation"
    message = Text(
        "“{term}” is called “{name}” here and “{other}” before; keep one Chinese name",
        "“{term}”此处译作“{name}”，前文为“{other}”，请统一中文名称",
    )
    why = Text(
        "A reader who meets two Chinese names takes them for two things; a search for one of them misses the other.",
        "读者看到两个中文名称会以为是两个概念，检索其中一个也找不到另一个。",
    )
    silent = Text(
        "A name that only carries a word before it (深度卷积神经网络, 卷积神经网络) is the same name. Names that "
        "share no "
        "character are left alone unless both are full definitions, since a bracket often gives an example or a label "
        "and no translation.",
        "仅前面多出修饰语的名称（深度卷积神经网络、卷积神经网络）视为同一名称。括号内常是举例或标签而非译名，"
        "因此除非两处都是完整定义，没有共同汉字的名称不予报告。",
    )
    bad = (
        "多层感知器（Multilayer Perceptron, MLP）由若干层组成，MLP 可以拟合函数。\n\n"
        "图中的⟦多层感知机（MLP）→多层感知器（MLP）⟧有三层。\n",
        "评论家（Critic）给出评价。演员根据⟦评价者（Critic）→评论家（Critic）⟧的意见行动。\n",
        (
            "价值函数（Value Function, VF）描述收益，VF 可以学习。\n\n"
            "⟦效用函数（Value Function, VF）→价值函数（Value Function, VF）⟧随之更新。\n"
        ),
    )
    good = (
        "卷积神经网络（CNN）用于分类。\n\n使用深度卷积神经网络（CNN）可以提高精度，CNN 的层数很多。\n",
        "我们使用卷积神经网络（CNN）。随着卷积神经网络（CNN）的发展，CNN 越来越深。\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        for conflict in document.fact(conflicts):
            related = Related(conflict.first.span, NAMED, {"term": conflict.term, "name": conflict.other})
            message = TWO_TERMS if conflict.terms else None
            fix = None if conflict.terms else remedies.terms.name_alike(document, conflict.second, conflict.other)
            yield self.found(
                conflict.second.span,
                message=message,
                related=(related,),
                fix=fix,
                term=conflict.term,
                name=conflict.name,
                other=conflict.other,
            )
