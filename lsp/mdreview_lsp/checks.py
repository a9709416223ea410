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
from mdreview.following import Findings, Follower
from mdreview.markdown import Document
from mdreview.source import Source
from mdreview_lsp.contexts import Contexts, Problem
from mdreview_lsp.findings import Manner, encoded, failures
from mdreview_lsp.texts import OpenText
from mdreview_lsp.worker import Worker

AT_ONCE = 0.05
"""A check that takes no longer than this many seconds may run with every key that is pressed."""
PAUSE = 0.5
"""Before a longer one, the writer must pause for this share of the time that it takes."""
LONGEST_PAUSE = 0.4
LONGEST_WAIT = 1.5


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of one version of a text found. `items` is the JSON of its diagnostics."""

    document: Document
    version: int
    stamp: str
    context: Context
    findings: Findings | None
    items: msgspec.Raw
    problems: tuple[Problem, ...]
    seconds: float = 0.0

    @property
    def found(self) -> tuple[Diagnostic, ...]:
        """The findings; none in a text that the settings leave out."""
        return self.findings.all if self.findings is not None else ()

    @property
    def result_id(self) -> str:
        """The same only for the same answer."""
        return f"{self.version}.{self.stamp}"


class Checks:
    """The latest check of each open text; starts new ones when they are needed, one at a time."""

    def __init__(self, worker: Worker, contexts: Contexts, beside: Callable[[str], tuple[str, Source]]) -> None:
        self._worker = worker
        self._contexts = contexts
        self._beside = beside
        self._of: dict[str, _Check] = {}
        self.manner = Manner()
        self._logged: set[str] = set()
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
        if checked is None or checked.stamp != self._contexts.stamp(self._of[text.uri].path):
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
        """Checks the text and publishes what is found: at once, or in the next pause of writing if checks take long."""
        state = self._of[text.uri]
        state.note_edit(time.monotonic())
        if state.pushing is None or state.pushing.done():
            state.pushing = asyncio.create_task(self._push(state))

    async def _push(self, state: _Check) -> None:
        while not state.closed and not (self._is_current(state) and state.pushed is state.checked):
            if (wait := state.begin_at - time.monotonic()) > 0:
                await asyncio.sleep(wait)
                continue
            state.waiting_since = None
            document = state.text.document
            try:
                checked = await self.current(state.text)
            except Exception as error:  # such as a settings file that may not be read; the next edit tries again
                self._log_once(f"{state.path}: {type(error).__name__}: {error}")
                if state.text.document is document:
                    return
                continue
            if checked is not None and not state.closed and self._is_current(state):
                state.pushed = checked
                self.publish(state.text, checked)

    def _is_current(self, state: _Check) -> bool:
        checked = state.checked
        return (
            checked is not None
            and checked.document is state.text.document
            and checked.version == state.text.version
            and checked.stamp == self._contexts.stamp(state.path)
        )

    async def _check(self, state: _Check) -> None:
        text = state.text
        job = partial(self._job, state, text.document, text.version, self._contexts.stamp(state.path), self.manner)
        checked = await self._worker.run(job)
        if checked is None:
            return
        state.checked = checked
        for line in failures(checked.findings.failures if checked.findings is not None else ()):
            self._log_once(line)

    def _log_once(self, line: str) -> None:
        if line not in self._logged:
            self._logged.add(line)
            self.log(line)

    def _job(self, state: _Check, document: Document, version: int, stamp: str, manner: Manner) -> Checked | None:
        """What a check finds; None where the text has gone on, or away, while the check waited for its turn."""
        if state.closed or state.text.document is not document:
            return None
        begun = time.monotonic()
        around = self._contexts.surroundings(state.path, document)
        findings = None if around.excluded else state.follower.check(document, around.context)
        items = encoded(findings, document.source, state.text.uri, manner, self._beside)
        seconds = time.monotonic() - begun
        return Checked(document, version, stamp, around.context, findings, items, around.problems, seconds)


class _Check:
    """The state of one text's checks."""

    def __init__(self, text: OpenText, path: str, lock: asyncio.Lock) -> None:
        self.text = text
        self.path = path
        self.lock = lock
        self.follower = Follower()
        self.checked: Checked | None = None
        self.pushed: Checked | None = None
        self.pushing: asyncio.Task[None] | None = None
        self.closed = False
        self.begin_at = 0.0
        self.waiting_since: float | None = None
        self._last_edit = 0.0

    def note_edit(self, now: float) -> None:
        """Decides when to check: now, if the writer paused before this edit, else when they do, but not much later."""
        seconds = self.checked.seconds if self.checked is not None else 0.0
        pause = 0.0 if seconds <= AT_ONCE else min(seconds * PAUSE, LONGEST_PAUSE)
        since = self.waiting_since = now if self.waiting_since is None else self.waiting_since
        hurried = now - self._last_edit < pause
        self.begin_at = min(now + pause, since + LONGEST_WAIT) if hurried else now
        self._last_edit = now
