"""Two processes at one text: the same findings as one, whatever becomes of the second."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from types import ModuleType

import pytest

from mdreview import engine, parallel
from mdreview.context import Context
from mdreview.markdown import Document, parse, prose
from mdreview.settings import Settings

EVERYTHING = Context(Settings(select=("ALL",)))
PARAGRAPH = """\
## 3.{0} 结果 Results

卷积神经网络（CNN）的准确率提升了12.{0}%[^n{0}]。Studies show that deeplab and DeepLab{0} gain 3% [{0}], see Fig. {0}.

<!-- mdreview-disable-next-line CLM001 -->
Sea level rose by 40% in 2020, says nobody. 待补充：数据 (TODO).

"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")


@pytest.fixture
def document(monkeypatch: pytest.MonkeyPatch) -> Document:
    monkeypatch.setattr(parallel, "LONG", 1000)
    return parse("".join(PARAGRAPH.format(number) for number in range(1, 40)))


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes that were started."""
    started: list[int] = []
    fork = os.fork

    def noted() -> int:
        if copy := fork():
            started.append(copy)
        return copy

    monkeypatch.setattr(os, "fork", noted)
    return started


@pytest.fixture
def whatever_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests may have left some, which do nothing."""
    monkeypatch.setattr(parallel, "_can_fork", lambda: True)


@pytest.mark.usefixtures("whatever_threads")
def test_two_processes_find_what_one_finds(document: Document, copies: list[int]) -> None:
    expected = engine.check(parse(document.source.text), EVERYTHING)
    assert len({finding.code for finding in expected}) > 5
    assert parallel.check(document, EVERYTHING, 2) == expected
    assert len(copies) == 2, "one for the prose, one for the rules"
    again = parse(document.source.text)
    assert [(block.prose, block.inlines) for block in document.blocks] == [
        (block.prose, block.inlines) for block in again.blocks
    ]


@pytest.mark.usefixtures("whatever_threads")
@pytest.mark.parametrize(("module", "name"), [(prose, "mask"), (engine, "answer")])
def test_a_second_process_that_dies_is_no_loss(
    document: Document, monkeypatch: pytest.MonkeyPatch, copies: list[int], module: ModuleType, name: str
) -> None:
    expected = engine.check(parse(document.source.text), EVERYTHING)
    first = os.getpid()
    work: Callable[..., object] = getattr(module, name)
    calls = 0

    def die_elsewhere(*arguments: object) -> object:
        nonlocal calls
        calls += 1
        if os.getpid() != first and calls > 3:
            os._exit(9)
        return work(*arguments)

    monkeypatch.setattr(module, name, die_elsewhere)
    assert parallel.check(document, EVERYTHING, 2) == expected
    assert len(copies) == 2


def test_short_texts_and_programs_with_threads_are_not_copied(document: Document, copies: list[int]) -> None:
    expected = engine.check(document, EVERYTHING)
    assert parallel.check(document, EVERYTHING, 1) == expected
    parallel.check(parse("Short."), EVERYTHING, 2)
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert parallel.check(document, EVERYTHING, 2) == expected
    finally:
        done.set()
        other.join()
    assert not copies
