"""SEC007: two sections bear one number."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Related, Severity, Text
from mdreview.facts.numbering import write
from mdreview.facts.section_series import series
from mdreview.facts.sections import Section, section_tree
from mdreview.markdown import Document
from mdreview.rule import DocumentRule

FIRST = Text("{number} stands here first", "{number} 首次出现于此")


class DuplicateSectionNumber(DocumentRule):
    code = "SEC007"
    name = "duplicate-section-number"
    severity = Severity.ERROR
    message = Text(
        "section number {number} is used twice; the first is “{title}”",
        "章节编号 {number} 重复，前一处为“{title}”",
    )
    why = Text(
        "A reference to the number leads to two places, and every later number is likely wrong.",
        "对该编号的引用指向两处，其后的编号多半也有误。",
    )
    silent = Text(
        "Numbering that starts anew under a new parent or after an unnumbered heading, and local numbers on "
        "different levels, repeat nothing.",
        "在新的上级章节下或未编号的标题之后重新编号、以及不同级别的局部编号，均不算重复。",
    )
    bad = (
        "## 1 引言\n\n文。\n\n## 2 方法\n\n文。\n\n## ⟦2→3⟧ 结果\n\n文。\n",
        "## 1. Data\n\n### 1.1 Sources\n\nText.\n\n#### ⟦1.1⟧ Cleaning\n\nText.\n",
        "# 报告\n\n## 一、概述\n\n文。\n\n# 报告\n\n## ⟦一、⟧概述\n\n文。\n",
    )
    good = (
        "## 一、背景\n\n### 1. 甲\n\n文。\n\n## 二、方法\n\n### 1. 乙\n\n文。\n",
        "# Part A\n\n## 1.1 Data\n\nText.\n\n# Part B\n\n## 1.1 Data\n\nText.\n",
        "## 1. Data\n\nText.\n\n## Appendix A\n\nText.\n\n## Appendix B\n\nText.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        found: dict[int, Section] = {}
        for run in document.fact(series):
            seen: dict[tuple[int, ...], Section] = {}
            for section in run.sections:
                assert section.number is not None
                earlier = seen.get(section.number.values)
                if earlier is not None:
                    found[section.index] = earlier
                    if section.number.values[-1] <= 1:
                        seen = {}
                seen[section.number.values] = section
        found |= _across_parents(document)
        tree = document.fact(section_tree)
        for index in sorted(found):
            section, first = tree.sections[index], found[index]
            assert section.number is not None and first.number is not None
            related = Related(first.span, FIRST, {"number": write(first.number)})
            number, fix = write(section.number), remedies.sections.changes(document, section)
            yield self.found(section.number_span, related=(related,), fix=fix, number=number, title=first.title)


def _across_parents(document: Document) -> dict[int, Section]:
    """Numbers of several parts that stand twice with no higher heading between them."""
    seen: dict[object, Section] = {}
    last_at_level = [-1] * 7
    found: dict[int, Section] = {}
    for section in document.fact(section_tree):
        if section.repeated:
            continue
        number = section.number
        if number is not None and number.depth > 1:
            key = (number.values, number.unit, number.style.script)
            earlier = seen.get(key)
            if earlier is not None:
                higher = min(earlier.level, section.level)
                if max(last_at_level[:higher]) < earlier.index:
                    found[section.index] = earlier
            seen[key] = section
        last_at_level[section.level] = section.index
    return found
