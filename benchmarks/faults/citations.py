"""Faults of citations and of the reference list."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from benchmarks.faults.kinds import Fault, makes, text_of
from mdreview.bibliography import Bibliography, Entry
from mdreview.context import Context
from mdreview.diagnostic import Edit
from mdreview.facts.citations import cited_numbers, keys
from mdreview.facts.citing import ONLY_EXTERNAL, first_citations
from mdreview.facts.reference_list import ReferenceList, reference_lists
from mdreview.markdown import Document
from mdreview.source import Span


def one_list(document: Document) -> ReferenceList | None:
    lists = document.fact(reference_lists)
    return lists[0] if len(lists) == 1 and lists[0].numbered and len(lists[0].entries) > 3 else None


def renamed(document: Document, new: dict[int, int]) -> Fault:
    """Single citations and entries with these numbers, given others."""
    edits = []
    for cited in document.fact(cited_numbers):
        if cited.sure and len(cited.numbers) == 1 and cited.numbers[0] in new:
            written = text_of(document, cited.span)
            edits.append(Edit(cited.span, written.replace(str(cited.numbers[0]), str(new[cited.numbers[0]]), 1)))
    return edits


@makes("CIT003", "swap the numbers of two references")
def cited_in_order(document: Document) -> Iterator[Fault]:
    list_ = one_list(document)
    if list_ is None:
        return
    single = {cited.numbers[0] for cited in document.fact(cited_numbers) if len(cited.numbers) == 1}
    several = {number for cited in document.fact(cited_numbers) if len(cited.numbers) > 1 for number in cited.numbers}
    for one, other in pairwise(list_.entries):
        if one.number is None or other.number is None or not {one.number, other.number} <= single - several:
            continue
        bodies = [text_of(document, Span(entry.mark.end, entry.span.end)) for entry in (one, other)]
        spans = [Span(entry.mark.end, entry.span.end) for entry in (one, other)]
        marks = renamed(document, {one.number: other.number, other.number: one.number})
        yield [*marks, Edit(spans[0], bodies[1]), Edit(spans[1], bodies[0])]


@makes("CIT006", "leave a number out before the last entry")
def list_gap(document: Document) -> Iterator[Fault]:
    list_ = one_list(document)
    if list_ is None or (number := list_.entries[-1].number) is None:
        return
    mark = list_.entries[-1].mark
    if all(number not in cited.numbers or len(cited.numbers) == 1 for cited in document.fact(cited_numbers)):
        written = text_of(document, mark).replace(str(number), str(number + 1))
        yield [Edit(mark, written), *renamed(document, {number: number + 1})]


@makes("CIT004", "list a work once more at the end")
def listed_twice(document: Document) -> Iterator[Fault]:
    list_ = one_list(document)
    if list_ is None or (number := list_.entries[-1].number) is None:
        return
    last = list_.entries[-1]
    before = text_of(document, Span(list_.entries[-2].span.end, last.span.start))
    newest = max((one.span.start for _, one in document.fact(first_citations)), default=0)
    for entry in list_.entries[:-1]:
        cited = [one.span for one in document.fact(cited_numbers) if one.sure and one.numbers == (entry.number,)]
        if len(entry.text) > 40 and "\n" not in entry.text and len(cited) > 1 and cited[-1].start > newest:
            mark = text_of(document, last.mark).replace(str(number), str(number + 1))
            blank = " " if text_of(document, Span(last.mark.end, last.mark.end + 1)) == " " else ""
            again = text_of(document, cited[-1]).replace(str(entry.number), str(number + 1), 1)
            added = before + mark + blank + entry.text.strip()
            yield [Edit(Span(last.span.end, last.span.end), added), Edit(cited[-1], again)]


def own_bibliography(document: Document) -> Context:
    """A bibliography that has every key of the text."""
    found = {placed.fact.key for placed in document.joined(keys)}
    return Context(bibliography=Bibliography({key: Entry(key, "", (), "", "", "", 0) for key in found}))


@makes("CIT008", "leave a letter out of a key", context=own_bibliography)
def misspelt(document: Document) -> Iterator[Fault]:
    found = [(placed.fact.key, placed.span(placed.fact.span)) for placed in document.joined(keys)]
    known = {key for key, _ in found}
    for key, span in found:
        for place in range(1, len(key)):
            wrong = key[:place] + key[place + 1 :]
            if key[place].isalpha() and len(key) > 4 and wrong not in known and not ONLY_EXTERNAL.match(key):
                yield [Edit(span, text_of(document, span).replace(key, wrong))]
                break
