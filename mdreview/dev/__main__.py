"""`python -m mdreview.dev`: add a rule, write the generated files or check that they are up to date."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from mdreview.dev.new_rule import CannotAdd, add_rule

ROOT = Path(__file__).parents[2]
NEXT = """
Next:
  1. say in {rule} what the fault is, why it matters, when the rule is silent, and give examples
  2. write further cases into {cases}
  3. pytest tests/test_rules.py -k {code}
  4. python -m mdreview.dev generate"""


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(prog="python -m mdreview.dev", description=__doc__)
    commands = options.add_subparsers(dest="command", required=True)
    new_rule = commands.add_parser("new-rule", help="add a rule: its file, its line in the list, its cases")
    new_rule.add_argument("family", help="the letters of its code, such as FN")
    new_rule.add_argument("name", help="the fault, in lower case with hyphens, such as undefined-footnote")
    new_rule.add_argument("--document", action="store_true", help="the rule needs the whole document, not one block")
    generate = commands.add_parser("generate", help="write the rule pages, the rule tables and the settings' schema")
    generate.add_argument("--check", action="store_true", help="write nothing; list what is not up to date")
    chosen = options.parse_args(arguments)
    if chosen.command == "new-rule":
        return _new_rule(chosen.family, chosen.name, chosen.document)
    return _generate(chosen.check)


def _new_rule(family: str, name: str, document: bool) -> int:
    try:
        added = add_rule(ROOT, family, name, document=document)
    except CannotAdd as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for path in added.files:
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
    rule, cases = (path.relative_to(ROOT) for path in (added.rule, added.cases))
    sys.stdout.write(NEXT.format(rule=rule, cases=cases, code=added.code) + "\n")
    return 0


def _generate(check: bool) -> int:
    from mdreview.dev.generate import stale, write

    files = stale(ROOT)
    if check:
        sys.stdout.writelines(f"not up to date: {path.relative_to(ROOT)}\n" for path in files)
        if files:
            sys.stdout.write("run: python -m mdreview.dev generate\n")
        return 1 if files else 0
    write(ROOT)
    sys.stdout.writelines(f"{path.relative_to(ROOT)}\n" for path in files)
    return 0


if __name__ == "__main__":
    sys.exit(main())
