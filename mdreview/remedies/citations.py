"""Renumbers numeric citations together with their list, merges entries for one work, turns footnotes into a list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

from mdreview.diagnostic import Edit, Fix, Safety, Text
from mdreview.facts.citations import DASH, NUMBERS, Cited, cited_numbers
from mdreview.facts.citing import first_citations
from mdreview.facts.footnotes import (
    Definition,
    Reference,
    definitions_by_key,
    references,
    swallowed,
    undefined_references,
)
from mdreview.facts.reference_list import Entry, ReferenceList, Style, reference_lists
from mdreview.facts.regions import Region, regions
from mdreview.markdown import Document, Kind, Placed
from mdreview.patterns import regex
from mdreview.remedies.making import fix_of, inner, line_end, without_blocks
from mdreview.source import Span

ORDER = Text("Number the references in the order of the text", "按正文引用的先后重新编排文献编号")
COUNT = Text("Renumber the reference list and the citations", "重新编排参考文献编号，并更新引用")
MERGE = Text("Merge the entries for one work", "合并同一文献的条目")
NUMERIC = Text("Turn the footnotes into a numbered reference list", "将脚注转换为带编号的参考文献列表")
RENAME = Text("Write @{key}", "写作 @{key}")
TITLE = {"zh": "## 参考文献", "en": "## References"}
GROUP = regex(NUMBERS)
COMMA = regex(r"[ \t]?[,，、;；][ \t]?")
DIGITS = regex(r"\d+")
RANGE_AT_LEAST = 3
HAN = regex(r"\p{Han}")
LATIN_WORD = regex(r"[A-Za-z]+")


def renumber(document: Document) -> Fix | None:
    """Numbers the references by their first citations, those that nothing cites last, and puts the list in that order.

    None where citations and entries do not go one to one, or something else than entries stands in the list. Ask
    through `document.fact(renumber)`.
    """
    list_ = _list(document)
    if list_ is None:
        return None
    own = [entry.number for entry in list_.entries if entry.number is not None]
    cited = [number for number, _ in document.fact(first_citations)]
    order = list(dict.fromkeys((*cited, *own)))
    first = min(own)
    new = {number: place for place, number in enumerate(order, first)}
    marks = _cited(document, new)
    if marks is None or not _close(document, list_):
        return None
    by_number = {entry.number: entry for entry in list_.entries}
    labels = [_label(document, entry, new[number]) for number, entry in by_number.items() if number is not None]
    moved = [
        Edit(slot.span, inner(document, by_number[number].span, labels))
        for slot, number in zip(list_.entries, order, strict=True)
    ]
    return fix_of(document, ORDER, (*marks, *moved), Safety.UNSAFE)


def close_gaps(document: Document) -> Fix | None:
    """Numbers the entries of the list on from its first number, and the citations with them.

    A citation of a number that two entries bore is left. Ask through `document.fact(close_gaps)`.
    """
    lists = [list_ for list_ in document.fact(reference_lists) if list_.numbered and not list_.further]
    if len(lists) != 1:
        return None
    entries = lists[0].numbered
    places = _places(document, entries)
    counts = Counter(entry.number for entry in entries)
    new = {entry.number: place for entry, place in places if entry.number is not None and counts[entry.number] == 1}
    marks = _cited(document, new)
    by_renderer = entries[0].style is Style.ORDERED and len({entry.number for entry in entries[1:]}) == 1
    if marks is None or by_renderer:
        return None
    labels = (_label(document, entry, place) for entry, place in places)
    return fix_of(document, COUNT, (*marks, *labels), Safety.UNSAFE)


def _places(document: Document, entries: tuple[Entry, ...]) -> list[tuple[Entry, int]]:
    """Each entry with the number that it should have; a list that begins again under a title of its own may do so."""
    first = entries[0].number or 0
    second = entries[1].number or 0 if len(entries) > 1 else first + 1
    place = first if second > first else 1
    found = [(entries[0], place)]
    for before, entry in pairwise(entries):
        again = (entry.number or 0) <= 1 and document.text_of(Span(before.span.end, entry.span.start)).strip(" \t\r\n>")
        place = entry.number or 0 if again else place + 1
        found.append((entry, place))
    return found


def merge(document: Document, doubles: Iterable[tuple[Entry, Entry]]) -> Fix | None:
    """Removes entries for works that the list has already; what cited them cites the entry that is kept.

    Each pair is an entry and the one that is kept for it.
    """
    list_ = _list(document)
    if list_ is None:
        return None
    kept_for = {entry.number: kept.number for entry, kept in doubles}
    entries = [entry for entry in list_.entries if entry.number is not None]
    new: dict[int, int] = {}
    edits: list[Edit] = []
    gone = 0
    for place, entry in enumerate(entries):
        assert entry.number is not None
        kept = kept_for.get(entry.number)
        if kept in new:
            new[entry.number] = new[kept]
            edits.append(Edit(Span(entries[place - 1].span.end, entry.span.end), ""))
            gone += 1
        else:
            new[entry.number] = entry.number - gone
            edits.append(_label(document, entry, entry.number - gone))
    marks = _cited(document, new)
    if marks is None or not gone:
        return None
    for one in document.fact(undefined_references):
        if one.fact.label.isdecimal() and int(one.fact.label) in new:
            start, end = one.span(one.fact.span)
            edits.append(Edit(Span(start + 2, end - 1), str(new[int(one.fact.label)])))
    return fix_of(document, MERGE, (*marks, *edits), Safety.UNSAFE)


def rename(document: Document, span: Span, key: str) -> Fix | None:
    """Writes another citation key, `@` and braces kept."""
    text = document.text_of(span)
    written = f"@{{{key}}}" if text.startswith("@{") else f"@{key}"
    return fix_of(document, RENAME, (Edit(span, written),), Safety.UNSAFE, key=key)


def _list(document: Document) -> ReferenceList | None:
    """The document's one reference list, if every entry has a number of its own."""
    lists = [list_ for list_ in document.fact(reference_lists) if not list_.further]
    if len(lists) != 1:
        return None
    counts = Counter(entry.number for entry in lists[0].entries)
    return lists[0] if None not in counts and max(counts.values()) == 1 else None


