"""L-BFGS."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.engine.gradient.descent import Floats, descend


class Bowl:
    """(x - middle)' A (x - middle) / 2, told how often it was asked."""

    def __init__(self, bends: list[float], middle: Floats) -> None:
        """`bends` are the numbers on A's diagonal."""
        self.bends, self.middle, self.asked = np.array(bends, np.float32), middle, 0

    def __call__(self, point: Floats) -> tuple[float, Floats]:
        """Its value and its gradient."""
        self.asked += 1
        away = point - self.middle
        return float(away @ (self.bends * away) / 2), self.bends * away


@settings(deadline=None)
@given(st.lists(st.floats(0.125, 8, width=32), min_size=2, max_size=20), st.integers(0, 1000))
def test_a_bowl_is_gone_down(bends: list[float], seed: int) -> None:
    """Whatever its shape, more questions never bring a worse point, and forty come within a thousandth."""
    random = np.random.default_rng(seed)
    middle, start = (random.normal(0, 1, len(bends)).astype(np.float32) for _ in range(2))
    values = [Bowl(bends, middle)(descend(Bowl(bends, middle), start, count))[0] for count in (1, 3, 8, 40)]
    assert values == sorted(values, reverse=True)
    assert values[-1] <= 1e-3 * values[0] + 1e-6


@pytest.mark.parametrize("count", [1, 2, 7])
def test_it_asks_no_more_than_it_may(count: int) -> None:
    """One question is one evaluation of a large picture."""
    bowl = Bowl([1, 3], np.ones(2, np.float32))
    descend(bowl, np.zeros(2, np.float32), count)
    assert bowl.asked == count


def test_nothing_to_gain() -> None:
    """Where the slope is zero the start is the answer, after one question."""
    bowl = Bowl([1, 3], np.ones(2, np.float32))
    assert np.array_equal(descend(bowl, np.ones(2, np.float32), 9), np.ones(2, np.float32))
    assert bowl.asked == 1


def test_a_gradient_that_points_uphill_changes_nothing() -> None:
    """A point that is worse is not taken."""
    bowl = Bowl([1, 3], np.ones(2, np.float32))
    start = np.zeros(2, np.float32)
    assert np.array_equal(descend(lambda point: (bowl(point)[0], -bowl(point)[1]), start, 9), start)
