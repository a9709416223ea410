"""Beside the text: the number that a heading should have, the long form of an abbreviation."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lsprotocol import types

from mdreview.diagnostic import Text
from mdreview.facts.numbering import write
from mdreview.facts.regions import Region
from mdreview.facts.sections import section_tree
from mdreview.facts.terms import terms, uses
from mdreview.markdown import Document
from mdreview.remedies.section_numbers import expected_numbers
from mdreview.source import Span
from mdreview_lsp.places import to_position, to_span
from mdreview_lsp.session import Session

NUMBER = Text("The number that this heading should have", "此标题应有的编号")
_Hint = tuple[int, str, Text | None]


async def hints(session: Session, params: types.InlayHintParams) -> list[types.InlayHint] | None:
    """The hints in a range."""
    text = session.text(params.text_document.uri)
    if text is None:
        return None
    document = text.document
    span = to_span(document.source, params.range, text.units)
    off = session.editor.options.off
    found: list[_Hint] = []
    if "numberHints" not in off:
        found += await session.aside.run(partial(_numbers, document, span))
    if "longFormHints" not in off:
        found += await session.aside.run(partial(_long_forms, document, span))
    return [
        types.InlayHint(
            to_position(document.source, offset, text.units),
            label,
            tooltip=None if told is None else session.editor.written(told),
            padding_left=True,
        )
        for offset, label, told in sorted(found, key=lambda hint: hint[0])
    ]


def _numbers(document: Document, span: Span) -> list[_Hint]:
    tree = document.fact(section_tree)
    return [
        (section.number_span.end, f"→ {write(number).strip()}", NUMBER)
        for index, number in document.fact(expected_numbers).items()
        if span.start <= (section := tree.sections[index]).number_span.end <= span.end
    ]


def _long_forms(document: Document, span: Span) -> list[_Hint]:
    return list(_uses(document, span))


def _uses(document: Document, span: Span) -> Iterator[_Hint]:
    """The uses of abbreviations outside the reference list, in the language of the text around them."""
    known = document.fact(terms)
    for short, bound in known.by_short.items():
        english = next((one.definition.english for one in bound if one.definition.english), "")
        chinese = next((one.name for one in bound if one.name), "")
        for used in document.fact(uses).get(short, ()):
            long = (chinese or english) if used.setting.chinese else (english or chinese)
            if long and used.use.alone and used.setting.region is not Region.REFERENCES and span.contains(used.span):
                yield used.span.end, long, None
