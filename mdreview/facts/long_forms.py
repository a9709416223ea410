"""English long forms, matched letter by letter to an abbreviation.

Schwartz and Hearst take the shortest stretch of words that holds the letters in order. Here every way to lay the
letters over the words has a cost, and the cheapest wins: a letter at a word's start costs nothing, one inside a word
a little, a word left out much more, unless it is an article or preposition.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from mdreview.patterns import regex
from mdreview.source import Span

WORD = regex(r"[A-Za-z0-9\u00b2-\u052f]+(?:['’](?:s|t|re)\b)?|&")
POSSESSIVE = regex(r"['’]s?\Z")
STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "of",
        "on",
        "or",
        "over",
        "per",
        "the",
        "their",
        "to",
        "under",
        "using",
        "via",
        "with",
        "within",
        "without",
        "&",
        "de",
        "la",
        "le",
        "du",
        "der",
        "die",
        "das",
        "und",
        "et",
        "versus",
        "vs",
    ]
)
GREEK = {"α": "a", "β": "b", "γ": "g", "δ": "d", "ε": "e", "λ": "l", "μ": "m", "π": "p", "σ": "s", "φ": "p", "ω": "o"}
NUMBER_WORDS = {
    "0": ("zero",),
    "1": ("one", "first", "single"),
    "2": ("two", "to", "second", "dual", "double"),
    "3": ("three", "third", "triple", "tri"),
    "4": ("four", "for", "fourth", "quad"),
    "5": ("five", "fifth"),
    "6": ("six",),
    "7": ("seven",),
    "8": ("eight",),
    "9": ("nine", "ninth"),
}
HYPHENS = frozenset("-‐‑–")
LATER_START = 0.6
SKIPPED_JOINED_WORD = 0.35
INSIDE_A_WORD = 0.8
IMPOSSIBLE = 1000.0
SKIPPED_WORD = 1.1
SKIPPED_STOP_WORD = 0.12
INNER_LETTER = 0.35
FAR_LETTER = 1.0
LETTERS_AT_MOST = 12


class Word(NamedTuple):
    """A word of a text and where it stands; `joined` tells that a hyphen ties it to the word before."""

    text: str
    span: Span
    joined: bool = False


class Match(NamedTuple):
    """A long form: where it stands, and what its letters cost; 0 is a perfect acronym."""

    span: Span
    cost: float


def words_of(text: str, start: int, end: int) -> list[Word]:
    """The words of a stretch of text; hyphens and slashes part words."""
    return _words(text, WORD.finditer(text, start, end), -1)


def first_words(text: str, start: int, end: int, number: int) -> list[Word]:
    """So many words of `words_of(text, start, end)`, from the first."""
    return _words(text, islice(WORD.finditer(text, start, end), number), -1)


def last_words(text: str, start: int, end: int, number: int) -> list[Word]:
    """So many words of `words_of(text, start, end)`, up to the last."""
    found = list(WORD.finditer(text, start, end))
    before = found[-number - 1].end() if len(found) > number else -1
    return _words(text, found[-number:], before)


def _words(text: str, found: Iterable[re.Match[str]], last: int) -> list[Word]:
    """The words that were found; `last` is where the one before them ends, -1 if there is none."""
    words: list[Word] = []
    for match in found:
        start, end = match.span()
        joined = last >= 0 and start - last <= 3 and text[last:start].strip() in HYPHENS
        words.append(Word(match[0], Span(start, end), joined))
        last = end
    return words


def letters_of(short: str) -> str:
    """The letters and digits that a long form must account for, in lower case, a plural's s and possessive left off."""
    bare = POSSESSIVE.sub("", short)
    if len(bare) > 2 and bare[-1] == "s" and bare[-2].isupper():
        bare = bare[:-1]
    plain = bare.lower()
    if not (plain.isascii() and plain.isalnum()):
        plain = "".join(GREEK.get(letter, letter) for letter in plain if letter.isalnum())
    return plain[: LETTERS_AT_MOST + 1]


