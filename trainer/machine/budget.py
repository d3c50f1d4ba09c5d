"""The part of --time-limit that preparing may take, and how much of its work fits into that."""

from __future__ import annotations

import math
from collections.abc import Callable

from trainer.run.contract.sentence import Sentence, in_turn

SHORTEST_S = 1e-6  # that a piece of work is taken to last


class Budget:
    """Cuts preparing down to a time limit: a little of each work is timed, and from that follows how much is done.

    Args:
        now: Seconds since the training began.
        limit: Seconds that all of it may take; None cuts nothing and times nothing.
    """

    def __init__(self, now: Callable[[], float], limit: float | None = None) -> None:
        self.now, self._limit = now, limit
        self.cuts: list[Sentence] = []
        """What was cut, for people."""

    @property
    def limited(self) -> bool:
        """Whether there is a limit."""
        return self._limit is not None

    def left(self, share: float) -> float:
        """Seconds until this share of the limit is over, which may be less than 0; infinite without a limit."""
        return math.inf if self._limit is None else share * self._limit - self.now()

    def part(self, share: float) -> float:
        """Seconds that are this share of the limit; infinite without one."""
        return math.inf if self._limit is None else share * self._limit

    def affordable(
        self, count: int, few: int, work: Callable[[int], object], seconds: Callable[[], float], power: float = 1.0
    ) -> int:
        """How many of `count` pieces can be worked on in so many seconds; never fewer than `few`.

        Args:
            count: All of them.
            few: Those that are timed.
            work: Works on as many pieces as it is told; what it gives is not used.
            seconds: Asked after that.
            power: The time grows with this power of the count.
        """
        if self._limit is None or count <= few:
            return count
        if seconds() <= 0:
            return few
        began = self.now()
        work(few)
        took = max(SHORTEST_S, self.now() - began)
        return min(count, max(few, int(few * (max(0.0, seconds()) / took) ** (1 / power))))

    @property
    def said(self) -> Sentence | None:
        """One sentence on what was cut; None where nothing was."""
        return Sentence("to keep to the time limit: {cuts}", cuts=in_turn(*self.cuts)) if self.cuts else None


UNLIMITED = Budget(lambda: 0.0)
"""Everything is done, however long it takes."""
