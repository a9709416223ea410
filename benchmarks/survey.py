"""Findings over a folder of real documents: how many of each rule, how dense, and samples to read by eye.

usage: python benchmarks/survey.py FOLDER [--rule TRM003] [--sample 50] [--seed 1] [--files GLOB] [--select ALL]

Without --rule: a table of findings per rule and the findings per 1,000 words of the median document (a Han character
counts as half a word). With --rule: that many findings of the rule, drawn at random, each with its line.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
from collections import Counter
from pathlib import Path

from mdreview.engine import check
from mdreview.runner import Checker
from mdreview.settings_file import SettingsFinder

WORD = re.compile(r"[A-Za-z0-9][\w'-]*|[\u3400-\u9fff]", re.ASCII)


def words(text: str) -> float:
    """The length of a text in words; two Han characters count as one word."""
    found = WORD.findall(text)
    han = len(re.findall(r"[\u3400-\u9fff]", text))
    return len(found) + han / 2


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rule")
    parser.add_argument("--sample", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", default="**/*.md")
    parser.add_argument("--select", default="")
    arguments = parser.parse_args()
    select = [word for word in (arguments.select or arguments.rule or "").split(",") if word]
    checker = Checker(SettingsFinder(isolated=True, command_line={"select": select} if select else {}))
    counts: Counter[str] = Counter()
    files: Counter[str] = Counter()
    density: list[float] = []
    samples: list[str] = []
    for path in sorted(arguments.folder.glob(arguments.files)):
        document, context, _ = checker.read(path.read_bytes(), str(path))
        found = check(document, context)
        counts.update(finding.code for finding in found)
        files.update({finding.code for finding in found})
        density.append(1000 * len(found) / max(words(document.source.text), 1))
        for finding in found:
            line = document.source.line_at(finding.span.start)
            start, end = document.source.line_span(line)
            text = document.source.text
            left, right = max(start, finding.span.start - 120), min(max(end, finding.span.end), finding.span.end + 120)
            marked = (
                f"{text[left : finding.span.start]}⟦{text[finding.span.start : finding.span.end]}⟧"
                f"{text[finding.span.end : right]}"
            )
            marked = marked.replace("\n", "⏎")
            samples.append(f"{path.name}:{line + 1}: {finding.code} {finding.written('en')}\n    {marked}")
    if arguments.rule:
        random.Random(arguments.seed).shuffle(samples)
        print("\n".join(sorted(samples[: arguments.sample])))
        print(f"{len(samples)} findings in {files[arguments.rule]} files")
        return
    for code in sorted(counts):
        print(f"{code:<10}{counts[code]:>7} findings {files[code]:>5} files")
    print(f"median {statistics.median(density):.2f} findings per 1,000 words, mean {statistics.fmean(density):.2f}")


if __name__ == "__main__":
    main()
