"""GEN002: a place that still waits for its text."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Text
from mdreview.facts import placeholders
from mdreview.facts.placeholders import PlaceholderKind
from mdreview.markdown import Document
from mdreview.rule import DocumentRule

MESSAGES = {
    PlaceholderKind.PLACEHOLDER: Text("this place still waits for its content", "此处仍是占位文字，尚待补充"),
    PlaceholderKind.NOTE: Text("a note among authors was left in the text", "正文中遗留了作者之间的备注"),
    PlaceholderKind.BROKEN_REFERENCE: Text(
        "a cross-reference that could not be resolved was left in the text", "此处的交叉引用未能解析，应当补上编号"
    ),
}


class Placeholder(DocumentRule):
    code = "GEN002"
    name = "placeholder"
    message = MESSAGES[PlaceholderKind.PLACEHOLDER]
    why = Text(
        "A placeholder tells the reader that the work is unfinished, and it is easily overlooked in a long text.",
        "占位文字说明稿件尚未完成，在长文中又很容易漏看。",
    )
    silent = Text(
        "Code, comments, quoted words, talk about to-do lists, and `XXX` that stands for a name are left alone.",
        "代码、注释、引号中的文字、对待办清单的讨论，以及代替名称的 `XXX` 不在检查之列。",
    )
    bad = (
        "⟦TODO⟧: describe the second experiment.\n",
        "⟦[INSERT MAP OF THE REGION HERE]⟧\n",
        "The rate doubled within a year ⟦[citation needed]⟧.\n",
        "As ⟦Figure ??⟧ shows, the curve is flat.\n",
        "本节介绍数据来源⟦【待补充】⟧。\n",
        "⟦Lorem ipsum dolor⟧ sit amet.\n",
        "⟦NOTE: ask Maria to check the totals⟧\n",
    )
    good = (
        "`TODO` comments are collected by the build.\n",
        "该指标有待补充和完善。\n",
        "【摘要】本文讨论水资源管理。\n",
        "合并每个 XXX.src 文件。\n",
        "Note: the scale is logarithmic.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        for placed in document.joined(placeholders.read):
            yield self.found(placed.span(placed.fact.span), message=MESSAGES[placed.fact.kind])
