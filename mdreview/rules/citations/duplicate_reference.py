"""CIT004: two entries of the reference list for one work."""

from __future__ import annotations

from collections.abc import Iterator

from mdreview import remedies
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Related, Text
from mdreview.facts.reference_list import Entry, ReferenceList, reference_lists
from mdreview.facts.works import Work, describe
from mdreview.markdown import Document
from mdreview.rule import DocumentRule, Example

FIRST = Text("the same work", "同一文献")
SAME = {
    "doi": Text("the same DOI", "DOI 相同"),
    "arxiv": Text("the same arXiv number", "arXiv 编号相同"),
    "url": Text("the same address", "网址相同"),
    "file": Text("a copy of the same file", "同一文件的副本"),
    "title": Text("the same title", "题名相同"),
}


class DuplicateReference(DocumentRule):
    code = "CIT004"
    name = "duplicate-reference"
    message = Text("this is the same work as an earlier entry", "此条与前面的条目是同一文献")
    why = Text(
        "One work under two numbers splits its citations, makes the list longer than it is, and hides that two claims "
        "rest on one source.",
        "同一文献占用两个编号，会使引用分散、列表虚长，也掩盖了两处论述其实出自同一来源。",
    )
    silent = Text(
        "Entries with different years are different works, and so are entries that share only the front page of a "
        "site, "
        "a short title, or a part of an address.",
        "年份不同的条目视为不同文献；仅网站首页、简短题名或部分网址相同的，也不算重复。",
    )
    bad = (
        Example(
            "## References\n\n[1] Lee A. Rain in the north. 2019. doi:10.1000/x1\n\n[2] Ray B. Wind. 2020.\n\n"
            "⟦[3] A. Lee, Rain in the North, J. Weather, 2019, https://doi.org/10.1000/x1⟧\n",
            fixed="## References\n\n[1] Lee A. Rain in the north. 2019. doi:10.1000/x1\n\n[2] Ray B. Wind. 2020.\n",
        ),
        Example(
            "# 参考文献\n\n[1] 某地气候观测年度报告.pdf.md\n\n⟦[2] 某地气候观测年度报告.pdf(1).md⟧\n",
            fixed="# 参考文献\n\n[1] 某地气候观测年度报告.pdf.md\n",
        ),
    )
    good = (
        "## References\n\n1. Office of Weather. Yearbook of the weather. 2019.\n2. Office of Weather. Yearbook of the "
        "weather. 2020.\n",
        "参考文献：\n\n[1] https://example.org/ - 首页\n\n[2] https://example.org/ - 某地气候观测年度报告\n",
    )

    def check(self, document: Document, context: Context) -> Iterator[Diagnostic]:
        doubles = [double for list_ in document.fact(reference_lists) for double in _doubles(list_)]
        if not doubles:
            return
        fix = remedies.citations.merge(document, ((entry, first) for entry, first, _ in doubles))
        for entry, first, kind in doubles:
            named = f" {first.mark_text}" if first.mark_text else ""
            message = Text(
                f"this is the same work as entry{named}: {SAME[kind].en}",
                f"此条与条目{named} 是同一文献：{SAME[kind].zh}",
            )
            yield self.found(entry.span, message=message, related=(Related(first.span, FIRST),), fix=fix)


def _doubles(list_: ReferenceList) -> Iterator[tuple[Entry, Entry, str]]:
    """Each entry for a work that has one already, with that one, and what tells that they are the same."""
    seen: dict[tuple[str, str], tuple[Entry, Work]] = {}
    for entry in list_.entries:
        work = describe(entry.text)
        marks = [(kind, value) for kind in SAME if (value := getattr(work, kind))]
        same = next((mark for mark in marks if mark in seen and _compatible(seen[mark][1], work, mark[0])), None)
        if same is not None:
            yield entry, seen[same][0], same[0]
        for mark in marks:
            seen.setdefault(mark, (entry, work))


def _compatible(first: Work, second: Work, kind: str) -> bool:
    """Whether nothing says that two entries with one mark are different works."""
    if kind in ("doi", "arxiv", "file"):
        return True
    if first.years and second.years and not first.years & second.years:
        return False
    if first.doi and second.doi and first.doi != second.doi:
        return False
    return kind == "title" or not (first.title and second.title) or first.title == second.title
