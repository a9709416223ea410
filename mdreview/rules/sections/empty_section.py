"""SEC009: a heading with nothing under it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Severity, Text
from mdreview.facts.regions import Region
from mdreview.facts.sections import Section, SectionTree, section_tree
from mdreview.markdown import Document, Kind, kind_of
from mdreview.patterns import regex
from mdreview.rule import DocumentRule

NOTHING = frozenset({Kind.COMMENT, Kind.BREAK, Kind.LINK_DEFINITION, Kind.FOOTNOTE, Kind.THINKING})
FILLED_ELSEWHERE = frozenset({Region.CONTENTS, Region.APPENDIX})
REFERENCES = regex(r"参考|參考|文献|文獻|reference|bibliography|works cited", re.I)
NOTES = regex(r"\b(?:foot|end)?notes\b|注释|注釋|脚注|腳註|尾注|註釋", re.I)
SKELETON_SHARE = 4


class EmptySection(DocumentRule):
    code = "SEC009"
    name = "empty-section"
    severity = Severity.INFO
    message = Text("there is nothing under the heading “{title}”", "标题“{title}”之下没有内容")
    why = Text(
        "A heading with nothing under it was forgotten, or its text was lost.",
        "标题之下空无一物，多半是忘了写，或正文丢失。",
    )
    silent = Text(
        "A heading over subsections is not empty; reference lists and tables of contents are filled in by the "
        "renderer; a text of which a quarter of the sections is empty is an outline. Notes fill a section that is "
        "named for them or for references, and a rule sets off a second line of the title.",
        "标题之下有小节即不为空；参考文献、目录由渲染工具填充；若四分之一以上的章节为空，则视为提纲。"
        "注释、参考文献一节中有脚注定义即不为空；大标题之下以分隔线隔开的副标题也不算空节。",
    )
    bad = (
        "# 标题\n\n## 方法\n\n文。\n\n## ⟦结果⟧\n\n## 讨论\n\n文。\n\n## 结论\n\n文。\n",
        "## Data\n\nText.\n\n## Models\n\nText.\n\n## Results\n\nText.\n\n### ⟦Further reading⟧\n",
    )
    good = (
        "# 标题\n\n## 方法\n\n### 数据\n\n文。\n\n## 参考文献\n",
        "# One\n\n## 1\n\n## 2\n\n## 3\n\nText.\n",
        "## Data\n\n![plot](plot.png)\n\n## Models\n\n| a |\n|---|\n| 1 |\n",
        "## Data\n\nText[^1].\n\n## Models\n\nText.\n\n## Sources\n\n[^1]: Lee. Rain. 2019.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        tree = document.fact(section_tree)
        empty = [section for section in tree if _is_empty(document, tree, section)]
        if len(empty) * SKELETON_SHARE > len(tree):
            return
        for section in empty:
            filled = section.region in FILLED_ELSEWHERE or (
                section.region is Region.REFERENCES and REFERENCES.search(section.title)
            )
            if not filled:
                yield self.found(section.span, title=section.title)


def _is_empty(document: Document, tree: SectionTree, section: Section) -> bool:
    following = tree.sections[section.index + 1] if section.index + 1 < len(tree) else None
    if following is not None and (following.level > section.level or _continues(section, following)):
        return False
    last = following.block if following is not None else len(document.blocks)
    kinds = document.each(kind_of)[section.block + 1 : last]
    if not NOTHING.issuperset(kinds):
        return False
    second = section.index == 1 and section.level == 2 and section.block == tree.sections[0].block + 1
    if second and tree.sections[0].level == 1 and Kind.BREAK in kinds:
        # a second line of the title, set off from the text by a rule
        return False
    # notes belong to the text above them, but under a title for references they are what it announces
    return Kind.FOOTNOTE not in kinds or not (section.region is Region.REFERENCES or NOTES.search(section.title))


def _continues(section: Section, following: Section) -> bool:
    """Whether the next heading of the same level is a subsection by its number, or stands under a title."""
    if section.index == 0 or section.repeated or following.repeated:
        return True
    if section.number is None or following.number is None:
        return False
    return following.number.depth > section.number.depth or section.number.unit != following.number.unit
