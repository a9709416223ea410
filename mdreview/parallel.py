"""check() by two processes at once, where a text is long: whichever is free asks the next family of rules.

Rules of one family share most of what they know of a text, so families stay together. The second process is a copy
of the first (a fork): it knows the document already, and only its findings have to be sent back.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from mdreview import bytecode, engine
from mdreview.context import Context
from mdreview.diagnostic import Diagnostic, in_order
from mdreview.markdown import Document
from mdreview.rule import Rule

LONG = 200_000
"""In code points. A shorter text is checked sooner than a copy is made and has answered."""
FIRST = ("CLM", "TRM", "REF", "SEC")
"""The families with the most work, to begin with; what is left to the end should be small."""

Found = dict[str, list[Diagnostic]]
"""Findings by the code of their rule."""


def check(document: Document, context: Context, processes: int) -> list[Diagnostic]:
    """What `engine.check` finds; one or two processes work at it."""
    if processes < 2 or len(document.source.text) < LONG or not _can_fork():
        return engine.check(document, context)
    rules = engine.selected_rules(context.settings)
    families: dict[str, list[Rule]] = {family: [] for family in FIRST}
    for rule in rules:
        families.setdefault(rule.family, []).append(rule)
    for block in document.blocks:
        block.prose  # noqa: B018 - all rules read it: made once, not in both processes
    queue = _queue(len(families))

    def work() -> Found:
        found: Found = {}
        while number := os.read(queue, 1):
            for rule in list(families.values())[number[0]]:
                found[rule.code] = engine.answer(rule, document, context)
        return found

    others = _in_copy(work)
    found = work()
    os.close(queue)
    found |= others()
    # what a copy that died had begun is still to be done
    found |= {rule.code: engine.answer(rule, document, context) for rule in rules if rule.code not in found}
    return in_order(engine.unsilenced(document, [one for rule in rules for one in found[rule.code]], rules))


def _queue(length: int) -> int:
    """A pipe from which numbers can be read, one byte each: every number by only one process."""
    reading, writing = os.pipe()
    os.write(writing, bytes(range(length)))
    os.close(writing)
    return reading


def _in_copy(work: Callable[[], Found]) -> Callable[[], Found]:
    """Begins the work in a copy of this process. What is returned waits for its result: nothing if the copy died."""
    import pickle

    reading, writing = os.pipe()
    if not (copy := os.fork()):
        try:
            os.close(reading)
            with os.fdopen(writing, "wb") as pipe:
                pickle.dump(work(), pipe, pickle.HIGHEST_PROTOCOL)
            bytecode.keep()
        finally:
            # without cleaning up: what there is to clean up belongs to the first process
            os._exit(0)
    os.close(writing)

    def result() -> Found:
        with os.fdopen(reading, "rb") as pipe:
            data = pipe.read()
        os.waitpid(copy, 0)
        try:
            found: Found = pickle.loads(data)
        except (EOFError, pickle.UnpicklingError):
            return {}
        return found

    return result


def _can_fork() -> bool:
    """Whether a copy of this process is safe: on Linux, if no other thread can hold a lock that it would wait for."""
    threading = sys.modules.get("threading")
    return sys.platform == "linux" and (threading is None or threading.active_count() == 1)
