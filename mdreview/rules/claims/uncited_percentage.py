"""CLM001: a percentage stated as a fact about the world, and no source."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Text
from mdreview.facts.claims import Statement, unsourced
from mdreview.facts.own_results import is_tabled, restates
from mdreview.markdown import Document, Placed
from mdreview.rule import DocumentRule, Example
from mdreview.settings import Claims, Settings

BY_PARAGRAPH = Settings(claims=Claims(scope="paragraph"))


class UncitedPercentage(DocumentRule):
    code = "CLM001"
    name = "uncited-percentage"
    message = Text("“{figure}” is given without a source", "“{figure}”没有给出来源")
    why = Text(
        "A reader cannot check a percentage without its source, and a reviewer will ask for it. A citation in the next "
        "sentence does not tell that it covers this one as well.",
        "没有来源的百分比，读者无从核对，审稿人也会追问。下一句的引用并不能说明它同时支持本句。",
    )
    silent = Text(
        "A footnote, citation, link, author and year, or a pointer to a table or figure in the sentence or right after "
        "its full stop is a source; so is one on the lead-in of the list. Own results, suppositions, settings and "
        "thresholds, plans, idioms, tables, headings and the abstract are left alone, and so is what a "
        "conclusion repeats. In a text that puts its sources "
        "at the ends of paragraphs, and with `claims.scope: paragraph`, a source backs its whole paragraph.",
        "句中或句号之后的脚注、引用、链接、作者—年份，以及指向图、表、附录的说明都算来源，列表引导语中的来源也算。本文自己的"
        "结果、假设、参数与阈值、计划目标、习语、表格、标题和摘要，以及结论中重复前文的数字，不在检查之列。习惯在段末统一标注来源的文章，"
        "以及设置了 "
        "`claims.scope: paragraph` 时，来源对整段有效。",
    )
    bad = (
        "可解释模型的可视化准确率提高了⟦30%⟧。这一改进有助于理解模型[^2]。\n\n[^2]: 李四, 2021.\n",
        "The region hosts only ⟦4.5%⟧ of all repositories. Most of them are small.\n",
        "截至去年，全国⟦百分之二十五⟧的高校已开设这门课程。\n",
        "Roughly ⟦twenty-five percent⟧ of farms in the province have closed since 2010.\n",
    )
    good = (
        "参数量较传统模型减少40%以上[^2]。\n\n[^2]: 王五, 2020.\n",
        "本文方法的准确率提高了30%。\n",
        "Only 5% of journals charge a fee ([Lee and Park, 2018](https://example.org)).\n",
        "If 30% of the nodes fail, the network stops.\n",
        "训练时 dropout 概率为 50%。\n",
        Example("销量增长了40%。价格则下降了一成。[^1]\n\n[^1]: 年鉴。\n", settings=BY_PARAGRAPH),
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        statements = unsourced(document, context.settings.claims.scope)
        by_block = [tuple(several) for _, several in groupby(statements, key=itemgetter(0))]
        for found in document.answers(self._told, by_block):
            yield from found

    def _told(self, document: Document, statements: tuple[Placed[Statement], ...]) -> list[Diagnostic]:
        """What there is to say of the statements of one block: each figure is told once."""
        found, told = [], set[str]()
        for placed in statements:
            spans = [placed.span(quantity.span) for quantity in placed.fact.percentages]
            fresh = [span for span in spans if document.text_of(span) not in told]
            told.update(document.text_of(span) for span in spans)
            if not fresh or any(is_tabled(document, span) for span in spans):
                continue
            if not restates(document, placed.block, map(document.text_of, spans)):
                found.append(self.found(fresh[0], figure=document.text_of(fresh[0])))
        return found
