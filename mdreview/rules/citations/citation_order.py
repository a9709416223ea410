"""CIT003: first citations that do not come in the order of their numbers."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Related, Severity, Text
from mdreview.facts.citations import cites_numerically
from mdreview.facts.citing import alphabetical, first_citations
from mdreview.facts.reference_list import reference_lists
from mdreview.markdown import Document
from mdreview.rule import DocumentRule, Example

EARLIER = Text("[{number}] is cited first here", "[{number}] 首次引用于此")


class CitationOrder(DocumentRule):
    code = "CIT003"
    name = "citation-order"
    severity = Severity.INFO
    message = Text(
        "[{number}] is first cited after [{earlier}]: number the references in the order of the text",
        "[{number}] 的首次引用出现在 [{earlier}] 之后：顺序编码制要求按正文引用的先后编号",
    )
    why = Text(
        "In a system that numbers references by their order (GB/T 7714, Vancouver, IEEE) the first citations run 1, "
        "2, 3, "
        "and so on.",
        "在顺序编码制（GB/T 7714、Vancouver、IEEE）中，文献按首次引用的先后编为 1、2、3……",
    )
    silent = Text(
        "A list in alphabetical order, or one whose numbers mostly do not follow the text, is not numbered by order of "
        "citing. It is said once a document.",
        "按字母顺序排列的列表，或编号大多与正文次序无关的列表，不属于顺序编码制。每篇文档只提示一次。",
    )
    bad = (
        Example(
            "Rain [1], snow [3], wind ⟦[2]⟧ and sun [4].\n\n## References\n\n[1] Ray. Rain. 2019.\n"
            "[2] Kim. Wind. 2018.\n[3] Lee. Snow. 2020.\n[4] Zhu. Sun. 2021.\n",
            fixed="Rain [1], snow [2], wind [3] and sun [4].\n\n## References\n\n[1] Ray. Rain. 2019.\n"
            "[2] Lee. Snow. 2020.\n[3] Kim. Wind. 2018.\n[4] Zhu. Sun. 2021.\n",
        ),
        Example(
            "雨[2]、雪⟦[1]⟧、风[3]、日[4]。\n\n参考文献：\n\n[1] 李四. 雪. 2019.\n\n[2] 王五. 雨. 2020.\n\n"
            "[3] 赵六. 风. 2020.\n\n[4] 孙七. 日. 2021.\n",
            fixed="雨[1]、雪[2]、风[3]、日[4]。\n\n参考文献：\n\n[1] 王五. 雨. 2020.\n\n[2] 李四. 雪. 2019.\n\n"
            "[3] 赵六. 风. 2020.\n\n[4] 孙七. 日. 2021.\n",
        ),
    )
    good = (
        "Rain [1], snow [2], rain again [1], wind [3].\n\n## References\n\n[1] Ray. Rain. 2019.\n[2] Kim. Snow. 2018.\n"
        "[3] Lee. Wind. 2020.\n",
        "Rain [3], snow [5], wind [1], sun [4], ice [2].\n\n## References\n\n[1] Ash. A. 2019.\n[2] Bee. B. 2018.\n"
        "[3] Cox. C. 2020.\n[4] Day. D. 2020.\n[5] Eve. E. 2021.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        lists = document.fact(reference_lists)
        if not document.fact(cites_numerically) or len(lists) != 1 or alphabetical(lists[0].entries):
            return
        highest, place = 0, None
        first = None
        late = 0
        found = document.fact(first_citations)
        for number, cited in found:
            if number > highest:
                highest, place = number, cited
                continue
            late += 1
            if first is None and place is not None and cited is not place:
                first = (number, cited, highest, place)
        if first is None or len(found) < 3 or 3 * late > len(found):
            return
        number, cited, earlier, before = first
        related = (Related(before.span, EARLIER, {"number": earlier}),)
        fix = document.fact(remedies.citations.renumber)
        yield self.found(cited.span, related=related, fix=fix, number=number, earlier=earlier)