def _close(document: Document, list_: ReferenceList) -> bool:
    """Whether nothing but white space and marks of containers stands between the entries."""
    between = (document.text_of(Span(left.span.end, right.span.start)) for left, right in pairwise(list_.entries))
    return not any(gap.strip(" \t\r\n>") for gap in between)


def _label(document: Document, entry: Entry, number: int) -> Edit:
    digits = DIGITS.search(document.text_of(entry.mark))
    assert digits is not None
    return Edit(Span(*digits.span()).shifted(entry.mark.start), str(number))


def _cited(document: Document, new: Mapping[int, int]) -> list[Edit] | None:
    """The edits that give citations the new numbers; None where it is unclear what cites.

    That is where a number that changes stands in what may be a citation or not, or in a range of two brackets.
    """
    edits = []
    written = [document.text_of(cited.span) for cited in document.fact(cited_numbers) if cited.sure]
    ranges = any(DASH.search(one) for one in written)
    between = next((comma[0] for comma in map(COMMA.search, written) if comma), ", ")
    for cited in document.fact(cited_numbers):
        if all(new.get(number, number) == number for number in cited.numbers):
            continue
        group = GROUP.search(document.text_of(cited.span))
        spread = group is None or (len(cited.numbers) > 1 and group[0].isdecimal())
        if not cited.sure or spread:
            return None
        assert group is not None
        place = Span(*group.span()).shifted(cited.span.start)
        edits.append(Edit(place, _grouped(group[0], cited, new, ranges, between)))
    return edits


def _grouped(old: str, cited: Cited, new: Mapping[int, int], ranges: bool, between: str) -> str:
    """The numbers of one citation in order, three or more that follow each other as a range where the text does so."""
    numbers = sorted({new.get(number, number) for number in cited.numbers})
    comma = COMMA.search(old)
    dash = DASH.search(old)
    between = comma[0] if comma else between
    return _written(numbers, between, dash[0] if dash else "-" if ranges else None)


