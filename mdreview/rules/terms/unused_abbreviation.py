"""TRM006: an abbreviation is defined and never used again."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Severity, Text
from mdreview.facts.terms import unused
from mdreview.markdown import Document
from mdreview.rule import DocumentRule, Example


class UnusedAbbreviation(DocumentRule):
    code = "TRM006"
    name = "unused-abbreviation"
    severity = Severity.INFO
    message = Text(
        "“{short}” is defined here and never used again; drop the abbreviation",
        "缩写“{short}”定义后全文未再使用，可删去缩写",
    )
    why = Text(
        "An abbreviation is worth its bracket only if it saves words later; one that never returns is a promise not "
        "kept.",
        "缩写只有在后文使用时才有意义；定义后不再出现的缩写徒增括号。",
    )
    silent = Text(
        "Only definitions that give a Chinese name, an English name and an abbreviation are judged, in running text: "
        "elsewhere the bracket often gives the form by which readers know the thing. One or two of them in a text "
        "are let "
        "pass for the same reason. Any later use counts, also in a heading, a table, a caption or a longer name.",
        "只检查正文中同时给出中文名、英文名和缩写的定义；其他情形下，括号往往是为了给出读者熟悉的叫法。"
        "出于同样的原因，全文只有一两处时也不报告。"
        "后文任何使用都算数，包括标题、表格、题注和更长的名称。",
    )
    bad = (
        Example(
            "帧率（Frames Per Second, ⟦FPS⟧）达到六十。交并比（Intersection over Union, ⟦IoU⟧）衡量重叠。\n\n"
            "平均精度均值（mean Average Precision, ⟦mAP⟧）用于评估检测结果。\n",
            fixed="帧率（Frames Per Second）达到六十。交并比（Intersection over Union）衡量重叠。\n\n"
            "平均精度均值（mean Average Precision）用于评估检测结果。\n",
        ),
        Example(
            "峰值信噪比（Peak Signal-to-Noise Ratio, ⟦PSNR⟧）越高越好。\n\n"
            "均方误差（Mean Squared Error, ⟦MSE⟧）越低越好。图神经网络（Graph Neural Networks, ⟦GNNs⟧）处理图数据。\n",
            fixed="峰值信噪比（Peak Signal-to-Noise Ratio）越高越好。\n\n"
            "均方误差（Mean Squared Error）越低越好。图神经网络（Graph Neural Networks）处理图数据。\n",
        ),
    )
    good = (
        "帧率（Frames Per Second, FPS）达到六十，传统方法只有 20 FPS。\n",
        "平均精度均值（mean Average Precision, mAP）用于评估检测结果。\n\n| 方法 | mAP |\n| --- | --- |\n| 甲 | 40 |\n",
        "谷歌开源之夏（GSoC）是一项学生项目。\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        for item in document.fact(unused):
            yield self.found(
                item.short_span, fix=remedies.terms.drop_short(document, item), short=item.definition.written
            )
