"""check() by two processes at once, where a text is long.

The second process is a copy of the first (a fork): it knows the document already, and only what it makes of it has to
be sent back. One copy reads prose while the first process imports the rules. Another asks rules, beginning with the
last family where the first process begins with the first, until they meet: rules of one family share most of what they
know of a text.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from mdreview import bytecode
from mdreview.diagnostic import Diagnostic, in_order

if TYPE_CHECKING:
    from mdreview.context import Context
    from mdreview.markdown import Document
    from mdreview.markdown.blocks import Inline
    from mdreview.rule import Rule

T = TypeVar("T")

LONG = 200_000
"""In code points. A shorter text is checked sooner than a copy is made and has answered."""
PROSE_READ_HERE = 1 / 6
"""The share of the blocks whose prose the first process reads, beside importing the rules."""
FAMILIES = ("CLM", "GEN", "CIT", "FN", "SUP", "REF", "SEC", "TRM")
"""One process begins with the first, the other with the last: those with the most work. Neighbours share much."""

PIPE = 1 << 20
"""In bytes: how much a pipe holds, the most that Linux gives to anybody."""

Prose = tuple[str, tuple["Inline", ...]]
"""What is read of a block with its prose."""
Found = dict[str, list[Diagnostic]]
"""Findings by the code of their rule."""


def check(document: Document, context: Context, processes: int) -> list[Diagnostic]:
    """What `engine.check` finds; one or two processes work at it."""
    if processes < 2 or len(document.source.text) < LONG or not _can_fork():
        from mdreview import engine

        return engine.check(document, context)
    _read_prose(document)
    from mdreview import engine

    rules = engine.selected_rules(context.settings)
    families: dict[str, list[Rule]] = {family: [] for family in FAMILIES}
    for rule in rules:
        families.setdefault(rule.family, []).append(rule)
    tickets = _tickets(len(families))

    def work(families: Iterable[list[Rule]]) -> Iterator[Found]:
        for family in families:
            if not os.read(tickets, 1):
                # the other process has come from the other end as far as here
                break
            yield {rule.code: engine.answer(rule, document, context) for rule in family}

    others = _in_copy(lambda: work(reversed(families.values())))
    found: Found = {}
    for answers in work(families.values()):
        found |= answers
    os.close(tickets)
    for answers in others():
        found |= answers
    # what a copy that died had begun is still to be done
    found |= {rule.code: engine.answer(rule, document, context) for rule in rules if rule.code not in found}
    return in_order(engine.unsilenced(document, [one for rule in rules for one in found[rule.code]], rules))


def _read_prose(document: Document) -> None:
    """Makes the prose of the blocks, which all rules read, most of it in a copy; the rules are imported meanwhile."""
    here = int(len(document.blocks) * PROSE_READ_HERE)
    elsewhere = document.blocks[here:]

    def work() -> Iterator[list[Prose]]:
        yield [(block.prose, block.inlines) for block in elsewhere]

    read = _in_copy(work)
    from mdreview import engine  # noqa: F401

    for block in document.blocks[:here]:
        block.prose  # noqa: B018 - made when it is first asked for
    for proses in read():
        for block, (prose, inlines) in zip(elsewhere, proses, strict=True):
            block.prose, block.inlines = prose, inlines


def _tickets(number: int) -> int:
    """A pipe from which so many bytes can be read, each by only one process."""
    reading, writing = os.pipe()
    os.write(writing, bytes(number))
    os.close(writing)
    return reading


def _in_copy(work: Callable[[], Iterator[T]]) -> Callable[[], Iterator[T]]:
    """Begins the work in a copy of this process. What is returned gives its results; if the copy dies, those till then.

    Each result is sent as soon as it is there.
    """
    import pickle
    from fcntl import F_SETPIPE_SZ, fcntl

    reading, writing = os.pipe()
    # so that the copy need not wait until its results are read
    with suppress(OSError):
        fcntl(writing, F_SETPIPE_SZ, PIPE)
    if not (copy := os.fork()):
        try:
            os.close(reading)
            with os.fdopen(writing, "wb") as pipe:
                for result in work():
                    pickle.dump(result, pipe, pickle.HIGHEST_PROTOCOL)
                    pipe.flush()
            bytecode.keep()
        finally:
            # without cleaning up: what there is to clean up belongs to the first process
            os._exit(0)
    os.close(writing)

    def results() -> Iterator[T]:
        with os.fdopen(reading, "rb") as pipe, suppress(EOFError, pickle.UnpicklingError):
            while True:
                yield pickle.load(pipe)
        os.waitpid(copy, 0)

    return results


def _can_fork() -> bool:
    """Whether a copy of this process is safe: on Linux, if no other thread can hold a lock that it would wait for."""
    threading = sys.modules.get("threading")
    return sys.platform == "linux" and (threading is None or threading.active_count() == 1)
