"""What stands at a place, in any text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from mdreview_lsp import marks
from mdreview_lsp.marks import Sort

from mdreview.context import Context
from mdreview.diagnostic import Edit
from mdreview.fixes import apply_edits
from mdreview.markdown import parse
from mdreview.source import Span
from mdreview.terms import defined_terms, places

PIECES = (
    *("甲[^1]", "[^注]", "\n[^1]: 注[^注]。\n", "[@smith, p. 1]", "@fig-a", "\n![图](a.png){#fig-a}\n", "\\ref{fig-a}"),
    *(
        "\n# 1 引言\n",
        "\n## 1.1 数据 集\n",
        "见第1.1节",
        "[数](#11-数据-集)",
        "[二](#fig-a)",
        "如[1,2]",
        "\n[1] 某文。\n",
    ),
    *(
        "卷积神经网络（Convolutional Neural Network, CNN）",
        "CNNs",
        "R-CNN",
        "😀",
        "。",
        " ",
        "\n",
        "\n\n",
        "`[^1]`",
        "| a |",
    ),
)
NEW = {Sort.FOOTNOTE: "新", Sort.LABEL: "fig-neu", Sort.TERM: "NET"}
TEXTS = st.lists(st.sampled_from(PIECES), max_size=16).map("".join)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_every_mark_is_found_at_each_of_its_places(text: str) -> None:
    document = parse(text)
    for offset in range(len(text) + 1):
        mark = marks.mark_at(document, offset)
        if mark is None:
            continue
        assert 0 <= mark.span.start <= offset <= mark.span.end <= len(text)
        same = marks.same(document, mark)
        assert any(one.span == mark.span for one in same)
        assert same == sorted(same, key=lambda one: one.span)
        names = [one.name for one in same]
        assert all(one.end <= other.start for one, other in pairwise(names))


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_what_is_renamed_everywhere_is_still_one_thing(text: str) -> None:
    document = parse(text)
    for words in ("[^1]", "@fig-a", "CNNs"):
        start = text.find(words)
        mark = marks.mark_at(document, start + 2) if start >= 0 else None
        if mark is None or mark.sort not in NEW:
            continue
        same = marks.same(document, mark)
        renamed = parse(apply_edits(text, [Edit(one.name, NEW[mark.sort]) for one in same]))
        first = same[0].name.start
        found = marks.mark_at(renamed, first)
        if found is not None and found.sort is mark.sort:
            assert len(marks.same(renamed, found)) == len(same)
        else:
            # a short form that nothing defines any more is none
            assert mark.sort is Sort.TERM


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_names_of_terms_stand_where_they_are_said_to_stand(text: str) -> None:
    document = parse(text)
    table = defined_terms(document, Context())
    found = places(document, table)
    for place in found:
        written = text[place.span.start : place.span.end]
        assert written.lower() in (place.name.lower(), f"{place.name.lower()}s")
        assert place.name in table[place.term][:3]
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    assert Span(0, 0) not in {term.defined for term in table}
