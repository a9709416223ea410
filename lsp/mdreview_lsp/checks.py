"""When texts are checked, and what came of it: never an answer for a text that is no longer so."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import msgspec

from mdreview.context import Context
from mdreview.diagnostic import Diagnostic
from mdreview.engine import Answers, check
from mdreview.markdown import Document
from mdreview.source import Source
from mdreview_lsp.contexts import Contexts, Problem
from mdreview_lsp.findings import Manner, failures, plain_findings
from mdreview_lsp.texts import OpenText
from mdreview_lsp.worker import Worker

AT_ONCE = 0.05
"""A check that takes no longer than this many seconds may run with every key that is pressed."""
LONGEST_REST = 1.0


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of one version of a text found. `items` is the JSON of its diagnostics."""

    document: Document
    version: int
    generation: int
    context: Context
    found: tuple[Diagnostic, ...]
    items: msgspec.Raw
    problems: tuple[Problem, ...]

    @property
    def result_id(self) -> str:
        """The same only for the same answer."""
        return f"{self.version}.{self.generation}"


class Checks:
    """The latest check of each open text; starts new ones when they are needed, one at a time."""

    def __init__(self, worker: Worker, contexts: Contexts, beside: Callable[[str], tuple[str, Source]]) -> None:
        self._worker = worker
        self._contexts = contexts
        self._beside = beside
        self._of: dict[str, _Check] = {}
        self.manner = Manner()
        self.publish: Callable[[OpenText, Checked], None] = lambda _text, _checked: None
        self.log: Callable[[str], None] = lambda _: None

    def put(self, text: OpenText, path: str) -> None:
        """Takes in a text that was opened; `path` is where its settings are sought."""
        self._of[text.uri] = _Check(text, path, asyncio.Lock())

    def drop(self, text: OpenText) -> None:
        """Forgets a text; a check of it that runs is for nothing."""
        if (state := self._of.pop(text.uri, None)) is not None:
            state.closed = True
            if state.pushing is not None:
                state.pushing.cancel()
            self._contexts.leave(state.path)

    def latest(self, text: OpenText) -> Checked | None:
        """What the last check found, of whatever version of the text."""
        state = self._of.get(text.uri)
        return None if state is None else state.checked

    async def context(self, text: OpenText) -> Context:
        """What belongs to the text besides its words, as the last check had it."""
        checked = self.latest(text)
        if checked is None or checked.generation != self._contexts.generation:
            checked = await self.current(text)
        return Context() if checked is None else checked.context

    async def current(self, text: OpenText) -> Checked | None:
        """What a check of the text as it is now finds; None if it is closed meanwhile."""
        state = self._of.get(text.uri)
        if state is None:
            return None
        while not state.closed:
            async with state.lock:
                if self._is_current(state):
                    return state.checked
                await self._check(state)
        return None

    def push_soon(self, text: OpenText) -> None:
        """Checks the text and publishes what is found, at once or after a rest as long as the last check was costly."""
        state = self._of[text.uri]
        if state.pushing is None or state.pushing.done():
            state.pushing = asyncio.create_task(self._push(state))

    async def _push(self, state: _Check) -> None:
        while not state.closed and not (self._is_current(state) and state.pushed is state.checked):
            await asyncio.sleep(max(state.rest_until - time.monotonic(), 0))
            checked = await self.current(state.text)
            if checked is not None and not state.closed and self._is_current(state):
                state.pushed = checked
                self.publish(state.text, checked)

    def _is_current(self, state: _Check) -> bool:
        checked = state.checked
        return (
            checked is not None
            and checked.document is state.text.document
            and checked.version == state.text.version
            and checked.generation == self._contexts.generation
        )

    async def _check(self, state: _Check) -> None:
        text = state.text
        job = partial(self._job, state, text.document, text.version, self._contexts.generation, self.manner)
        begun = time.monotonic()
        checked = await self._worker.run(job)
        cost = time.monotonic() - begun
        state.rest_until = time.monotonic() + min(max(cost - AT_ONCE, 0), LONGEST_REST)
        state.checked = checked
        for line in failures(checked.found):
            self.log(line)

    def _job(self, state: _Check, document: Document, version: int, generation: int, manner: Manner) -> Checked:
        around = self._contexts.surroundings(state.path, document)
        found = () if around.excluded else tuple(check(document, around.context, state.answers))
        plain = plain_findings(found, document.source, state.text.uri, manner, self._beside)
        items = msgspec.Raw(_encode(plain))
        return Checked(document, version, generation, around.context, found, items, around.problems)


class _Check:
    """The state of one text's checks."""

    def __init__(self, text: OpenText, path: str, lock: asyncio.Lock) -> None:
        self.text = text
        self.path = path
        self.lock = lock
        self.answers = Answers()
        self.checked: Checked | None = None
        self.pushed: Checked | None = None
        self.pushing: asyncio.Task[None] | None = None
        self.rest_until = 0.0
        self.closed = False


def _encode(value: object) -> bytes:
    from mdreview_lsp.protocol import encode

    return encode(value)
