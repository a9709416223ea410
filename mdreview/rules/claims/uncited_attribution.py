"""CLM003: "studies show", and no study is named."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Severity, Text
from mdreview.facts.claims import never_cites, unsourced
from mdreview.facts.own_results import concludes
from mdreview.markdown import Document
from mdreview.rule import DocumentRule


class UncitedAttribution(DocumentRule):
    code = "CLM003"
    name = "uncited-attribution"
    severity = Severity.INFO
    message = Text("“{phrase}” names no study; add the source", "“{phrase}”未说明是哪项研究，请补充来源")
    why = Text(
        "A sentence that leans on research owes the reader the research.",
        "以研究为依据的句子，应当让读者找得到那项研究。",
    )
    silent = Text(
        "A source in the sentence or right after its full stop is enough. The document's own study, the abstract, and "
        "sentences that uncited-percentage or uncited-quantity already reports are left alone; so are studies "
        "that the text counts (“11 studies reported it”), unless it says what they show (“two studies show that …”).",
        "句中或句号之后有来源即可。本文自己的研究、摘要，以及已由 uncited-percentage、uncited-quantity "
        "报告的句子不再报告。综述中计数的研究（“11 studies reported it”）也不报告，"
        "除非句中说明其结论（“two studies show that …”）。",
    )
    bad = (
        "⟦研究表明⟧，这类模型的诊断能力有所提升。\n",
        "⟦Studies show⟧ that short breaks help learners remember.\n",
        "⟦It has been reported that⟧ the effect fades with age.\n",
    )
    good = (
        "研究表明，这类模型的诊断能力有所提升[^1]。\n\n[^1]: 王五, 2020.\n",
        "Recent studies show that short breaks help (Ortiz et al., 2019).\n",
        "本研究表明，这类模型的诊断能力有所提升。\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        if document.fact(never_cites):
            return
        for placed in unsourced(document, context.settings.claims.scope):
            statement = placed.fact
            if (
                statement.attributions
                and not statement.percentages
                and not statement.comparisons
                and not concludes(document, placed.block)
            ):
                span = placed.span(statement.attributions[0])
                yield self.found(span, phrase=document.text_of(span))
