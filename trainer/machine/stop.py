"""Ctrl-C and SIGTERM as a request that the training loop looks at between steps."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

STDERR = 2
SAME_REQUEST_S = 0.5  # `uv run` and `timeout` both pass a signal on, so that one Ctrl-C may arrive twice
STOPPING = "Stopping  the step on its way is finished, and all is saved; Ctrl-C again leaves at once"
LEAVING = "Leaving   once the checkpoint is written; Ctrl-C again leaves without it"


class StopRequest:
    """The signal that asked the run to save and leave, or None while none did."""

    def __init__(self) -> None:
        self.signal: int | None = None
        self._announces = True
        self._asked_at = 0.0
        self._saving = self._leaving = False

    @contextmanager
    def listening(self, announce: bool = True) -> Iterator[None]:
        """Takes both signals while it lasts.

        The first one is a request, and what was asked for is said in the terminal if wished. A second one interrupts
        at once, as it would have anywhere else, or at the end of `saving`. What follows within half a second is the
        same request.

        Raises:
            KeyboardInterrupt: At the second request.
        """
        self._announces = announce
        before = {number: signal.signal(number, self._ask) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def saving(self) -> Iterator[None]:
        """Lets what is written come to its end: a second request waits until then, and only a third one does not.

        Raises:
            KeyboardInterrupt: At the end, where there was a second request; at once where there was a third.
        """
        self._saving = True
        try:
            yield
        finally:
            self._saving = False
        if self._leaving:
            raise KeyboardInterrupt

    def _ask(self, number: int, _frame: FrameType | None) -> None:
        now = time.monotonic()
        if self.signal is not None and now - self._asked_at < SAME_REQUEST_S:
            return
        self._asked_at = now
        if self.signal is None:
            self.signal = number
            self._announce(STOPPING)
        elif self._saving and not self._leaving:
            self._leaving = True
            self._announce(LEAVING)
        else:
            raise KeyboardInterrupt

    def _announce(self, line: str) -> None:
        if self._announces:
            with suppress(OSError):
                os.write(STDERR, f"\n{line}\n".encode())  # Python's own stream may be in the middle of a write
