"""One known fault put into a clean document: is it found, at its place, alone, and does the fix give the text back?

usage: python benchmarks/mutations.py FOLDER [--each 20] [--seed 1] [--only SEC001] [--show]

For each kind of fault up to --each documents are drawn, and one fault is put into each of them. First come documents
in which no rule of the fault's family finds anything; where these are too few, such in which the rules that are to
find and mend the fault find nothing. The table counts faults that the rule found (detected), found at the place that
was changed (placed), with nothing else newly found (alone), and texts that the fixes gave back to the letter
(restored). --show prints what fell short. Fixable rules without a kind of fault are named at the end.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.faults import KINDS, Fault, FaultKind
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic
from mdreview.encoding import decode
from mdreview.engine import check
from mdreview.errors import UserError
from mdreview.fixes import apply_edits, fix_text
from mdreview.markdown import Document, parse
from mdreview.rules import RULES
from mdreview.source import Source

COLUMNS = ("detected", "placed", "alone", "restored")


class Outcome(NamedTuple):
    """What became of one fault: a truth for each of COLUMNS, and what to show of it."""

    truths: tuple[bool, ...]
    told: str


def outcome(text: str, kind: FaultKind, fault: Fault, context: Context) -> Outcome:
    """What the rules and their fixes make of a text with the fault."""

    def found(new: str) -> list[Diagnostic]:
        return check(parse(new), context)

    broken = apply_edits(text, fault)
    before = {(one.code, one.written("en")) for one in found(text)}
    new = [one for one in found(broken) if (one.code, one.written("en")) not in before]
    own = [one for one in new if one.code == kind.code]
    source = Source(broken)
    places = []
    for edit in fault:
        shift = sum(len(one.text) - (one.span.end - one.span.start) for one in fault if one.span < edit.span)
        start = edit.span.start + shift
        places.append(range(source.line_at(start), source.line_at(start + len(edit.text)) + 1))
    placed = any(source.line_at(one.span.start) in lines for one in own for lines in places)
    others = sorted({one.code for one in new if one.code != kind.code} - kind.also)
    mended = fix_text(broken, found, unsafe=True, codes=kind.mends)
    truths = (bool(own), placed, bool(own) and not others, mended.text == text)
    at = source.line_at(fault[0].span.start) + 1
    return Outcome(truths, f"line {at}: {fault[0].text[:60]!r}, also {others}, fixed {dict(mended.applied)}")


def is_clean(document: Document, context: Context, rules: tuple[str, ...]) -> bool:
    return not check(document, context._replace(settings=context.settings._replace(select=rules, extend_select=())))


def outcomes(texts: dict[str, str], kind: FaultKind, each: int, seed: int) -> Iterator[tuple[str, Outcome]]:
    """The outcome of one fault of a kind in up to `each` documents."""
    chance = random.Random(f"{seed} {kind.name}")
    files = list(texts)
    chance.shuffle(files)
    family = kind.code.rstrip("0123456789")
    second_best = []
    done = 0
    for file in files:
        if done == each:
            return
        text = kind.host(parse(texts[file]))
        if text is None:
            continue
        document = parse(text)
        context = kind.context(document)
        faults = list(kind.make(document))
        if not faults or not is_clean(document, context, tuple(sorted(kind.mends))):
            continue
        fault = chance.choice(faults)
        if is_clean(document, context, (family,)):
            done += 1
            yield file, outcome(text, kind, fault, context)
        else:
            second_best.append((file, text, fault, context))
    for file, text, fault, context in second_best[: each - done]:
        yield file, outcome(text, kind, fault, context)


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
    for kind in sorted(KINDS, key=lambda kind: kind.code):
        if not kind.code.startswith(arguments.only):
            continue
        rows = list(outcomes(texts, kind, arguments.each, arguments.seed))
        sums = [sum(outcome.truths[column] for _, outcome in rows) for column in range(len(COLUMNS))]
        print(f"{kind.code:<8}{kind.name:<48}{len(rows):>6}" + "".join(f"{value:>10}" for value in sums), flush=True)
        totals = [total + value for total, value in zip(totals, sums, strict=True)]
        number += len(rows)
        for file, outcome in rows:
            if arguments.show and not all(outcome.truths):
                short = [column for column, truth in zip(COLUMNS, outcome.truths, strict=True) if not truth]
                print(f"    {file}: not {', '.join(short)}; {outcome.told}")
    print(f"{'all':<56}{number:>6}" + "".join(f"{100 * total / max(number, 1):>9.1f}%" for total in totals))
    missing = sorted({rule.code for rule in RULES if rule.fixable} - {kind.code for kind in KINDS})
    if missing:
        print("without a kind of fault: " + ", ".join(missing))


if __name__ == "__main__":
    main()
