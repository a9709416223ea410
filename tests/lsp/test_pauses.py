"""When a check begins: at once where checks are quick, in a pause of writing where they are not."""

from __future__ import annotations

import asyncio

import msgspec
import pytest
from mdreview_lsp.checks import LONGEST_WAIT, Checked, _Check
from mdreview_lsp.texts import OpenText

from mdreview.context import Context
from mdreview.source import Units


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