def before(text: str, start: int, end: int, short: str) -> Match | None:
    """The long form of `short` among the last words of `text[start:end]`, or None."""
    letters = letters_of(short)
    if not 2 <= len(letters) <= LETTERS_AT_MOST:
        return None
    window = min(len(letters) + 5, len(letters) * 2 + 1)
    words = last_words(text, start, end, window)
    found = _Layout(letters, words)
    best: tuple[float, int, int] | None = None
    for first in range(len(words) - 1, -1, -1):
        cost, last = found.starting_at(first)
        if best is None or cost < best[0] - 1e-9:
            best = (cost, first, last)
            if not cost:
                break
    if best is None or best[0] > _allowed(letters, best[1] == best[2]):
        return None
    stop = _end_of_compound(text, words, best[2], end)
    return Match(Span(words[best[1]].span.start, stop), best[0])


def nearby(text: str, start: int, end: int, short: str) -> Span | None:
    """Words of `text[start:end]` whose initials are the letters of `short`, one by one; None where there are none."""
    letters = letters_of(short)
    if not 3 <= len(letters) <= LETTERS_AT_MOST or not letters.isalpha():
        return None
    words = words_of(text, start, end)
    for first in range(len(words) - len(letters) + 1):
        last = _initials(text, words, first, letters)
        if last is not None:
            return Span(words[first].span.start, words[last].span.end)
    return None


def _initials(text: str, words: list[Word], first: int, letters: str) -> int | None:
    done = 0
    for index in range(first, min(first + len(letters) + 2, len(words))):
        word = words[index].text
        if index > first and not _joined(text[words[index - 1].span.end : words[index].span.start]):
            return None
        if word[0].lower() == letters[done] and len(word) > 2 and not word.isupper() and word.lower() not in STOP_WORDS:
            done += 1
            if done == len(letters):
                return index
        elif not done or word.lower() not in STOP_WORDS:
            return None
    return None


def _joined(between: str) -> bool:
    return not between.strip(" \n\t-‐–*_/")


def _end_of_compound(text: str, words: list[Word], last: int, end: int) -> int:
    """Where the long form ends: a hyphenated word is not cut, and a capitalised name keeps its last noun."""
    stop = words[last].span.end
    for following in words[last + 1 :]:
        between = text[stop : following.span.start]
        if between.strip() in HYPHENS and between.strip():
            stop = following.span.end
            continue
        name = words[last].text[0].isupper() and following.text[0].isupper() and not following.text.isupper()
        if name and following is words[-1] and not text[following.span.end : end].strip():
            stop = following.span.end
        break
    return stop


def after(text: str, start: int, end: int, short: str) -> Match | None:
    """The long form of `short` among the first words of `text[start:end]`, or None."""
    letters = letters_of(short)
    if not 2 <= len(letters) <= LETTERS_AT_MOST:
        return None
    window = min(len(letters) + 5, len(letters) * 2 + 1)
    words = first_words(text, start, end, window)
    found = _Layout(letters, words, free_end=True)
    best: tuple[float, int, int] | None = None
    for first in range(min(len(words), 4)):
        if best is not None and best[0] <= LATER_START * first:
            break
        cost, last = found.starting_at(first)
        cost += LATER_START * first
        if best is None or cost < best[0] - 1e-9:
            best = (cost, first, last)
    if best is None or best[0] > _allowed(letters, best[1] == best[2]):
        return None
    return Match(Span(words[best[1]].span.start, words[best[2]].span.end), best[0])


def fits(short: str, long_form: str) -> bool:
    """Whether the whole of `long_form` can be what `short` stands for."""
    found = before(long_form, 0, len(long_form), short)
    return found is not None


def _allowed(letters: str, one_word: bool) -> float:
    """What a long form may cost; one word alone holds letters too easily."""
    return 0.8 if one_word else 0.4 + 0.38 * len(letters)


