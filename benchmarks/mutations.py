"""One known fault put into a clean document: is it found, at its place, alone, and does the fix give the text back?

usage: python benchmarks/mutations.py FOLDER [--each 20] [--seed 1] [--only SEC001] [--show]

A document is clean for a fault when no rule of the fault's family finds anything in it. For each kind of fault up to
--each documents are drawn, and one fault is put into each of them. The table counts faults that the rule found
(detected), found at the place that was changed (placed), with nothing else newly found (alone), and texts that the
fixes of the rules that found it gave back to the letter (restored). --show prints what fell short.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, Edit
from mdreview.encoding import decode
from mdreview.engine import check
from mdreview.errors import UserError
from mdreview.facts import floats, footnotes, references
from mdreview.facts.citations import cited_numbers
from mdreview.facts.citing import first_citations
from mdreview.facts.numbering import Number, write
from mdreview.facts.reference_list import ReferenceList, reference_lists
from mdreview.facts.regions import Region, regions
from mdreview.facts.sections import Section, section_tree
from mdreview.facts.terms import Bound, terms
from mdreview.fixes import apply_edits, fix_text
from mdreview.markdown import Document, Kind, parse
from mdreview.settings import Settings
from mdreview.source import Source, Span

Fault = list[Edit]
"""The edits that make a fault; the first one is its place."""
Maker = Callable[[Document], Iterator[Fault]]
MAKERS: dict[str, tuple[str, Maker]] = {}
COLUMNS = ("detected", "placed", "alone", "restored")
CAMEL = re.compile(r"(?<![\w@#/.:-])[A-Z][a-z]{2,}[A-Z][a-z]{2,}(?![\w@/-])", re.ASCII)
GOES_WITH = {"FN006": {"FN001"}, "FN007": {"FN001"}}
"""Rules that find the other end of the same fault: a mark is undefined because its definition is malformed."""
HAN = "\u3400-\u9fff"
CONTEXT = Context(Settings(extend_select=("TYP003", "TRM009")))
TYPOGRAPHY = Context(Settings(extend_select=("TYP",)))


class Outcome(NamedTuple):
    """What became of one fault: a truth for each of COLUMNS, and what to show of it."""

    truths: tuple[bool, ...]
    told: str


def makes(code: str, name: str) -> Callable[[Maker], Maker]:
    """Adds a kind of fault that the rule `code` should find."""

    def add(maker: Maker) -> Maker:
        MAKERS[name] = (code, maker)
        return maker

    return add


def numbered(document: Document) -> Iterator[tuple[Section, list[Section]]]:
    """Each numbered section with its siblings, itself among them, all of them numbered in one style."""
    tree = document.fact(section_tree)
    for section in tree:
        siblings = [other for other in tree if other.parent == section.parent and other.level == section.level]
        styles = {other.number.style if other.number else None for other in siblings}
        if section.number is not None and len(styles) == 1 and not section.repeated:
            yield section, siblings


def named(document: Document) -> set[tuple[int, ...]]:
    """The numbers of sections that the text names."""
    return {placed.fact.values for placed in document.joined(references.sections)}


def last_leaf(document: Document) -> Iterator[tuple[Section, Number]]:
    """Sections without subsections that are the last of several and not named."""
    mentioned = named(document)
    for section, siblings in numbered(document):
        if section is siblings[-1] and len(siblings) > 2 and not section.children:
            assert section.number is not None
            if section.number.values not in mentioned:
                yield section, section.number


def with_last(number: Number, by: int) -> str:
    return write(number._replace(values=(*number.values[:-1], number.values[-1] + by)))


@makes("SEC001", "leave a number out before the last section")
def gap(document: Document) -> Iterator[Fault]:
    for section, number in last_leaf(document):
        yield [Edit(section.number_span, with_last(number, 1))]


@makes("SEC007", "number the last section like the one before")
def twice(document: Document) -> Iterator[Fault]:
    for section, number in last_leaf(document):
        yield [Edit(section.number_span, with_last(number, -1))]


@makes("SEC003", "number a section under another parent")
def parent(document: Document) -> Iterator[Fault]:
    known = {section.number.values for section in document.fact(section_tree) if section.number is not None}
    for section, number in last_leaf(document):
        if len(number.values) > 1:
            moved = number._replace(values=(number.values[0] + 1, *number.values[1:]))
            if (moved.values[0],) in known and moved.values not in known:
                yield [Edit(section.number_span, write(moved))]


@makes("SEC006", "drop the number of a heading")
def bare(document: Document) -> Iterator[Fault]:
    for section, siblings in numbered(document):
        place = siblings.index(section)
        if 0 < place < len(siblings) - 1 and not section.children and len(siblings) > 3:
            yield [Edit(Span(section.number_span.start, section.title_span.start), "")]


@makes("SEC004", "set a heading one level too deep")
def deep(document: Document) -> Iterator[Fault]:
    text = document.source.text
    tree = document.fact(section_tree)
    for section in tree:
        only = section.parent >= 0 and not section.children and len(tree.sections[section.parent].children) > 1
        start = document.starts[section.block]
        first = section.parent >= 0 and section.index == tree.sections[section.parent].children[0]
        if only and first and section.level in (2, 3) and text.startswith("#", start):
            yield [Edit(Span(start, start), "#")]


@makes("SEC005", "write a number in another style")
def style(document: Document) -> Iterator[Fault]:
    text = document.source.text
    for section, siblings in numbered(document):
        written = text[section.number_span.start : section.number_span.end]
        if len(siblings) > 3 and section is not siblings[0] and re.fullmatch(r"\d+(\.\d+)+", written):
            yield [Edit(Span(section.number_span.end, section.number_span.end), ".")]


@makes("SEC008", "set a heading as bold text")
def pseudo(document: Document) -> Iterator[Fault]:
    for section, siblings in numbered(document):
        block = document.blocks[section.block]
        # the last one, or a number would be missing too; `**4. Title**` is rather an item, and the rule is silent on it
        item = section.number and section.number.depth == 1 and "." in section.number.style.after
        if (
            section is siblings[-1]
            and not item
            and len(siblings) > 3
            and not section.children
            and "*" not in block.text
        ):
            start = document.starts[section.block]
            title = document.source.text[section.span.start : section.span.end].strip()
            yield [Edit(Span(start, start + len(block.text.rstrip())), f"**{title}**")]


def notes(document: Document) -> tuple[list[tuple[str, list[Span]]], dict[str, Span]]:
    """The labels by first reference with the places of their references, and the places of the definitions' labels."""
    places: dict[str, list[Span]] = {}
    for placed in document.joined(footnotes.references):
        start, end = placed.span(placed.fact.span)
        places.setdefault(placed.fact.label, []).append(Span(start + 2, end - 1))
    defined = {}
    for several in document.fact(footnotes.definitions_by_key).values():
        start, _ = several[0].span(several[0].fact.mark)
        defined[several[0].fact.label] = Span(start + 2, start + 2 + len(several[0].fact.label))
    return list(places.items()), defined


