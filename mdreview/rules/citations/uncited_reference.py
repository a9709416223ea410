"""CIT002: an entry of the reference list that the text never cites."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Text
from mdreview.facts.citations import cites_numerically
from mdreview.facts.citing import reached_entries
from mdreview.facts.reference_list import reference_lists
from mdreview.markdown import Document
from mdreview.rule import DocumentRule

MANY = Text(
    "{count} of the {total} entries are never cited: {numbers}", "{total} 条文献中有 {count} 条从未被引用：{numbers}"
)
SHOWN = 12


class UncitedReference(DocumentRule):
    code = "CIT002"
    name = "uncited-reference"
    message = Text("entry {number} is never cited in the text", "文献 [{number}] 在正文中从未被引用")
    why = Text(
        "A list of references names what the text cites; an entry that is not cited was forgotten in the text or in "
        "the "
        "list, and journals send it back.",
        "参考文献应与正文引用一一对应；未被引用的条目或是正文漏引，或是应从列表中删除，期刊通常会退修。",
    )
    silent = Text(
        "A text that cites nothing by number, or a single number, has a bibliography, not a list of references. If "
        "more than half of a list "
        "is not cited, this is said once, at its title. Footnote marks, superscripts, ranges and links count as "
        "citing.",
        "正文没有按编号引用，或只有一个编号时，列表视为阅读书目，不检查；延伸阅读同理。若半数以上未被引用，"
        "只在列表标题处提示一次。"
        "脚注标记、上标、范围和链接都算引用。",
    )
    bad = (
        "Rain is rare [1], wind is not [3].\n\n## References\n\n[1] Lee. Rain. 2019.\n\n⟦[2]⟧ Kim. Snow. 2018.\n\n"
        "[3] Ray. Wind. 2020.\n",
        "降雨稀少[1]。\n\n参考文献：\n\n1. 李四. 雨. 2019.\n⟦2.⟧ 王五. 风. 2020.\n",
    )
    good = (
        "Rain is rare [1–3].\n\n## References\n\n1. Lee. Rain. 2019.\n2. Kim. Snow. 2018.\n3. Ray. Wind. 2020.\n",
        "降雨稀少[^1]，大风常见[^2]。\n\n## 参考文献\n\n[1] 李四. 雨. 2019.\n\n[2] 王五. 风. 2020.\n",
        "Rain is rare.\n\n## Further reading\n\n1. Lee. Rain. 2019.\n2. Kim. Snow. 2018.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        if not document.fact(cites_numerically):
            return
        reached = document.fact(reached_entries)
        for list_ in document.fact(reference_lists):
            numbered = list_.numbered
            uncited = [entry for entry in numbered if entry.number not in reached]
            cited = len(numbered) - len(uncited)
            if list_.further or cited == 0 or (cited == 1 and len(numbered) > 3):
                continue
            if 2 * len(uncited) > len(numbered):
                numbers = [f"[{entry.number}]" for entry in uncited]
                listed = ", ".join(numbers[:SHOWN]) + (" …" if len(numbers) > SHOWN else "")
                total = len(numbered)
                yield self.found(list_.place, message=MANY, count=len(uncited), total=total, numbers=listed)
                continue
            for entry in uncited:
                yield self.found(entry.mark, number=entry.number)
