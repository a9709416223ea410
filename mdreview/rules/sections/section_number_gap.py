"""SEC001: a section number that leaves one out."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Related, Text
from mdreview.facts.numbering import Number, Script, write
from mdreview.facts.section_series import Series, counted_elsewhere, foreign, misplaced, series
from mdreview.facts.sections import Section, SectionTree, section_tree
from mdreview.markdown import Document
from mdreview.rule import DocumentRule, Example

FIRST = Text(
    "the first section here is numbered {number}; expected {expected}", "此处第一节的编号是 {number}，应为 {expected}"
)
BEFORE = Text("the section before is {before}", "前一节的编号是 {before}")


class SectionNumberGap(DocumentRule):
    code = "SEC001"
    name = "section-number-gap"
    message = Text(
        "section number jumps from {before} to {number}; {expected} is missing",
        "章节编号从 {before} 跳到 {number}，缺少 {expected}",
    )
    why = Text(
        "A number that is left out makes the reader look for a section that is not there, and references to later "
        "sections go wrong when it is mended late.",
        "缺号会让读者去找并不存在的章节；改得越晚，对后文章节的引用越容易出错。",
    )
    silent = Text(
        "A file that starts at its own number (a chapter of a larger work) is judged relative to it; numbering that "
        "starts anew under a new parent, or counts on across parents, is right; 0 may come first. An unnumbered "
        "section that fills the gap is reported by SEC006.",
        "文件以自身编号开头（如全书的一章）时，以该编号为准；在新的上级章节下重新编号、或跨上级章节连续编号均属正常；"
        "可以从 0 开始。若缺口处有一个未编号的章节，则由 SEC006 报告。",
    )
    bad = (
        "# 标题\n\n## 1 引言\n\n文。\n\n## ⟦3→2⟧ 方法\n\n文。\n",
        "## 一、背景\n\n文。\n\n## ⟦三、→二、⟧方法\n\n文。\n",
        "## 2. Methods\n\n### 2.1 Data\n\nText.\n\n### ⟦2.3→2.2⟧ Models\n\nText.\n",
        Example(
            "## 1. Methods\n\n### ⟦1.2→1.1⟧ Data\n\nText.\n\n### 1.3 Models\n\nText.\n",
            fixed="## 1. Methods\n\n### 1.1 Data\n\nText.\n\n### 1.2 Models\n\nText.\n",
        ),
    )
    good = (
        "## 2.9 Nine\n\nText.\n\n## 2.10 Ten\n\nText.\n",
        "# 6.4 本章\n\n文。\n\n## 6.4.1 节\n\n文。\n\n## 6.4.2 节\n\n文。\n",
        "## 一、背景\n\n### 1. 甲\n\n文。\n\n### 2. 乙\n\n文。\n\n## 二、方法\n\n### 1. 丙\n\n文。\n",
        "## 0. Overview\n\nText.\n\n## 1. Data\n\nText.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        tree = document.fact(section_tree)
        aside = {fault.section.index for fault in document.fact(foreign)}
        moved = {fault.section.index for fault in document.fact(misplaced)}
        first = next((section for section in tree if section.number), None)
        lasts: dict[tuple[int, object], int] = {}
        for run in document.fact(series):
            opening = run.sections[0]
            assert opening.number is not None
            key = (opening.level, opening.number.style.script)
            counted = opening.number.depth == 1 and lasts.get(key) == opening.number.values[0] - 1
            explained = (first and opening.index == first.index) or opening.index in aside or opening.parent in moved
            missing = range(1, opening.number.values[-1])
            counted = counted or counted_elsewhere(tree, opening, missing, opening.parent + 1)
            if not explained and not counted and not _may_open(opening, first):
                expected = _with_last(opening.number, 1)
                fix = remedies.sections.changes(document, opening)
                yield self.found(
                    opening.number_span, message=FIRST, fix=fix, number=write(opening.number), expected=expected
                )
            yield from self._gaps(document, run, moved)
            if opening.number.depth == 1:
                lasts[key] = max(section.number.values[0] for section in run.sections if section.number)

    def _gaps(self, document: Document, run: Series, moved: set[int]) -> Iterator[Diagnostic]:
        tree = document.fact(section_tree)
        before = run.sections[0]
        for section in run.sections[1:]:
            assert section.number is not None and before.number is not None
            last, value = before.number.values[-1], section.number.values[-1]
            if value > last + 1 and not _filled(tree, before, section, moved):
                related = Related(before.number_span, BEFORE, {"before": write(before.number)})
                yield self.found(
                    section.number_span,
                    related=(related,),
                    fix=remedies.sections.changes(document, section),
                    before=write(before.number),
                    number=write(section.number),
                    expected=_with_last(section.number, last + 1),
                )
            if value > last or value <= 1:
                before = section


def _may_open(opening: Section, first: Section | None) -> bool:
    """Whether a run may start so: at 0 or 1, or at the file's own first number."""
    assert opening.number is not None
    *_, value = opening.number.values
    if value <= 1 or opening.number.unit == "appendix":
        return True
    if first is None or first.number is None or opening.number.depth > 1:
        return False
    return value - first.number.values[0] in (0, 1) and opening.level <= first.level


def _filled(tree: SectionTree, before: Section, after: Section, moved: set[int]) -> bool:
    """Whether other rules tell of the gap: sections fill it that have no number or the last part of one, or its
    numbers stand on other levels.
    """
    assert before.number is not None and after.number is not None
    between = tree.sections[before.index + 1 : after.index]
    missing = range(before.number.values[-1] + 1, after.number.values[-1])
    bare = 0
    for section in between:
        number = section.number
        cut = number is not None and section.index in moved and number.values[-1] in missing
        bare += section.level == after.level and (number is None or cut)
    return bare == len(missing) or counted_elsewhere(tree, after, missing, before.index + 1)


def _with_last(number: Number, value: int) -> str:
    if number.style.script is Script.CIRCLED and value > 50:
        return str(value)
    return write(Number((*number.values[:-1], value), number.style))
