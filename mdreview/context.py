"""Everything outside a document that its rules may read. It was read from disk before; rules do no IO."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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
