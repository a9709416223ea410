"""What fails is a line in the log, once, and everything else goes on."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec
import pytest
from mdreview_lsp.checks import Checks
from mdreview_lsp.contexts import Contexts
from mdreview_lsp.texts import Change, OpenText
from mdreview_lsp.worker import Worker

from mdreview.rules.footnotes.undefined_footnote import UndefinedFootnote
from mdreview.source import Place, Source, Units


def _fail(*_: object) -> None:
    raise ZeroDivisionError("no reason")


def test_a_rule_that_fails_is_one_logged_message(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(UndefinedFootnote, "check", _fail)
    logged: list[str] = []
    found: list[list[str]] = []

    async def write() -> None:
        checks = Checks(Worker(), Contexts(lambda _: None), lambda path: (path, Source("")))
        checks.log = logged.append
        text = OpenText("file:///a.md", 1, "甲[^1]。\n\n[^2]: 乙。\n", Units.UTF16)
        checks.put(text, str(tmp_path / "a.md"))
        for version in range(2, 5):
            checked = await checks.current(text)
            assert checked is not None
            found.append([one["code"] for one in msgspec.json.decode(checked.items)])
            text.change(version, [Change(Place(0, 0), Place(0, 0), "文")])

    asyncio.run(write())
    assert found == [["FN002"]] * 3
    assert len(logged) == 1
    assert "FN001" in logged[0] and "no reason" in logged[0]


def test_what_cannot_be_read_is_one_logged_message_and_the_next_edit_tries_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    logged: list[str] = []
    published: list[int] = []

    async def write() -> None:
        contexts = Contexts(lambda _: None)
        checks = Checks(Worker(), contexts, lambda path: (path, Source("")))
        checks.log = logged.append
        checks.publish = lambda _, checked: published.append(checked.version)
        text = OpenText("file:///a.md", 1, "甲[^1]。\n", Units.UTF16)
        checks.put(text, str(tmp_path / "a.md"))
        with monkeypatch.context() as patch:
            tried: list[object] = []

            def fail(*arguments: object) -> None:
                tried.append(arguments)
                _fail()

            patch.setattr(contexts, "surroundings", fail)
            for version in range(2, 5):
                text.change(version, [Change(Place(0, 0), Place(0, 0), "文")])
                checks.push_soon(text)
                while len(tried) < version - 1:
                    await asyncio.sleep(0.001)
        checks.push_soon(text)
        while not published:
            await asyncio.sleep(0.001)

    asyncio.run(write())
    assert len(logged) == 1 and "no reason" in logged[0]
    assert published == [4]