def definition_blocks(document: Document) -> list[int]:
    return [number for number, block in enumerate(document.blocks) if block.kind is Kind.FOOTNOTE]


@makes("FN004", "swap two footnotes")
def swapped(document: Document) -> Iterator[Fault]:
    order, defined = notes(document)
    blocks = definition_blocks(document)
    if any(not label.isdecimal() or label not in defined for label, _ in order):
        return
    for (one, ones), (other, others) in pairwise(order):
        if int(other) != int(one) + 1 or len(blocks) != len(order):
            continue
        first, second = (document.block_at(defined[label].start) for label in (one, other))
        if second != first + 1:
            continue
        bodies = {label: document.blocks[block].text.rstrip() for label, block in ((one, first), (other, second))}
        spans = [Span(document.starts[block], document.span_of(block).end) for block in (first, second)]
        if any(
            "[^" in body[2:] or text_of(document, span) != body
            for body, span in zip(bodies.values(), spans, strict=True)
        ):
            continue
        news = (f"[^{one}{bodies[other][2 + len(other) :]}", f"[^{other}{bodies[one][2 + len(one) :]}")
        marks = [*(Edit(span, other) for span in ones), *(Edit(span, one) for span in others)]
        yield [*marks, *map(Edit, spans, news)]


def text_of(document: Document, span: Span) -> str:
    return document.source.text[span.start : span.end]


