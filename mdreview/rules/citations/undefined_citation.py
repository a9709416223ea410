"""CIT001: a number that the reference list does not have."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Related, Severity, Text
from mdreview.facts.citations import cited_numbers, cites_numerically
from mdreview.facts.reference_list import numbered_entries
from mdreview.markdown import Document
from mdreview.rule import DocumentRule

GAP = Text(
    "[{number}] is cited, but the reference list has no entry {number}", "引用了 [{number}]，但参考文献中没有该编号"
)
LAST = Text("the last entry", "最后一条")


class UndefinedCitation(DocumentRule):
    code = "CIT001"
    name = "undefined-citation"
    severity = Severity.ERROR
    message = Text(
        "[{number}] is cited, but the reference list ends at [{last}]",
        "引用了 [{number}]，但参考文献只到 [{last}]",
    )
    why = Text(
        "The reader cannot find the source; most often an entry was removed from the list or never added.",
        "读者找不到出处，多半是条目被删除，或一直没有补上。",
    )
    silent = Text(
        "Numbers in brackets count only where the document has a numbered list and most of them lead to an entry of "
        "it. "
        "Indices such as a[7], intervals and shapes such as [0, 1] and [224, 224, 3], years, links, table cells that "
        "hold nothing else, code and math are no citations.",
        "仅当文档有带编号的文献列表，且多数编号能对应条目时才检查。a[7] 之类的下标、[0, 1] 和 [224, 224, 3] "
        "之类的区间或形状、"
        "年份、链接、只含该编号的表格单元格、代码和公式都不是引用。",
    )
    bad = (
        "Rain is rare [1], wind is not [2] ⟦[4]⟧.\n\n## References\n\n[1] Lee. Rain. 2019.\n[2] Ray. Wind. 2020.\n",
        "降雨稀少[1]，大风常见[2]。⟦[3-4]⟧近年有所变化。\n\n参考文献：\n\n[1] 李四. 雨. 2019.\n\n[2] 王五. 风. 2020.\n",
    )
    good = (
        "Rain is rare [1, 2].\n\n## References\n\n1. Lee. Rain. 2019.\n2. Ray. Wind. 2020.\n",
        "见文献[1]。取值区间为[3, 9]，形状为 [7, 7, 3]，首项为 a[5]。\n\n## 参考文献\n\n[1] 李四. 雨. 2019.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        entries = document.fact(numbered_entries)
        if not entries or not document.fact(cites_numerically):
            return
        cited = [one for one in document.fact(cited_numbers) if one.sure]
        numbers = {number for one in cited for number in one.numbers}
        missing = numbers - entries.keys()
        if not missing or len(numbers) < 2 * len(missing) - 1:
            return
        last = max(entries)
        related = (Related(entries[last].span, LAST),)
        for one in cited:
            absent = [number for number in one.numbers if number in missing]
            if absent:
                message = self.message if absent[0] > last else GAP
                yield self.found(one.span, message=message, related=related, number=absent[0], last=last)
