"""How findings are to be written."""

from __future__ import annotations

from typing import NamedTuple

from mdreview.diagnostic import Language


class Look(NamedTuple):
    """How to write: the language, the width of the page in columns, whether to colour and to end with a summary.

    `root` is the folder from which programs are told where a file is, an absolute path; empty is the current one.
    """

    language: Language = "en"
    width: int = 100
    colour: bool = False
    summary: bool = True
    root: str = ""

    def painted(self, text: str, style: str) -> str:
        """The text in a terminal's style, where there is colour."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour and text else text
