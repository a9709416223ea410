"""The comments that switch rules off: `<!-- mdreview-disable-line FN001 uncited-percentage -->`.

MDX knows no comments but its own: `{/* mdreview-disable-line FN001 */}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple, get_args

from mdreview.markdown import TEXT, Block, InlineKind, Kind, where
from mdreview.patterns import regex
from mdreview.source import Span

Scope = Literal["disable", "enable", "disable-line", "disable-next-line", "disable-file"]
DIRECTIVE = regex(
    r"(?:<!--|(?P<mdx>\{/\*))\s*"
    r"mdreview-(?P<scope>disable-next-line|disable-line|disable-file|disable|enable)(?P<words>(?:\s[^<>]*?)?)"
    r"(?(mdx)\*/\}|-->)"
)
UNKNOWN = regex(r"(?:<!--|\{/\*)\s*(?P<directive>mdreview(?:-|[ _:]\s*(?=disable|enable|ignore))[\w-]*)")
DIRECTIVES = tuple(f"mdreview-{scope}" for scope in get_args(Scope))
WORD = regex(r"[^\s,，、;；]+")
REASON = regex(r"(?:^|\s)(?:--|:|：).*", re.S)
OPAQUE = frozenset({Kind.CODE, Kind.MATH, Kind.FRONT_MATTER})


class Suppression(NamedTuple):
    """One comment; `words` are the rules it names with their places, empty for all rules."""

    scope: Scope
    span: Span
    words: tuple[tuple[str, Span], ...]


@where(TEXT("mdreview-"))
def read(block: Block) -> tuple[Suppression, ...]:
    """The suppression comments of a block. What follows `--` or a colon in a comment is its reason."""
    if block.kind in OPAQUE:
        return ()
    found = []
    for match in _shown(block, DIRECTIVE):
        span = Span(*match.span())
        words = REASON.sub("", match["words"])
        start = match.start("words")
        named = tuple((word.group(), Span(start + word.start(), start + word.end())) for word in WORD.finditer(words))
        found.append(Suppression(match["scope"], span, named))  # type: ignore[arg-type]
    return tuple(found)


@where(TEXT("mdreview"))
def unknown(block: Block) -> tuple[Span, ...]:
    """Where a comment speaks to mdreview in words that mean nothing to it: `mdreview-disable-nextline`."""
    if block.kind in OPAQUE:
        return ()
    found = (Span(*match.span("directive")) for match in _shown(block, UNKNOWN))
    return tuple(span for span in found if block.text[slice(*span)] not in DIRECTIVES)


def _shown(block: Block, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The matches that no code or formula holds: there they are examples."""
    hidden = [part.span for part in block.parts if part.kind in OPAQUE]
    hidden += [inline.span for inline in block.inlines if inline.kind in (InlineKind.CODE, InlineKind.MATH)]
    for match in pattern.finditer(block.text):
        if not any(other.overlaps(Span(*match.span())) for other in hidden):
            yield match