class _Layout:
    """The cheapest ways to lay letters over words, each asked once."""

    def __init__(self, letters: str, words: list[Word], *, free_end: bool = False) -> None:
        self.letters = letters
        self.words = words
        self.lower = [word.text.lower() for word in words]
        self.free_end = free_end
        self.known: dict[tuple[int, int], tuple[float, int]] = {}

    def starting_at(self, first: int) -> tuple[float, int]:
        """The least cost of a long form whose first letter opens word `first`, and its last word."""
        word, lower = self.words[first].text, self.lower[first]
        best = (IMPOSSIBLE, first)
        for taken in range(1, len(self.letters) + 1):
            cost = _cost(word, lower, self.letters[:taken], opening=True)
            if cost >= IMPOSSIBLE:
                break
            if lower in STOP_WORDS:
                cost += 0.6
            if self.words[first].joined:
                cost += INSIDE_A_WORD
            if cost >= best[0]:
                continue
            rest, last = self._rest(first + 1, taken)
            if cost + rest < best[0]:
                best = (cost + rest, max(first, last))
        return best

    def _rest(self, index: int, done: int) -> tuple[float, int]:
        if done == len(self.letters):
            return self._tail(index), index - 1
        if index == len(self.words):
            left = self.letters[done:]
            return (0.6 * len(left) if left.isdigit() else IMPOSSIBLE), index - 1
        key = (index, done)
        if key not in self.known:
            self.known[key] = self._choose(index, done)
        return self.known[key]

    def _choose(self, index: int, done: int) -> tuple[float, int]:
        word, lower = self.words[index].text, self.lower[index]
        skipped = SKIPPED_JOINED_WORD if self.words[index].joined else SKIPPED_WORD
        if lower in STOP_WORDS:
            skipped = SKIPPED_STOP_WORD
        best = (math.inf, index)
        for taken in range(1, len(self.letters) - done + 1):
            cost = _cost(word, lower, self.letters[done : done + taken], opening=False)
            if cost >= IMPOSSIBLE:
                break
            if cost >= best[0]:
                continue
            rest, last = self._rest(index + 1, done + taken)
            if cost + rest < best[0]:
                best = (cost + rest, max(last, index))
        if skipped <= best[0]:
            rest, last = self._rest(index + 1, done)
            if skipped + rest <= best[0]:
                best = (skipped + rest, last)
        if self.letters[done].isdigit():
            rest, last = self._rest(index, done + 1)
            if 0.6 + rest < best[0]:
                best = (0.6 + rest, last)
        return best

    def _tail(self, index: int) -> float:
        if self.free_end:
            return 0.0 if index == len(self.words) else 0.1
        return sum(0.5 if lower in STOP_WORDS else 1.0 for lower in self.lower[index:])


def _cost(word: str, lower: str, letters: str, *, opening: bool) -> float:
    """What it costs to find letters in a word, in order; IMPOSSIBLE if they are not in it. `lower` is it folded."""
    first = letters[0]
    cost = 0.0
    if lower[0] == first or GREEK.get(lower[0]) == first:
        position = 0
    elif first.isdigit() and any(lower.startswith(name) for name in NUMBER_WORDS.get(first, ())):
        position = 0
        cost = 0.1
    elif first == "x" and lower.startswith(("ex", "trans", "cross", "extra")):
        position = max(lower.find("x"), 0)
        cost = 0.2
    elif opening:
        return IMPOSSIBLE
    else:
        position = lower.find(first)
        if position < 0:
            return IMPOSSIBLE
        cost = 0.25 if word[position].isupper() else FAR_LETTER
    for letter in letters[1:]:
        found = lower.find(letter, position + 1)
        if found < 0:
            return IMPOSSIBLE
        cost += 0.05 if word[found].isupper() else INNER_LETTER
        position = found
    return cost
