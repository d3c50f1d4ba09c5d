"""Preparing is cut down to a time limit, by a clock that only the work moves."""

from __future__ import annotations

import math
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from trainer.machine.budget import UNLIMITED, Budget
from trainer.run.contract.sentence import Sentence


class Hand:
    """A clock that goes on by what work costs."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.asked: list[int] = []

    def budget(self, limit: float | None) -> Budget:
        """A budget that goes by this clock."""
        return Budget(lambda: self.seconds, limit)

    def work(self, each: float, power: float = 1.0) -> Callable[[int], None]:
        """Work on a number of pieces, whose cost grows with a power of it."""

        def done(count: int) -> None:
            self.asked.append(count)
            self.seconds += each * count**power

        return done


@given(st.integers(1, 10_000), st.floats(0.001, 10.0), st.sampled_from([1.0, 2.0]))
def test_what_is_afforded_fits_into_the_time(count: int, each: float, power: float) -> None:
    """All, or the few that were timed, or as many as end in time by what the few took."""
    hand = Hand()
    budget = hand.budget(100.0)
    work = hand.work(each, power)
    most = budget.affordable(count, 8, work, lambda: budget.left(0.5), power)
    assert min(count, 8) <= most <= count
    if most > 8:
        assert hand.seconds + each * most**power <= 50.0 + 1e-6
    if 8 < most < count:
        assert hand.seconds + each * (most + 1) ** power > 50.0 - 1e-6


def test_nothing_is_timed_without_a_limit_or_without_time() -> None:
    """All is done where there is no limit, and the fewest where no time is left; then nothing is worked on to tell."""
    hand = Hand()
    work = hand.work(1.0)
    assert hand.budget(None).affordable(1_000, 8, work, lambda: math.inf) == 1_000
    assert UNLIMITED.affordable(1_000, 8, work, lambda: 0.0) == 1_000
    hand.seconds = 60.0
    late = hand.budget(100.0)
    assert late.affordable(1_000, 8, work, lambda: late.left(0.5)) == 8
    assert hand.asked == []


def test_what_was_cut_is_one_sentence() -> None:
    """Nothing is said where nothing was cut."""
    budget = Hand().budget(10.0)
    assert budget.said is None
    budget.cuts += [Sentence("5 of 9 pictures"), Sentence("blocks in place of overlapping windows")]
    assert budget.said == "to keep to the time limit: 5 of 9 pictures; blocks in place of overlapping windows"
    assert (budget.part(0.5), budget.left(0.5), UNLIMITED.part(0.5)) == (5.0, 5.0, math.inf)
