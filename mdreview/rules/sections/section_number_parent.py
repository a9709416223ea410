"""SEC003: a section number that belongs under another section."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Related, Text
from mdreview.facts.numbering import write
from mdreview.facts.section_series import foreign
from mdreview.markdown import Document
from mdreview.rule import DocumentRule, Example

AROUND = Text("the section around it is {around}", "上级章节的编号是 {around}")


class SectionNumberParent(DocumentRule):
    code = "SEC003"
    name = "section-number-parent"
    message = Text(
        "section {number} stands under {around}; number it {around_dotted}.x or move it",
        "编号 {number} 位于 {around} 之下，应改为 {around_dotted}.x 或移到对应的章节",
    )
    why = Text(
        "A subsection's number begins with its section's number; one that does not was left behind when sections "
        "were moved or renumbered.",
        "小节的编号应以上级章节的编号开头；不一致多半是移动或重新编号时漏改。",
    )
    silent = Text(
        "Numbers that count locally (1., （一）, ①) belong to any parent; 三、 may hold 3.1; parts and volumes "
        "do not enter into section numbers. Of a run of sections with one wrong parent, the first is reported.",
        "局部编号（1.、（一）、①）可位于任何上级之下；三、之下可用 3.1；部、篇、卷不计入章节编号。"
        "连续多节的上级编号同样有误时，只报告第一节。",
    )
    bad = (
        Example(
            "## 1 引言\n\n文。\n\n## 2 方法\n\n### ⟦3.1→2.1⟧ 数据\n\n文。\n\n### 3.2 模型\n\n文。\n",
            fixed="## 1 引言\n\n文。\n\n## 2 方法\n\n### 2.1 数据\n\n文。\n\n### 2.2 模型\n\n文。\n",
        ),
        "## 一、背景\n\n### 1.1 起因\n\n文。\n\n## 二、方法\n\n### ⟦1.2→2.1⟧ 数据\n\n文。\n",
        "# 1. Methods\n\n## 1.1. Data\n\n### ⟦1.2.1.→1.1.1.⟧ Sources\n\nText.\n",
    )
    good = (
        "## 三、方法\n\n### 3.1 数据\n\n文。\n\n### 3.2 模型\n\n文。\n",
        "## 2 Methods\n\n### (1) Data\n\n#### 2.1.1 Sources\n\nText.\n",
        "# Part II\n\n## 3.1 Data\n\nText.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        for section, around in document.fact(foreign):
            assert section.number is not None and around.number is not None
            related = Related(around.number_span, AROUND, {"around": write(around.number)})
            yield self.found(
                section.number_span,
                related=(related,),
                fix=remedies.sections.changes(document, section),
                number=write(section.number),
                around=write(around.number),
                around_dotted=around.number.dotted,
            )
