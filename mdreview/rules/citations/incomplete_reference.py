"""CIT007: an entry of the reference list that does not tell the reader what the work is."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Text
from mdreview.facts.citing import reached_entries
from mdreview.facts.reference_list import Entry, ReferenceList, reference_lists
from mdreview.facts.works import Work, dated, describe
from mdreview.markdown import Document
from mdreview.rule import DocumentRule

FILE_NAME = Text(
    "this entry is a file name: give author, title, source and year", "此条只是文件名：请给出作者、题名、出处和年份"
)
EMPTY = Text("this entry is empty", "此条没有内容")
BARE = Text("this entry is only a title: give author, source and year", "此条只有题名：请补充作者、出处和年份")
ALL_BARE = Text(
    "{count} of the {total} entries are only titles: give authors, sources and years",
    "{total} 条文献中有 {count} 条只有题名：请补充作者、出处和年份",
)
NO_YEAR = Text("this entry has no year, where the others have one", "其他条目都有年份，此条缺少年份")
ONLY_ADDRESS = Text(
    "this entry is only an address, where the others name the work: add at least a title",
    "其他条目都写明了文献，此条只有网址：请至少补充题名",
)


class IncompleteReference(DocumentRule):
    code = "CIT007"
    name = "incomplete-reference"
    message = Text("this entry is incomplete", "此条著录不完整")
    why = Text(
        "A reader finds a source by its author, title, place and year. A file name from someone's disk, or a bare "
        "title, "
        "leads nowhere.",
        "读者要靠作者、题名、出处和年份查找文献；硬盘上的文件名或孤零零的题名无从查起。",
    )
    silent = Text(
        "A web page needs no more than its title and address. A missing year is reported only where nearly all other "
        "entries have one and this entry has an author and no address. A bare title is "
        "reported where the text cites the list; if most entries are bare, once.",
        "网页条目有题名和网址即可。仅当几乎所有其他条目都有年份，而此条有作者、无网址时，才提示缺少年份。"
        "只有题名的条目仅在正文引用该列表时提示；若多数条目如此，只提示一次。",
    )
    bad = (
        "# 参考文献\n\n⟦[1] 某地气候观测年度报告.pdf.md⟧\n\n[2] 李四. 雨[M]. 北京: 气象出版社, 2019.\n",
        "Rain is rare [1], wind is not [2].\n\n## References\n\n[1] Lee A. Rain in the north. J. Weather, 2019.\n\n"
        "⟦[2] Wind and weather on northern "
        "coasts⟧\n\n"
        "[3] Ray B. Snow. 2020.\n",
    )
    good = (
        "## References\n\n1. [Rain in the north](https://example.org/rain)\n2. https://example.org/wind - Wind\n",
        "## 参考文献\n\n[1] 李四, 王五. 雨[J]. 气象学报, 2019, 3(2): 1-9.\n\n[2] GB/T 7714—2015, 信息与文献 "
        "参考文献著录规则.\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        cited = document.fact(reached_entries)
        for list_ in document.fact(reference_lists):
            works = [(entry, describe(entry.text)) for entry in list_.entries]
            if any(entry.number in cited for entry in list_.numbered):
                yield from self._bare(list_, works)
            count = len(works)
            years = sum(1 for entry, work in works if dated(work, entry.text))
            addresses = sum(1 for _, work in works if work.only_address)
            for entry, work in works:
                if not entry.text:
                    yield self.found(entry.span, message=EMPTY)
                elif work.file:
                    yield self.found(entry.span, message=FILE_NAME)
                elif work.only_address and entry.number is not None and count >= 4 and addresses * 4 <= count:
                    yield self.found(entry.span, message=ONLY_ADDRESS)
                elif count >= 5 and (count - years) * 5 <= count and self._lacks_year(entry, work):
                    yield self.found(entry.span, message=NO_YEAR)

    def _lacks_year(self, entry: Entry, work: Work) -> bool:
        return work.has_author and not dated(work, entry.text) and not (work.url or work.doi or work.arxiv)

    def _bare(self, list_: ReferenceList, works: list[tuple[Entry, Work]]) -> Iterator[Diagnostic]:
        bare = [entry for entry, work in works if work.bare and entry.number is not None]
        if len(bare) > 3 and 2 * len(bare) > len(works):
            yield self.found(list_.place, message=ALL_BARE, count=len(bare), total=len(works))
            return
        for entry in bare:
            yield self.found(entry.span, message=BARE)
