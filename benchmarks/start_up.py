"""What a whole run costs: `mdreview check` on one file, as a multiple of `python -c pass` in the same environment.

    python benchmarks/start_up.py [--runs N] [--jobs N] [FILE …]

Without files: a text of 24 KB and one of 1 MB, made here from the examples, which are full of faults. The runs of all
commands take turns, so that what else the machine does falls on each alike; the medians are compared. Each file is
checked three times in a turn:

- `first`: nothing is kept from any run before; the very first run after the installation, which also compiles all
  regular expressions that the text asks for. It happens once.
- the file's own name: a fresh check, `--no-cache`, with the expressions kept. This is what the goals are for.
- `again`: the answer is kept from the run before.

`--jobs 1` shows what one process takes; by default a long text is checked by two.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EXAMPLES = Path(__file__).parents[1] / "examples"
GOALS = {"24 KB": 15.0, "1 MB": 60.0}


def text_of(size: int) -> str:
    """A text of about `size` bytes: the examples again and again, each copy with footnotes of its own."""
    texts = [path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*.md"))]
    pieces: list[str] = []
    length = copy = 0
    while length < size:
        text = texts[copy % len(texts)]
        copy += 1
        pieces.append(re.sub(r"\[\^(\w+)\]", rf"[^\g<1>-{copy}]", text).strip() + "\n\n")
        length += len(pieces[-1].encode())
    whole = "".join(pieces).encode()[:size]
    return whole[: whole.rfind(b"\n") + 1].decode()


def seconds(command: list[str], environment: dict[str, str]) -> float:
    begin = time.perf_counter()
    done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    took = time.perf_counter() - begin
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr.decode()}")
    return took


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("files", nargs="*", type=Path, metavar="FILE")
    options.add_argument("--runs", type=int, default=15)
    options.add_argument("--jobs", help="as for mdreview check")
    chosen = options.parse_args()
    jobs = ["--jobs", chosen.jobs] if chosen.jobs else []
    with tempfile.TemporaryDirectory() as folder:
        files = {path.name: path for path in chosen.files}
        if not files:
            for name, size in (("24 KB", 24_000), ("1 MB", 1_000_000)):
                files[name] = Path(folder) / f"{size}.md"
                files[name].write_text(text_of(size), "utf-8")
        nothing = [sys.executable, "-c", "pass"]
        parser = [sys.executable, "-c", "import markdown_it"]
        commands = {"python -c pass": nothing, "import markdown_it": parser}
        script = str(Path(sys.executable).with_name("mdreview"))
        for name, path in files.items():
            check = [script, "check", "--isolated", *jobs]
            commands[f"{name}, first"] = [*check, "--no-cache", str(path)]
            commands[name] = [*check, "--no-cache", str(path)]
            commands[f"{name}, again"] = [*check, str(path)]
        # compiled modules are kept, as they are after an installation, and the first run makes them
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "compiled")
        times: dict[str, list[float]] = {name: [] for name in commands}
        for turn in range(chosen.runs + 1):
            for name, command in commands.items():
                kept = Path(folder, f"{name} {turn}" if name.endswith("first") else "kept")
                took = seconds(command, {**environment, "MDREVIEW_CACHE_DIR": str(kept)})
                if turn:
                    times[name].append(took)
    base = statistics.median(times["python -c pass"])
    missed = False
    for name, taken in times.items():
        median = statistics.median(taken)
        goal = GOALS.get(name)
        missed |= goal is not None and median / base > goal
        wanted = f"  (at most {goal:.0f})" if goal else ""
        print(f"{name:20} {median * 1000:8.1f} ms  {median / base:6.1f} times{wanted}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
