"""Marked text: `⟦found⟧` where a rule must find something, `⟦found→fixed⟧` where it must also mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic
from mdreview.engine import check
from mdreview.fixes import Fixed, fix_text
from mdreview.markdown import parse
from mdreview.patterns import regex
from mdreview.rule import Example, Rule
from mdreview.settings import Settings

MARK = regex(r"⟦(?P<found>[^⟦⟧→]*)(?:→(?P<fixed>[^⟦⟧]*))?⟧")


def unmark(marked: str) -> str:
    """The text without its marks, as it stands before any fix."""
    return MARK.sub(lambda match: match["found"], marked)


def fixed(marked: str) -> str:
    """The text as it stands after the fixes that its marks show."""
    return MARK.sub(lambda match: match["found"] if match["fixed"] is None else match["fixed"], marked)


def mark(text: str, found: Iterable[Diagnostic]) -> str:
    """The text with the places of findings marked, and their fixes where these replace just that place."""
    pieces: list[str] = []
    done = 0
    for diagnostic in sorted(found, key=lambda diagnostic: diagnostic.order):
        start, end = diagnostic.span
        if start < done:
            continue
        fix = diagnostic.fix
        edits = [edit for edit in fix.edits if edit.span == diagnostic.span] if fix else []
        arrow = f"→{edits[0].text}" if edits else ""
        pieces += (text[done:start], "⟦", text[start:end], arrow, "⟧")
        done = end
    return "".join((*pieces, text[done:]))


def findings(example: str | Example, rule: Rule) -> tuple[str, list[Diagnostic]]:
    """An example's text without marks, and what `rule` alone says of it."""
    text = unmark(example if isinstance(example, str) else example.text)
    return text, _check_by(example, rule)(text)


def mending(example: str | Example, rule: Rule) -> Fixed:
    """An example's text after the fixes of `rule` alone, the unsafe ones among them."""
    text = unmark(example if isinstance(example, str) else example.text)
    return fix_text(text, _check_by(example, rule), unsafe=True)


def _check_by(example: str | Example, rule: Rule) -> Callable[[str], list[Diagnostic]]:
    if isinstance(example, str):
        example = Example(example)
    context = context_of(example, example.settings._replace(select=(rule.code,)))
    return lambda text: check(parse(text), context)


def context_of(example: Example, settings: Settings | None = None) -> Context:
    """The context that an example describes."""
    bibliography = glossary = None
    if example.bibliography is not None:
        from mdreview.bibliography import parse_bibtex

        bibliography = parse_bibtex(example.bibliography, "references.bib")
    if example.glossary is not None:
        from mdreview.glossary import parse_glossary

        glossary = parse_glossary(example.glossary, "glossary.yaml")
    outline = parse(example.outline) if example.outline is not None else None
    return Context(settings or example.settings, bibliography, glossary, outline)
