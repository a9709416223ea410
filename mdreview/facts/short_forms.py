"""Tokens of prose that look like abbreviations, and what a token is made of."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from mdreview.patterns import regex
from mdreview.source import Span

TOKEN = regex(r"[A-Za-z0-9\u0370-\u03ff](?:[A-Za-z0-9\u0370-\u03ff]|[-‐‑–/&.+'’](?=[A-Za-z0-9\u0370-\u03ff])){0,60}")
TOKEN_CHARACTER = regex(r"[A-Za-z0-9\u0370-\u03ff]|(?<=[A-Za-z0-9\u0370-\u03ff])[-‐‑–/&.+'’]")
TRIGGER = regex(r"[A-Z0-9.](?:(?<=[A-Z0-9])[a-z&/.-]?[A-Z]|(?<=\b[a-z]\.)[a-z]\.)")
PART = regex(r"[A-Za-z0-9\u0370-\u03ff&']+")
DOTTED = regex(r"(?:[A-Za-z]\.){2,5}[A-Za-z]?\Z")
LATIN_PHRASE = regex(r"(?:e\.g|i\.e|a\.k\.a|n\.b|v\.s|a\.m|p\.m)\.?\Z", re.I)
DIMENSIONS = regex(r"[1-9]D\Z")
ROMAN = regex(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})\Z")
QUANTITY = regex(r"\d+(?:\.\d+)?(?:[KMGTPB]i?B?|[BMK])\Z")
PLURAL = regex(r"(?<=[A-Z0-9])(?:['’]?s)\Z")
POSSESSIVE = regex(r"['’]s?\Z")
COMPOUND = regex(
    r"(?<![A-Za-z0-9_/.-])[A-Za-z0-9]{1,10}(?:[-–][A-Za-z0-9]{1,10}| [-–] [A-Za-z0-9]{1,10}){1,3}"
    r"(?![A-Za-z0-9_/]|-[A-Za-z0-9])"
)
MARKS = (
    regex(r"[A-Z][A-Za-z0-9&/.’'-]{0,13}?[A-Z]"),
    regex(r"D(?<=[1-9]D)"),
    regex(r"\.[A-Za-z]\.(?<=[A-Za-z]...)"),
)
"""What a token of ASCII that looks like an abbreviation has: two capitals, a digit and a D, letters with points."""
LONGEST = 12


class Use(NamedTuple):
    """A token that looks like an abbreviation.

    `name` is the abbreviation without plural and possessive; `alone` tells that no other capitalised part is joined
    to it: CNN-based and non-CNN are uses of CNN, R-CNN is none.
    """

    name: str
    written: str
    span: Span
    alone: bool


@lru_cache(maxsize=4096)
def singular(short: str) -> str:
    """An abbreviation without its plural or possessive: CNNs and CNN's are CNN."""
    bare = POSSESSIVE.sub("", short)
    return PLURAL.sub("", bare) if len(bare) > 2 else bare


@lru_cache(maxsize=4096)
def looks_short(token: str) -> bool:
    """Whether a token looks like an abbreviation: mostly capitals, not too long, no Roman numeral."""
    bare = singular(token)
    if not 2 <= len(bare) <= LONGEST or ROMAN.match(bare) or QUANTITY.match(bare):
        return False
    if LATIN_PHRASE.match(bare):
        return False
    if DOTTED.match(bare) or DIMENSIONS.match(bare):
        return True
    capitals = sum(letter.isupper() for letter in bare)
    letters = sum(letter.isalpha() for letter in bare)
    if capitals < 2 or letters < 2:
        return False
    if capitals / len(bare) > 0.6:
        return True
    if bare.isalnum() and bare[0].islower():
        return capitals >= 2 and len(bare) <= 8
    return bare[0].isupper() and len(bare) <= 4 and capitals >= 2


def uses(prose: str, start: int, end: int) -> list[Use]:
    """The tokens of `prose[start:end]` that look like abbreviations, joined ones taken apart."""
    found: list[Use] = []
    done = start
    for trigger in TRIGGER.finditer(prose, start, end):
        if trigger.start() < done:
            continue
        begin = trigger.start()
        while begin > done and TOKEN_CHARACTER.match(prose, begin - 1):
            begin -= 1
        match = TOKEN.search(prose, begin, end)
        if match is None:
            break
        done = match.end()
        token = match.group()
        if _glued(prose, match):
            continue
        if token.isalnum() or DOTTED.match(token):
            if looks_short(token):
                found.append(Use(singular(token), token, Span(*match.span()), True))
            continue
        found += _parts(token, match.start())
    return found


def compounds(prose: str, start: int, end: int) -> list[Span]:
    """Abbreviations of several parts joined by hyphens, each part an abbreviation or a capital: LTE-A, R-CNN, TF-IDF.

    Spaces on both sides of a hyphen are let pass, as in text that was cut into tokens.
    """
    found = []
    for match in COMPOUND.finditer(prose, start, end):
        parts = [part.strip() for part in match.group().replace("–", "-").split("-")]
        if all(looks_short(part) or (len(part) == 1 and part.isupper()) for part in parts):
            found.append(Span(*match.span()))
    return found


def _glued(prose: str, match: re.Match[str]) -> bool:
    """Whether the token is a piece of an identifier, an escape or an address."""
    before = prose[match.start() - 1 : match.start()] if match.start() else ""
    after = prose[match.end() : match.end() + 1]
    if before == "_" and match.start() > 1 and prose[match.start() - 2].isalnum():
        return True
    if after == "_" and prose[match.end() + 1 : match.end() + 2].isalnum():
        return True
    return (before in ("\\", "@", "#", "$", "%", "^") and before != "") or after == "@"


def _parts(token: str, start: int) -> list[Use]:
    pieces = list(PART.finditer(token))
    if looks_short(token) and not any(looks_short(piece.group()) for piece in pieces):
        return [Use(singular(token), token, Span(start, start + len(token)), True)]
    found = []
    for piece in pieces:
        text = piece.group()
        if looks_short(text):
            others = [other.group() for other in pieces if other is not piece]
            alone = all(other.islower() and len(other) > 1 for other in others) or ("/" in token and len(pieces) == 2)
            span = Span(start + piece.start(), start + piece.end())
            found.append(Use(singular(text), text, span, alone))
    return found