@makes("FN002", "define a footnote that nothing names")
def unused(document: Document) -> Iterator[Fault]:
    blocks = definition_blocks(document)
    if blocks and "[^unnamed]" not in document.source.text:
        end = document.span_of(blocks[-1]).end
        yield [Edit(Span(end, end), "\n[^unnamed]: A note.")]


@makes("FN006", "write a definition with a wide colon")
def colon(document: Document) -> Iterator[Fault]:
    _, defined = notes(document)
    for span in defined.values():
        if text_of(document, Span(span.end, span.end + 2)) == "]:":
            yield [Edit(Span(span.end + 1, span.end + 2), "：")]


@makes("FN007", "define footnotes as a list")
def listed(document: Document) -> Iterator[Fault]:
    order, defined = notes(document)
    blocks = definition_blocks(document)
    one_line = all("\n" not in document.blocks[block].text.strip() for block in blocks)
    if one_line and len(order) == len(defined) == len(blocks) > 2 and all(label.isdecimal() for label in defined):
        starts = [document.starts[block] for block in blocks]
        yield [
            Edit(Span(start, document.source.text.index("]:", start) + 2), f"[{label}]")
            for start, label in zip(starts, defined, strict=True)
        ]


@makes("REF005", "leave a number out before the last caption")
def caption(document: Document) -> Iterator[Fault]:
    by_kind: dict[object, list[tuple[Span, floats.Caption]]] = {}
    for placed in document.joined(floats.captions):
        key = (placed.fact.kind, placed.fact.number.prefix, placed.fact.number.values[:-1])
        by_kind.setdefault(key, []).append((placed.span(placed.fact.number_span), placed.fact))
    mentions = {placed.fact.number for placed in document.joined(references.figures_tables_equations)}
    for several in by_kind.values():
        span, last = several[-1]
        written = text_of(document, span)
        if len(several) > 2 and last.number not in mentions and (digits := re.search(r"\d+\Z", written)):
            yield [Edit(span, written[: digits.start()] + str(int(digits[0]) + 1))]


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


def used_after(document: Document) -> Iterator[tuple[Bound, Span]]:
    """Full definitions in running text, each with a later use of the short form there."""
    found = document.fact(terms)
    for item in found.bound:
        all_uses = found.uses.get(item.definition.short, [])
        short = text_of(document, item.short_span)
        uses = [used.span for used in all_uses if used.setting.running and text_of(document, used.span) == short]
        written = text_of(document, item.span)
        full = item.definition.english and item.setting.running and not re.search(r"\n|\]\(|\*", written)
        alone = len(found.by_short.get(item.definition.short, ())) == 1
        if full and alone and len(uses) > 1 and item.span.end < min(used.span.start for used in all_uses):
            yield item, uses[1]


@makes("TRM002", "define an abbreviation a second time")
def redefined(document: Document) -> Iterator[Fault]:
    for item, later in used_after(document):
        yield [Edit(later, text_of(document, item.span))]


@makes("TRM001", "define an abbreviation after its first use")
def late(document: Document) -> Iterator[Fault]:
    for item, later in used_after(document):
        short = text_of(document, item.short_span)
        yield [Edit(item.span, short), Edit(later, text_of(document, item.span))]


@makes("TRM007", "write a name in another case")
def respelled(document: Document) -> Iterator[Fault]:
    found: dict[str, list[Span]] = {}
    for start, block in document:
        if block.kind is Kind.PARAGRAPH and document.fact(regions).at(start) is Region.BODY:
            for match in CAMEL.finditer(block.prose):
                found.setdefault(match[0], []).append(Span(*match.span()).shifted(start))
    for word, spans in found.items():
        if len(spans) > 3:
            yield [Edit(spans[-1], word.capitalize())]


@makes("GEN001", "leave an empty trace of thinking")
def thinking(document: Document) -> Iterator[Fault]:
    for start, block in list(document)[1:]:
        if block.kind is Kind.HEADING:
            yield [Edit(Span(start, start), "<think>\n\n</think>\n\n")]


def in_paragraphs(document: Document, pattern: str, new: str) -> Iterator[Fault]:
    for start, block in document:
        if block.kind is Kind.PARAGRAPH:
            for match in re.finditer(pattern, block.prose):
                yield [Edit(Span(*match.span()).shifted(start), new)]


