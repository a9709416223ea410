"""FN007: the text cites with footnote marks, and the notes are a plain list."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Related, Severity, Text
from mdreview.facts.citations import cited_numbers
from mdreview.facts.footnotes import undefined_numbers, undefined_references
from mdreview.facts.plain_notes import plain_notes
from mdreview.facts.reference_list import reference_lists
from mdreview.markdown import Document
from mdreview.rule import DocumentRule, Example
from mdreview.source import Span

MARK = Text("the first mark that leads nowhere", "第一个没有去处的标记")


class FootnoteDefinedAsList(DocumentRule):
    code = "FN007"
    name = "footnote-defined-as-list"
    severity = Severity.ERROR
    message = Text(
        "the text cites [^{label}], but these {count} entries are plain text that no mark can reach: write "
        "[^{label}]: …",
        "正文用 [^{label}] 引用，但这里的 {count} 条只是普通文本，标记无法链接：请写作“[^{label}]: …”",
    )
    why = Text(
        "A footnote mark leads only to a definition. Beside a plain list [1] … every mark of the text is printed as it "
        "stands, and no reader can follow it.",
        "脚注标记只能链接到脚注定义。若文献只是普通的“[1] …”列表，正文中的所有标记都会原样显示，无法跳转。",
    )
    silent = Text(
        "A text that cites the list with [1] and has a stray footnote mark is not meant; nor is a list whose numbers "
        "no "
        "undefined mark bears.",
        "正文以 [1] 引用列表、仅有个别脚注标记的情形不在此列；没有未定义的标记与列表编号相同时也不报告。",
    )
    bad = (
        Example(
            "Rain is rare[^1], wind is not[^2].\n\n⟦## References⟧\n\n[1] Lee. Rain. 2019.\n\n[2] Ray. Wind. 2020.\n",
            fixed="Rain is rare[^1], wind is not[^2].\n\n## References\n\n[^1]: Lee. Rain. 2019.\n\n"
            "[^2]: Ray. Wind. 2020.\n",
        ),
        Example(
            "降雨稀少[^1]，大风常见[^2]。\n\n⟦参考文献：⟧\n\n1. 李四. 雨. 2019.\n2. 王五. 风. 2020.\n",
            fixed="降雨稀少[^1]，大风常见[^2]。\n\n参考文献：\n\n[^1]: 李四. 雨. 2019.\n[^2]: 王五. 风. 2020.\n",
        ),
        Example(
            "降雨稀少[^1]。\n\n⟦[1] 李四. 雨. 2019.⟧\n\n大风常见[^2]。\n\n[2] 王五. 风. 2020.\n",
            fixed="降雨稀少[^1]。\n\n[^1]: 李四. 雨. 2019.\n\n大风常见[^2]。\n\n[^2]: 王五. 风. 2020.\n",
        ),
    )
    good = (
        "Rain is rare[^1].\n\n## References\n\n[^1]: Lee. Rain. 2019.\n",
        "Rain is rare [1], wind is not [2].\n\n## References\n\n[1] Lee. Rain. 2019.\n\n[2] Ray. Wind. 2020.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        marks = document.fact(undefined_numbers)
        if not marks:
            return
        for list_ in document.fact(reference_lists):
            wanted = [entry for entry in list_.numbered if entry.number in marks]
            cited = {
                number for citation in document.fact(cited_numbers) if citation.sure for number in citation.numbers
            }
            if len(wanted) <= len(cited):
                continue
            related = (Related(_first_mark(document, min(entry.number or 0 for entry in wanted)), MARK),)
            label = wanted[0].number
            fix = document.fact(remedies.reference_list.define_marked)
            yield self.found(list_.place, related=related, fix=fix, label=label, count=len(list_.numbered))
            return
        notes = document.fact(plain_notes)
        if len(notes) > 1:
            related = (Related(_first_mark(document, notes[0].number or 0), MARK),)
            fix = document.fact(remedies.reference_list.define_marked)
            yield self.found(notes[0].span, related=related, fix=fix, label=notes[0].number, count=len(notes))


def _first_mark(document: Document, number: int) -> Span:
    """Where a number first stands as a mark without a definition."""
    marks = document.fact(undefined_references)
    return next(
        one.span(one.fact.span) for one in marks if one.fact.label.isdecimal() and int(one.fact.label) == number
    )
