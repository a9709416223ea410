"""REF005: captions that are not numbered 1, 2, 3."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Fix, Related, Text
from mdreview.facts.caption_series import Run, runs, same_float, starts_at_one
from mdreview.facts.floats import Caption
from mdreview.markdown import Document, Placed
from mdreview.rule import DocumentRule, Example

REACH = 50
BEFORE = Text("the caption before is {before}", "前一个题注是 {before}")
TWICE = Text("{label} is used for two captions", "“{label}”用于两处题注")
LATE = Text("{label} comes too late: {before} stands before it", "“{label}”排在“{before}”之后，次序颠倒")
FIRST = Text("the first caption of its kind is {label}", "同类题注从“{label}”开始，应从 1 开始")


class FloatNumbering(DocumentRule):
    code = "REF005"
    name = "float-numbering"
    message = Text("caption numbers jump from {before} to {label}", "题注编号从“{before}”跳到“{label}”")
    why = Text(
        "Figures and tables are numbered in the order in which they stand; a number that is missing or comes too late "
        "makes the reader search for one that is not there.",
        "图表按出现顺序编号；缺号或迟到的编号会让读者去找并不存在的图表。",
    )
    silent = Text(
        "Numbers by chapter (3.1, 3.2, 4.1; 3-1, 3-2) start anew in each chapter; panels (图1(a)), the same caption in "
        "two languages or in an image's alternative text, and lists of legends repeat nothing. A file that is one "
        "chapter may start at any number. Of several gaps in one series the first is reported.",
        "按章编号（3.1、3.2、4.1；3-1、3-2）每章重新开始；分图（图1(a)）、中英文对照的题注、与图片替代文本相同的题注、"
        "图题列表均不算重复；文件只是全书一章时可从任意编号开始。同一系列有多处缺号时只报告第一处。",
    )
    bad = (
        Example(
            "![](a.png)\n\n图1 系统结构\n\n![](b.png)\n\n⟦图3⟧ 数据流\n",
            fixed="![](a.png)\n\n图1 系统结构\n\n![](b.png)\n\n图2 数据流\n",
        ),
        Example(
            "![](a.png)\n\nFigure 2. Loss.\n\n![](b.png)\n\n⟦Figure 1⟧. Gain.\n",
            fixed="![](a.png)\n\nFigure 1. Loss.\n\n![](b.png)\n\nFigure 2. Gain.\n",
        ),
        Example(
            "表3-1 参数\n\n| 甲 |\n|---|\n| 1 |\n\n⟦表3-3⟧ 结果\n\n| 甲 |\n|---|\n| 1 |\n",
            fixed="表3-1 参数\n\n| 甲 |\n|---|\n| 1 |\n\n表3-2 结果\n\n| 甲 |\n|---|\n| 1 |\n",
        ),
    )
    good = (
        "![](a.png)\n\n图1 系统结构\n\n![](b.png)\n\n图2 数据流\n",
        "![](a.png)\n\n图3.1 系统结构\n\n![](b.png)\n\n图3.2 数据流\n\n![](c.png)\n\n图4.1 结果\n",
        "![](a.png)\n\n图1 系统结构\n\nFigure 1. The system\n\n![](b.png)\n\n图2 数据流\n\nFigure 2. Data flow\n",
        "![图1 系统结构](a.png)\n\n图1 系统结构\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        whole = starts_at_one(document)
        for run in document.fact(runs):
            yield from self._run(document, run, whole)

    def _run(self, document: Document, run: Run, whole: bool) -> Iterator[Diagnostic]:
        values = [caption.fact.number.values[-1] for caption in run]
        still_to_come = Counter(values)
        highest: Placed[Caption] | None = None
        jumped = False
        seen: dict[int, Placed[Caption]] = {}
        for caption, value in zip(run, values, strict=True):
            span = caption.span(caption.fact.label)
            label = document.text_of(span)
            still_to_come[value] -= 1
            top = highest.fact.number.values[-1] if highest is not None else 0
            # a number that comes too late is reported where it stands, not where it is passed over
            missing = any(not still_to_come[number] for number in range(max(top + 1, value - REACH), value))
            if highest is None:
                plain = len(caption.fact.number.values) == 1 and not caption.fact.number.prefix
                if value > 1 and missing and whole and plain:
                    yield self.found(span, message=FIRST, fix=_fix(document), label=label)
            elif value in seen:
                if not same_float(seen[value], caption):
                    related = _related(document, seen[value])
                    yield self.found(span, message=TWICE, related=(related,), fix=_fix(document), label=label)
            elif value < top or (value > top + 1 and missing and not jumped):
                jumped = jumped or value > top
                related = _related(document, highest)
                message = LATE if value < top else None
                before = related.arguments["before"]
                yield self.found(
                    span, message=message, related=(related,), fix=_fix(document), label=label, before=before
                )
            if value >= top:
                highest = caption
            seen[value] = caption


def _fix(document: Document) -> Fix | None:
    return document.fact(remedies.floats.renumber)


def _related(document: Document, caption: Placed[Caption]) -> Related:
    span = caption.span(caption.fact.label)
    return Related(span, BEFORE, {"before": document.text_of(span)})
