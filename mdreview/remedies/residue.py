"""Removes what a text generator left: thinking blocks, and what it said beside the text."""

from __future__ import annotations

from mdreview.diagnostic import Edit, Fix, Safety, Text
from mdreview.facts.residue import Residue, ResidueKind
from mdreview.markdown import Document, Kind, Placed, sentences
from mdreview.remedies.making import fix_of, without_block
from mdreview.source import Span

EMPTY = Text("Remove the empty thinking block", "删除空的思考标签")
THINKING = Text("Remove the thinking block with its text", "删除思考过程及其内容")
SPOKEN = Text("Remove what does not belong to the text", "删除不属于正文的文字")


def remove(document: Document, placed: Placed[Residue]) -> Fix | None:
    """Removes one piece of residue; safe where no reader loses a word, that is for an empty thinking block.

    None for an opening phrase that is only a part of its paragraph, and for one half of a pair of tags.
    """
    block = document.blocks[placed.block]
    kind, span = placed.fact
    if block.kind is Kind.THINKING:
        empty = kind is ResidueKind.EMPTY_THINKING
        title, safety = (EMPTY, Safety.SAFE) if empty else (THINKING, Safety.UNSAFE)
        return fix_of(document, title, (without_block(document, placed.block),), safety)
    if kind not in (ResidueKind.CHATTER, ResidueKind.PROMPT, ResidueKind.OPENER):
        return None
    leaf = next((leaf for leaf in block.leaves if leaf.span.contains(span)), None)
    if leaf is None:
        return None
    if kind is ResidueKind.PROMPT:
        span = next((one for one in sentences(block.prose, leaf.span) if one.contains(span)), span)
    whole = block.prose[leaf.span.start : leaf.span.end].rstrip()
    rest = whole[: span.start - leaf.span.start] + whole[span.end - leaf.span.start :]
    if kind is ResidueKind.OPENER and "\n" not in whole and whole.endswith((":", "：")):
        rest = ""
    if not rest.strip(" \t\n*_") and block.kind is Kind.PARAGRAPH:
        return fix_of(document, SPOKEN, (without_block(document, placed.block),), Safety.UNSAFE)
    if kind is ResidueKind.OPENER or not rest.strip():
        return None
    end = span.end
    while end < leaf.span.end and block.text[end] in " \t":
        end += 1
    return fix_of(document, SPOKEN, (Edit(placed.span(Span(span.start, end)), ""),), Safety.UNSAFE)