@makes("TYP001", "write a half-width comma")
def comma(document: Document) -> Iterator[Fault]:
    yield from in_paragraphs(document, f"(?<=[{HAN}])，(?=[{HAN}])", ",")


@makes("TYP002", "open a full-width bracket half-width")
def bracket(document: Document) -> Iterator[Fault]:
    yield from in_paragraphs(document, f"（(?=[{HAN}]+）)", "(")


@makes("TYP004", "leave out a space beside a Latin word")
def space(document: Document) -> Iterator[Fault]:
    yield from in_paragraphs(document, f"(?<=[{HAN}]) (?=[A-Za-z]{{2,}} [{HAN}])", "")


def outcome(text: str, code: str, fault: Fault, context: Context) -> Outcome:
    """What the rules and their fixes make of a text with the fault."""

    def found(new: str) -> list[Diagnostic]:
        return check(parse(new), context)

    broken = apply_edits(text, fault)
    before = {(one.code, one.written("en")) for one in found(text)}
    new = [one for one in found(broken) if (one.code, one.written("en")) not in before]
    own = [one for one in new if one.code == code]
    source = Source(broken)
    places = []
    for edit in fault:
        shift = sum(len(one.text) - (one.span.end - one.span.start) for one in fault if one.span < edit.span)
        start = edit.span.start + shift
        places.append(range(source.line_at(start), source.line_at(start + len(edit.text)) + 1))
    placed = any(source.line_at(one.span.start) in lines for one in own for lines in places)
    others = sorted({one.code for one in new if one.code != code} - GOES_WITH.get(code, set()))
    mended = fix_text(broken, found, unsafe=True, codes=frozenset({code}))
    truths = (bool(own), placed, bool(own) and not others, mended.text == text)
    at = source.line_at(fault[0].span.start) + 1
    return Outcome(truths, f"line {at}: {fault[0].text[:60]!r}, also {others}, fixed {dict(mended.applied)}")


@cache
def family_is_clean(text: str, family: str) -> bool:
    return not check(parse(text), Context(Settings(select=(family,))))


def outcomes(texts: dict[str, str], name: str, each: int, seed: int) -> Iterator[tuple[str, Outcome]]:
    """The outcome of one fault of a kind in up to `each` documents."""
    code, maker = MAKERS[name]
    context = TYPOGRAPHY if code.startswith("TYP") else CONTEXT
    chance = random.Random(f"{seed} {name}")
    files = list(texts)
    chance.shuffle(files)
    for file in files:
        if not each:
            return
        text = texts[file]
        clean = code if code.startswith("TYP") else code.rstrip("0123456789")
        faults = list(maker(parse(text)))
        if faults and family_is_clean(text, clean):
            each -= 1
            yield file, outcome(text, code, chance.choice(faults), context)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    texts = {}
    for path in sorted(arguments.folder.glob("**/*.md")):
        try:
            texts[path.name] = decode(path.read_bytes(), path.name).text
        except UserError:
            continue
    totals = [0] * len(COLUMNS)
    number = 0
    print(f"{'':<56}{'texts':>6}" + "".join(f"{column:>10}" for column in COLUMNS))
    for name, (code, _) in sorted(MAKERS.items(), key=lambda item: item[1][0]):
        if not code.startswith(arguments.only):
            continue
        rows = list(outcomes(texts, name, arguments.each, arguments.seed))
        sums = [sum(outcome.truths[column] for _, outcome in rows) for column in range(len(COLUMNS))]
        print(f"{code:<8}{name:<48}{len(rows):>6}" + "".join(f"{value:>10}" for value in sums), flush=True)
        totals = [total + value for total, value in zip(totals, sums, strict=True)]
        number += len(rows)
        for file, outcome in rows:
            if arguments.show and not all(outcome.truths):
                short = [column for column, truth in zip(COLUMNS, outcome.truths, strict=True) if not truth]
                print(f"    {file}: not {', '.join(short)}; {outcome.told}")
    print(f"{'all':<56}{number:>6}" + "".join(f"{100 * total / max(number, 1):>9.1f}%" for total in totals))


if __name__ == "__main__":
    main()
