"""SEC005: sibling sections numbered in different styles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Related, Severity, Text
from mdreview.facts.numbering import Number, write
from mdreview.facts.section_series import series
from mdreview.markdown import Document
from mdreview.rule import DocumentRule, Example

USUAL = Text("written {number} here", "此处写作 {number}")


class SectionNumberStyle(DocumentRule):
    code = "SEC005"
    name = "section-number-style"
    severity = Severity.INFO
    message = Text(
        "section number {number} is written otherwise than its neighbours; expected {expected}",
        "章节编号 {number} 与同级的写法不一致，应为 {expected}",
    )
    why = Text(
        "One series of sections takes one style of number; `1.`, `1`, `1、` and `一、` side by side look unfinished.",
        "同一组章节的编号应使用同一种写法；1.、1、1、与一、混用显得未经校订。",
    )
    silent = Text(
        "Different levels may be numbered differently, and so may appendices.",
        "不同级别的编号写法可以不同，附录也可以另行编号。",
    )
    bad = (
        "## 1. 引言\n\n文。\n\n## 2. 方法\n\n文。\n\n## ⟦3、→3. ⟧结果\n\n文。\n",
        Example(
            "## 一、引言\n\n文。\n\n## ⟦2.⟧ 方法\n\n文。\n\n## 三、结果\n\n文。\n",
            fixed="## 一、引言\n\n文。\n\n## 二、方法\n\n文。\n\n## 三、结果\n\n文。\n",
        ),
        Example(
            "## 1. Data\n\nText.\n\n## ⟦2⟧ Models\n\nText.\n\n## 3. Results\n\nText.\n",
            fixed="## 1. Data\n\nText.\n\n## 2. Models\n\nText.\n\n## 3. Results\n\nText.\n",
        ),
    )
    good = (
        "## 一、引言\n\n### 1. 背景\n\n文。\n\n### 2. 问题\n\n文。\n\n## 二、方法\n\n文。\n",
        "## 1. Data\n\nText.\n\n## 2. Models\n\nText.\n\n## Appendix A\n\nText.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        for run in document.fact(series):
            numbered = [(section, section.number) for section in run.sections if section.number]
            styles = Counter(_style(number) for _, number in numbered)
            if len(styles) < 2:
                continue
            # Counter keeps the order of first use, so of two equally common styles the first is the usual one
            usual_style, _ = styles.most_common(1)[0]
            usual = next(section for section, number in numbered if _style(number) == usual_style)
            assert usual.number is not None
            related = Related(usual.number_span, USUAL, {"number": write(usual.number)})
            for section, number in numbered:
                if _style(number) != usual_style:
                    wanted = Number(number.values, usual.number.style)
                    yield self.found(
                        section.number_span,
                        related=(related,),
                        fix=remedies.sections.set_style(document, section, wanted),
                        number=write(number),
                        expected=write(wanted),
                    )


def _style(number: Number) -> tuple[object, ...]:
    script, before, after, point = number.style
    return script, before.strip(), after.strip(), point if number.depth > 1 else ""
