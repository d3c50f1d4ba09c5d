"""Regions of a map's cells."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.sliders.regions import erased, inverted, painted, stamp


@given(row=st.floats(-3, 11), column=st.floats(-3, 11), radius=st.floats(0, 6), softness=st.floats(0, 3))
def test_a_stamp_covers_by_distance(row: float, column: float, radius: float, softness: float) -> None:
    """Covers lie in [0, 1], and no cell has less than one that is farther away; the cell beneath is whole."""
    cover = stamp((8, 8), row, column, radius, softness)
    assert cover.min() >= 0
    assert cover.max() <= 1
    rows, columns = np.mgrid[0:8, 0:8] + 0.5
    distance = np.hypot(rows - row, columns - column)
    if 0 <= row < 8 and 0 <= column < 8:
        distance[int(row), int(column)] = -1.0
        assert cover[int(row), int(column)] == 1
    assert (np.diff(cover.ravel()[np.argsort(distance.ravel(), kind="stable")]) <= 1e-6).all()


def test_a_hard_edge_is_all_or_nothing_and_a_soft_one_is_not() -> None:
    """Without softness every cell is in or out."""
    assert set(np.unique(stamp((8, 8), 4, 4, 2, 0.0))) <= {0.0, 1.0}
    assert ((stamp((8, 8), 4, 4, 2, 2.0) % 1) > 0).any()


def test_strokes_add_up_and_are_taken_away() -> None:
    """What two strokes cover is covered once; erased, it is gone, and nothing left is no region."""
    first, second = stamp((4, 4), 0.5, 0.5, 0.5, 0), stamp((4, 4), 3.5, 3.5, 0.5, 0)
    both = painted(painted(None, first), second)
    assert both.sum() == 2
    assert np.array_equal(painted(both, first), both)
    left = erased(both, first)
    assert left is not None
    assert np.array_equal(left, second)
    assert erased(left, second) is None
    assert erased(None, first) is None


def test_everything_else() -> None:
    """Inverted twice it is itself; everything inverted is no region."""
    mask = stamp((4, 4), 2, 2, 1, 1)
    rest = inverted(mask)
    assert rest is not None
    again = inverted(rest)
    assert again is not None
    assert again == pytest.approx(mask)
    assert inverted(np.ones((4, 4), np.float32)) is None
    assert inverted(None) is None
