"""Everything outside a document that its rules may read. It was read from disk before; rules do no IO."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mdreview.facts.citations import keys_given_in_place
from mdreview.facts.front_matter import front_matter
from mdreview.settings import Settings

if TYPE_CHECKING:
    from mdreview.bibliography import Bibliography
    from mdreview.glossary import Glossary
    from mdreview.markdown import Document


class Context(NamedTuple):
    """The settings, and the outside data that they or the document name; None where nothing is named.

    `others` are the other files of the same work, in order.
    """

    settings: Settings = Settings()
    bibliography: Bibliography | None = None
    glossary: Glossary | None = None
    outline: Document | None = None
    others: tuple[Document, ...] = ()


def known_keys(document: Document, context: Context) -> frozenset[str] | None:
    """The keys of all works that a document can cite: those of its bibliography, its front matter and its text.

    None where they are not all known: without a bibliography, or with one that could not be read to its end.
    """
    bibliography = context.bibliography
    works = document.fact(front_matter).works
    if bibliography is None and not works:
        return None
    if bibliography is not None and (bibliography.problems or not bibliography.complete):
        return None
    given = (placed.fact for placed in document.joined(keys_given_in_place))
    return frozenset((*(bibliography.entries if bibliography else ()), *works, *given))
