"""CIT011: an entry that has no word in common with what it is cited for."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Related, Severity, Text
from mdreview.facts.citing import citing_places
from mdreview.facts.front_matter import stated_subject
from mdreview.facts.reference_list import reference_lists
from mdreview.facts.regions import Region, regions
from mdreview.facts.topics import Topic, sentence_at, title_of, topic
from mdreview.facts.works import EXTENSION_END
from mdreview.markdown import Document
from mdreview.rule import DocumentRule

CITED = Text("cited here", "引用于此")
ENOUGH = 10
ENOUGH_LATIN = 5


class OffTopicReference(DocumentRule):
    code = "CIT011"
    name = "off-topic-reference"
    severity = Severity.INFO
    opt_in = True
    message = Text(
        "this entry shares no content word with the title, the keywords or any sentence that cites it: "
        "is it the right source?",
        "此条与文章题名、关键词及引用它的句子没有任何共同的实词：是否引错了文献？",
    )
    why = Text(
        "Generated texts and careless renumbering attach sources that have nothing to do with the claim.",
        "自动生成的文本或草率的重新编号，常会附上与论述毫不相干的文献。",
    )
    silent = Text(
        "An entry of a few words, one in another script than the text that cites it, and one that is never cited "
        "cannot "
        "be judged. The rule is off by default: a right source may use other words.",
        "过短的条目、与正文文种不同的条目以及未被引用的条目无法判断。相关文献也可能用词不同，因此本规则默认关闭。",
    )
    bad = (
        "# Rain in the northern mountains\n\nRain has become rare in the north[1].\n\n## References\n\n"
        "⟦[1] Lee A. Digital payment in hotel chains of Europe. 2019.⟧\n",
        "# 山区降雨的长期变化\n\n北方山区的降雨逐年减少[^1]。\n\n# 参考文献\n\n⟦[1] "
        "全国酒店行业数字支付转型趋势报告.pdf.md⟧\n",
    )
    good = (
        "# Rain in the northern mountains\n\nRain has become rare[1].\n\n## References\n\n[1] Lee A. A century of rain "
        "gauges and their errors. 2019.\n",
        "# 山区降雨的长期变化\n\n北方山区的降雨逐年减少[1]。\n\n# 参考文献\n\n[1] Lee A. Precipitation trends in "
        "highland "
        "stations. 2019.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        places = document.fact(citing_places)
        if not places:
            return
        subject = topic(_subject(document))
        for list_ in document.fact(reference_lists):
            for entry in list_.numbered:
                cited = places.get(entry.number or 0, [])
                work = topic(EXTENSION_END.sub(" ", entry.text))
                if not cited or work.size < ENOUGH or work.shares(subject):
                    continue
                around = [topic(sentence_at(document, span.start)) for span in cited]
                if _comparable(work, [subject, *around]) and not any(work.shares(one) for one in around):
                    yield self.found(entry.span, related=(Related(cited[0], CITED),))


def _subject(document: Document) -> str:
    """The title and the keywords."""
    named = document.fact(stated_subject)
    keywords = [document.text_of(stretch.span) for stretch in document.fact(regions).of(Region.KEYWORDS)]
    return "\n".join((named.title, title_of(document), *named.keywords, *keywords))


def _comparable(work: Topic, others: list[Topic]) -> bool:
    """Whether the entry and what cites it are written in one script, as far as can be told."""
    if len(work.han) >= 3:
        return any(other.han for other in others)
    latin = sum(len(other.latin) for other in others)
    return latin >= ENOUGH_LATIN and latin >= sum(len(other.han) for other in others)
