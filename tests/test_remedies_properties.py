"""What must hold of all remedies together, on any text."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_texts import TEXT, corpus, needs_corpus
from remedy_cases import words

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Safety
from mdreview.engine import check
from mdreview.fixes import apply_edits, fix_text
from mdreview.markdown import parse
from mdreview.settings import Settings

ARTICLE = Path(__file__).parents[2] / "shared" / "seeds" / "article.md"
EVERY_RULE = Context(Settings(select=("ALL",)))
DEFAULT = Context()
many = settings(max_examples=300, deadline=None)
HIDDEN = re.compile(
    r"\]\(#[^()\s]*\)|href=[\"']#[^\"']*|</?think(?:ing)?>|^ {0,3}\[[^\[\]\n]*\]:[ \t]*#\S+", re.I | re.M
)


def found_by_default(text: str) -> list[Diagnostic]:
    return check(parse(text), DEFAULT)


def found_by_every_rule(text: str) -> list[Diagnostic]:
    return check(parse(text), EVERY_RULE)


def seen(text: str) -> Counter[str]:
    """The words that a reader sees, addresses within the document and empty tags aside."""
    return words(HIDDEN.sub("", text))


def shorter(text: str) -> str:
    """A stretch of a long text, cut at lines."""
    return text[:8000].rpartition("\n")[0]


@many
@given(TEXT)
def test_no_fix_reaches_out_of_the_text_or_touches_itself(text: str) -> None:
    for diagnostic in found_by_every_rule(text):
        if diagnostic.fix is not None:
            done = 0
            for edit in sorted(diagnostic.fix.edits):
                assert done <= edit.span.start <= edit.span.end <= len(text)
                done = edit.span.end
            assert apply_edits(text, diagnostic.fix.edits) != text


@many
@given(TEXT)
def test_fixing_twice_is_fixing_once(text: str) -> None:
    for unsafe in (False, True):
        once = fix_text(text, found_by_every_rule, unsafe=unsafe)
        assert not once.fighting
        assert fix_text(once.text, found_by_every_rule, unsafe=unsafe).text == once.text


@many
@given(TEXT)
def test_a_safe_fix_takes_no_word_away(text: str) -> None:
    for diagnostic in found_by_every_rule(text):
        if diagnostic.fix is not None and diagnostic.fix.safety is Safety.SAFE:
            assert seen(apply_edits(text, diagnostic.fix.edits)) == seen(text)


@needs_corpus
@pytest.mark.slow
@pytest.mark.parametrize("unsafe", [False, True])
def test_real_documents_come_to_rest(unsafe: bool) -> None:
    for text in corpus():
        once = fix_text(text, found_by_default, unsafe=unsafe)
        assert not once.fighting
        assert fix_text(once.text, found_by_default, unsafe=unsafe).text == once.text
        if not unsafe:
            assert seen(once.text) == seen(text)
            before = Counter(diagnostic.code for diagnostic in found_by_default(text))
            assert Counter(diagnostic.code for diagnostic in once.remaining) <= before


@needs_corpus
@pytest.mark.slow
def test_safe_fixes_keep_the_blocks_of_real_documents() -> None:
    for text in corpus():
        document = parse(text)
        for diagnostic in check(document, DEFAULT):
            fix = diagnostic.fix
            if fix is None or fix.safety is not Safety.SAFE:
                continue
            new = parse(apply_edits(text, fix.edits))
            touched = {document.block_at(place) for edit in fix.edits for place in (edit.span.start, edit.span.end)}
            before = Counter(block.kind for number, block in enumerate(document.blocks) if number not in touched)
            assert before <= Counter(block.kind for block in new.blocks)


@needs_corpus
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_real_documents_keep_their_words_and_come_to_rest(data: st.DataObject) -> None:
    text = shorter(data.draw(st.sampled_from(corpus())))
    once = fix_text(text, found_by_every_rule)
    assert seen(once.text) == seen(text)
    assert not once.fighting
    assert fix_text(once.text, found_by_every_rule).text == once.text


@pytest.mark.skipif(
    not ARTICLE.is_file(), reason="the article that the project was made for is not beside this checkout"
)
def test_one_safe_run_defines_every_footnote_of_the_article() -> None:
    text = ARTICLE.read_text("utf-8")
    once = fix_text(text, found_by_default)
    assert not {diagnostic.code for diagnostic in once.remaining} & {"FN001", "FN007"}
    assert seen(once.text) == seen(text)
    assert fix_text(once.text, found_by_default).text == once.text
