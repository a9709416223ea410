"""CIT009: entries of the bibliography that the text never cites."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Severity, Text
from mdreview.facts.citations import keys
from mdreview.facts.front_matter import front_matter
from mdreview.markdown import Document
from mdreview.rule import DocumentRule, Example
from mdreview.source import Span

BIBLIOGRAPHY = "@article{lee2019, title={Rain}, year=2019}\n@book{kim2018, title={Snow}, year=2018}\n"
SHOWN = 10


class UncitedBibliographyEntry(DocumentRule):
    code = "CIT009"
    name = "uncited-bibliography-entry"
    severity = Severity.INFO
    opt_in = True
    message = Text(
        "{count} of the {total} entries of the bibliography are never cited: {keys}",
        "文献库 {total} 条中有 {count} 条从未被引用：{keys}",
    )
    why = Text(
        "In a bibliography made for one text, an entry that is not cited is a citation forgotten or a work given up.",
        "专为一篇文章准备的文献库中，未被引用的条目或是漏引，或是已放弃的文献。",
    )
    silent = Text(
        "Works under nocite count as cited. The rule is off by default, because many people keep one bibliography for "
        "all their texts.",
        "列在 nocite 中的视为已引用。许多人多篇文章共用一个文献库，因此本规则默认关闭。",
    )
    bad = (
        Example("---\n⟦bibliography: references.bib⟧\n---\n\nRain is rare [@lee2019].\n", bibliography=BIBLIOGRAPHY),
        Example("---\ntitle: 雨\n⟦bibliography: references.bib⟧\n---\n\n雪见 @kim2018。\n", bibliography=BIBLIOGRAPHY),
    )
    good = (
        Example("Rain is rare [@lee2019; @kim2018].\n", bibliography=BIBLIOGRAPHY),
        Example('---\nnocite: "@*"\n---\n\nRain is rare [@lee2019].\n', bibliography=BIBLIOGRAPHY),
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        bibliography = context.bibliography
        matter = document.fact(front_matter)
        if bibliography is None or bibliography.problems or matter.cites_all:
            return
        texts = (document, *context.others)
        cited = {placed.fact.key for text in texts for placed in text.joined(keys)}
        cited.update(matter.cited)
        works = {entry.key: key in cited for key, entry in bibliography.entries.items()}
        for key, entry in bibliography.entries.items():
            works[entry.key] = works[entry.key] or key in cited
        uncited = [key for key, is_cited in works.items() if not is_cited]
        if not uncited:
            return
        span = matter.bibliographies[0].line if matter.bibliographies else Span(0, 0)
        listed = ", ".join(f"@{key}" for key in uncited[:SHOWN]) + (" …" if len(uncited) > SHOWN else "")
        yield self.found(span, count=len(uncited), total=len(works), keys=listed)
