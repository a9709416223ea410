"""A progress bar on a terminal, for runs that last longer than a second."""

from __future__ import annotations

from time import monotonic
from typing import TextIO

PATIENCE = 1.0
INTERVAL = 0.1
WIDTH = 30


class Progress:
    """Counts steps and shows them; whoever prints something else calls clear() before."""

    def __init__(self, stream: TextIO, total: int) -> None:
        self._stream = stream
        self._total = total
        self._done = 0
        self._next = monotonic() + PATIENCE
        self._shown = False

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        if (now := monotonic()) < self._next:
            return
        self._next = now + INTERVAL
        filled = WIDTH * self._done // self._total
        bar = "█" * filled + "░" * (WIDTH - filled)
        self._stream.write(f"\r{bar} {self._done}/{self._total}")
        self._stream.flush()
        self._shown = True

    def clear(self) -> None:
        """Takes the bar off the screen until the next step."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._shown = False
