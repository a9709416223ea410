"""REF002: a reference to a figure, table or equation that the document does not have."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Severity, Text
from mdreview.facts import references
from mdreview.facts.float_index import FloatIndex, float_index
from mdreview.facts.floats import FloatKind
from mdreview.facts.pointers import pointers
from mdreview.facts.references import FloatMention
from mdreview.facts.regions import Region, is_whole, regions
from mdreview.markdown import Document, Kind
from mdreview.patterns import regex
from mdreview.rule import DocumentRule
from mdreview.source import Span

# words that send the reader there; a text without any figure may still tell of a figure in another work
POINTS_BEFORE = regex(
    r"(?:如|见|見|参见|參見|参阅|由)[\s*_]{0,4}\Z"
    r"|\b(?:see|shown in|illustrated in|presented in|listed in)[\s*_(]{1,4}\Z"
)
POINTS_AFTER = regex(r"[\s*_]{0,4}所示")
AROUND = 24
EXPLAINED = regex(
    r"(?:[图圖表式]|(?i:figure|fig\.|table|eq\.|equation))[ ]?[(（]?\d{1,3}(?:[.-]\d{1,3}){0,2}[)）]?[ ]?的?"
    r"(?:解释|解釋|推导|推導|证明|證明|注解)"
)
EXPLAINED_AT_LEAST = 3
MESSAGES = {
    FloatKind.FIGURE: Text("there is no figure {number} in this document", "文中没有图 {number}"),
    FloatKind.TABLE: Text("there is no table {number} in this document", "文中没有表 {number}"),
    FloatKind.EQUATION: Text("no equation in this document is numbered ({number})", "文中没有编号为（{number}）的公式"),
}
NOTHING_THERE = {
    FloatKind.FIGURE: Text("“{words}” points to nothing: there is no figure here", "文中没有图，“{words}”无所指"),
    FloatKind.TABLE: Text("“{words}” points to nothing: there is no table here", "文中没有表，“{words}”无所指"),
}


class UndefinedFloatReference(DocumentRule):
    code = "REF002"
    name = "undefined-float-reference"
    severity = Severity.ERROR
    message = MESSAGES[FloatKind.FIGURE]
    why = Text(
        "The reader looks for a figure, table or equation that is not there or bears another number.",
        "读者要找的图、表或公式并不存在，或编号已改。",
    )
    silent = Text(
        "References to other works, to a linked file and to other files of the work; figures of other chapters "
        "(图2-1 where this file's are 图3-1, 图3-2), and, in a file that is no whole work, lower "
        "numbers than its own; floats that the renderer numbers; images without captions where "
        "there are enough of them. Where nothing of a kind is numbered, the first mention is reported.",
        "指向其他著作、链接文件或同一著作其他文件的引用，不予报告；指向其他章的图表（本文件为图3-1、图3-2 时的图2-1）、"
        "不是完整著作的文件中小于其自有编号的图表、"
        "由渲染工具自动编号的图表、没有题注但数量足够的图片，也不报告。某一类全无编号时，只报告第一处引用。",
    )
    bad = (
        "结构如⟦图2⟧所示。\n\n![结构](a.png)\n\n图1 系统结构\n",
        "结果见⟦表3⟧。\n\n表1 结果\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n表2 参数\n\n| 甲 |\n|---|\n| 1 |\n",
        "By ⟦Eq. (3)⟧ the loss is convex.\n\n$$a = b \\tag{1}$$\n\n$$c = d \\tag{2}$$\n",
        "系统的结构如⟦图2⟧所示，其余见⟦表1⟧。\n",
        "The update follows ⟦Eq. (16)⟧, and Eq. (7) gives the loss.\n",
        "从⟦下图⟧中可以看出，需水量逐年上升。\n",
        "Figs. 1 and ⟦4⟧ show the gain.\n\n![](a.png)\n\nFigure 1. Gain.\n\n![](b.png)\n\nFigure 2. Loss.\n",
    )
    good = (
        "结构如图1所示，细节见图1(a)和图 1b。\n\n![结构](a.png)\n\n图1 系统结构\n",
        "见图2-1 和图3-1。\n\n![结构](a.png)\n\n图3-1 系统结构\n",
        "Table 2 of [5] agrees.\n\nTable 1. Results\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        "由式(1)得到结论。\n\n$$a = b \\qquad (1)$$\n",
        "论文的图2 比较了两种方法，其 Table 3 给出了参数。\n",
        "As Figure 1 shows, it grows.\n\n![growth](a.png)\n",
        "从下图中可以看出，需水量逐年上升。\n\n```mermaid\ngraph LR\n```\n",
        "该书在下图中给出了渠系，这一做法在算法上表现良好。\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        yield from self._by_number(document, context)
        yield from self._by_place(document)

    def _by_place(self, document: Document) -> Iterator[Diagnostic]:
        """The first pointer to a figure, and to a table, of a text that has nothing of the kind."""
        told: set[FloatKind] = set()
        for placed in document.joined(pointers):
            kind = placed.fact.kind
            own = document.fact(float_index)
            shown = own.carried[FloatKind.FIGURE] + (own.carried[FloatKind.TABLE] if kind is FloatKind.TABLE else 0)
            if kind not in told and not shown and not own.numbered[kind]:
                told.add(kind)
                span = placed.span(placed.fact.span)
                yield self.found(span, message=NOTHING_THERE[kind], words=document.text_of(span))

    def _by_number(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        mentions = document.joined(references.figures_tables_equations)
        if not mentions or document.fact(_is_commentary):
            return
        own = document.fact(float_index)
        others = [other.fact(float_index) for other in context.others]
        parts = document.fact(regions)
        unnumbered: set[FloatKind] = set()
        for placed in mentions:
            mention = placed.fact
            span = placed.span(mention.span)
            if mention.foreign or parts.at(span.start) is Region.REFERENCES:
                continue
            if _has(own, mention) or any(_has(other, mention) for other in others):
                continue
            if _stands_before(own, mention) and not document.fact(is_whole):
                continue
            if _should_have(own, mention) or (_whole_lacks(own, mention) and _points(document, mention, span)):
                if not own.numbered[mention.kind]:
                    # nothing of the kind bears a number: that is one fault, told where it first shows
                    if mention.kind in unnumbered:
                        continue
                    unnumbered.add(mention.kind)
                yield self.found(span, message=MESSAGES[mention.kind], number=mention.number.dotted)


def _is_commentary(document: Document) -> bool:
    """Whether the headings name the figures and formulas that their sections explain: those are of another book."""
    headings = (block for block in document.blocks if block.kind is Kind.HEADING)
    return sum(bool(EXPLAINED.search(block.text)) for block in headings) >= EXPLAINED_AT_LEAST


def _whole_lacks(index: FloatIndex, mention: FloatMention) -> bool:
    """Whether the document has no figure, table or equation at all that the mention could mean."""
    prefix, values = mention.number.key
    if prefix or len(values) > 1:
        return False
    if mention.kind is FloatKind.EQUATION and not mention.bracketed:
        return False
    return not index.numbered[mention.kind] and not index.carried[mention.kind]


def _points(document: Document, mention: FloatMention, span: Span) -> bool:
    """Whether the words around a mention send the reader to it; brackets do, since only equations are named so."""
    if mention.kind is FloatKind.EQUATION:
        return True
    before = document.text_of(Span(max(span.start - AROUND, 0), span.start))
    after = document.text_of(Span(span.end, span.end + AROUND))
    return bool(POINTS_BEFORE.search(before) or POINTS_AFTER.match(after))


def _has(index: FloatIndex, mention: FloatMention) -> bool:
    numbered = index.numbered[mention.kind]
    prefix, values = mention.number.key
    if (prefix, values) in numbered:
        return True
    if mention.range_ and all((prefix, (value,)) in numbered for value in values):
        return True
    return index.automatic[mention.kind] >= values[-1] or bool(index.automatic[mention.kind] and len(values) > 1)


def _stands_before(index: FloatIndex, mention: FloatMention) -> bool:
    """Whether the number is below all that the file gives in its series: an earlier part of the work may give it."""
    prefix, values = mention.number.key
    series = [other for letter, other in index.numbered[mention.kind] if letter == prefix and other[:-1] == values[:-1]]
    return bool(series) and values < min(series)


def _should_have(index: FloatIndex, mention: FloatMention) -> bool:
    """Whether the float, if there were one, would stand in this file under a number."""
    prefix, values = mention.number.key
    numbered = index.numbered[mention.kind]
    if numbered:
        return any(letter == prefix and other[:-1] == values[:-1] for letter, other in numbered)
    if mention.kind is FloatKind.EQUATION:
        return len(values) == 1 and not prefix and index.carried[mention.kind] > 0
    if len(values) > 1 or prefix:
        return False
    return 0 < index.carried[mention.kind] < values[0]
