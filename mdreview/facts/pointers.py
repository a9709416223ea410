"""Words that send the reader to a figure or table by its place: 如下图所示, the table below."""

from __future__ import annotations

from typing import NamedTuple

from mdreview.facts.floats import FloatKind
from mdreview.facts.references import foreign
from mdreview.facts.wording import FOLDED, names_any
from mdreview.markdown import Block, Kind, LeafKind, where
from mdreview.patterns import regex
from mdreview.source import Span


class Pointer(NamedTuple):
    """The words for a figure or table beside the text, relative to their block."""

    kind: FloatKind
    span: Span


WORDS = ("下图", "下表", "上图", "上表", "下面的图", "below", "above", "following")
PLACED = regex(
    r"(?:如|从|由|见|参见|在)(?P<chinese>[下上](?:面的?|方的?)?[图表])(?=所示|中(?!央|文)|可以|可见|可知|展示|给出|[，。：:；）)])"
    r"|\b(?i:the|see|in)[ ](?P<english>(?:figure|diagram|chart|table)[ ](?:below|above)(?![\w-])"
    r"|following[ ](?:figure|diagram|table)(?![\w-]))"
)
SKIPPED = frozenset({Kind.CODE, Kind.MATH, Kind.FRONT_MATTER, Kind.COMMENT, Kind.THINKING, Kind.QUOTE})


@where(FOLDED(*WORDS))
def pointers(block: Block) -> tuple[Pointer, ...]:
    """The places where the block's running text points to a figure or a table by its place."""
    if block.kind in SKIPPED or not names_any(block, WORDS):
        return ()
    found = []
    for leaf in block.leaves:
        if leaf.kind is not LeafKind.PARAGRAPH:
            continue
        for match in PLACED.finditer(block.prose, *leaf.span):
            group = "chinese" if match["chinese"] else "english"
            kind = FloatKind.TABLE if "表" in match[group] or "table" in match[group] else FloatKind.FIGURE
            before = block.prose[max(leaf.span.start, match.start() - 60) : match.start()]
            if not foreign(before, block.prose[match.end() : match.end() + 80]):
                found.append(Pointer(kind, Span(*match.span(group))))
    return tuple(found)
