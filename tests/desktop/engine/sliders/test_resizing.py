"""Maps carried to another height and width."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.sliders.resizing import collected, resized, weights

SIDES = st.integers(1, 12)


@given(before=SIDES, after=SIDES)
def test_what_is_even_stays_even(before: int, after: int) -> None:
    """Every cell takes shares that add up to one, none of them negative."""
    shares = weights(before, after)
    assert shares.sum(axis=1) == pytest.approx(np.ones(after), abs=1e-6)
    assert shares.min() >= 0


@given(before=st.tuples(SIDES, SIDES), after=st.tuples(SIDES, SIDES), seed=st.integers(0, 99))
def test_collecting_is_the_transpose(before: tuple[int, int], after: tuple[int, int], seed: int) -> None:
    """An inner product is the same on either side."""
    random = np.random.default_rng(seed)
    small, large = (random.normal(size=(3, *shape)).astype(np.float32) for shape in (before, after))
    here = float((resized(small, large.shape) * large).sum())
    assert here == pytest.approx(float((small * collected(large, small.shape)).sum()), abs=1e-3)


def test_a_ramp_stays_a_ramp() -> None:
    """Between the middles of cells a map is interpolated in straight lines."""
    ramp = np.arange(4, dtype=np.float32)[None, None, :]
    assert resized(ramp, (1, 1, 8))[0, 0] == pytest.approx([0, 0.25, 0.75, 1.25, 1.75, 2.25, 2.75, 3.0])
