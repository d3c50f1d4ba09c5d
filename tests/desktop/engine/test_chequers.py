"""The chequerboard under transparency."""

from __future__ import annotations

import numpy as np

from desktop.engine.chequers import veil


def test_it_darkens_clear_squares_alone() -> None:
    """Every other square, where the picture is clear, and nothing of what is opaque; half as much where it is half."""
    alpha = np.full((16, 24), 255, np.uint8)
    assert not veil(alpha, 16, 24).any()
    clear, half = veil(np.zeros_like(alpha), 16, 24), veil(np.full_like(alpha, 128), 16, 24)
    assert (clear[:4, :4].max(), clear[:4, 4:8].min(), clear[4:8, :4].min(), clear[4:8, 4:8].max()) == (0, 63, 63, 0)
    assert set(np.unique(half)) == {0, 31}


def test_it_has_the_size_that_is_shown() -> None:
    """The alpha of a large picture is made smaller with the picture."""
    alpha = np.zeros((100, 300), np.uint8)
    alpha[:, 150:] = 255
    shown = veil(alpha, 32, 96)
    assert shown.shape == (32, 96)
    assert shown[:, :40].any()
    assert not shown[:, 56:].any()
