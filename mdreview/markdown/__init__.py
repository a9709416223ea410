"""Text to document: blocks, their prose, their sentences."""

from mdreview.markdown.blocks import Block, Inline, InlineKind, Kind, Leaf, LeafKind, Part, kind_of
from mdreview.markdown.document import Document, Placed, Question, parse
from mdreview.markdown.sentences import Sentences, sentences

__all__ = [
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
    "kind_of",
    "parse",
    "sentences",
]
