"""Many words sought in a text at once, in time that does not grow with their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mdreview.patterns import regex

START = regex(r"\p{Han}|(?<![A-Za-z0-9_])[A-Za-z0-9]|[^\s\w]")
WORD_CHARACTER = regex(r"[A-Za-z0-9_]")


class Found(NamedTuple):
    """A place where one of the words stands; `word` is as it was given."""

    start: int
    end: int
    word: str


class WordIndex:
    """The words, by their first two characters. Case makes no difference; Latin words must stand by themselves."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_start: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for word in sorted(set(words), key=lambda word: (-len(word), word)):
            if word:
                self._by_start[_fold(word[:2])].append((_fold(word), word))

    def find(self, text: str, start: int, end: int) -> Iterator[Found]:
        """Where the words stand in `text[start:end]`, from left to right, the longest at each place, none "
        "overlapping."""
        done = start
        for match in START.finditer(text, start, end):
            at = match.start()
            if at < done:
                continue
            for folded, word in self._by_start.get(_fold(text[at : at + 2]), ()):
                stop = at + len(folded)
                if stop <= end and _fold(text[at:stop]) == folded and _stands(text, stop, folded):
                    yield Found(at, stop, word)
                    done = stop
                    break
            else:
                single = self._by_start.get(_fold(text[at]))
                if single and _stands(text, at + 1, text[at]):
                    yield Found(at, at + 1, single[0][1])
                    done = at + 1


def _fold(text: str) -> str:
    """Small letters, character by character, so that the length stays."""
    return text.lower() if text.isascii() else "".join(_small(character) for character in text)


def _small(character: str) -> str:
    small = character.lower()
    return small if len(small) == 1 else character


def _stands(text: str, stop: int, word: str) -> bool:
    return not (WORD_CHARACTER.match(word[-1]) and WORD_CHARACTER.match(text, stop))
