"""A text that is kept, edited and asked again: what an edit leaves as it was is not read or checked anew."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from mdreview import fixes
from mdreview.api.abbreviations import AbbreviationSpan, abbreviations
from mdreview.api.facts import Footnote, Mention, Section, footnotes, mentions, sections
from mdreview.citation_map import CitedSource, citation_map
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Fix
from mdreview.discovery import cannot_read
from mdreview.encoding import decode
from mdreview.engine import check
from mdreview.errors import UserError
from mdreview.fixes import Fixed
from mdreview.following import Follower
from mdreview.markdown import Document, parse
from mdreview.runner import Checked, Checker, answer
from mdreview.settings import Settings
from mdreview.settings_file import SettingsFinder
from mdreview.source import Place, Span
from mdreview.terms import Term, term_table

Surroundings = Callable[[Document], tuple[Context, list[UserError]]]


class Draft:
    """A Markdown text with what is found in it, kept through edits. For one thread at a time.

    All spans count code points from the start of the text as it is now, half-open. What was asked before an edit
    keeps the places that it had.
    """

    def __init__(self, text: str, settings: Settings | None = None) -> None:
        """A text on its own, with these settings or the defaults. Touches no disk, whatever the settings name."""
        context = Context(settings or Settings())
        self._file = "<text>"
        self._document = parse(text)
        self._surroundings: Surroundings = lambda _: (context, [])
        self._follower = Follower()
        self._context = context
        self._problems: tuple[UserError, ...] = ()
        self._surrounded: Document | None = None
        self._found: tuple[Diagnostic, ...] | None = None

    @classmethod
    def at(cls, path: str | Path, text: str | None = None, *, isolated: bool = False) -> Draft:
        """A text that is in a file, or that will be: `text` where it is given, else what the file holds.

        The settings are those for the file, and the bibliography, glossary, outline and other files of the work that
        they or the front matter name are read; `isolated` reads no settings files. Raises UserError if the file or
        its settings cannot be read; what else cannot is among `problems`. Nothing is written.
        """
        file = str(path)
        checker = Checker(SettingsFinder(isolated=isolated, command_line={}))
        settings = checker.settings(file)
        draft = cls(_text_of(file) if text is None else text, settings)
        draft._file = file
        draft._surroundings = lambda document: checker.context(document, file, settings)
        return draft

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self._document.source.text

    def edit(self, span: Span | tuple[int, int], replacement: str) -> None:
        """Puts `replacement` in the place of a span of the text. Raises ValueError for a span that is not in it."""
        span = Span(*span)
        if not 0 <= span.start <= span.end <= len(self.text):
            raise ValueError(f"{span} is not within a text of {len(self.text)} code points")
        self._document = self._document.edited(span, replacement)
        self._found = None

    def apply(self, fix: Fix) -> None:
        """Makes the edits of a fix, all of them. Raises ValueError if they do not fit the text."""
        edits = sorted(fix.edits, reverse=True)
        apart = all(after.span.start >= before.span.end for after, before in pairwise(edits))
        if not apart or not all(0 <= edit.span.start <= edit.span.end <= len(self.text) for edit in edits):
            raise ValueError("the fix is not one of this text")
        for edit in edits:
            self.edit(edit.span, edit.text)

    def fix(self, *, unsafe: bool = False) -> Fixed:
        """Makes every safe fix until none is left, with `unsafe` every fix, and says what came of it."""
        context = self._now()[1]
        fixed = fixes.fix_text(self.text, lambda text: check(parse(text), context), unsafe=unsafe)
        if fixed.text != self.text:
            self.edit(Span(0, len(self.text)), fixed.text)
        return fixed

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """What is found in the text, in order; the same as a check of the whole text finds."""
        if self._found is None:
            document, context = self._now()
            self._found = self._follower.check(document, context).all
        return self._found

    @property
    def problems(self) -> tuple[UserError, ...]:
        """What of the files that belong to the text could not be read."""
        self._now()
        return self._problems

    @property
    def checked(self) -> Checked:
        """The findings with their text, as `check_paths` gives them and `gate` and `report` take them."""
        found = self.findings
        return answer(self._file, self.text, found, self._context.settings, self._problems)

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms that the text defines, in both languages, in the order of their definitions."""
        return term_table(*self._now())

    @property
    def citations(self) -> tuple[CitedSource, ...]:
        """The sources that the text cites or lists, each with the places that cite it."""
        return citation_map(*self._now())

    @property
    def abbreviations(self) -> tuple[AbbreviationSpan, ...]:
        """The short forms of the text, and the long forms that they are bound to."""
        return abbreviations(self._document)

    @property
    def footnotes(self) -> tuple[Footnote, ...]:
        """The footnotes, with the marks that lead to them."""
        return footnotes(self._document)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections, with their numbers."""
        return sections(self._document)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The places that name a section, figure, table or equation."""
        return mentions(self._document)

    def place(self, offset: int) -> Place:
        """The line and the column of an offset, both from 0; the column counts code points."""
        return self._document.source.place(offset)

    def _now(self) -> tuple[Document, Context]:
        """The document and what belongs to it; an edit of the front matter can name another bibliography."""
        if self._surrounded is not self._document:
            context, problems = self._surroundings(self._document)
            if context != self._context:
                self._context = context
            self._problems = tuple(problems)
            self._surrounded = self._document
        return self._document, self._context


def _text_of(file: str) -> str:
    try:
        data = Path(file).read_bytes()
    except OSError as error:
        raise cannot_read(file, error) from None
    return decode(data, file).text
