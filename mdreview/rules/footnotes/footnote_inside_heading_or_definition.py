"""FN008: a footnote mark in a heading or in another footnote."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Severity, Text
from mdreview.facts.footnotes import Setting, definitions_by_key, in_heading_or_note
from mdreview.markdown import Document
from mdreview.rule import DocumentRule

IN_DEFINITION = Text(
    "footnote mark [^{label}] stands inside another footnote, where many renderers lose it",
    "脚注标记 [^{label}] 位于另一个脚注之中，许多渲染器会将其丢失",
)


class FootnoteInsideHeadingOrDefinition(DocumentRule):
    code = "FN008"
    name = "footnote-inside-heading-or-definition"
    severity = Severity.INFO
    message = Text(
        "footnote mark [^{label}] stands in a heading, and will appear in the table of contents too: move it to the "
        "text",
        "脚注标记 [^{label}] 位于标题中，会一并出现在目录里：请移到正文中",
    )
    why = Text(
        "A mark in a heading is copied into tables of contents and anchors; a mark within a footnote is printed as "
        "plain "
        "text by several renderers.",
        "标题中的脚注标记会被带入目录和锚点；脚注内的标记在一些渲染器中会原样显示。",
    )
    silent = Text(
        "A mark whose label is defined nowhere is another rule's (FN001).", "没有定义的标记由 FN001 报告，这里不重复。"
    )
    bad = (
        "# Rain⟦[^1]⟧\n\n[^1]: In the north.\n",
        "## 降雨⟦[^1]⟧\n\n正文[^2]。\n\n[^1]: 北方。\n[^2]: 另见⟦[^1]⟧。\n",
    )
    good = ("# Rain\n\nRain is rare[^1].\n\n[^1]: In the north.\n",)

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        known = document.fact(definitions_by_key)
        for placed in document.joined(in_heading_or_note):
            reference = placed.fact
            if reference.key not in known:
                continue
            message = IN_DEFINITION if reference.setting is Setting.DEFINITION else self.message
            yield self.found(placed.span(reference.span), message=message, label=reference.label)
