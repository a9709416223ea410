"""Mends footnotes: numbers by first reference, marks in the right form, a note that nothing refers to."""

from __future__ import annotations

from mdreview.diagnostic import Edit, Fix, Safety, Text
from mdreview.facts.footnotes import (
    Definition,
    Form,
    Malformed,
    Reference,
    Setting,
    definitions,
    definitions_by_key,
    intended_definitions,
    lost_definitions,
    malformed,
    mentioned,
    references,
    swallowed,
    undefined_references,
)
from mdreview.markdown import Document, Kind, Placed
from mdreview.remedies.making import fix_of, inner, same_blocks, without_block
from mdreview.source import Span

RENUMBER = Text("Renumber the footnotes in the order of the text", "按正文中出现的先后重新编排脚注编号")
MARK = Text("Write [^{label}]", "写作“[^{label}]”")
DEFINITION = Text("Write [^{label}]:", "写作“[^{label}]:”")
JOIN = Text("Join the line to the one before", "并入上一行")
REMOVE = Text("Remove the footnote [^{label}]", "删除脚注 [^{label}]")
COLON_FORMS = (Form.FULL_WIDTH_COLON, Form.SPACED_COLON)


def renumber(document: Document) -> Fix | None:
    """Numbers the footnotes 1, 2, 3, … by their first references; named labels stay.

    Definitions that stand together are put in that order. None where a label is defined twice or a mark of a number
    has no definition, since nobody can tell then what a number means. Ask through `document.fact(renumber)`.
    """
    defined = document.fact(definitions_by_key)
    numeric = {key: several for key, several in defined.items() if key.isdecimal()}
    unclear = any(len(several) > 1 for several in numeric.values()) or document.fact(swallowed)
    if unclear or any(one.fact.label.isdecimal() for one in document.fact(undefined_references)):
        return None
    order = _order(document, numeric)
    labels = {key: str(number) for number, key in enumerate(order, 1)}
    visible = {one.fact.key for one in document.joined(references)}
    if any(key not in visible and labels[key] != key for key in document.fact(mentioned).intersection(labels)):
        # a mark in a comment or in code would lead elsewhere
        return None
    relabelled = _relabelled(document, labels)
    moved = _moved(document, numeric, labels, relabelled)
    spans = [edit.span for edit in moved]
    kept = [edit for edit in relabelled if not any(span.contains(edit.span) for span in spans)]
    fix = fix_of(document, RENUMBER, (*kept, *moved))
    return fix if fix is not None and same_blocks(document, fix) else None


def _order(document: Document, numeric: dict[str, list[Placed[Definition]]]) -> list[str]:
    """The numeric labels as the text first refers to them, then as other footnotes do, then the unused ones."""
    placed = document.joined(references)
    in_text = [one.fact.key for one in placed if one.fact.setting is not Setting.DEFINITION]
    in_notes = [one.fact.key for one in placed if one.fact.setting is Setting.DEFINITION]
    unused = sorted(numeric, key=int)
    return [key for key in dict.fromkeys((*in_text, *in_notes, *unused)) if key in numeric]


def _relabelled(document: Document, labels: dict[str, str]) -> list[Edit]:
    marks = [(one.fact.key, one.span(one.fact.span), "]") for one in document.joined(references)]
    marks += [(one.fact.key, one.span(one.fact.mark), "]:") for one in document.joined(definitions)]
    return [
        Edit(Span(span.start + 2, span.end - len(closing)), labels[key])
        for key, span, closing in marks
        if key in labels and key != labels[key]
    ]


def _moved(
    document: Document,
    numeric: dict[str, list[Placed[Definition]]],
    labels: dict[str, str],
    relabelled: list[Edit],
) -> list[Edit]:
    """The edits that put in order the definitions of each row of top-level definitions."""
    rows: list[list[tuple[int, str]]] = []
    for block, key in sorted((several[0].block, key) for key, several in numeric.items()):
        last = rows[-1][-1][0] if rows else block
        if rows and all(between.kind is Kind.FOOTNOTE for between in document.blocks[last : block + 1]):
            rows[-1].append((block, key))
        else:
            rows.append([(block, key)])
    edits: list[Edit] = []
    for row in rows:
        block_of = {key: block for block, key in row}
        wanted = sorted(block_of, key=lambda key: int(labels[key]))
        if wanted != list(block_of) and len({block for block, _ in row}) == len(row):
            edits += [
                Edit(document.span_of(slot), inner(document, document.span_of(block_of[key]), relabelled))
                for (slot, _), key in zip(row, wanted, strict=True)
            ]
    return edits


def rewrite(document: Document, placed: Placed[Malformed]) -> Fix | None:
    """Gives a malformed mark its right form; unsafe where that makes a reference or a note without its counterpart."""
    mark = placed.fact
    span = placed.span(mark.span)
    if mark.form not in COLON_FORMS and not mark.defines:
        paired = mark.key in document.fact(definitions_by_key) or mark.key in document.fact(intended_definitions)
        safety = Safety.SAFE if paired else Safety.UNSAFE
        return fix_of(document, MARK, (Edit(span, f"[^{mark.label}]"),), safety, label=mark.label)
    if mark.form not in COLON_FORMS:
        span = Span(span.start, span.end + 1)
    space = "" if document.text_of(Span(span.end, span.end + 1)) in (" ", "\t", "\n", "\r", "") else " "
    paired = mark.key in document.fact(referred) and mark.key not in document.fact(definitions_by_key)
    safety = Safety.SAFE if paired else Safety.UNSAFE
    return fix_of(document, DEFINITION, (Edit(span, f"[^{mark.label}]:{space}"),), safety, label=mark.label)


def add_colon(document: Document, lost: Placed[Reference]) -> Fix | None:
    """Gives a definition the colon that it lacks."""
    span = lost.span(lost.fact.span)
    return fix_of(document, DEFINITION, (Edit(span, f"[^{lost.fact.label}]:"),), label=lost.fact.label)


def join_line(document: Document, placed: Placed[Definition]) -> Fix | None:
    """Joins a line of running text that begins like a definition to the line before it."""
    text = document.source.text
    start = placed.start + placed.fact.mark.start
    before = len(text[:start].rstrip(" \t>\r\n"))
    if before == 0 or text[before:start].count("\n") > 1:
        return None
    space = " " if text[before - 1].isascii() else ""
    return fix_of(document, JOIN, (Edit(Span(before, start), space),))


def remove(document: Document, placed: Placed[Definition]) -> Fix | None:
    """Removes a definition with its text; None for one that stands in a quotation or a list."""
    if document.blocks[placed.block].kind is not Kind.FOOTNOTE:
        return None
    edit = without_block(document, placed.block)
    return fix_of(document, REMOVE, (edit,), Safety.UNSAFE, label=placed.fact.label)


def referred(document: Document) -> frozenset[str]:
    """The keys that a mark in the text refers to, or would if it were well formed. Ask through `document.fact`."""
    wrong = document.joined(malformed)
    meant = {one.start + one.fact.span.start for one in wrong if one.fact.defines}
    meant.update(one.start + one.fact.span.start for one in document.fact(lost_definitions))
    sound = {one.fact.key for one in document.joined(references) if one.start + one.fact.span.start not in meant}
    return frozenset(sound | {one.fact.key for one in wrong if not one.fact.defines})
