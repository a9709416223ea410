"""FN001: a footnote mark without a definition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Fix, Related, Severity, Text
from mdreview.facts.footnotes import (
    Reference,
    defined_keys,
    definitions_by_key,
    intended_definitions,
    references,
    undefined_numbers,
    undefined_references,
)
from mdreview.facts.plain_notes import plain_notes
from mdreview.facts.reference_list import Entry, numbered_entries
from mdreview.markdown import Block, Document, Placed, Question
from mdreview.rule import DocumentRule, Example
from mdreview.source import Span

LISTED = Text(
    "footnote [^{label}] has no definition; the reference list has an entry {label}, but as plain text",
    "脚注 [^{label}] 没有定义；参考文献中有编号为 {label} 的条目，但只是普通文本",
)
NOTED = Text(
    "footnote [^{label}] has no definition; a note begins with [{label}], but as plain text",
    "脚注 [^{label}] 没有定义；有一段以“[{label}]”开头的注释，但只是普通文本",
)
ENTRY = Text("the plain entry {label}", "编号为 {label} 的普通条目")
MEANT = Text(
    "footnote [^{label}] has no definition: the one that was meant for it is malformed",
    "脚注 [^{label}] 没有定义：原本要作为其定义的一行格式有误",
)
MEANT_PLACE = Text("meant as the definition", "原本要作为定义的位置")


class UndefinedFootnote(DocumentRule):
    code = "FN001"
    name = "undefined-footnote"
    severity = Severity.ERROR
    message = Text(
        "footnote [^{label}] has no definition: add [^{label}]: …", "脚注 [^{label}] 没有定义：请补上“[^{label}]: …”"
    )
    why = Text(
        "A mark without a definition is printed as it stands, brackets and caret included, and the reader finds no "
        "note.",
        "没有定义的脚注标记会连同方括号和插入符原样显示，读者也找不到对应的注释。",
    )
    silent = Text(
        "Code, math and comments are passed over, and so is a class of a regular expression such as [^a-z] or [^abc]. "
        "Labels are compared without regard to letter case.",
        "代码、公式和注释不作检查；[^a-z]、[^abc] 之类的正则表达式字符类不作为脚注。标签比较时不区分大小写。",
    )
    bad = (
        "Sea level rose⟦[^1]⟧ in every decade.\n\n[^2]: Tide gauges.\n",
        Example(
            "该方法已被广泛采用⟦[^3]⟧。\n\n# 参考文献\n\n[3] 张三. 方法概论[M]. 北京: 科学出版社, 2020.\n",
            fixed="该方法已被广泛采用[^3]。\n\n# 参考文献\n\n[^3]: 张三. 方法概论[M]. 北京: 科学出版社, 2020.\n",
        ),
        Example(
            "Rain is rare[^1], wind is not⟦[^2]⟧.\n\n[^1]: Lee. Rain. 2019.\n\n[2] Ray. Wind. 2020.\n",
            fixed="Rain is rare[^1], wind is not[^2].\n\n[^1]: Lee. Rain. 2019.\n\n[^2]: Ray. Wind. 2020.\n",
        ),
        "The survey⟦[^Low]⟧ was small.\n\n[^Low] As the authors say themselves.\n",
    )
    good = (
        "Sea level rose[^Tide] in every decade.\n\n[^tide]: Tide gauges.\n",
        "The class [^0-9] matches anything but a digit, `[^x]` anything but x.\n",
        "字符类 [^abc] 匹配除 a、b、c 以外的字符。\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        if not document.fact(undefined_references):
            return
        entries = document.fact(numbered_entries)
        notes = {entry.number: entry for entry in document.fact(plain_notes) if entry.number not in entries}
        listed = document.fact(undefined_numbers).intersection((*entries, *notes))
        fix = document.fact(remedies.reference_list.define_marked) if listed else None
        elsewhere = frozenset(key for other in context.others for key in other.fact(definitions_by_key))
        defined = document.fact(defined_keys) | elsewhere
        told = _Told(self, defined, document.fact(intended_definitions), entries, notes, fix)
        yield from (found for found in document.mapped(references, told) if found is not None)


class _Told(Question):
    """What there is to say of a mark; None of one that leads to a definition, is one, or is no mark."""

    def __init__(
        self,
        rule: UndefinedFootnote,
        defined: frozenset[str],
        meant: Mapping[str, Span],
        entries: Mapping[int, Entry],
        notes: Mapping[int | None, Entry],
        fix: Fix | None,
    ) -> None:
        super().__init__(rule.code, defined, meant, entries, notes, fix)
        self._rule, self._defined, self._meant, self._fix = rule, defined, meant, fix
        self._places = {span.start for span in meant.values()}
        self._entries, self._notes = entries, notes

    def __call__(self, placed: Placed[Reference], block: Block) -> Diagnostic | None:
        reference = placed.fact
        span = placed.span(reference.span)
        if reference.key in self._defined or reference.expression or span.start in self._places:
            return None
        number = int(reference.label) if reference.label.isdecimal() else -1
        entry = self._entries.get(number) or self._notes.get(number)
        if entry is not None:
            message = LISTED if number in self._entries else NOTED
            related = (Related(entry.span, ENTRY, {"label": reference.label}),)
            return self._rule.found(span, message=message, related=related, fix=self._fix, label=reference.label)
        if reference.key in self._meant:
            related = (Related(self._meant[reference.key], MEANT_PLACE),)
            return self._rule.found(span, message=MEANT, related=related, label=reference.label)
        return self._rule.found(span, label=reference.label)
