"""What a finding is known by from one version of a text to the next: its rule and the words around it, no line numbers.

Editing another paragraph, moving this one, breaking its lines anew or renumbering leaves a fingerprint as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

from mdreview.diagnostic import Diagnostic

AROUND = 40
"""How many code points of each side are looked at, spaces counted once; about eight words, or a Chinese clause."""
REACH = 4 * AROUND
BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)")
SPACES = re.compile(r"\s+")
DIGITS = re.compile(r"\d+")


class Fingerprint(NamedTuple):
    """The code of the rule, the text that it marks, and what stands beside it in its paragraph, with numbers as 0."""

    code: str
    text: str
    before: str
    after: str


def fingerprint(text: str, diagnostic: Diagnostic) -> Fingerprint:
    """The fingerprint of a finding in `text`. Two findings may share one."""
    start, end = diagnostic.span
    before = SPACES.sub(" ", BLANK_LINE.split(text[max(0, start - REACH) : start])[-1])
    after = SPACES.sub(" ", BLANK_LINE.split(text[end : end + REACH])[0])
    return Fingerprint(
        diagnostic.code,
        SPACES.sub(" ", text[start:end]),
        DIGITS.sub("0", before)[-AROUND:].lstrip(),
        DIGITS.sub("0", after)[:AROUND].rstrip(),
    )


def digests(text: str, found: Iterable[Diagnostic]) -> list[str]:
    """A short name for each finding in `text`, each different: of those that share a fingerprint the order decides.

    Hexadecimal, 32 characters.
    """
    seen: Counter[Fingerprint] = Counter()
    names = []
    for diagnostic in found:
        mark = fingerprint(text, diagnostic)
        # quoted, so that no text can be taken for the border between two parts
        digest = blake2b(repr((*mark, seen[mark])).encode(), digest_size=16)
        names.append(digest.hexdigest())
        seen[mark] += 1
    return names
