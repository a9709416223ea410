"""Text to document: blocks, their prose, their sentences."""

from mdreview.markdown.blocks import Block, Inline, InlineKind, Kind, Leaf, LeafKind, Part, kind_of
from mdreview.markdown.conditions import PROSE, TEXT, View, where
from mdreview.markdown.document import Document, Placed, Question, parse
from mdreview.markdown.sentences import Sentences, sentences

__all__ = [
    "PROSE",
    "TEXT",
    "Block",
    "Document",
    "Inline",
    "InlineKind",
    "Kind",
    "Leaf",
    "LeafKind",
    "Part",
    "Placed",
    "Question",
    "Sentences",
    "View",
    "kind_of",
    "parse",
    "sentences",
    "where",
]
