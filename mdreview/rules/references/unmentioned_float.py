"""REF004: a captioned figure or table that the text never mentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Severity, Text
from mdreview.facts import floats, labels, references
from mdreview.facts.float_index import LEGENDS
from mdreview.facts.floats import Caption, FloatKind
from mdreview.facts.regions import Region, regions
from mdreview.facts.sections import section_tree
from mdreview.facts.wording import folded, names_any
from mdreview.markdown import Block, Document, Kind, Placed
from mdreview.patterns import regex
from mdreview.rule import DocumentRule

TABLE = Text("the text never mentions table {number}", "正文从未提及表 {number}")
MANY = 4
NEAR = 3
IMAGE = "[图圖](?![像形片谱譜书書案标標文纸紙论論层層灵表])"
TABLE_WORD = "表(?![现現示達达面明格征演述态態])"
CHINESE_POINTER = regex(
    rf"(?:[上下前后後左右](?:[面列方边邊侧側]的?)?|此|[该該])[这這两几幅张張個个一]{{0,4}}(?:{IMAGE}|{TABLE_WORD})"
    rf"|(?<!\p{{Han}})(?:{IMAGE}|表)[中里裡内上]|[从從由在](?:{IMAGE}|表)[中里裡内上]"
    rf"|[图圖表]所示|如(?:{IMAGE}|{TABLE_WORD})"
)
# in small letters
POINTER_WORDS = ("figure", "table", "chart", "plot", "diagram", "image")
ENGLISH_POINTER = regex(
    r"\b(?:figure|table|chart|plot|diagram|image)s?[ ](?:above|below|shows?|on the (?:left|right))"
    r"|\b(?:following|above|below|next|previous|preceding|this|these)[ ](?:\w{1,30}[ ])?"
    r"(?:figure|table|chart|plot|diagram|image)s?\b"
)


class UnmentionedFloat(DocumentRule):
    code = "REF004"
    name = "unmentioned-float"
    severity = Severity.INFO
    message = Text("the text never mentions figure {number}", "正文从未提及图 {number}")
    why = Text(
        "Journals ask that every figure and table be mentioned in the text, so that the reader knows when to look.",
        "期刊要求每个图表都在正文中提及，读者才知道何时去看。",
    )
    silent = Text(
        "“下图”, “the table below” and the like, next to the figure, mention it. A text with many figures that "
        "mentions fewer than half of them by number has chosen not to.",
        "紧邻图表处的“下图”“上表”等也算提及。图表较多而按编号提及的不到一半，视为作者的惯例。",
    )
    bad = (
        "⟦表1⟧ 各方法的效果\n\n| 方法 | 效果 |\n|---|---|\n| 甲 | 好 |\n\n各方法差异明显。\n",
        "![](a.png)\n\n⟦Figure 1⟧. Accuracy by year.\n\nIt grows.\n",
    )
    good = (
        "各方法的效果见表1。\n\n表1 各方法的效果\n\n| 方法 | 效果 |\n|---|---|\n| 甲 | 好 |\n",
        "各方法的效果如下表所示。\n\n表1 各方法的效果\n\n| 方法 | 效果 |\n|---|---|\n| 甲 | 好 |\n",
        "Figs. 1–3 show it.\n\n![](a.png)\n\nFigure 2. Accuracy by year.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        captions = [placed for placed in document.joined(floats.captions) if not placed.fact.image]
        if not captions:
            return
        named = {mention.fact.kind: set[object]() for mention in document.joined(references.figures_tables_equations)}
        for other in (document, *context.others):
            for mention in other.joined(references.figures_tables_equations):
                keys = named.setdefault(mention.fact.kind, set())
                keys.add(mention.fact.number.key)
                if mention.fact.range_:
                    keys |= _range(mention.fact.number.prefix, mention.fact.number.values)
        labelled = {placed.block for placed in document.joined(labels.references)}
        unnamed: dict[FloatKind, list[Placed[Caption]]] = defaultdict(list)
        total: dict[FloatKind, set[object]] = defaultdict(set)
        for caption in captions:
            kind, key = caption.fact.kind, caption.fact.number.key
            if key in total[kind]:
                continue
            total[kind].add(key)
            if key not in named.get(kind, set()):
                unnamed[kind].append(caption)
        for kind, found in unnamed.items():
            if len(total[kind]) >= MANY and len(found) * 2 > len(total[kind]):
                continue
            for caption in found:
                if caption.block not in labelled and not _pointed_at(document, caption.block):
                    yield from self._report(document, caption)

    def _report(self, document: Document, caption: Placed[Caption]) -> Iterator[Diagnostic]:
        span = caption.span(caption.fact.label)
        section = document.fact(section_tree).at(span.start)
        if section is not None and LEGENDS.search(section.title):
            return
        if document.fact(regions).at(span.start) in (Region.REFERENCES, Region.CONTENTS, Region.APPENDIX):
            return
        message = TABLE if caption.fact.kind is FloatKind.TABLE else None
        yield self.found(span, message=message, number=caption.fact.number.dotted)


def _range(prefix: str, values: tuple[int, ...]) -> set[object]:
    """What 2-4 names where it is a range."""
    if len(values) != 2 or not 0 < values[1] - values[0] < 30:
        return set()
    return {(prefix, (value,)) for value in range(values[0], values[1] + 1)}


def _points(block: Block) -> bool:
    """Whether a block's words point at a figure or table by its place."""
    if block.kind in (Kind.CODE, Kind.MATH, Kind.FRONT_MATTER, Kind.COMMENT, Kind.THINKING):
        return False
    if not block.prose.isascii() and CHINESE_POINTER.search(block.prose):
        return True
    return names_any(block, POINTER_WORDS) and bool(ENGLISH_POINTER.search(block.fact(folded)))


def _pointed_at(document: Document, block: int) -> bool:
    """Whether words near a block point at a figure or table there."""
    return any(near.fact(_points) for near in document.blocks[max(block - NEAR, 0) : block + NEAR + 1])
