"""FN002: a footnote definition that nothing refers to."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Text
from mdreview.facts.footnotes import definitions_by_key, mentioned
from mdreview.markdown import Document
from mdreview.rule import DocumentRule, Example


class UnusedFootnote(DocumentRule):
    code = "FN002"
    name = "unused-footnote"
    message = Text(
        "nothing refers to the footnote [^{label}]: put its mark into the text, or remove it",
        "脚注 [^{label}] 没有被引用：请在正文中加上标记，或删除该脚注",
    )
    why = Text(
        "Renderers drop a footnote that no mark refers to, so the reader never sees the note or the source in it.",
        "没有标记引用的脚注在渲染时会被丢弃，读者看不到其中的说明或出处。",
    )
    silent = Text(
        "A mark anywhere outside fenced code counts, even in a comment or in a container that only some renderers "
        "know.",
        "只要在围栏代码块之外的任何位置出现该标记，包括注释和仅部分渲染器支持的容器，就视为已引用。",
    )
    bad = (
        Example(
            "Prices rose[^a].\n\n[^a]: Yearbook, 2020.\n⟦[^b]:⟧ Yearbook, 2021.\n",
            fixed="Prices rose[^a].\n\n[^a]: Yearbook, 2020.\n",
        ),
        Example(
            "物价上涨[^1]。\n\n[^1]: 统计年鉴。\n\n⟦[^2]:⟧ 另一本年鉴。\n", fixed="物价上涨[^1]。\n\n[^1]: 统计年鉴。\n"
        ),
    )
    good = (
        "Prices rose[^A].\n\n[^a]: Yearbook, 2020.\n",
        '???+ note "More"\n    As the yearbook says[^y].\n\n[^y]: Yearbook, 2020.\n',
        "Prices rose[^a].\n\n[^a]: Yearbook; but see[^b].\n[^b]: The errata.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        by_key = document.fact(definitions_by_key)
        if not by_key:
            return
        used = document.fact(mentioned)
        for key, several in by_key.items():
            if key in used or any(key in other.fact(mentioned) for other in context.others):
                continue
            first = several[0]
            fix = remedies.footnotes.remove(document, first) if len(several) == 1 else None
            yield self.found(first.span(first.fact.mark), fix=fix, label=first.fact.label)
