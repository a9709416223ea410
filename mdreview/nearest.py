"""The word that someone probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterable


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The one of `words` that is most like `word`; None where none is like it.

    Case, `_` for `-` and leading zeros make no difference.
    """
    # imported here: only mistakes need it
    from difflib import get_close_matches

    folded = {_folded(candidate): candidate for candidate in words}
    found = get_close_matches(_folded(word), folded, 1, 0.6)
    return folded[found[0]] if found else None


def _folded(word: str) -> str:
    return re.sub(r"\d+", lambda number: number.group().zfill(3), word.casefold().replace("_", "-"))
