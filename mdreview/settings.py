"""What a user can set, as frozen values with the defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Claims:
    """`scope`: how far a source reaches, its sentence or its whole paragraph."""

    scope: Literal["sentence", "paragraph"] = "sentence"


@dataclass(frozen=True, slots=True)
class Terms:
    """`known`: abbreviations that need no expansion; `glossary`: path of the glossary in YAML."""

    known: tuple[str, ...] = ()
    glossary: str | None = None


@dataclass(frozen=True, slots=True)
class Citations:
    """`bibliography`: paths of .bib, CSL-JSON or CSL-YAML files, besides those that front matter names."""

    bibliography: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sections:
    """`outline`: path of a Markdown file whose headings the document must have."""

    outline: str | None = None


@dataclass(frozen=True, slots=True)
class Typography:
    """`keyword_separator`: what stands between keywords; None is the document's own majority."""

    keyword_separator: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """`select`, `extend_select` and `ignore` hold codes, names, families (`FN`) or `ALL`.

    `manuscript` names the files of one work in order, `exclude` what is never checked, in patterns as in .gitignore.
    """

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Literal["error", "warning", "info"]] = field(default_factory=dict)
    fail_on: Literal["error", "warning", "info"] = "warning"
    claims: Claims = Claims()
    terms: Terms = Terms()
    citations: Citations = Citations()
    sections: Sections = Sections()
    typography: Typography = Typography()
    manuscript: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
