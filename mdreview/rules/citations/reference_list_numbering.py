"""CIT006: a gap, a repeat or disorder in the numbers of the reference list."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Fix, Related, Text
from mdreview.facts.citations import cited_numbers
from mdreview.facts.reference_list import Entry, ReferenceList, Style, reference_lists
from mdreview.markdown import Document
from mdreview.rule import DocumentRule, Example
from mdreview.source import Span

GAP = Text("entry {number} follows entry {before}", "条目 {before} 之后是 {number}，编号有空缺")
REPEAT = Text("the number {number} is used twice", "编号 {number} 重复")
BACK = Text("entry {number} follows entry {before}: the order is broken", "条目 {before} 之后是 {number}，次序颠倒")
AGAIN = Text(
    "a second reference list begins at {number} again: [{number}] now means two works",
    "第二份参考文献又从 {number} 开始编号：[{number}] 会对应两种文献",
)
RENDERED = Text(
    "entry {number} follows entry {before}, and a renderer will number it {shown}: citations will miss it",
    "条目 {before} 之后是 {number}，渲染后会编为 {shown}，正文的引用将与之错位",
)
FIRST = Text("the first {number}", "前一个 {number}")


class ReferenceListNumbering(DocumentRule):
    code = "CIT006"
    name = "reference-list-numbering"
    message = Text("the numbers of the reference list are broken at {number}", "参考文献编号在 {number} 处有误")
    why = Text(
        "Citations find their entries by number alone; a number that is missing or used twice leads to the wrong work.",
        "正文引用只凭编号查找条目；编号缺失或重复都会指向错误的文献。",
    )
    silent = Text(
        "Ordered lists that number every item 1 are numbered by the renderer. A list may start at any number, and may "
        "start anew under a title of its own or in another chapter.",
        "每项都写作 1. 的有序列表由渲染器编号，不检查。列表可以从任意数字开始，"
        "也可以在自己的小标题下或另一章中重新编号。",
    )
    bad = (
        Example(
            "## References\n\n[1] Lee. Rain. 2019.\n\n[2] Kim. Snow. 2018.\n\n⟦[4]⟧ Ray. Wind. 2020.\n",
            fixed="## References\n\n[1] Lee. Rain. 2019.\n\n[2] Kim. Snow. 2018.\n\n[3] Ray. Wind. 2020.\n",
        ),
        Example(
            "## References\n\n1. Lee. Rain. 2019.\n2. Kim. Snow. 2018.\n⟦4.⟧ Ray. Wind. 2020.\n",
            fixed="## References\n\n1. Lee. Rain. 2019.\n2. Kim. Snow. 2018.\n3. Ray. Wind. 2020.\n",
        ),
        Example(
            "参考文献：\n\n[1] 李四. 雨. 2019.\n\n[2] 王五. 风. 2020.\n\n⟦[2]⟧ 赵六. 雪. 2020.\n",
            fixed="参考文献：\n\n[1] 李四. 雨. 2019.\n\n[2] 王五. 风. 2020.\n\n[3] 赵六. 雪. 2020.\n",
        ),
    )
    good = (
        "## References\n\n1. Lee. Rain. 2019.\n1. Kim. Snow. 2018.\n1. Ray. Wind. 2020.\n",
        "## 参考文献\n\n[11] 李四. 雨. 2019.\n\n[12] 王五. 风. 2020.\n",
        "## References\n\n### Books\n\n[1] Lee. Rain. 2019.\n\n### Papers\n\n[1] Kim. Snow. 2018.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        lists = [list_ for list_ in document.fact(reference_lists) if list_.numbered]
        for list_ in lists:
            yield from self._breaks(document, list_.numbered)
        lists = [list_ for list_ in lists if not list_.further]
        if len(lists) > 1:
            cited = [one.span.start for one in document.fact(cited_numbers)]
            for first, second in pairwise(lists):
                yield from self._again(cited, first, second)

    def _breaks(self, document: Document, entries: tuple[Entry, ...]) -> Iterator[Diagnostic]:
        if entries[0].style is Style.ORDERED and len({entry.number for entry in entries[1:]}) == 1:
            return
        seen: dict[int, Entry] = {}
        for before, entry in zip((None, *entries), entries, strict=False):
            number = entry.number or 0
            if before is None or before.number is None or number == before.number + 1:
                seen.setdefault(number, entry)
                continue
            between = document.text_of(Span(before.span.end, entry.span.start))
            if number <= 1 and between.strip(" \t\r\n>"):
                seen = {number: entry}
                continue
            earlier = before.number
            if number in seen:
                related = (Related(seen[number].mark, FIRST, {"number": number}),)
                yield self.found(
                    entry.mark, message=REPEAT, related=related, fix=_fix(document), number=number, before=earlier
                )
            elif number < before.number:
                yield self.found(entry.mark, message=BACK, fix=_fix(document), number=number, before=earlier)
            elif entry.style is Style.ORDERED:
                shown = before.number + 1
                yield self.found(
                    entry.mark, message=RENDERED, fix=_fix(document), shown=shown, number=number, before=earlier
                )
                return
            else:
                yield self.found(entry.mark, message=GAP, fix=_fix(document), number=number, before=earlier)
            seen.setdefault(number, entry)

    def _again(self, cited: list[int], first: ReferenceList, second: ReferenceList) -> Iterator[Diagnostic]:
        """A second list that begins anew though no text between the two cites the first."""
        numbers = {entry.number: entry for entry in first.numbered}
        start = second.numbered[0]
        if start.number not in numbers:
            return
        after, until = first.entries[-1].span.end, second.place.start
        if bisect_left(cited, after) < bisect_left(cited, until):
            return
        related = (Related(numbers[start.number].mark, FIRST, {"number": start.number}),)
        yield self.found(second.place, message=AGAIN, related=related, number=start.number)


def _fix(document: Document) -> Fix | None:
    return document.fact(remedies.citations.close_gaps)
