"""Terms written into glossaries, and glossaries into settings, with all else left as it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mdreview_lsp.glossary_edits import adding, naming

from mdreview.diagnostic import Edit
from mdreview.fixes import apply_edits
from mdreview.glossary import parse_glossary

ENTRY = {"term": "tide gauge", "chinese": "验潮仪"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "terms:\n  - term: tide gauge\n    chinese: 验潮仪\n"),
        ("# 词", "# 词\nterms:\n  - term: tide gauge\n    chinese: 验潮仪\n"),
        ("terms: []  # 无\n", "terms: \n  - term: tide gauge\n    chinese: 验潮仪  # 无\n"),
        ("terms:\n", "terms:\n  - term: tide gauge\n    chinese: 验潮仪\n"),
        (
            "terms:\n  - term: a  # 甲\n\n# 完\n",
            "terms:\n  - term: a  # 甲\n  - term: tide gauge\n    chinese: 验潮仪\n\n# 完\n",
        ),
        (
            "terms:\r\n- term: a\r\n  forbidden: [b,\r\n    c]\r\n",
            "terms:\r\n- term: a\r\n  forbidden: [b,\r\n    c]\r\n- term: tide gauge\r\n  chinese: 验潮仪\r\n",
        ),
        (
            "terms:\n  - term: a\n    forbidden:\n      - 乙  # 错\n",
            "terms:\n  - term: a\n    forbidden:\n      - 乙  # 错\n  - term: tide gauge\n    chinese: 验潮仪\n",
        ),
        ("terms: [{term: a}]", 'terms: [{term: a}, {"term": "tide gauge", "chinese": "验潮仪"}]'),
    ],
)
def test_a_term_is_added(before: str, after: str) -> None:
    edit = adding(before, ENTRY)
    assert edit is not None
    assert apply_edits(before, [Edit(*edit)]) == after


@pytest.mark.parametrize(
    "text",
    [
        "terms:\n  - term: tide gauge\n",
        "terms:\n  - {term: a, forbidden: [验潮仪]}\n",
        "terms: {a: b}\n",
        "terms: [",
        "- a\n",
        "other: 1\n",
    ],
)
def test_what_is_there_forbidden_or_broken_is_left_alone(text: str) -> None:
    assert adding(text, ENTRY) is None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=6, unique=True))
def test_terms_of_any_words_are_added_one_after_the_other(words: list[str]) -> None:
    text, added = "# 词表\n", []
    for word in words:
        if (edit := adding(text, {"term": word})) is not None:
            text = apply_edits(text, [Edit(*edit)])
            added.append(word)
    assert [entry.term for entry in parse_glossary(text, "").entries] == added
    assert text.startswith("# 词表\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "terms:\n  glossary: glossary.yaml\n"),
        ("fail-on: error  # 严", "fail-on: error  # 严\nterms:\n  glossary: glossary.yaml\n"),
        ("terms:\n  known: [AI]  # 知\n", "terms:\n  glossary: glossary.yaml\n  known: [AI]  # 知\n"),
        ("terms: {known: [AI]}\n", "terms: {glossary: glossary.yaml, known: [AI]}\n"),
        ("terms: {}\nfail-on: error\n", "terms: \n  glossary: glossary.yaml\nfail-on: error\n"),
    ],
)
def test_a_glossary_is_named_in_yaml(before: str, after: str) -> None:
    edit = naming(before, ".yaml")
    assert edit is not None
    assert apply_edits(before, [Edit(*edit)]) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[tool.mdreview]\n", '[tool.mdreview]\nterms.glossary = "glossary.yaml"\n'),
        (
            '[tool.mdreview.terms]\nknown = ["AI"]\n',
            '[tool.mdreview.terms]\nglossary = "glossary.yaml"\nknown = ["AI"]\n',
        ),
        ("[project]", '[project]\n\n[tool.mdreview]\nterms.glossary = "glossary.yaml"\n'),
    ],
)
def test_a_glossary_is_named_in_toml(before: str, after: str) -> None:
    edit = naming(before, ".toml")
    assert edit is not None
    assert apply_edits(before, [Edit(*edit)]) == after


@pytest.mark.parametrize(
    ("text", "suffix"),
    [("a: [", ".yaml"), ("- a\n", ".yaml"), ("[tool.mdreview]\nterms = {}\n", ".toml"), ("x", ".toml")],
)
def test_settings_beyond_a_small_edit_are_left_alone(text: str, suffix: str) -> None:
    assert naming(text, suffix) is None
