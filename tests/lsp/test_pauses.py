"""When a check begins: at once where checks are quick, in a pause of writing where they are not."""

from __future__ import annotations

import asyncio
import threading

import msgspec
import pytest
from mdreview_lsp.checks import LONGEST_WAIT, Checked, Checks, _Check
from mdreview_lsp.contexts import Contexts
from mdreview_lsp.texts import Change, OpenText
from mdreview_lsp.worker import Worker

from mdreview.context import Context
from mdreview.following import Findings, Follower
from mdreview.markdown import Document
from mdreview.source import Place, Source, Units


@pytest.fixture
def state() -> _Check:
    return _Check(OpenText("file:///a.md", 1, "甲", Units.UTF16), "/a.md", asyncio.Lock())


def _costs(state: _Check, seconds: float) -> None:
    document = state.text.document
    state.checked = Checked(document, 1, "1", Context(), None, msgspec.Raw(b"[]"), (), seconds)


def test_quick_checks_follow_every_key(state: _Check) -> None:
    _costs(state, 0.02)
    for now in (10.0, 10.01, 10.02):
        state.note_edit(now)
        assert state.begin_at <= now


def test_a_single_edit_is_checked_at_once_however_long_that_takes(state: _Check) -> None:
    _costs(state, 3.0)
    state.note_edit(10.0)
    assert state.begin_at == 10.0


def test_a_long_check_waits_for_a_pause_but_not_for_ever(state: _Check) -> None:
    _costs(state, 0.4)
    for number in range(100):
        state.note_edit(10 + number / 10)
        assert state.begin_at == pytest.approx(min(10 + number / 10 + (0.2 if number else 0), 10 + LONGEST_WAIT))


@pytest.mark.asyncio
async def test_checks_that_were_overtaken_before_they_began_are_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """While the thread is busy, twenty keys are pressed: the last text is checked, and one more at most."""
    worker, text = Worker(), OpenText("file:///no/a.md", 1, "甲[^1]。", Units.UTF16)
    checks = Checks(worker, Contexts(lambda _: None), lambda path: (path, Source("")))
    checks.put(text, "/no/a.md")
    published: list[tuple[int, int]] = []
    checks.publish = lambda _, checked: published.append((checked.version, len(checked.found)))
    made: list[str] = []
    follow = Follower.check

    def check(self: Follower, document: Document, context: Context) -> Findings:
        made.append(document.source.text)
        return follow(self, document, context)

    monkeypatch.setattr(Follower, "check", check)
    busy = threading.Event()
    waiting = asyncio.create_task(worker.run(busy.wait))
    for version in range(2, 22):
        await asyncio.sleep(0)
        text.change(version, [Change(Place(0, 0), Place(0, 0), "乙[^2]")])
        checks.push_soon(text)
    busy.set()
    await waiting
    while not published:
        await asyncio.sleep(0.01)
    assert made == ["乙[^2]" * 20 + "甲[^1]。"]
    assert published == [(21, 21)]
