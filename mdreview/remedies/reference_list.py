"""Turns a plain reference list into footnote definitions, and numbers in brackets into footnote marks."""

from __future__ import annotations

from collections import Counter

from mdreview.diagnostic import Edit, Fix, Text
from mdreview.facts.citations import NUMBERS, Cited, cited_numbers
from mdreview.facts.footnotes import definitions_by_key, undefined_numbers
from mdreview.facts.plain_notes import plain_notes
from mdreview.facts.reference_list import Entry, reference_lists
from mdreview.markdown import Document, Kind
from mdreview.patterns import regex
from mdreview.remedies.making import fix_of, line_end, line_start
from mdreview.source import Span

DEFINE = Text("Turn the entries into footnote definitions", "将条目转换为脚注定义")
INDENT = "    "
BLANK = regex(r"[ \t\u3000\u200b\ufeff]*")
NEXT_LINE = regex(r"(?:\r\n|\n|\r)([ \t]*)(?=[^\s>])")
GROUP = regex(NUMBERS)
LINK = 210
ABOVE = 400
"""How far is looked for the end of a link, and above an entry for a blank line."""
LINK_END = regex(r"\(#[^()\s]{0,200}\)")


def define_marked(document: Document) -> Fix | None:
    """Turns the entries to which footnote marks lead into definitions. Ask through `document.fact(define_marked)`.

    Entries that nothing names stay as they are: of a definition without a mark nobody would see anything. Where
    numbers in brackets lead to such an entry too, they become marks.
    """
    wanted = document.fact(undefined_numbers)
    return _converted(document, set(wanted)) if wanted else None


def to_footnotes(document: Document) -> Fix | None:
    """Turns numbers in brackets that lead to entries of the list into marks, and these entries into definitions."""
    return _converted(document, set())


def _converted(document: Document, wanted: set[int]) -> Fix | None:
    listed = [entry for list_ in document.fact(reference_lists) for entry in list_.numbered]
    notes = document.fact(plain_notes) if wanted else ()
    entries = sorted((*listed, *notes), key=lambda entry: entry.span)
    numbers = {entry.number for entry in listed}
    cited = [one for one in document.fact(cited_numbers) if one.sure and numbers.issuperset(one.numbers)]
    if not wanted or any(not wanted.isdisjoint(one.numbers) for one in cited):
        wanted = wanted.union(*(one.numbers for one in cited))
    else:
        cited = []
    definitions = _definitions(document, entries, wanted)
    if not definitions:
        return None
    return fix_of(document, DEFINE, (*(_mark(document, one) for one in cited), *definitions))


def _mark(document: Document, cited: Cited) -> Edit:
    """The edit that puts marks in the place of a number, its link and its superscript included."""
    start, end = cited.span
    text = document.text_of(cited.span)
    if link := LINK_END.match(document.text_of(Span(end, end + LINK))):
        end += link.end()
    for opening, closing in (("\\[", "\\]"), ("[", "]"), ("<sup>", "</sup>"), ("^", "^")):
        before, after = Span(max(start - len(opening), 0), start), Span(end, end + len(closing))
        if document.text_of(before) == opening and document.text_of(after) == closing:
            start, end = before.start, after.end
    marks = "".join(f"[^{number}]" for number in cited.numbers)
    group = GROUP.search(text)
    page = text[group.end() :].strip("\\]］】,，:： ") if group else ""
    return Edit(Span(start, end), f"{marks} ({page})" if page else marks)


def _definitions(document: Document, entries: list[Entry], wanted: set[int]) -> list[Edit]:
    """The edits that make definitions of the entries with the wanted numbers; empty where one cannot become one.

    That is where two entries bear one number, a label is defined already, or an entry stands in a table or in HTML.
    """
    labels = Counter(entry.number for entry in entries)
    defined = document.fact(definitions_by_key)
    edits: list[Edit] = []
    after_wanted = False
    for entry in entries:
        if entry.number not in wanted:
            if after_wanted and not _blank_above(document, entry):
                start = line_start(document, entry.mark.start)
                edits.append(Edit(Span(start, start), line_end(document)))
            after_wanted = False
            continue
        block = document.blocks[document.block_at(entry.span.start)]
        plain = block.kind in (Kind.PARAGRAPH, Kind.LIST, Kind.QUOTE, Kind.FOOTNOTE)
        if labels[entry.number] > 1 or str(entry.number) in defined or not plain or not entry.text:
            return []
        parted = after_wanted or block.kind is Kind.FOOTNOTE or _blank_above(document, entry)
        edits += _definition(document, entry, "" if parted else line_end(document))
        after_wanted = True
    return edits


def _definition(document: Document, entry: Entry, before: str) -> list[Edit]:
    start = line_start(document, entry.mark.start)
    if ">" in document.text_of(Span(start, entry.mark.start)):
        start, before = entry.mark.start, ""
    after = entry.mark.end
    text = document.text_of(Span(after, entry.span.end))
    blank = BLANK.match(text)
    edits = [Edit(Span(start, after + blank.end() if blank else after), f"{before}[^{entry.number}]: ")]
    for line in NEXT_LINE.finditer(text):
        if len(line.group(1).expandtabs(4)) < len(INDENT):
            edits.append(Edit(Span(*line.span(1)).shifted(after), INDENT))
    return edits


def _blank_above(document: Document, entry: Entry) -> bool:
    """Whether a blank line, or nothing, stands above an entry."""
    start = line_start(document, entry.mark.start)
    before = document.text_of(Span(max(start - ABOVE, 0), start)).rstrip(" \t>")
    above = before.removesuffix("\n").removesuffix("\r").rstrip(" \t>")
    return not above or above.endswith(("\n", "\r"))
