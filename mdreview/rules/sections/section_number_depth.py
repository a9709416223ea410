"""SEC002: a section number of another depth than its neighbours'."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Related, Text
from mdreview.facts.numbering import write
from mdreview.facts.section_series import misplaced
from mdreview.markdown import Document
from mdreview.rule import DocumentRule, Example

NEIGHBOUR = Text("the heading {number} stands on the same level", "编号 {number} 的标题在同一级")


class SectionNumberDepth(DocumentRule):
    code = "SEC002"
    name = "section-number-depth"
    message = Text(
        "{number} stands on the heading level of {usual}; change the level or the number",
        "编号 {number} 与 {usual} 处在同一级标题，应调整标题级别或编号",
    )
    why = Text(
        "The parts of a number tell the reader how deep a section lies; the heading level tells the table of "
        "contents. When they disagree, one of them is wrong.",
        "编号的段数告诉读者章节的层次，标题级别决定目录的层次；两者不一致，必有一处有误。",
    )
    silent = Text(
        "A text that gives all its numbers one heading level throughout has chosen so, and local numbers such as "
        "（一）, (1), ① or A. tell no depth.",
        "若全文各层编号都用同一级标题，视为作者的选择；（一）、(1)、①、A. 等局部编号不表示层次。",
    )
    bad = (
        "## 1 引言\n\n文。\n\n## 2 方法\n\n文。\n\n## ⟦2.4⟧ 数据\n\n文。\n\n## 3 结果\n\n文。\n",
        "## 1. Methods\n\n### 1.1. Data\n\nText.\n\n### ⟦1.→1.2.⟧ Models\n\nText.\n",
        Example(
            "## 1.4 Licences\n\n#### 1.4.1 Use\n\nText.\n\n## ⟦1.4.2⟧ Trend\n\nText.\n\n## 1.5 Languages\n\nText.\n",
            fixed="## 1.4 Licences\n\n#### 1.4.1 Use\n\nText.\n\n"
            "#### 1.4.2 Trend\n\nText.\n\n## 1.5 Languages\n\nText.\n",
        ),
    )
    good = (
        "## 1 引言\n\n### 1.1 背景\n\n文。\n\n## 2 方法\n\n### 2.1 数据\n\n文。\n",
        "## 3.1 Tasks\n\n#### 1. First\n\nText.\n\n#### 2. Second\n\nText.\n",
        "# 1 A\n\n# 1.1 B\n\nText.\n\n# 1.2 C\n\nText.\n\n# 2 D\n\n# 2.1 E\n\nText.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        for section, usual in document.fact(misplaced):
            assert section.number is not None and usual.number is not None
            related = Related(usual.number_span, NEIGHBOUR, {"number": write(usual.number)})
            yield self.found(
                section.number_span,
                related=(related,),
                fix=remedies.sections.place(document, section),
                number=write(section.number),
                usual=write(usual.number),
            )
