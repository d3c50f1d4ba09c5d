"""How much of --time-limit is over."""

from __future__ import annotations

import time

SMALLEST_RESERVE = 0.02  # of the limit, for what comes after the last step


class Clock:
    """Counts the time trained, over all resumptions.

    Args:
        before: Seconds trained before this resumption.
        limit: Seconds that the whole training may take; None for no limit.
    """

    def __init__(self, before: float, limit: float | None) -> None:
        self._start = time.monotonic() - before
        self._limit = limit
        self._reserve = SMALLEST_RESERVE * (limit or 0)

    @property
    def seconds(self) -> float:
        """Time trained so far."""
        return time.monotonic() - self._start

    def reserve(self, seconds: float) -> None:
        """Keeps time for one more measurement, which is known to take so long; at most half of the limit."""
        if self._limit is not None:
            self._reserve = min(max(self._reserve, seconds), self._limit / 2)

    @property
    def spent(self) -> float:
        """Share of the time for steps that is over, 0 to 1; 0 without a limit."""
        if self._limit is None:
            return 0.0
        return min(1.0, self.seconds / (self._limit - self._reserve))
