"""Make a review from notes, mend what is mechanical, and let it through only if nothing is left to find.

    python examples/gate_generated.py review.md dust ice

ends with 0 and writes review.md, or ends with 1, shows what is wrong, and writes review.rejected.md instead.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mdreview.api import Draft, gate

NOTES = {
    "dust": "Mineral dust carries iron to the open ocean [@hale2019], where it lets algae grow.",
    "ice": "Sea ice has lost 40% of its area in September. Models agree on the sign of the trend[^models].",
    "rivers": "<think>\n\n</think>\n\nRivers carry less sediment than before [@okafor2021].",
}
LANGUAGES = ("en", "zh")
SOURCES = """\
@article{hale2019, author={Hale, R.}, title={Iron in dust}, journal={Ocean}, year={2019}}
@article{okafor2021, author={Okafor, N.}, title={Sediment of rivers}, journal={Water}, year={2021}}
"""


def generate(topics: list[str]) -> str:
    """The review. A language model would stand here; it, too, leaves gaps in the numbers and traces of its thinking."""
    pieces = ["---\nbibliography: sources.bib\n---\n", "# What moves on Earth\n"]
    for number, topic in enumerate(topics, 1):
        # the second number is left out, as models do
        pieces.append(f"## {number + (number > 1)} {topic.capitalize()}\n\n{NOTES[topic]}\n")
    return "\n".join(pieces)


def main(arguments: list[str] | None = None) -> int:
    """Returns the exit status: 0 passed, 1 findings, 2 something could not be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lang", choices=LANGUAGES, default="en")
    parser.add_argument("output", type=Path)
    parser.add_argument("topics", nargs="+", choices=NOTES)
    options = parser.parse_args(arguments)
    options.output.with_name("sources.bib").write_text(SOURCES, "utf-8")
    # checked as if it stood in the file already: with the settings and the bibliography that are there
    draft = Draft.at(options.output, generate(options.topics))
    mended = draft.fix()
    for code, times in sorted(mended.applied.items()):
        print(f"mended {code}: {times}")
    status = gate([draft.checked], language=options.lang)
    rejected = options.output.with_suffix(f".rejected{options.output.suffix}")
    written = rejected if status else options.output
    written.write_text(draft.text, "utf-8")
    print(f"written: {written}")
    return status


if __name__ == "__main__":
    sys.exit(main())
