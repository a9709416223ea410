"""The public Python entrance.

>>> from mdreview.api import check_text, fix_text
>>> [found] = check_text("## 1 Data\\n\\nText.\\n\\n## 3 Models\\n\\nText.\\n")
>>> found.code, found.span, found.written("en")
('SEC001', Span(start=21, end=22), 'section number jumps from 1 to 3; 2 is missing')
>>> fix_text("## 1 Data\\n\\nText.\\n\\n## 3 Models\\n\\nText.\\n").text
'## 1 Data\\n\\nText.\\n\\n## 2 Models\\n\\nText.\\n'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from mdreview.settings import Settings
from mdreview.source import Span

if TYPE_CHECKING:
    from mdreview.diagnostic import Diagnostic
    from mdreview.facts.short_forms import Use
    from mdreview.fixes import Fixed
    from mdreview.markdown import Placed
    from mdreview.runner import Checked

NEAR = 400


def check_text(text: str, settings: Settings | None = None) -> list[Diagnostic]:
    """The findings of a Markdown text in order of their places; never raises, whatever the text.

    Touches no disk: a bibliography or glossary that the text or the settings name is not read.
    """
    from mdreview.context import Context
    from mdreview.engine import check
    from mdreview.markdown import parse

    return check(parse(text), Context(settings or Settings()))


def check_paths(paths: Iterable[str], *, isolated: bool = False) -> Iterator[Checked]:
    """What came of each file under the paths, in order, as `mdreview check` sees it, in this process.

    `isolated` reads no settings files. Raises UserError for settings that cannot be read; a file that cannot be
    read is an answer with its problem.
    """
    from mdreview.discovery import discover
    from mdreview.runner import Checked, Checker
    from mdreview.settings_file import SettingsFinder

    finder = SettingsFinder(isolated=isolated, command_line={})
    found = discover(list(paths), finder)
    for problem in found.problems:
        yield Checked("", problems=(problem,))
    yield from map(Checker(finder).check_file, found.files)


def fix_text(text: str, settings: Settings | None = None, *, unsafe: bool = False) -> Fixed:
    """The text with every safe fix applied until none is left, and what remains; with `unsafe`, every fix."""
    from mdreview import fixes

    return fixes.fix_text(text, lambda mended: check_text(mended, settings), unsafe=unsafe)


class AbbreviationSpan(NamedTuple):
    """A short or a long form in a text.

    `span` counts code points, half-open. `defined` tells that the text binds this short form to a long form
    somewhere; a long form is always defined.
    """

    kind: Literal["short", "long"]
    span: Span
    defined: bool


def abbreviations(text: str) -> tuple[AbbreviationSpan, ...]:
    """Every short form of a Markdown text, defined in it or not, and every long form where it is bound to one.

    The spans are in order and none occurs twice. Tokens parted by single spaces, `( CNN )`, are read like `(CNN)`.
    """
    from mdreview.facts import abbreviations as facts
    from mdreview.facts import long_forms, short_forms
    from mdreview.markdown import parse

    document = parse(text)
    shorts: dict[Span, str] = {}
    longs: set[Span] = set()
    bound: set[str] = set()
    for placed in document.joined(facts.read):
        definition = placed.fact
        if not definition.short or definition.form == "loose":
            continue
        bound.add(definition.short)
        shorts[placed.span(definition.short_span)] = definition.short
        if definition.english_span is not None:
            longs.add(placed.span(definition.english_span))
        elif definition.chinese_span is not None:
            longs.add(placed.span(definition.chinese_span))
    undefined: dict[str, Placed[Use]] = {}
    covered = sorted([*shorts, *longs])
    for start, block in document:
        for leaf in block.leaves:
            for compound in short_forms.compounds(block.prose, *leaf.span):
                span = compound.shifted(start)
                if not _within(span, covered):
                    shorts[span] = text[span.start : span.end]
    covered = sorted([*shorts, *longs])
    for use in document.joined(facts.read_uses):
        span = use.span(use.fact.span)
        if not _within(span, covered):
            shorts[span] = use.fact.name
            undefined.setdefault(use.fact.name, use)
    for name, use in undefined.items():
        if name in bound:
            continue
        block = document.blocks[use.block]
        place = use.fact.span
        near = long_forms.nearby(block.prose, max(0, place.start - NEAR), min(len(block.prose), place.end + NEAR), name)
        if near is not None and not _within(use.span(near), covered):
            longs.add(use.span(near))
            bound.add(name)
    found = [AbbreviationSpan("short", span, name in bound) for span, name in shorts.items()]
    found += [AbbreviationSpan("long", span, True) for span in longs]
    return tuple(sorted(found, key=lambda abbreviation: (abbreviation.span, abbreviation.kind)))


def _within(span: Span, covered: list[Span]) -> bool:
    from bisect import bisect_right

    index = bisect_right(covered, Span(span.start, 1 << 60))
    return any(other.overlaps(span) for other in covered[max(index - 2, 0) : index + 1])
