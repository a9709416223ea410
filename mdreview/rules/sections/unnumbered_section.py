"""SEC006: a section without a number among numbered ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Related, Severity, Text
from mdreview.facts.numbering import write
from mdreview.facts.regions import Region
from mdreview.facts.sections import Section, section_tree
from mdreview.markdown import Document
from mdreview.patterns import regex
from mdreview.rule import DocumentRule, Example

BEFORE = Text("the section before is {number}", "前一节的编号是 {number}")
NUMBERED_AT_LEAST = 3
EXEMPT = regex(
    r"(?:前言|序言?|引子|导读|导言|小结|总结|结语|结束语|后记|声明|贡献|资助|基金|作者|利益冲突|数据可用性|附|注释?|补充"
    r"|待办|todo|更新|版本|修订|目录|图目|表目|术语|缩写|符号|preface|foreword|summary|note|funding|author|conflict|competing"
    r"|data availability|code availability|ethic|supplement|disclosure|about|glossary|abbreviation|declaration"
    r"|contribution|references?\b|bibliography|(?:works|literature) cited|license|changelog|faq|table|figure|list of"
    r"|highlight|(?:code|data|software|materials?) and (?:code|data|software|materials?))",
    re.I,
)


class UnnumberedSection(DocumentRule):
    code = "SEC006"
    name = "unnumbered-section"
    severity = Severity.INFO
    message = Text(
        "“{title}” has no number, but the sections around it have",
        "“{title}”没有编号，而同级的其他章节有编号",
    )
    why = Text(
        "One section without a number among numbered ones looks forgotten, and no reference can name it.",
        "同级章节都有编号而独缺一节，像是遗漏，也无法按编号引用。",
    )
    silent = Text(
        "Front and back matter (摘要, 参考文献, 致谢, 附录, Abstract, References, Acknowledgements, …) needs no "
        "number; nor does what stands before the first numbered section, or closes the text.",
        "摘要、参考文献、致谢、附录等前后部分无须编号；位于第一个编号章节之前的标题和全文末尾的标题也不报告。",
    )
    bad = (
        Example(
            "## 1 引言\n\n文。\n\n## 2 方法\n\n文。\n\n## ⟦结果⟧\n\n文。\n\n## 4 讨论\n\n文。\n",
            fixed="## 1 引言\n\n文。\n\n## 2 方法\n\n文。\n\n## 3 结果\n\n文。\n\n## 4 讨论\n\n文。\n",
        ),
        Example(
            "## 1. Data\n\nText.\n\n## 2. Models\n\nText.\n\n## ⟦Experiments⟧\n\nText.\n\n## 3. Results\n\nText.\n",
            fixed="## 1. Data\n\nText.\n\n## 2. Models\n\nText.\n\n"
            "## 3. Experiments\n\nText.\n\n## 4. Results\n\nText.\n",
        ),
    )
    good = (
        "## 摘要\n\n文。\n\n## 1 引言\n\n文。\n\n## 2 方法\n\n文。\n\n## 3 结论\n\n文。\n\n## 参考文献\n\n文。\n",
        "## 1 A\n\nText.\n\n## Note\n\nText.\n\n## Another\n\nText.\n\n## 2 B\n\nText.\n\n## Third\n\nText.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        found = tuple(_unnumbered(document))
        fix = remedies.sections.add_numbers(document, tuple(section for section, _ in found)) if found else None
        for section, before in found:
            assert before.number is not None
            related = Related(before.number_span, BEFORE, {"number": write(before.number)})
            yield self.found(section.span, related=(related,), fix=fix, title=section.title)


def _unnumbered(document: Document) -> Iterator[tuple[Section, Section]]:
    """The sections without a number among numbered ones, each with the numbered one before it."""
    for _, siblings in document.fact(section_tree).siblings():
        numbered = [section for section in siblings if section.number is not None]
        if len(numbered) < NUMBERED_AT_LEAST:
            continue
        # a subsection may close its section without a number as little as it may stand within it
        dotted = all(section.number.depth > 1 for section in numbered if section.number)
        end = siblings[-1].index + 1 if dotted else numbered[-1].index
        bare = [section for section in siblings if section.number is None and numbered[0].index < section.index < end]
        if len(bare) * NUMBERED_AT_LEAST > len(numbered):
            continue
        for section in bare:
            if section.region is not Region.BODY or EXEMPT.match(section.title.strip()):
                continue
            yield section, _before(section, numbered)


def _before(section: Section, numbered: list[Section]) -> Section:
    from bisect import bisect_left

    return numbered[bisect_left(numbered, section.index, key=lambda other: other.index) - 1]
