"""CIT005: several ways of citing side by side."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Related, Text
from mdreview.facts.citing import systems
from mdreview.markdown import Document
from mdreview.rule import DocumentRule

STYLES = (
    ("numbers", Text("numbers [1]", "编号 [1]")),
    ("keys", Text("keys [@key]", "文献键 [@key]")),
    ("footnotes", Text("footnotes [^1]", "脚注 [^1]")),
)
OTHER = Text("the document's usual way of citing", "文中通常的引用方式")


class MixedCitationStyles(DocumentRule):
    code = "CIT005"
    name = "mixed-citation-styles"
    message = Text(
        "the document mixes ways of citing: {count} times {style} here beside {usual_count} times {usual}",
        "文中混用了不同的引用方式：{style} {count} 处，{usual} {usual_count} 处",
    )
    why = Text(
        "Each way of citing makes a list of its own; the reader meets two kinds of marks and two lists, and the "
        "numbers "
        "of one say nothing about the other.",
        "每种引用方式各有一套列表；混用时读者会遇到两种标记、两份列表，编号互不对应。",
    )
    silent = Text(
        "Footnotes that comment, and do not cite works, may stand beside any way of citing. Marks [^1] that lead to a "
        "plain list are one system with it (FN007).",
        "用于说明而非引用文献的脚注可与任何引用方式并用。指向普通列表的 [^1] 与该列表属于同一系统（见 FN007）。",
    )
    bad = (
        "Rain [@lee2019], snow [@kim2018] and wind ⟦[1]⟧.\n\n## References\n\n[1] Ray B. Wind. 2020.\n",
        "雨[1]、雪[2]、风[3]，日⟦[^a]⟧，冰[^b]。\n\n[^a]: 赵六. 日[J]. 气象学报, 2019.\n[^b]: 孙七. 冰[J]. "
        "气象学报, 2020.\n\n"
        "## 参考文献\n\n[1] 李四. 雨. 2019.\n[2] 王五. 雪. 2020.\n[3] 周八. 风. 2020.\n",
    )
    good = (
        "Rain[^1] was measured [@lee2019] by hand.\n\n[^1]: Snow counts as rain here.\n",
        "雨[^1]、雪[^2]。\n\n## 参考文献\n\n[1] 李四. 雨. 2019.\n[2] 王五. 雪. 2020.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        found = document.fact(systems)
        used = [(uses, style) for name, style in STYLES if (uses := getattr(found, name))]
        if len(used) < 2:
            return
        used.sort(key=lambda pair: -pair[0].times)
        usual, usual_style = used[0]
        for uses, style in used[1:]:
            message = Text(
                self.message.en.replace("{style}", style.en).replace("{usual}", usual_style.en),
                self.message.zh.replace("{style}", style.zh).replace("{usual}", usual_style.zh),
            )
            related = (Related(usual.first, OTHER),)
            yield self.found(uses.first, message=message, related=related, count=uses.times, usual_count=usual.times)
