"""FN005: a footnote definition with no text."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Text
from mdreview.facts.footnotes import definitions
from mdreview.markdown import Block
from mdreview.rule import BlockRule


class EmptyFootnote(BlockRule):
    code = "FN005"
    name = "empty-footnote"
    message = Text("the footnote [^{label}] has no text", "脚注 [^{label}] 没有内容")
    why = Text(
        "A reader who follows the mark finds nothing; most often the note was meant to be written later.",
        "读者顺着标记找过去却什么也没有，通常是留待以后补写而被遗忘。",
    )
    silent = Text(
        "A definition whose text stands on the following indented lines, or that holds only code, a list or a formula, "
        "has text.",
        "内容写在其后缩进行中的定义，以及只含代码、列表或公式的定义，都不算空。",
    )
    bad = ("As said[^1].\n\n⟦[^1]:⟧\n", "如前所述[^甲]。\n\n⟦[^甲]:⟧\n\n下一段。\n")
    good = ("As said[^1].\n\n[^1]: Here.\n", "As said[^1].\n\n[^1]:\n    Here.\n")

    def check(self, block: Block, context: Context) -> Iterator[Diagnostic]:
        for definition in block.fact(definitions):
            if definition.empty:
                yield self.found(definition.mark, label=definition.label)
