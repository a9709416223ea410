"""REF003: a caption with no figure or table near it."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Text
from mdreview.facts.float_index import LEGENDS, pairings
from mdreview.facts.floats import FloatKind
from mdreview.facts.regions import Region, regions
from mdreview.facts.sections import section_tree
from mdreview.markdown import Document
from mdreview.rule import DocumentRule

TABLE = Text("“{label}” has a caption but no table near it", "“{label}”有表题，但附近没有表格")
APART_AT_LEAST = 3


class CaptionWithoutFloat(DocumentRule):
    code = "REF003"
    name = "caption-without-float"
    message = Text("“{label}” has a caption but no figure near it", "“{label}”有图题，但附近没有图")
    why = Text(
        "The figure or table was lost, or was never made; the reader finds only its title.",
        "图表丢失或从未制作，读者只看到题目。",
    )
    silent = Text(
        "The figure or table may stand up to three blocks before or after its caption; a picture or a code block can "
        "be a table; lists of figure legends have no figures. Where there are three captions of figures and more, and "
        "no figure at all, the figures are files of their own.",
        "图表可在题注前后三个块之内；图片或代码块也可充当表格；图题列表本来就没有图。有三处以上图题而全文没有一幅图的，视为图片另附文件，不予报告。",
    )
    bad = (
        "各方法的效果如下。\n\n⟦表1 各方法的效果⟧\n\n可以看出差异明显。\n",
        "# Results\n\n⟦Figure 2. Accuracy by year.⟧\n\nText goes on.\n",
    )
    good = (
        "表1 各方法的效果\n| 方法 | 效果 |\n|---|---|\n| 甲 | 好 |\n",
        "![accuracy](a.png)\n\n**Figure 2.** Accuracy by year.\n",
        "## Figure legends\n\nFigure 1. Accuracy by year.\n\nFigure 2. Loss by year.\n",
        "图2 展示了各方法的效果。\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        tree = document.fact(section_tree)
        parts = document.fact(regions)
        pairs = document.fact(pairings)
        figures = [carried for caption, carried in pairs if caption.fact.kind is FloatKind.FIGURE]
        # a journal that wants figures in files of their own gets the captions alone
        apart = len(figures) >= APART_AT_LEAST and not any(figures)
        for caption, carried in pairs:
            if carried or (apart and caption.fact.kind is FloatKind.FIGURE):
                continue
            span = caption.span(caption.fact.span)
            section = tree.at(span.start)
            if section is not None and LEGENDS.search(section.title):
                continue
            if parts.at(span.start) in (Region.REFERENCES, Region.CONTENTS):
                continue
            label = document.text_of(caption.span(caption.fact.label))
            message = TABLE if caption.fact.kind is FloatKind.TABLE else None
            yield self.found(span, message=message, label=label)
