"""The term table and its four forms."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdreview.context import Context
from mdreview.glossary import GlossaryError, parse_glossary, read_glossary
from mdreview.markdown import parse
from mdreview.render import terms as render
from mdreview.render.excerpt import width
from mdreview.source import Source
from mdreview.terms import Term, term_table

TEXT = """\
# 图上的学习

我们使用图神经网络（Graph Neural Network, GNN）。GNN 很快，图神经网络也很准。

注意力机制（attention mechanism）带来改进。A support vector machine (SVM) is slow, but the SVM is simple.

## 参考文献

[1] 图神经网络综述. 2020.
"""


def table(text: str = TEXT) -> tuple[Term, ...]:
    return term_table(parse(text), Context())


def test_table_has_names_places_and_uses() -> None:
    gnn, attention, svm = table()
    assert (gnn.chinese, gnn.english, gnn.abbreviation, gnn.uses) == ("图神经网络", "Graph Neural Network", "GNN", 2)
    assert TEXT[slice(*gnn.defined)] == "图神经网络（Graph Neural Network, GNN）"
    assert (attention.chinese, attention.english, attention.abbreviation, attention.uses) == (
        "注意力机制",
        "attention mechanism",
        "",
        0,
    )
    assert (svm.chinese, svm.english, svm.abbreviation, svm.uses) == ("", "support vector machine", "SVM", 1)


def test_text_columns_are_in_line() -> None:
    lines = render.text(table(), Source(TEXT), "zh").splitlines()
    starts = {
        width(line[: line.index(word)])
        for line, word in zip(lines, ("英文", "Graph", "attention", "support"), strict=True)
    }
    assert len(starts) == 1


def test_markdown_escapes_pipes() -> None:
    written = render.markdown((Term("甲|乙", "", "AB", Source("").line_span(0), 0),), Source(""))
    assert "甲\\|乙" in written


def test_json_is_an_array_with_places_from_one() -> None:
    first = json.loads(render.to_json(table(), Source(TEXT), "a.md"))[0]
    assert (first["file"], first["line"], first["column"], first["abbreviation"]) == ("a.md", 3, 5, "GNN")


def test_yaml_is_a_glossary() -> None:
    glossary = parse_glossary(render.yaml(table()), "glossary.yaml")
    assert [entry.chinese_name for entry in glossary.entries] == ["图神经网络", "注意力机制", None]
    assert [entry.abbreviation for entry in glossary.entries] == ["GNN", None, "SVM"]


def test_glossary_fills_in_names() -> None:
    glossary = parse_glossary("terms:\n  - {term: support vector machine, chinese: 支持向量机}\n", "g.yaml")
    assert term_table(parse(TEXT), Context(glossary=glossary))[2].chinese == "支持向量机"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("terms:\n  - term: [a\n", "g.yaml:"),
        ("terms: 3\n", "g.yaml:1: terms"),
        ("words: []\n", "there is no key “words”; there are: terms"),
        ("terms:\n  - term: a\n  - trem: b\n", "g.yaml:3: there is no key “trem”; did you mean “term”?"),
        ("terms:\n  - english: a\n", "g.yaml:2: terms[0]"),
        ("terms:\n  - term: a\n    case: perhaps\n", "terms[0].case"),
        ("terms:\n  - term: a\n  - term: a\n", "g.yaml:3: “a” is given twice, first in line 2"),
        (
            "terms:\n  - term: a\n    see: b\n  - term: b\n    see: a\n",
            "g.yaml:2: see: “a” leads back to itself (a → b → a)",
        ),
        (
            "terms:\n  - term: alpha\n    see: alhpa2\n  - term: alpha2\n",
            "there is no term “alhpa2”; did you mean “alpha2”?",
        ),
        ("terms:\n  - term: a\n    forbidden: [b]\n  - term: b\n", "“b” is forbidden here and required in line 4"),
        ("terms:\n  - term: ' '\n", "term is empty"),
    ],
)
def test_glossary_says_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(GlossaryError) as raised:
        parse_glossary(text, "g.yaml")
    assert said in str(raised.value)


def test_missing_glossary() -> None:
    with pytest.raises(GlossaryError):
        read_glossary("/nowhere/glossary.yaml")


NAMES = st.text(st.sampled_from("神经网络模型 (（，,)）ABCDegn-'*_[]|:\\\n"), max_size=60)


@given(NAMES)
def test_any_table_is_a_glossary(text: str) -> None:
    found = table(text)
    for term in found:
        assert 0 <= term.defined.start < term.defined.end <= len(text)
    parse_glossary(render.yaml(found), "g.yaml")
    render.text(found, Source(text))


@given(st.text(max_size=80))
def test_a_glossary_is_read_or_refused(text: str) -> None:
    with suppress(GlossaryError):
        parse_glossary(text, "g.yaml")
