"""TRM008: the project's glossary says otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Text
from mdreview.facts.glossary_words import Breach, breaches
from mdreview.markdown import Document
from mdreview.rule import DocumentRule, Example

GLOSSARY = """\
terms:
  - term: convolutional neural network
    chinese: 卷积神经网络
    abbreviation: CNN
    forbidden: [卷积网络, ConvNet]
  - term: PyTorch
    case: true
"""
CASE = Text("the glossary writes “{wanted}”, not “{written}”", "术语表规定写作“{wanted}”，而非“{written}”")
TRANSLATION = Text(
    "the glossary renders “{term}” as “{wanted}”, not “{written}”", "术语表规定“{term}”对应“{wanted}”，而非“{written}”"
)


class GlossaryViolation(DocumentRule):
    code = "TRM008"
    name = "glossary-violation"
    message = Text(
        "the glossary forbids “{written}”; write “{wanted}”",
        "术语表不允许使用“{written}”，请改为“{wanted}”",
    )
    why = Text(
        "A glossary is an agreement among authors; a text that leaves it undoes the work of those who kept it.",
        "术语表是作者之间的约定，违反约定的文本会抵消其他人的努力。",
    )
    silent = Text(
        "Without a glossary in the settings the rule says nothing. Code, addresses, and the reference list are passed "
        "over, and so is a forbidden word inside an allowed one.",
        "未在设置中指定术语表时不报告。代码、网址和参考文献不计；包含在允许用语之中的禁用词也不计。",
    )
    bad = (
        Example(
            "训练⟦卷积网络→卷积神经网络⟧需要数据，⟦ConvNet→convolutional neural network⟧ 的层数很多。\n",
            glossary=GLOSSARY,
        ),
        Example("We use ⟦Pytorch→PyTorch⟧ for every model.\n", glossary=GLOSSARY),
        Example("⟦卷积类神经网络→卷积神经网络⟧（convolutional neural network, CNN）用于分类。\n", glossary=GLOSSARY),
    )
    good = (
        Example("卷积神经网络（CNN）用 PyTorch 实现，命令为 `pip install pytorch`。\n", glossary=GLOSSARY),
        "训练卷积网络需要数据。\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        if context.glossary is None:
            return
        for breach in breaches(document, context.glossary):
            yield self._found(document, breach)

    def _found(self, document: Document, breach: Breach) -> Diagnostic:
        message = {"forbidden": None, "case": CASE, "translation": TRANSLATION}[breach.kind]
        return self.found(
            breach.span,
            message=message,
            fix=remedies.terms.write(document, breach.span, breach.wanted),
            written=breach.written,
            wanted=breach.wanted,
            term=breach.entry.term,
        )
