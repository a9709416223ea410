"""Readers of blocks that declare what a block must hold: they say the same with the declaration and without it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_texts import FRAGMENT, corpus, needs_corpus

from mdreview.facts.wording import FOLDED
from mdreview.markdown import Block, Kind, parse, where
from mdreview.markdown.blocks import facts
from mdreview.markdown.conditions import CONDITIONS, PROSE, TEXT, Texts
from mdreview.patterns import regex
from mdreview.rule import Example
from mdreview.rules import RULES

HERE = Path(__file__).parent


@cache
def samples() -> tuple[str, ...]:
    """Texts in which the readers find something: the examples of all rules."""
    examples = [example for rule in RULES for example in (*rule.bad, *rule.good)]
    texts = [example.text if isinstance(example, Example) else example for example in examples]
    texts += [
        path.read_text("utf-8") for folder in ("rules", "false_positives") for path in (HERE / folder).glob("*.md")
    ]
    texts.append("[1]: https://example.org\n\n[@key]: https://example.org\n\nA word.^[An inline note.]\n")
    texts.append("# Statement of Need\n")
    return tuple(text.replace("⟦", "").replace("⟧", "") for text in texts)


@cache
def lines() -> list[str]:
    return sorted({line for text in samples() for line in text.splitlines()})


def said_elsewhere(blocks: list[Block], texts: Texts) -> list[str]:
    """The readers that say something of a block that does not hold what they declare."""
    return [
        f"{read.__module__}.{read.__qualname__} of {blocks[number].text!r}"
        for read, condition in CONDITIONS.items()
        for number in sorted(set(range(len(blocks))) - set(texts.holding(condition)))
        if read(blocks[number])
    ]


def test_what_readers_say_of_the_examples_is_where_they_declare_it() -> None:
    silent = set(CONDITIONS)
    for text in samples():
        blocks = list(parse(text).blocks)
        assert not said_elsewhere(blocks, Texts(blocks))
        silent -= {read for read in silent for block in blocks if read(block)}
    assert not silent, "of these no example shows that they can say anything"


@needs_corpus
def test_what_readers_say_of_real_texts_is_where_they_declare_it() -> None:
    for text in corpus()[::9]:
        blocks = list(parse(text).blocks)
        assert not said_elsewhere(blocks, Texts(blocks))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_what_readers_say_of_any_text_is_where_they_declare_it(data: st.DataObject) -> None:
    """Lines of the examples, in pieces, among others, in capitals."""
    line = st.sampled_from(lines())
    piece = st.builds(lambda line, start, end: line[start:end], line, st.integers(0, 9), st.integers(4, 99))
    change = st.sampled_from([str, str, str.upper, str.title, str.lower, lambda text: text.translate(SAME_LETTERS)])
    parts = st.lists(
        st.builds(
            lambda text, change, after: change(text) + after,
            st.one_of(line, piece, FRAGMENT),
            change,
            st.sampled_from(["", " ", "\n", "\n\n"]),
        ),
        max_size=12,
    )
    blocks = list(parse("".join(data.draw(parts))).blocks)
    assert not said_elsewhere(blocks, Texts(blocks))
    for block in blocks:
        assert not said_elsewhere([block], Texts([block]))


SAME_LETTERS = str.maketrans("isk图关", "ıſ\u212a圖關")
"""What expressions take for other letters where they know no case, and what is read as the same character."""


@given(st.text())
def test_a_view_moves_no_character(text: str) -> None:
    assert len(FOLDED.fold(text)) == len(text)


@given(st.lists(st.text(st.sampled_from("ab[^\n İΣ關"), max_size=5), max_size=6))
def test_blocks_are_found_by_what_they_hold(texts: list[str]) -> None:
    blocks = [Block(Kind.CODE, text) for text in texts]
    for block in blocks:
        block.prose, block.inlines = block.text, ()
    found = Texts(blocks)
    assert found.holding((TEXT("[^"),)) == [n for n, text in enumerate(texts) if "[^" in text]
    assert found.holding((PROSE("a", regex("b[ab]")),)) == [
        n for n, text in enumerate(texts) if "a" in text or "bb" in text
    ]
    assert found.holding((TEXT(regex(r"\na")),)) == [
        n for n, text in enumerate(texts) if text.startswith("a") or "\na" in text
    ]
    assert found.holding((FOLDED("关"), TEXT("b"))) == [
        n for n, text in enumerate(texts) if "關" in text or "b" in text
    ]


def test_blocks_without_the_mark_are_not_asked() -> None:
    asked: list[str] = []

    @where(TEXT("[^"))
    def marked(block: Block) -> Iterable[str]:
        asked.append(block.text)
        return [block.text] if "[^" in block.text else []

    try:
        document = parse("one\n\ntwo[^1]\n\nthree\n")
        assert [placed.fact for placed in document.joined(marked)] == ["two[^1]"]
        assert asked == ["two[^1]"]
        assert list(facts(iter(parse("four[^1]").blocks), marked)) == [(0, ["four[^1]"])]
    finally:
        del CONDITIONS[marked]
