"""FN004: numbered footnotes that do not come in the order of their numbers."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Related, Severity, Text
from mdreview.facts.footnotes import Setting, definitions_by_key, key_of, marks, references
from mdreview.facts.reference_list import numbered_entries
from mdreview.markdown import Document, Placed
from mdreview.rule import DocumentRule, Example
from mdreview.source import Span

LONGEST = 4  # longer numbers are names of something, not counted
EARLIER = Text("[^{label}] comes first here", "[^{label}] 首次出现于此")


class FootnoteOrder(DocumentRule):
    code = "FN004"
    name = "footnote-order"
    severity = Severity.INFO
    message = Text(
        "footnote [^{label}] first appears after [^{earlier}]: number footnotes in the order of the text",
        "脚注 [^{label}] 首次出现在 [^{earlier}] 之后：脚注应按正文中出现的先后编号",
    )
    why = Text(
        "Renderers renumber footnotes in the order of their marks, so the numbers in the source and on the page "
        "differ, "
        "and whoever corrects the text looks for the wrong note.",
        "渲染器会按标记出现的先后重新编号，源文件与页面上的编号因此不一致，修改时容易找错注释。",
    )
    silent = Text(
        "Only labels that are numbers of up to four digits count, and only where each first stands in the "
        "text; a number that is left out is no fault. It is said once a document.",
        "只检查四位以内的数字标签在正文中首次出现的先后；编号有空缺不算错误。每篇文档只提示一次。",
    )
    bad = (
        Example(
            "Rain[^2] and wind⟦[^1]⟧.\n\n[^1]: Wind.\n[^2]: Rain.\n",
            fixed="Rain[^1] and wind[^2].\n\n[^1]: Rain.\n[^2]: Wind.\n",
        ),
        Example(
            "甲[^1]、乙[^3]、丙⟦[^2]⟧。\n\n[^1]: 一\n[^2]: 二\n[^3]: 三\n",
            fixed="甲[^1]、乙[^2]、丙[^3]。\n\n[^1]: 一\n[^2]: 三\n[^3]: 二\n",
        ),
    )
    good = (
        "Rain[^1] and wind[^2], then rain again[^1].\n\n[^2]: Wind.\n[^1]: Rain.\n",
        "Rain[^b] and wind[^a].\n\n[^a]: Wind.\n[^b]: Rain.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        known = document.fact(definitions_by_key)
        entries = document.fact(numbered_entries)
        highest: Placed[tuple[str, Setting]] | None = None
        seen: set[int] = set()
        for placed in document.joined(marks):
            label, setting = placed.fact
            if setting is Setting.DEFINITION or not label.isdecimal() or len(label) > LONGEST or int(label) in seen:
                continue
            if key_of(label) not in known and int(label) not in entries:
                continue
            seen.add(int(label))
            if highest is None or int(label) > int(highest.fact[0]):
                highest = placed
                continue
            earlier = highest.fact[0]
            related = Related(_place(document, highest), EARLIER, {"label": earlier})
            fix = document.fact(remedies.footnotes.renumber)
            yield self.found(_place(document, placed), related=(related,), fix=fix, label=label, earlier=earlier)
            return


def _place(document: Document, placed: Placed[tuple[str, Setting]]) -> Span:
    """Where the first reference in a block is that has this label and setting."""
    found = document.blocks[placed.block].fact(references)
    return placed.span(next(one.span for one in found if (one.label, one.setting) == placed.fact))
