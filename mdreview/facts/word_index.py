"""Many words sought in a text at once, in time that hardly grows with their number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Found(NamedTuple):
    """A place where one of the words stands; `word` is as it was given."""

    start: int
    end: int
    word: str


class WordIndex:
    """The words, by their first two characters. Case makes no difference; Latin words must stand by themselves."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_start: dict[str, list[tuple[str, str]]] = defaultdict(list)
        firsts: set[str] = set()
        for word in sorted(set(words), key=lambda word: (-len(word), word)):
            if word:
                folded = _fold(word)
                firsts.add(folded[0])
                self._by_start[folded[:2]].append((folded, word))
        self._first = re.compile(f"[{''.join(map(re.escape, sorted(firsts)))}]") if firsts else None

    def find(self, text: str, start: int, end: int) -> Iterator[Found]:
        """Where the words stand in `text[start:end]`, from left to right, the longest at each place, none overlap."""
        if self._first is None:
            return
        folded = _fold(text[start:end])
        before = text[start - 1 : start]
        done = 0
        for match in self._first.finditer(folded):
            at = match.start()
            if at < done or (_joins(folded[at]) and _joins(folded[at - 1] if at else before)):
                continue
            for word, stop in self._at(folded, at):
                if not (_joins(folded[stop - 1]) and _joins(folded[stop : stop + 1] or text[end : end + 1])):
                    yield Found(start + at, start + stop, word)
                    done = stop
                    break

    def _at(self, folded: str, at: int) -> Iterator[tuple[str, int]]:
        """The words that the text goes on with, the longest first, and where each ends."""
        for start in (folded[at : at + 2], folded[at]):
            for written, word in self._by_start.get(start, ()):
                if folded.startswith(written, at):
                    yield word, at + len(written)


def _fold(text: str) -> str:
    """Small letters, character by character where need be, so that the length stays."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(character.lower() if len(character.lower()) == 1 else character for character in text)


def _joins(character: str) -> bool:
    """Whether a Latin letter or digit beside the character would belong to the same word."""
    return character.isascii() and (character.isalnum() or character == "_")
