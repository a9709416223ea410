"""Regular expressions that are compiled when they are first used.

The rules hold several hundred expressions, and a text needs the part of them that its language and its subjects
call for. Compiling all of them would take longer than checking a paper.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

HAN = r"[^\W\d_A-Za-z\u00aa-\u052f\u2100-\u214f\U0001d400-\U0001d7ff]"
"""A letter of a script without case or spaces: Han above all, and kana; no letter that stands for a quantity (ℝ, 𝒮).

The range U+3400 to U+9FFF would say Han alone, but Python's compiler walks through each of its 27,000 code points.
"""


Compile = Callable[[str, int], "re.Pattern[str]"]


class _Pattern:
    """Stands for a compiled expression and becomes one at the first question."""

    _compile: Compile = staticmethod(re.compile)

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = self._compile(self._source.replace(r"\p{Han}", HAN), self._flags)
        # from here on the expression's own methods answer, at no cost
        for method in ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn"):
            setattr(self, method, getattr(compiled, method))
        self.pattern, self.flags, self.groupindex = compiled.pattern, compiled.flags, compiled.groupindex
        return getattr(compiled, name)

    def __repr__(self) -> str:
        return f"regex({self._source!r})"


def regex(source: str, flags: int = 0) -> re.Pattern[str]:
    r"""What `re.compile` gives, made at its first use; a wrong expression raises `re.error` only then.

    `\p{Han}` (outside brackets) is HAN.
    """
    return cast("re.Pattern[str]", _Pattern(source, flags))


def compile_with(compile_: Compile) -> None:
    """From here on, expressions are made by `compile_`, which gives what `re.compile` gives, only sooner."""
    _Pattern._compile = staticmethod(compile_)


def words(*alternatives: str) -> str:
    """An alternation of words or phrases, none inside a longer word, of which each begins with a plain letter.

    It says what `\\b(?:…)\\b` says, but the engine can skip to the first letters; `\\b` in front is tried everywhere.
    """
    return "|".join(rf"{word[0]}(?<!\w.){word[1:]}\b" for word in alternatives)


def later_words(*alternatives: str) -> str:
    """What `words` says, for a text that has a character before its first word.

    It is tried once before each word, `words` at every letter that one of the words begins with: it is the faster one
    where much of a text may be in English.
    """
    by_letter: dict[str, list[str]] = {}
    for word in alternatives:
        by_letter.setdefault(word[0], []).append(word[1:])
    grouped = "|".join(f"{letter}(?:{'|'.join(rests)})" for letter, rests in by_letter.items())
    return rf"\W(?:{grouped})\b"


def near(pattern: re.Pattern[str], marks: re.Pattern[str], text: str, before: int, after: int) -> list[re.Match[str]]:
    """What `pattern.finditer(text)` gives, where every match holds a match of `marks`, which is found faster.

    `before` and `after` are how far a match reaches to the left of the mark's start and to the right of its end, with
    what it looks at.
    """
    found: list[re.Match[str]] = []
    start = end = 0
    for mark in marks.finditer(text):
        first, last = mark.span()
        if first - before > end:
            if end:
                found += pattern.finditer(text, start, end)
            start = first - before
        end = last + after
    if end:
        found += pattern.finditer(text, start, end)
    return found
