"""Faults of residue and typography."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.faults.kinds import HAN, Fault, in_paragraphs, is_chinese, makes, text_of
from mdreview.context import Context
from mdreview.diagnostic import Edit
from mdreview.facts.keywords import keyword_lists
from mdreview.facts.terms import terms
from mdreview.markdown import Document, Kind
from mdreview.settings import Settings
from mdreview.source import Span


@makes("GEN001", "leave an empty trace of thinking")
def thinking(document: Document) -> Iterator[Fault]:
    for start, block in list(document)[1:]:
        if block.kind is Kind.HEADING and document.source.text[:start].endswith("\n\n"):
            yield [Edit(Span(start, start), "<think>\n\n</think>\n\n")]


def all_typography(document: Document) -> Context:  # noqa: ARG001
    return Context(Settings(extend_select=("TYP",)))


@makes("TYP001", "write a half-width comma", context=all_typography)
def comma(document: Document) -> Iterator[Fault]:
    yield from in_paragraphs(document, f"(?<=[{HAN}])，(?=[{HAN}])", ",")


@makes("TYP002", "open a full-width bracket half-width", context=all_typography)
def bracket(document: Document) -> Iterator[Fault]:
    yield from in_paragraphs(document, f"（(?=[{HAN}]+）)", "(")


@makes("TYP004", "leave out a space beside a Latin word", context=all_typography)
def space(document: Document) -> Iterator[Fault]:
    yield from in_paragraphs(document, f"(?<=[{HAN}]) (?=[A-Za-z]{{2,}} [{HAN}])", "")


def with_keywords(document: Document) -> str | None:
    """The text, below its title four of its terms as keywords, unless it has keywords."""
    if document.fact(keyword_lists):
        return document.source.text
    chinese = is_chinese(document)
    bound = document.fact(terms).bound
    names = list(dict.fromkeys(item.name if chinese else item.definition.english for item in bound))
    names = [name for name in names if 2 < len(name) < 40 and "," not in name][:4]
    if len(names) < 4 or document.blocks[0].kind is not Kind.HEADING:
        return None
    line = f"**关键词**：{'；'.join(names)}" if chinese else f"**Keywords:** {'; '.join(names)}"
    end = document.span_of(0).end
    return f"{document.source.text[:end].rstrip()}\n\n{line}\n\n{document.source.text[end:].lstrip()}"


@makes("TYP003", "separate two keywords otherwise", host=with_keywords, context=all_typography)
def separator(document: Document) -> Iterator[Fault]:
    for keywords in document.fact(keyword_lists):
        marks = {text_of(document, span) for span in keywords.separators}
        if len(keywords.separators) > 2 and len(marks) == 1:
            for span in keywords.separators[1:]:
                others = ("，", "；", "、") if keywords.chinese else (",", ";")
                for other in others:
                    if other not in marks:
                        yield [Edit(span, other)]
