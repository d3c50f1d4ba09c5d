"""How often each level occurs in a picture."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from desktop.widgets.histogram import BINS, Histogram, levels


@given(height=st.integers(1, 40), width=st.integers(1, 40), seed=st.integers(0, 9))
def test_shares_add_up_to_one(height: int, width: int, seed: int) -> None:
    """For every colour, whatever the size."""
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    found = levels(pixels)
    assert found.shape == (3, BINS)
    assert np.allclose(found.sum(axis=1), 1)


def test_levels_stand_in_their_range() -> None:
    """Black in the first, white in the last; of a large picture every so manieth pixel is counted."""
    pixels = np.zeros((1000, 1000, 3), np.uint8)
    pixels[..., 1], pixels[..., 2] = 255, 128
    assert [int(each.argmax()) for each in levels(pixels)] == [0, BINS - 1, BINS // 2]


def test_it_paints_with_and_without_a_picture(qtbot: QtBot) -> None:
    """Another picture looks otherwise."""
    histogram = Histogram()
    qtbot.addWidget(histogram)
    histogram.resize(200, 72)
    empty = histogram.grab().toImage()
    histogram.show_pixels(np.full((4, 4, 3), 200, np.uint8), np.zeros((4, 4, 3), np.uint8))
    assert histogram.grab().toImage() != empty
    histogram.show_pixels(None, None)
    assert histogram.grab().toImage() == empty
