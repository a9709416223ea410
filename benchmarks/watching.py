"""How long after a file is saved `check --watch` has the new answer, in a folder of many files.

    python benchmarks/watching.py [--files 1000] [--saves 20]

The files are the examples of this project, in turn. Prints the time of the first answer, and the median and the
slowest of the answers after one file was saved. Times are of this machine and of what else it does.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

EXAMPLES = Path(__file__).parent.parent / "examples"
CHECKED = re.compile(r"watching; \d+ of \d+ files checked")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--saves", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = _made(Path(folder), options.files)
        sizes = [file.stat().st_size for file in files]
        command = [sys.executable, "-m", "mdreview", "check", "--watch", "--no-cache", "--isolated", "--lang=en"]
        began = time.perf_counter()
        with subprocess.Popen(
            command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8"
        ) as process:
            _answered(process)
            first = time.perf_counter() - began
            times = []
            for number, file in enumerate(islice(cycle(files), options.saves)):
                # an editor's user saves now and then
                time.sleep(0.3)
                text = file.read_text("utf-8")
                began = time.perf_counter()
                file.write_text(f"{text}\nOne more line, number {number}[^more].\n", "utf-8")
                _answered(process)
                times.append(time.perf_counter() - began)
            process.kill()
    print(f"{options.files} files of {statistics.mean(sizes):,.0f} bytes")
    print(f"first answer     {first:6.2f} s")
    print(f"after a save     {statistics.median(times):6.2f} s in the median, {max(times):.2f} s at most")


def _made(folder: Path, number: int) -> list[Path]:
    files = []
    for index, example in enumerate(islice(cycle(sorted(EXAMPLES.glob("*.md"))), number)):
        file = folder / f"{index % 20:02}" / f"{index:05}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(example.read_bytes())
        files.append(file)
    return files


def _answered(process: subprocess.Popen[str]) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        if CHECKED.search(line):
            return
    raise RuntimeError("the process ended")


if __name__ == "__main__":
    main()
