"""The block: a value that stands for one top-level piece of a text.

All spans in a block count from the block's own first code point, so that a block that did not
change keeps everything that was ever found in it, wherever it moves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from typing import Any, NamedTuple, TypeVar

from mdreview.markdown.conditions import CONDITIONS, Texts
from mdreview.source import Span

T = TypeVar("T")

OBJECT = "\ufffc"
"""Stands in the prose for each character of code, math, an image or an address: a thing that is no word."""


class Kind(Enum):
    """What a block, or a part nested in one, is."""

    __hash__ = object.__hash__  # Enum hashes the name, in Python

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST = "list"
    ITEM = "item"
    QUOTE = "quote"
    TABLE = "table"
    FOOTNOTE = "footnote"
    DEFINITION_LIST = "definition-list"
    ADMONITION = "admonition"
    CONTAINER = "container"
    CODE = "code"
    MATH = "math"
    HTML = "html"
    COMMENT = "comment"
    THINKING = "thinking"
    LINK_DEFINITION = "link-definition"
    FRONT_MATTER = "front-matter"
    BREAK = "break"


class LeafKind(Enum):
    """What holds a run of inline text."""

    __hash__ = object.__hash__  # Enum hashes the name, in Python

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CELL = "cell"
    TERM = "term"
    HTML = "html"


class InlineKind(Enum):
    """What an inline construct is that is not plain prose."""

    __hash__ = object.__hash__  # Enum hashes the name, in Python

    CODE = "code"
    MATH = "math"
    LINK = "link"
    IMAGE = "image"
    URL = "url"
    TAG = "tag"
    COMMENT = "comment"
    ATTRIBUTES = "attributes"
    ROLE = "role"


class Leaf(NamedTuple):
    """A run of inline text: a paragraph, a heading's text, a table cell.

    `pieces` are its lines without the marks of the containers around it (`> `, indents, `- `); `inside`
    names the containers from the outermost in, the block's own kind included (empty for a plain paragraph).
    """

    kind: LeafKind
    pieces: tuple[Span, ...]
    inside: tuple[Kind, ...] = ()
    level: int = 0
    header: bool = False

    @property
    def span(self) -> Span:
        pieces = self.pieces
        return pieces[0] if len(pieces) == 1 else Span(pieces[0][0], pieces[-1][1])


class Part(NamedTuple):
    """Something nested in a block: a list item, a fence in a quote, a table in a list.

    `info` is an item's marker (`-`, `1.`), a footnote's label, a fence's info string.
    """

    kind: Kind
    span: Span
    info: str = ""
    level: int = 0


class Inline(NamedTuple):
    """An inline construct that the prose hides or half hides.

    `content` is the link's text, the image's alternative text, the code between the ticks;
    `target` is the address of a link, image or URL, a role's name, an attribute list's text.
    """

    kind: InlineKind
    span: Span
    content: Span
    target: str = ""


class Block:
    """One top-level piece of a document.

    `info` is what its kind has to say of itself: a fence's info string, a footnote's label, a container's
    opening line; `level` is a heading's level, 1 to 6, else 0.
    """

    __slots__ = ("_kept", "info", "inlines", "kind", "leaves", "level", "parts", "prose", "text")

    prose: str
    """The text with everything that is no prose blanked, same length; made when it is first asked for.

    Line ends stay. Code, math, images and addresses become U+FFFC; container marks, tags, comments and attributes
    become spaces. Emphasis marks, brackets of links and entities stay as they are.
    """
    inlines: tuple[Inline, ...]
    """The inline constructs in order of their start, read together with the prose."""

    def __init__(
        self,
        kind: Kind,
        text: str,
        leaves: tuple[Leaf, ...] = (),
        parts: tuple[Part, ...] = (),
        *,
        level: int = 0,
        info: str = "",
    ) -> None:
        self.kind = kind
        self.text = text
        self.leaves = leaves
        self.parts = parts
        self.level = level
        self.info = info
        self._kept: dict[Callable[[Block], object], Any] = {}

    def __getattr__(self, name: str) -> Any:
        # asked only where a slot is empty
        if name not in ("prose", "inlines"):
            raise AttributeError(name)
        from mdreview.markdown.prose import mask

        self.prose, self.inlines = mask(self)
        return getattr(self, name)

    def fact(self, read: Callable[[Block], T]) -> T:
        """What `read` says of this block, asked once and kept with the block."""
        kept = self._kept
        if read in kept:
            known: T = kept[read]
            return known
        fact = kept[read] = read(self)
        return fact

    def _key(self) -> tuple[Any, ...]:
        return (self.kind, self.text, self.leaves, self.parts, self.level, self.info)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Block) and (self is other or self._key() == other._key())

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Block({self.kind.value}, {self.text[:40]!r})"


def kind_of(block: Block) -> Kind:
    """What the block is; for `document.each`."""
    return block.kind


def facts(
    blocks: Iterable[Block], read: Callable[[Block], Iterable[T]], texts: Texts | None = None
) -> Iterator[tuple[int, Iterable[T]]]:
    """What `block.fact(read)` gives for each block that has any such fact, with the block's number.

    `texts` are those of the blocks, if they are at hand.
    """
    numbered: Iterable[tuple[int, Block]] = enumerate(blocks)
    if condition := CONDITIONS.get(read):
        blocks = blocks if isinstance(blocks, Sequence) else list(blocks)
        numbered = [(number, blocks[number]) for number in (texts or Texts(blocks)).holding(condition)]
    for number, block in numbered:
        kept = block._kept
        if read in kept:
            found = kept[read]
        else:
            found = kept[read] = read(block)
        if found:
            yield number, found
