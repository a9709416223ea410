"""SEC008: a line that stands as a heading without being one."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Severity, Text
from mdreview.facts.pseudo_headings import pseudo_headings
from mdreview.markdown import Document
from mdreview.rule import DocumentRule


class PseudoHeading(DocumentRule):
    code = "SEC008"
    name = "pseudo-heading"
    severity = Severity.INFO
    message = Text("“{title}” stands as a heading; mark it with #", "“{title}”起标题的作用，应使用 # 标题标记")
    why = Text(
        "Only marked headings enter the table of contents, are numbered and can be referred to.",
        "只有带标题标记的行才会进入目录、参与编号并可被引用。",
    )
    silent = Text(
        "Bold lines are mostly emphasis: reported are those that bear a section's name (摘要, Abstract, References), "
        "those whose numbers count on (一、二、; 1.1, 1.2) over text of their own, and bold lines in a text that has "
        "no headings at all.",
        "加粗的行多半只是强调。仅报告：使用章节专名的行（摘要、Abstract、参考文献等）、编号连续且其下有正文的行"
        "（一、二、；1.1、1.2），以及全文没有任何标题时的加粗行。",
    )
    bad = (
        "# 标题\n\n⟦**摘要**→## 摘要\n⟧\n本文综述了方法。\n\n## 1 引言\n\n文。\n",
        "⟦一、基本概念→## 一、基本概念⟧\n\n深度学习是一种方法。\n\n⟦二、应用→## 二、应用⟧\n\n应用很多。\n",
        (
            "# Title\n\n⟦**1.1 Data**→### 1.1 Data⟧\n\nWe took ten samples.\n\n⟦**1.2 Models**→### 1.2 Models⟧\n\n"
            "We trained two.\n"
        ),
        "# Title\n\nText.\n\n⟦**References**→## References⟧\n\n[1] A. Author. A title. 2020.\n",
    )
    good = (
        "## 摘要\n\n本文综述了方法。\n\n**摘要**：本文综述了方法。\n",
        "# 标题\n\n## 节\n\n**注意事项**\n\n请先备份数据。\n",
        "目录\n\n一、基本概念\n\n二、应用\n",
        "# Title\n\n## Setup\n\n**Step one**\n\nInstall it.\n\n**Step two**\n\nRun it.\n",
        "一、本文提出了一种方法，效果良好。\n\n二、我们公开了数据。\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        for line in document.fact(pseudo_headings):
            yield self.found(line.span, fix=remedies.headings.mark_heading(document, line), title=line.title)
