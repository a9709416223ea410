"""FN003: two definitions of one footnote label."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Related, Severity, Text
from mdreview.facts.footnotes import definitions_by_key, swallowed
from mdreview.markdown import Document
from mdreview.rule import DocumentRule

FIRST = Text("the first definition of [^{label}]", "[^{label}] 的第一个定义")


class DuplicateFootnote(DocumentRule):
    code = "FN003"
    name = "duplicate-footnote"
    severity = Severity.ERROR
    message = Text(
        "[^{label}] is defined a second time: give this footnote a label of its own",
        "[^{label}] 被重复定义：请为该脚注另取标签",
    )
    why = Text(
        "A renderer keeps one of the definitions and drops the other, so some marks lead to the wrong note.",
        "渲染器只保留其中一个定义，其余的会丢失，部分标记因此指向错误的注释。",
    )
    silent = Text(
        "Labels are compared without regard to letter case and white space. A line of running text that a hard wrap "
        "made to begin with a mark and a colon is another rule's (FN006).",
        "标签比较时不区分大小写和空白。因硬换行而以“标记加冒号”开头的正文行由 FN006 处理。",
    )
    bad = (
        "One[^note] and two[^note].\n\n[^note]: Marks, 2012.\n\n⟦[^note]:⟧ Lewis, 2014.\n",
        "其一[^1]，其二[^2]。\n\n[^1]: 甲书。\n[^2]: 乙书。\n⟦[^1]:⟧ 丙书。\n",
    )
    good = ("One[^a] and two[^b].\n\n[^a]: Marks, 2012.\n[^b]: Lewis, 2014.\n",)

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        for several in document.fact(definitions_by_key).values():
            if len(several) < 2:
                continue
            running = document.fact(swallowed)
            real = [placed for placed in several if placed.start + placed.fact.mark.start not in running]
            for placed in real[1:]:
                arguments = {"label": real[0].fact.label}
                first = Related(real[0].span(real[0].fact.mark), FIRST, arguments)
                yield self.found(placed.span(placed.fact.mark), related=(first,), label=placed.fact.label)
