"""SEC010: headings that depart from the outline or the table of contents."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Related, Text
from mdreview.facts.outlines import (
    Change,
    Difference,
    contents,
    differences,
    document_entries,
    outline_entries,
    resolved,
)
from mdreview.markdown import Document
from mdreview.rule import DocumentRule, Example
from mdreview.source import Span

MESSAGES = {
    Change.MISSING: Text(
        "the outline goes on with “{wanted}”, which the text lacks", "大纲在此之后有“{wanted}”，正文没有"
    ),
    Change.EXTRA: Text("“{found}” is not in the outline", "大纲中没有“{found}”"),
    Change.RENAMED: Text("the outline calls this section “{wanted}”", "此节在大纲中的标题是“{wanted}”"),
    Change.RENUMBERED: Text(
        "the outline numbers this section {wanted_number}, the text {found_number}",
        "此节在大纲中的编号是 {wanted_number}，正文是 {found_number}",
    ),
    Change.MOVED: Text("“{found}” stands elsewhere in the outline", "“{found}”在大纲中位于别处"),
}
ENTRY = Text("the table of contents says “{wanted}”", "目录中写作“{wanted}”")
OUTLINE = "## 1. 引言\n## 2. 方法\n### 2.1 数据\n### 2.2 模型\n## 3. 结论\n"
TEXT = "# 题目\n\n### 1 引言\n\n文。\n\n### 2 方法\n\n#### 2.1 数据\n\n文。\n\n"


class OutlineMismatch(DocumentRule):
    code = "SEC010"
    name = "outline-mismatch"
    message = MESSAGES[Change.MISSING]
    why = Text(
        "The outline was agreed on, or the table of contents is what the reader goes by; the text must follow it or "
        "it must follow the text.",
        "大纲是事先商定的，目录是读者查找的依据；正文与之不符，两者必改其一。",
    )
    silent = Text(
        "Heading levels and the style of numbers may differ (`## 1.` and `### 1` agree), the text may go deeper than "
        "the outline, and reference lists, acknowledgements and appendices need not stand in it.",
        "标题级别和编号写法可以不同（## 1. 与 ### 1 视为一致），正文可以比大纲更细；参考文献、致谢、附录不必列入大纲。",
    )
    bad = (
        Example(
            "# 题目\n\n### 1 引言\n\n文。\n\n### 2 方法\n\n#### ⟦2.1 数据⟧\n\n文。\n\n### 3 结论\n\n文。\n",
            outline=OUTLINE,
        ),
        Example("## 1. Data\n\nText.\n\n## ⟦2. Nets⟧\n\nText.\n", outline="# 1 Data\n# 2 Models\n"),
        "# Title\n\n## Contents\n\n- [Data](#data)\n- [Models](#models)\n- [Results](#results)\n\n"
        "## Data\n\nText.\n\n## Models\n\nText.\n\n## ⟦Discussion⟧\n\nText.\n",
    )
    good = (
        Example(TEXT + "#### 2.2 模型\n\n文。\n\n### 3 结论\n\n文。\n\n# 参考文献\n\n[1] 文。\n", outline=OUTLINE),
        "# Title\n\n## Contents\n\n- [Data](#data)\n- [Models](#models)\n- [Results](#results)\n\n"
        "## Data\n\nText.\n\n## Models\n\n### Trees\n\nText.\n\n## Results\n\nText.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        found = document.fact(document_entries)
        if context.outline is not None and (wanted := context.outline.fact(outline_entries)):
            for difference in differences(wanted, found, document):
                yield self._report(document, difference, own=False)
        own = document.fact(contents)
        if own:
            for difference in differences(resolved(own, found), found, document):
                yield self._report(document, difference, own=True)

    def _report(self, document: Document, difference: Difference, *, own: bool) -> Diagnostic:
        change, wanted, found, after = difference
        if found is not None:
            span = found.span
        elif own and wanted is not None:
            span = wanted.span
        else:
            span = after.span if after is not None else _first_line(document)
        related: tuple[Related, ...] = ()
        if own and wanted is not None and found is not None:
            related = (Related(wanted.span, ENTRY, {"wanted": wanted.text}),)
        return self.found(
            span,
            message=MESSAGES[change],
            related=related,
            wanted=wanted.text if wanted else "",
            found=found.text if found else "",
            wanted_number=wanted.number.dotted if wanted and wanted.number else "",
            found_number=found.number.dotted if found and found.number else "",
        )


def _first_line(document: Document) -> Span:
    return document.source.line_span(0)
