"""What is known of a large picture before all of it is there."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.framing import Box, Frame
from desktop.engine.parts import Part, early
from desktop.engine.pictures import Picture
from tests.pictures import gradient


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 30), st.integers(1, 30))
def test_margins_are_cut_off(left: int, top: int, width: int, height: int) -> None:
    """What is left of a tile lies where it lies in the picture without its margins, or nothing of it does."""
    whole = gradient(70, 70)
    frame = Frame(Box(0, 0, 50, 45), Box(3, 5, 53, 50), 70, 70)
    part = Part(whole[top : top + height, left : left + width], left, top, 70, 70).seen_in(frame)
    visible = frame.visible(whole)
    if part is None:
        assert left >= 53 or top >= 50 or left + width <= 3 or top + height <= 5
        return
    assert (part.width, part.height) == (50, 45)
    rows, columns = part.pixels.shape[:2]
    assert np.array_equal(part.pixels, visible[part.top : part.top + rows, part.left : part.left + columns])
    assert np.shares_memory(part.pixels, whole)


def test_a_large_picture_is_reduced_for_the_screen() -> None:
    """Its whole size is known; a small one is shown as it is."""
    small = early(Picture("small", gradient(20, 30)))
    assert (small.width, small.height, small.pixels.shape) == (30, 20, (20, 30, 3))
    large = early(Picture("large", np.zeros((10, 5000, 3), np.uint8)))
    assert (large.width, large.height) == (5000, 10)
    assert large.pixels.shape[1] <= 2048
