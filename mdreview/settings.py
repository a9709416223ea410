"""What a user can set, as frozen values with the defaults.

Named tuples, not dataclasses: importing those and making these would cost as much as reading a short text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple


class Claims(NamedTuple):
    """`scope`: how far a source reaches, its sentence or its whole paragraph."""

    scope: Literal["sentence", "paragraph"] = "sentence"


class Terms(NamedTuple):
    """`known`: abbreviations that need no expansion; `glossary`: path of the glossary in YAML."""

    known: tuple[str, ...] = ()
    glossary: str | None = None


class Citations(NamedTuple):
    """`bibliography`: paths of .bib, CSL-JSON or CSL-YAML files, besides those that front matter names."""

    bibliography: tuple[str, ...] = ()


class Sections(NamedTuple):
    """`outline`: path of a Markdown file whose headings the document must have."""

    outline: str | None = None


class Typography(NamedTuple):
    """`keyword_separator`: what stands between keywords; None is the document's own majority."""

    keyword_separator: str | None = None


class Settings(NamedTuple):
    """`select`, `extend_select` and `ignore` hold codes, names, families (`FN`) or `ALL`.

    `manuscript` names the files of one work in order, `exclude` what is left out, in patterns as in .gitignore.
    """

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Literal["error", "warning", "info"]] = {}
    fail_on: Literal["error", "warning", "info"] = "warning"
    claims: Claims = Claims()
    terms: Terms = Terms()
    citations: Citations = Citations()
    sections: Sections = Sections()
    typography: Typography = Typography()
    manuscript: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
