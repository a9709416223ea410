"""Figures and tables, and the paragraphs that stand beside them."""

from __future__ import annotations

import re
from enum import Enum
from itertools import zip_longest

from mdreview.markdown import Block, Document, Kind
from mdreview.patterns import regex

LEAD_END = regex(r"[:：][*_\s]*$|如下[^。]{0,12}[。]?\s*$|\bfollow(?:s|ing)\b[^.]{0,60}\.?\s*$")
WORD = regex(r"[A-Za-z]+|\p{Han}")
CAPTION_WORDS = 40
CAPTION = regex(r"[\s*_（(]{0,6}(?:图|表|圖|Fig|Table|Tab\.|注|Note|<|$)", re.I)


def beside(document: Document) -> list[bool]:
    """For every block whether it is the paragraph before or after a figure or table, or a list that belongs to it."""
    beside: list[bool] = []
    near = False
    parts = document.each(_part)
    for number, (part, following) in enumerate(zip_longest(parts, parts[1:])):
        beside.append(near or part is Part.DISPLAY or following is Part.DISPLAY)
        if part is not Part.OTHER:
            near = part is Part.DISPLAY
        elif near:
            near = document.blocks[number].fact(_goes_on)
    return beside


class Part(Enum):
    """What a block can be to the blocks near it."""

    __hash__ = object.__hash__  # Enum hashes the name, in Python

    DISPLAY = "display"
    HEADING = "heading"
    OTHER = "other"


def _part(block: Block) -> Part:
    if is_display(block):
        return Part.DISPLAY
    return Part.HEADING if block.kind is Kind.HEADING else Part.OTHER


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
