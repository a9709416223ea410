"""TRM005: an abbreviation that the text never expands."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Severity, Text
from mdreview.facts.sections import is_chapter
from mdreview.facts.terms import terms
from mdreview.facts.unexpanded import unexpanded
from mdreview.markdown import Document
from mdreview.rule import DocumentRule


class UndefinedAbbreviation(DocumentRule):
    code = "TRM005"
    name = "undefined-abbreviation"
    severity = Severity.INFO
    message = Text(
        "“{short}” is never expanded; give its long form at this first use",
        "缩写“{short}”全文未给出全称，请在首次出现处说明",
    )
    why = Text(
        "A reader from a neighbouring field cannot look up an abbreviation that stands for a dozen things.",
        "一个缩写可能对应许多含义，相邻领域的读者无从查起。",
    )
    silent = Text(
        "Common abbreviations, those that the settings name, units, Roman numerals, words in capitals, names of "
        "models, "
        "programs, data sets, standards and versions, letters joined to a longer name, and what stands in code, "
        "tables, "
        "headings, captions and reference lists are left alone. A text that explains an abbreviation anywhere, in "
        "whatever "
        "form, has explained it, and so has another file of the work. A chapter of a book, a file whose one heading of "
        "the first level is labelled, may lean on the chapters before it.",
        "常见缩写、设置中列出的缩写、单位、罗马数字、全大写单词、模型/程序/数据集/标准/版本名称、更长名称中的字母，"
        "以及代码、表格、标题、题注和参考文献中的内容均不报告。只要文中任何地方以任何形式解释过，或同一著作的其他文件"
        "解释过，就不报告。唯一的一级标题带有标签的文件是一本书的一章，可以依靠前面的章节，也不报告。",
    )
    bad = (
        "改进后的 ⟦TSN⟧ 优于基线。与 TSN 相比，新方法更快，而且 TSN 需要更多内存。\n",
        "Kernel methods such as ⟦KRR⟧ work well. We tune KRR by hand, and KRR wins.\n",
    )
    good = (
        "The CPU and the GPU share memory. The CPU waits.\n",
        "时间片网络（TSN）优于基线，TSN 更快。\n",
        "KRR stands for kernel ridge regression. KRR wins.\n",
        "You MUST NOT do this. It is IMPORTANT.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        if not context.others and document.fact(is_chapter):
            return
        known = frozenset(context.settings.terms.known)
        for short, span in document.fact(unexpanded):
            if short not in known and not any(short in other.fact(terms).by_short for other in context.others):
                yield self.found(span, short=short)
