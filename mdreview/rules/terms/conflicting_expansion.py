"""TRM003: one abbreviation with two English long forms."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Related, Text
from mdreview.facts.redefinitions import differing_expansions
from mdreview.facts.terms import Bound
from mdreview.markdown import Document
from mdreview.rule import DocumentRule

OTHER = Text("here “{short}” is “{english}”", "此处“{short}”的全称为“{english}”")


class ConflictingExpansion(DocumentRule):
    code = "TRM003"
    name = "conflicting-expansion"
    message = Text(
        "“{short}” is expanded as “{english}” here and as “{other}” before; keep one long form",
        "缩写“{short}”的全称此处为“{english}”，前文为“{other}”，请统一",
    )
    why = Text(
        "Two long forms of one abbreviation leave the reader unsure whether two things are meant. In a Chinese text "
        "even "
        "a plural that comes and goes (Network, Networks) is taken for carelessness.",
        "同一缩写有两种全称，读者无法判断是否指两件事；在中文文本中，单复数时有时无（Network、"
        "Networks）也会被视为疏漏。",
    )
    silent = Text(
        "Differences of case, hyphens and spelling marks alone are left to TRM007. In English prose singular and "
        "plural "
        "alternate by grammar and are left alone.",
        "仅大小写或连字符不同的，由 TRM007 处理。英文行文中单复数随语法变化，不予报告。",
    )
    bad = (
        (
            "图神经网络（Graph Neural Network, GNN）处理图数据，GNN 的层数为三。\n\n"
            "近年来，⟦图神经网络（Graph Neural Networks, GNNs）→图神经网络（Graph Neural Network, GNN）⟧发展迅速。\n"
        ),
        (
            "The mean absolute error (MAE) is low. The MAE fell.\n\n"
            "Later the ⟦maximum absolute error (MAE)→mean absolute error (MAE)⟧ is given.\n"
        ),
        (
            "Post-quantum cryptography (PQC) resists attacks. PQC is new.\n\n"
            "States adopt ⟦quantum-resistant cryptography (PQC)→post-quantum cryptography (PQC)⟧.\n"
        ),
    )
    good = (
        "Large language models (LLMs) write text. Another large language model (LLM) reads it.\n",
        "The mean absolute error (MAE) is low.\n\nThe Mean Absolute Error (MAE) is low.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        yield from document.answers(self._told, document.fact(differing_expansions))

    def _told(self, document: Document, pair: tuple[Bound, Bound]) -> Diagnostic:
        """What there is to say of a first definition and a later one that differs."""
        first, other = pair
        short, english = other.definition.written, other.definition.english
        before = first.definition.english
        related = Related(first.span, OTHER, {"short": first.definition.written, "english": before})
        fix = remedies.terms.expand_alike(document, other, first)
        return self.found(other.span, related=(related,), fix=fix, short=short, english=english, other=before)
