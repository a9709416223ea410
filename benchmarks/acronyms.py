"""Precision, recall and F1 of `mdreview.api.abbreviations` on an acronym-identification data set.

usage: python benchmarks/acronyms.py DATASET.json [LABELS.json] [--show short|long]

DATASET is a list of objects with `tokens` and, there or in LABELS (a list of the same order), `labels`: B-short,
I-short, B-long, I-long or O for each token. A span counts as found only with both its ends right; precision and
recall are the means of those of short and of long forms, and F1 is made of these means.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from mdreview.api import abbreviations

Phrase = tuple[int, int, int]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("labels", type=Path, nargs="?")
    parser.add_argument("--show", choices=("short", "long"), help="print what was missed and what was wrong")
    arguments = parser.parse_args()
    samples = json.loads(arguments.dataset.read_text("utf-8"))
    labels = json.loads(arguments.labels.read_text("utf-8")) if arguments.labels else samples
    wanted: dict[str, set[Phrase]] = {"short": set(), "long": set()}
    found: dict[str, set[Phrase]] = {"short": set(), "long": set()}
    for number, (sample, labelled) in enumerate(zip(samples, labels, strict=True)):
        for kind in wanted:
            wanted[kind].update((number, *span) for span in labelled_spans(labelled["labels"], kind))
            found[kind].update((number, *span) for span in found_spans(sample["tokens"], kind))
    report(wanted, found)
    if arguments.show:
        show(samples, wanted[arguments.show], found[arguments.show])


def labelled_spans(labels: Sequence[str], kind: str) -> Iterator[tuple[int, int]]:
    """The first and last token of each phrase of one kind, as the labels say."""
    phrase: list[int] = []
    for index, label in enumerate([*labels, "O"]):
        if phrase and (label[0] == "B" or label == "O"):
            yield phrase[0], phrase[-1]
            phrase = []
        if label.endswith(kind):
            phrase.append(index)


def found_spans(tokens: Sequence[str], kind: str) -> Iterator[tuple[int, int]]:
    """The first and last token of each span that mdreview finds in the tokens joined by spaces."""
    owner: list[int] = []
    for index, token in enumerate(tokens):
        owner += [index] * (len(token) + 1)
    for abbreviation in abbreviations(" ".join(tokens)):
        if abbreviation.kind == kind:
            yield owner[abbreviation.span.start], owner[abbreviation.span.end - 1]


def report(wanted: dict[str, set[Phrase]], found: dict[str, set[Phrase]]) -> None:
    """Prints precision, recall and F1 of each kind and their means."""
    measures = []
    for kind in ("short", "long"):
        right = len(wanted[kind] & found[kind])
        precision, recall = right / max(len(found[kind]), 1), right / max(len(wanted[kind]), 1)
        measures.append((precision, recall))
        print(f"{kind:6} P {precision:.4f}  R {recall:.4f}  F1 {f1(precision, recall):.4f}")
    precision, recall = (sum(column) / 2 for column in zip(*measures, strict=True))
    print(f"macro  P {precision:.4f}  R {recall:.4f}  F1 {f1(precision, recall):.4f}")


def f1(precision: float, recall: float) -> float:
    """The harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def show(samples: Sequence[dict[str, list[str]]], wanted: set[Phrase], found: set[Phrase]) -> None:
    """Prints each phrase that was missed (-) or wrongly found (+)."""
    for number, first, last in sorted(wanted ^ found):
        sign = "-" if (number, first, last) in wanted else "+"
        tokens = samples[number]["tokens"]
        print(f"{sign} {' '.join(tokens[first : last + 1])} | {' '.join(tokens)[:160]}")


if __name__ == "__main__":
    main()
