"""CLM005: the same subject and measure with two values in one document."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Related, Severity, Text
from mdreview.facts import measures
from mdreview.facts.measures import Measured
from mdreview.markdown import Document, Placed
from mdreview.rule import DocumentRule

OTHER = Text("here it is “{figure}”", "此处为“{figure}”")


class ConflictingFigures(DocumentRule):
    code = "CLM005"
    name = "conflicting-figures"
    severity = Severity.INFO
    opt_in = True
    message = Text(
        "“{figure}” here and “{other}” before, for the same thing", "同一事项此处为“{figure}”，前文为“{other}”"
    )
    why = Text(
        "Two values for one thing in one document: one of them is wrong, or the difference needs a word.",
        "同一文中对同一事项给出两个数值，不是其中有误，就是需要说明差别。",
    )
    silent = Text(
        "Only sentences with one percentage each that say the same in the same words are compared.",
        "只比较各含一个百分比、用词相同的句子。",
    )
    bad = (
        "滴灌农田的平均用水量下降了 42%。\n\n其他内容。\n\n滴灌农田的平均用水量下降了约 ⟦35%⟧。\n",
        "The survey reached 61% of rural households.\n\nThe survey reached about ⟦66%⟧ of rural households.\n",
    )
    good = (
        "滴灌农田的平均用水量下降了 42%。\n\n滴灌农田的平均用水量下降了 42%。\n",
        "滴灌农田的平均用水量下降了 42%。\n\n喷灌农田的平均用水量下降了 35%。\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        first: dict[str, Placed[Measured]] = {}
        for placed in document.joined(measures.read):
            before = first.setdefault(placed.fact.subject, placed)
            if before.fact.values != placed.fact.values:
                span, earlier = placed.span(placed.fact.span), before.span(before.fact.span)
                figure, other = document.text_of(span), document.text_of(earlier)
                related = (Related(earlier, OTHER, {"figure": other}),)
                yield self.found(span, related=related, figure=figure, other=other)