def _written(numbers: Iterable[int], between: str, dash: str | None) -> str:
    """Numbers as a citation writes them, three or more that follow each other as a range if there is a dash: 2, 5-7."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    pieces = []
    for run in runs:
        if len(run) >= RANGE_AT_LEAST and dash:
            pieces.append(f"{run[0]}{dash}{run[-1]}")
        else:
            pieces += map(str, run)
    return between.join(pieces)


def to_numeric(document: Document) -> Fix | None:
    """Turns footnote marks into numbers in brackets, and the definitions into a list of references.

    Labels that are not all numbers are numbered by their first references. None where a label is defined twice or a
    mark has no definition.
    """
    defined = document.fact(definitions_by_key)
    placed = [one for one in document.joined(references) if one.fact.key in defined]
    nested = any(document.blocks[several[0].block].kind is not Kind.FOOTNOTE for several in defined.values())
    twice = any(len(several) > 1 for several in defined.values())
    if not placed or nested or twice or document.fact(undefined_references) or document.fact(swallowed):
        return None
    order = list(dict.fromkeys((*(one.fact.key for one in placed), *defined)))
    numbers = {key: number for number, key in enumerate(order, 1)}
    if all(key.isdecimal() for key in order):
        numbers = {key: int(key) for key in order}
    marks = _numbers(document, placed, numbers)
    notes = sorted((several[0] for several in defined.values()), key=lambda one: numbers[one.fact.key])
    end = line_end(document)
    entries = [f"[{numbers[one.fact.key]}] {_body(document, one, marks)}" for one in notes]
    gone = _removals(document, sorted(one.block for one in notes))
    kept = [edit for edit in marks if not any(other.span.contains(edit.span) for other in gone)]
    written = (end * 2).join([*_title(document, notes), *entries])
    return fix_of(document, NUMERIC, (*kept, *_placed(document, gone, written)))


def _numbers(document: Document, placed: list[Placed[Reference]], numbers: Mapping[str, int]) -> list[Edit]:
    """The edits that put numbers in brackets in the place of marks; marks that touch share their brackets."""
    between = "," if _is_chinese(document) else ", "
    rows: list[list[Placed[Reference]]] = []
    for one in placed:
        if rows and rows[-1][-1].span(rows[-1][-1].fact.span).end == one.start + one.fact.span.start:
            rows[-1].append(one)
        else:
            rows.append([one])
    edits = []
    for row in rows:
        span = Span(row[0].start + row[0].fact.span.start, row[-1].start + row[-1].fact.span.end)
        own = dict.fromkeys(numbers[one.fact.key] for one in row)
        edits.append(Edit(span, f"[{_written(own, between, '-')}]"))
    return edits


def _is_chinese(document: Document) -> bool:
    """Whether the text has more Chinese characters than words in Latin letters."""
    text = document.source.text
    return len(HAN.findall(text)) > len(LATIN_WORD.findall(text))


def _removals(document: Document, blocks: list[int]) -> list[Edit]:
    """The edits that remove blocks, those that follow each other in one."""
    rows: list[list[int]] = []
    for block in blocks:
        if rows and rows[-1][-1] == block - 1:
            rows[-1].append(block)
        else:
            rows.append([block])
    return [without_blocks(document, row[0], row[-1]) for row in rows]


def _body(document: Document, one: Placed[Definition], marks: list[Edit]) -> str:
    """A definition's text with its later lines no longer set in."""
    span = Span(one.start + one.fact.mark.end, document.span_of(one.block).end)
    return re.sub(r"(?<=[\r\n])(?: {1,4}|\t)(?=\S)", "", inner(document, span, marks)).strip()


def _title(document: Document, notes: list[Placed[Definition]]) -> list[str]:
    """A title for the list, where none stands above the definitions."""
    where = document.fact(regions)
    if all(where.at(one.start) is Region.REFERENCES for one in notes):
        return []
    return [TITLE["zh" if _is_chinese(document) else "en"]]


def _placed(document: Document, gone: list[Edit], written: str) -> list[Edit]:
    """The removals, and the list at the end of the text, or of the section of references that held the notes."""
    text = document.source.text
    end = line_end(document)
    last = gone[-1]
    where = document.fact(regions).stretch_at(last.span.end - 1)
    here = where is not None and where.region is Region.REFERENCES
    before, after = text[: last.span.start], text[last.span.end :]
    if after.strip() and not here:
        body = len(text.rstrip())
        return [*gone, Edit(Span(body, body), end * 2 + written)]
    lead = "" if before.endswith(end * 2) or not before else end if before.endswith(end) else end * 2
    tail = end * 2 if after.strip() and not after.startswith(end) else "" if after else end
    return [*gone[:-1], Edit(last.span, lead + written + tail)]
