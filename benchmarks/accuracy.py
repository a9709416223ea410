"""Precision and recall per rule and family on labelled documents.

usage: python benchmarks/accuracy.py CORPUS [--show missed|wrong] [--family term] [--rule TRM003]

CORPUS holds `labels.jsonl` (files read in full: whatever is not labelled there is no fault), optionally
`labels_spot.jsonl` (single places: other lines count for nothing) and the texts that they name. A label has file,
line, family, verdict (flag or ignore), text and confidence (high or low).

A finding is right when its family's flag stands on its line (and covers its place, where the line also has a label
to ignore); a flag is found when a finding is right by it. "strict" counts only what is labelled with high
confidence: findings on places of low confidence count neither way. "all" takes both.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic
from mdreview.engine import check
from mdreview.markdown import Document
from mdreview.runner import Checker
from mdreview.settings_file import SettingsFinder
from mdreview.source import Span

FAMILIES = {
    "footnote": ("FN",),
    "citation": ("CIT",),
    "section": ("SEC",),
    "percent": ("CLM",),
    "term": ("TRM",),
    "xref": ("REF",),
    "residue": ("GEN",),
}
FAMILY_OF = {prefix: family for family, prefixes in FAMILIES.items() for prefix in prefixes}


class Label(NamedTuple):
    """One labelled place; `spans` are all places of its text on its line."""

    file: str
    line: int
    family: str
    flag: bool
    high: bool
    text: str
    why: str
    spans: tuple[Span, ...]

    def covers(self, span: Span) -> bool:
        """Whether a finding at `span` is about this place."""
        wide = Span(span.start, max(span.end, span.start + 1))
        return any(wide.overlaps(place) for place in self.spans)


class Verdict(NamedTuple):
    """A finding with what the labels say of it: right, wrong, or None for neither way."""

    file: str
    line: int
    finding: Diagnostic
    right: bool | None
    label: Label | None


class Tally(NamedTuple):
    """The verdicts on all findings, and each flag with the codes that found it."""

    verdicts: list[Verdict]
    flags: list[tuple[Label, tuple[str, ...]]]


def read_labels(path: Path, texts: dict[str, tuple[Document, Context]]) -> list[Label]:
    """The labels of a file; reads the texts they name, with what lies beside them, into `texts`."""
    checker = Checker(SettingsFinder(isolated=True, command_line={}))
    labels = []
    for row in map(json.loads, path.read_text("utf-8").split("\n")[:-1]):
        name = row["file"]
        if name not in texts:
            file = path.parent / name
            document, context, _ = checker.read(file.read_bytes(), str(file))
            texts[name] = (document, context)
        source = texts[name][0].source
        line = source.line_span(row["line"] - 1)
        spans = []
        position = source.text.find(row["text"], line.start)
        while 0 <= position <= line.end:
            spans.append(Span(position, position + len(row["text"])))
            position = source.text.find(row["text"], position + 1)
        flag, high = row["verdict"] == "flag", row["confidence"] == "high"
        labels.append(
            Label(name, row["line"], row["family"], flag, high, row["text"], row.get("why", ""), tuple(spans))
        )
    return labels


def judge(document: Document, context: Context, labels: list[Label], exhaustive: bool, strict: bool) -> Tally:
    """What the labels of one document say of its findings."""
    by_line: dict[tuple[int, str], list[Label]] = defaultdict(list)
    for label in labels:
        by_line[label.line, label.family].append(label)
    hits: dict[Label, list[str]] = defaultdict(list)
    verdicts = []
    for finding in check(document, context):
        family = FAMILY_OF.get(finding.code.rstrip("0123456789"))
        if family is None:
            continue
        line = document.source.line_at(finding.span.start) + 1
        last = document.source.line_at(max(finding.span.end - 1, finding.span.start)) + 1
        here = [label for number in range(line, last + 1) for label in by_line[number, family]]
        about = _label_of(finding.span, here)
        if about is not None and about.flag:
            hits[about].append(finding.code)
        right: bool | None = about is not None and about.flag
        if (strict and about is not None and not about.high) or (about is None and not exhaustive):
            right = None
        verdicts.append(Verdict(labels[0].file, line, finding, right, about))
    flags = [(label, tuple(hits[label])) for label in labels if label.flag and (label.high or not strict)]
    return Tally(verdicts, flags)


def _label_of(span: Span, here: list[Label]) -> Label | None:
    covering = [label for label in here if label.covers(span)]
    if flags := [label for label in covering if label.flag]:
        return flags[0]
    if covering:
        return covering[0]
    return next((label for label in here if label.flag), None)


def measure(corpus: Path, strict: bool) -> Tally:
    """The verdicts over all labelled documents of a corpus."""
    verdicts: list[Verdict] = []
    flags: list[tuple[Label, tuple[str, ...]]] = []
    for name, exhaustive in (("labels.jsonl", True), ("labels_spot.jsonl", False)):
        if not (corpus / name).exists():
            continue
        texts: dict[str, tuple[Document, Context]] = {}
        by_file: dict[str, list[Label]] = defaultdict(list)
        for row in read_labels(corpus / name, texts):
            by_file[row.file].append(row)
        for file, labels in by_file.items():
            tally = judge(*texts[file], labels, exhaustive, strict)
            verdicts += tally.verdicts
            flags += tally.flags
    return Tally(verdicts, flags)


def table(tally: Tally) -> Iterator[str]:
    """The lines of the table: families with precision and recall, their rules with precision."""
    yield f"{'':<14}{'right':>7}{'wrong':>7}{'precision':>11}{'flags':>7}{'found':>7}{'recall':>9}"
    for family, prefixes in FAMILIES.items():
        mine = [v for v in tally.verdicts if v.finding.code.rstrip("0123456789") in prefixes]
        flags = [found for label, found in tally.flags if label.family == family]
        yield _row(family, mine, flags)
        for code in sorted({verdict.finding.code for verdict in mine}):
            yield _row(f"  {code}", [v for v in mine if v.finding.code == code], None)
    yield _row("all", tally.verdicts, [found for _, found in tally.flags])


def _row(name: str, verdicts: Iterable[Verdict], flags: list[tuple[str, ...]] | None) -> str:
    counts = Counter(verdict.right for verdict in verdicts)
    right, wrong = counts[True], counts[False]
    precision = f"{right / (right + wrong):.3f}" if right + wrong else "-"
    row = f"{name:<14}{right:>7}{wrong:>7}{precision:>11}"
    if flags is None:
        return row
    found = sum(1 for codes in flags if codes)
    recall = f"{found / len(flags):.3f}" if flags else "-"
    return f"{row}{len(flags):>7}{found:>7}{recall:>9}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--show", choices=("missed", "wrong"))
    parser.add_argument("--family", choices=tuple(FAMILIES))
    parser.add_argument("--rule")
    parser.add_argument("--all", action="store_true", help="with --show: low confidence too")
    arguments = parser.parse_args()
    if arguments.show:
        show(measure(arguments.corpus, strict=not arguments.all), arguments)
        return
    for name, strict in (("strict (labels of high confidence)", True), ("all labels", False)):
        print(name)
        print("\n".join(table(measure(arguments.corpus, strict))), end="\n\n")


def show(tally: Tally, arguments: argparse.Namespace) -> None:
    """Prints the flags that nothing found, or the findings that are wrong."""
    if arguments.show == "missed":
        for label, found in tally.flags:
            if not found and arguments.family in (None, label.family):
                level = "high" if label.high else "low"
                print(f"{label.file}:{label.line}: {label.family} {level} {label.text!r}: {label.why}")
        return
    for verdict in tally.verdicts:
        code = verdict.finding.code
        family = FAMILY_OF[code.rstrip("0123456789")]
        if verdict.right is False and arguments.family in (None, family) and arguments.rule in (None, code):
            why = f" [ignore: {verdict.label.text!r}: {verdict.label.why}]" if verdict.label else " [unlabelled]"
            print(f"{verdict.file}:{verdict.line}: {code} {verdict.finding.written('en')}{why}")


if __name__ == "__main__":
    main()
