"""What must hold for any text."""

from __future__ import annotations

import random
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_texts import TEXT, corpus, edits, needs_corpus

from mdreview.context import Context
from mdreview.diagnostic import LANGUAGES, Diagnostic
from mdreview.engine import check
from mdreview.following import Follower
from mdreview.markdown import Document, parse
from mdreview.markdown.blocks import OBJECT
from mdreview.settings import Settings
from mdreview.source import Source, Span, Units

EVERY_RULE = Context(Settings(select=("ALL",)))
EXAMPLES = Path(__file__).parents[1] / "examples"
many = settings(max_examples=300, deadline=None)


def edited_versions(data: st.DataObject, document: Document, count: int) -> list[Document]:
    versions = []
    for _ in range(count):
        span, replacement = data.draw(edits(document.source.text))
        document = document.edited(span, replacement)
        versions.append(document)
    return versions


def same_reading(document: Document) -> bool:
    scratch = parse(document.source.text)
    return document.blocks == scratch.blocks and document.starts == scratch.starts


def followed(follower: Follower, document: Document) -> list[Diagnostic]:
    """What a follower finds; and what it shows of that is what a fresh one shows."""
    findings = follower.check(document, EVERY_RULE)
    assert findings.each(partial(as_shown, document.source), as_moved, None) == [
        as_shown(document.source, finding) for finding in findings.all
    ]
    return list(findings.all)


def as_shown(source: Source, finding: Diagnostic) -> tuple[Any, ...]:
    places = (*finding.span, *(place for related in finding.related for place in related.span))
    return (finding.code, finding.written("en"), *(source.place(place, Units.UTF16) for place in places))


def as_moved(shown: tuple[Any, ...], after: list[bool], by: int) -> tuple[Any, ...]:
    code, sentence, *places = shown
    lines = [place.line + by if moved else place.line for place, moved in zip(places, after, strict=True)]
    return (code, sentence, *(place._replace(line=line) for place, line in zip(places, lines, strict=True)))


@many
@given(TEXT)
def test_no_text_makes_a_rule_fail(text: str) -> None:
    found = check(parse(text), EVERY_RULE)
    assert [diagnostic.written("en") for diagnostic in found if diagnostic.code == "SYS001"] == []
    for diagnostic in found:
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(text)
        for language in LANGUAGES:
            assert diagnostic.written(language)
        for related in diagnostic.related:
            assert related.file is not None or 0 <= related.span.start <= related.span.end <= len(text)


@many
@given(st.randoms(use_true_random=False))
def test_no_mixture_of_real_texts_makes_a_rule_fail(chance: random.Random) -> None:
    """Stretches of several texts, so that numbers, lists and names of one meet those of another."""
    texts = [path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*.md"))]
    texts += corpus()
    lines: list[str] = []
    for _ in range(chance.randint(1, 5)):
        source = chance.choice(texts).split("\n")
        start = chance.randrange(len(source))
        lines += source[start : start + chance.randint(1, 60)]
    failed = [finding for finding in check(parse("\n".join(lines)), EVERY_RULE) if finding.code == "SYS001"]
    assert not failed, failed[0].written("en")


@many
@given(TEXT)
def test_findings_stand_in_order_and_are_the_same_twice(text: str) -> None:
    first = check(parse(text), EVERY_RULE)
    assert first == check(parse(text), EVERY_RULE)
    assert first == sorted(first, key=lambda diagnostic: diagnostic.order)


@many
@given(TEXT)
def test_blocks_stand_in_the_text_in_order(text: str) -> None:
    document = parse(text)
    done = 0
    plain = text.replace("\r\n", " \n").replace("\r", "\n")
    for number, (start, block) in enumerate(document):
        assert start >= done
        assert plain[start : start + len(block.text)] == block.text
        assert not plain[done:start].strip(), "what no block holds is white space"
        assert document.span_of(number) == Span(start, start + len(block.text))
        done = start + len(block.text)
    assert not plain[done:].strip()


@many
@given(TEXT)
def test_mask_keeps_every_character_in_its_place(text: str) -> None:
    for block in parse(text).blocks:
        assert len(block.prose) == len(block.text)
        for seen, written in zip(block.prose, block.text, strict=True):
            assert seen == written or (seen in (" ", OBJECT) and written != "\n")
        for leaf in block.leaves:
            bounds = [edge for piece in leaf.pieces for edge in piece]
            assert bounds == sorted(bounds)
            assert 0 <= bounds[0] <= bounds[-1] <= len(block.text)
        for inline in block.inlines:
            assert inline.span.contains(inline.content)


@many
@given(TEXT, st.sampled_from(Units))
def test_places_go_there_and_back(text: str, units: Units) -> None:
    source = Source(text)
    for offset in range(len(text) + 1):
        place = source.place(offset, units)
        if text[offset - 1 : offset + 1] == "\r\n":
            assert source.offset(place, units) == offset - 1, "between the two characters of one line end"
        else:
            assert source.offset(place, units) == offset


@many
@given(st.data())
def test_reading_an_edited_text_is_reading_it_from_scratch(data: st.DataObject) -> None:
    versions = edited_versions(data, parse(data.draw(TEXT)), 3)
    follower = Follower()
    for document in versions:
        assert same_reading(document)
        assert followed(follower, document) == check(parse(document.source.text), EVERY_RULE)


@needs_corpus
@many
@given(st.data())
def test_reading_an_edited_real_document_is_reading_it_from_scratch(data: st.DataObject) -> None:
    original = parse(data.draw(st.sampled_from(corpus())))
    for document in edited_versions(data, original, 3):
        assert same_reading(document)


@needs_corpus
@settings(max_examples=100, deadline=None)
@given(st.data())
def test_checking_an_edited_real_document_is_checking_it_from_scratch(data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from(corpus())).splitlines(keepends=True)
    first = data.draw(st.integers(0, max(len(lines) - 40, 0)))
    original = parse("".join(lines[first : first + 40])[:6000])
    follower = Follower()
    for document in (original, *edited_versions(data, original, 3)):
        assert followed(follower, document) == check(parse(document.source.text), EVERY_RULE)
