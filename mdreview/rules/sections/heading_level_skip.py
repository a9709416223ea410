"""SEC004: a heading that leaves out a level."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Related, Safety, Text
from mdreview.facts.sections import Section, SectionTree, section_tree
from mdreview.markdown import Document
from mdreview.rule import DocumentRule, Example

ABOVE = Text("the heading above is of level {level}", "上一个标题是 {level} 级")


UNIFORM_AT_LEAST = 2


class HeadingLevelSkip(DocumentRule):
    code = "SEC004"
    name = "heading-level-skip"
    message = Text(
        "heading level jumps from {above} to {level}; use level {expected}",
        "标题级别从 {above} 级跳到 {level} 级，应为 {expected} 级",
    )
    why = Text(
        "A level that is left out breaks the table of contents, numbering by style sheets, and reading aloud.",
        "跳级会打乱目录、自动编号和屏幕朗读。",
    )
    silent = Text(
        "The first heading may be of any level, and going up several levels at once is right. A text whose one title "
        "is followed throughout by unnumbered headings of one lower level has no level missing. Where one jump is "
        "made repeatedly, its first place is reported.",
        "首个标题可为任意级别，向上回退多级也属正常。全文只有一个大标题、其下无编号的标题一律用同一较低级别时，不算跳级。"
        "同一种跳级反复出现时，只报告第一处。",
    )
    bad = (
        Example(
            "# 标题\n\n### ⟦1 引言⟧\n\n文。\n\n### 2 方法\n\n文。\n",
            fixed="# 标题\n\n## 1 引言\n\n文。\n\n## 2 方法\n\n文。\n",
        ),
        Example(
            "# Title\n\n## Methods\n\n#### ⟦Data⟧\n\nText.\n\n## Results\n\nText.\n",
            fixed="# Title\n\n## Methods\n\n### Data\n\nText.\n\n## Results\n\nText.\n",
        ),
        Example(
            "# Title\n\n#### ⟦Data⟧\n\nText.\n\n### Models\n\nText.\n\n### Results\n\nText.\n",
            fixed="# Title\n\n### Data\n\nText.\n\n### Models\n\nText.\n\n### Results\n\nText.\n",
        ),
    )
    good = (
        "# 标题\n\n## 引言\n\n### 背景\n\n文。\n\n## 方法\n\n文。\n",
        "# Title\n\n### Data\n\nText.\n\n### Models\n\nText.\n\n### Results\n\nText.\n",
        "### Abstract\n\nText.\n\n## Introduction\n\nText.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        tree = document.fact(section_tree)
        above = None
        house_style = _level_below_title(tree)
        places: dict[tuple[int, int], list[tuple[Section, Section]]] = {}
        for section in tree:
            jumps_over = above is not None and section.level > above.level + 1
            if above and jumps_over and not (above.index == 0 and section.level == house_style):
                places.setdefault((above.level, section.level), []).append((above, section))
            above = section
        for (level_above, level), jumps in places.items():
            above, section = jumps[0]
            if above.index == 0 and level_above < house_style < level:
                expected = house_style
                fix = remedies.headings.move_level(document, [section], expected - level, Safety.UNSAFE)
            else:
                expected = level_above + 1
                fix = remedies.headings.close_gaps(document, [parent for parent, _ in jumps])
            yield self.found(
                section.span,
                related=(Related(above.span, ABOVE, {"level": level_above}),),
                fix=fix,
                above=level_above,
                level=level,
                expected=expected,
            )


def _level_below_title(tree: SectionTree) -> int:
    """The level on which every section right below the one title stands, if they are many and unnumbered; else 0."""
    levels = [section.level for section in tree if not section.repeated]
    if not levels or levels.count(levels[0]) > 1 or min(levels) < levels[0]:
        return 0
    below = min(levels[1:], default=0)
    top = [section for section in tree if section.level == below]
    bare = sum(1 for section in top if section.number is None)
    return below if len(top) >= UNIFORM_AT_LEAST and bare * 2 > len(top) else 0
