"""The clock of --time-limit."""

from __future__ import annotations

import threading
import time
from types import TracebackType

SMALLEST_RESERVE = 0.02  # of the limit, for what comes after the last step
MOST_FINISHING, LEAST_FINISHING = 30.0, 5.0  # seconds that samples, page and verdict take
FINISHING = 0.1  # of the limit, within these
BEAT_S = 1.0
LONGEST_BEAT_S = 10.0  # so long a machine may be too busy for a beat; whatever is longer, the process was stopped


def finishing_seconds(limit: float) -> float:
    """The seconds of a limit that are kept for what comes after the last step and its measurement."""
    return min(limit / 2, MOST_FINISHING, max(LEAST_FINISHING, FINISHING * limit))


class Clock:
    """Counts the time trained, over all resumptions, but not while the process is stopped or the laptop asleep.

    Nobody is told of a stop. So within `with clock:` a thread counts every second: it stops with the process, and of
    the time until its next beat ten seconds are counted at most.

    Args:
        before: Seconds trained before this resumption.
        limit: Seconds that the whole training may take; None for no limit.
    """

    def __init__(self, before: float = 0.0, limit: float | None = None) -> None:
        self._seconds, self._last_beat = before, time.monotonic()
        self._limit = limit
        self._reserve = SMALLEST_RESERVE * (limit or 0)
        self._counting, self._over = threading.Lock(), threading.Event()
        self._thread = threading.Thread(target=self._beat_until_over, name="clock", daemon=True)

    def __enter__(self) -> Clock:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def plan(self, before: float, limit: float | None) -> None:
        """Says what was not known when the clock started: the seconds of earlier parts of the training, and its limit.

        The seconds since then count, too: pictures are prepared within the limit.
        """
        with self._counting:
            self._seconds += before
        self._limit = limit
        self._reserve = SMALLEST_RESERVE * (limit or 0)

    @property
    def seconds(self) -> float:
        """Time trained so far."""
        with self._counting:
            now = time.monotonic()
            self._seconds += min(now - self._last_beat, LONGEST_BEAT_S)
            self._last_beat = now
            return self._seconds

    def reserve(self, seconds: float = 0.0) -> None:
        """Keeps time for one more measurement, which is known to take so long, and for what comes after the last one.

        It is at most half of the limit.
        """
        if self._limit is not None:
            self._reserve = min(max(self._reserve, seconds + finishing_seconds(self._limit)), self._limit / 2)

    @property
    def spent(self) -> float:
        """Share of the time for steps that is over, 0 to 1; 0 without a limit."""
        if self._limit is None:
            return 0.0
        return min(1.0, self.seconds / (self._limit - self._reserve))

    @property
    def until(self) -> float | None:
        """When steps end, on this clock; None without a limit."""
        return None if self._limit is None else self._limit - self._reserve

    def _beat_until_over(self) -> None:
        while not self._over.wait(BEAT_S):
            _ = self.seconds
