"""One thread for the work that takes long, so that the server can always answer."""

from __future__ import annotations

import asyncio
import gc
import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")
MANY = 100_000
"""A job that leaves so many more objects than there were has read a long text, or many."""
_Job = tuple[Callable[[], Any], "asyncio.Future[Any]"]


class Worker:
    """Runs jobs one after the other, in the order in which they came; starts with the first."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[_Job] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    async def run(self, job: Callable[[], T]) -> T:
        """What the job returns or raises. A job whose caller is cancelled before it begins is not run."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="worker", daemon=True)
            self._thread.start()
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._jobs.put((job, future))
        return await future

    def _work(self) -> None:
        while True:
            job, future = self._jobs.get()
            if future.cancelled():
                continue
            # a check makes many small values and no cycles, so looking for cycles meanwhile is time lost
            gc.disable()
            try:
                result, error = job(), None
            except Exception as raised:
                result, error = None, raised
            finally:
                if gc.get_count()[0] > MANY:
                    # what it made will be looked through again and again, each time as long as a check of it all takes
                    gc.freeze()
                gc.enable()
            try:
                future.get_loop().call_soon_threadsafe(_settle, future, result, error)
            except RuntimeError:
                return  # the loop has ended
            del job, future, result, error


def _settle(future: asyncio.Future[Any], result: Any, error: Exception | None) -> None:
    if future.done():
        return
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(result)
