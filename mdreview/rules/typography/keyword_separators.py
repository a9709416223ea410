"""TYP003: keywords separated otherwise than the setting or the list itself says."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Severity, Text
from mdreview.facts.keywords import Keywords, keyword_lists
from mdreview.markdown import Document
from mdreview.rule import DocumentRule, Example
from mdreview.settings import Settings, Typography

SEMICOLON = Settings(typography=Typography(keyword_separator="；"))


class KeywordSeparators(DocumentRule):
    code = "TYP003"
    name = "keyword-separators"
    severity = Severity.INFO
    opt_in = True
    message = Text(
        "keywords are separated by “{mark}” here, not by “{wanted}”", "关键词之间用了“{mark}”，应为“{wanted}”"
    )
    why = Text(
        "Journals prescribe what stands between keywords, and databases split them by it.",
        "期刊对关键词的分隔符有统一规定，数据库也据此切分关键词。",
    )
    silent = Text(
        "Without `typography.keyword_separator` only a list that mixes separators is reported. In a list without "
        "Chinese a full-width setting stands for its half-width twin.",
        "未设置 `typography.keyword_separator` 时，只报告自身混用分隔符的列表。不含中文的列表按半角理解全角设置。",
    )
    bad = (
        Example(
            "**关键词**：水资源⟦,→；⟧ 灌溉⟦,→；⟧ 节水\n", fixed="**关键词**：水资源；灌溉；节水\n", settings=SEMICOLON
        ),
        "关键词：水资源；灌溉⟦，→；⟧节水；农业\n",
        "Keywords: water; irrigation⟦,→;⟧ farming; soil\n",
    )
    good = (
        "关键词：水资源，灌溉，节水\n",
        Example("关键词：水资源；灌溉；节水\n\nKeywords: water; irrigation; saving\n", settings=SEMICOLON),
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        for keywords in document.fact(keyword_lists):
            wanted = _wanted(keywords, document, context.settings.typography.keyword_separator)
            for span in keywords.separators:
                mark = document.text_of(span)
                if mark != wanted:
                    yield self.found(
                        span, fix=remedies.typography.separate(document, span, wanted), mark=mark, wanted=wanted
                    )


def _wanted(keywords: Keywords, document: Document, setting: str | None) -> str:
    """What should stand between the keywords of a list: the setting, else what most often does, else the first."""
    if setting is not None:
        setting = setting if not setting.strip() else setting.strip()
        return setting if keywords.chinese else unicodedata.normalize("NFKC", setting)
    return Counter(document.text_of(span) for span in keywords.separators).most_common(1)[0][0]
