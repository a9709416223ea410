"""Findings for people, as one page of HTML: the text as written, notes in its margin, and what the text holds.

The page needs nothing but itself: no network, no other files, no script for reading it.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files

from mdreview.render.html.page import body, head
from mdreview.render.html.view import View
from mdreview.render.look import Look
from mdreview.runner import Checked


def render(results: Iterable[Checked], look: Look) -> Iterator[str]:
    """The page, piece by piece. Results without a survey are shown with what is known of their text."""
    views = [View(number, checked, look.language) for number, checked in enumerate(results, start=1)]
    style, script = _own("report.css"), _own("report.js")
    yield from head(views, look.language, style, _policy(style, script))
    yield from body(views, look.language)
    yield f"<script>{script}</script>\n</body>\n</html>\n"


@cache
def _own(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """Nothing is loaded, and nothing runs but what the page was made with."""
    allowed = f"style-src '{_digest(style)}'; script-src '{_digest(script)}'"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")
