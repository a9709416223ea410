"""Figures and tables, and the paragraphs that stand beside them."""

from __future__ import annotations

import re

from mdreview.markdown import TEXT, Block, Document, Kind, where
from mdreview.patterns import regex

LEAD_END = regex(r"[:：][*_\s]*$|如下[^。]{0,12}[。]?\s*$|\bfollow(?:s|ing)\b[^.]{0,60}\.?\s*$")
WORD = regex(r"[A-Za-z]+|\p{Han}")
CAPTION_WORDS = 40
CAPTION = regex(r"[\s*_（(]{0,6}(?:图|表|圖|Fig|Table|Tab\.|注|Note|<|$)", re.I)


def beside(document: Document) -> frozenset[int]:
    """Where the blocks before and after a figure or table start, it itself, and lists that belong to it."""
    found: set[int] = set()
    several = len(document.blocks)
    for placed in document.joined(_display):
        number = placed.block
        found.update((max(number - 1, 0), number))
        goes_on = True
        while goes_on and (number := number + 1) < several:
            found.add(number)
            block = document.blocks[number]
            goes_on = block.kind is not Kind.HEADING and not block.fact(_display) and block.fact(_goes_on)
    return frozenset(map(document.start_of, found))


@where(TEXT("|", "![", "<img"))
def _display(block: Block) -> tuple[bool, ...]:
    """One value for a figure or table."""
    return (True,) if is_display(block) else ()


def _goes_on(block: Block) -> bool:
    """Whether what stands near the block above it is near the one below as well."""
    return is_caption(block) or leads_on(block.prose.rstrip())


def is_caption(block: Block) -> bool:
    """Whether a block is what may stand between a figure and the paragraph that reads it."""
    if block.kind is Kind.PARAGRAPH and not CAPTION.match(block.prose):
        return False
    return len(WORD.findall(block.prose[:400])) <= CAPTION_WORDS


def is_display(block: Block) -> bool:
    """Whether a block is a table, or holds an image and hardly a word besides."""
    if block.kind is Kind.TABLE:
        return True
    if "![" not in block.text and "<img" not in block.text:
        return False
    return len(WORD.findall(block.prose)) <= CAPTION_WORDS


def leads_on(text: str) -> bool:
    """Whether a text ends as one that introduces what comes after it: with a colon, 如下, "as follows"."""
    return bool(LEAD_END.search(text[-80:]))
