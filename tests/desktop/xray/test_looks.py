"""The pictures of the X-ray."""

from __future__ import annotations

import numpy as np

from desktop.xray import looks
from tests.pictures import gradient


def test_blocks_without_effect_stay_grey() -> None:
    """And the one with the largest is in colour."""
    effect = np.zeros((2, 2), np.float32)
    effect[0, 1] = 5
    shown = looks.over_picture(gradient(32, 32), effect).astype(int)
    colour = np.ptp(shown, axis=2)
    assert colour[16:].max() == colour[:16, :16].max() == 0
    assert colour[:16, 16:].min() > 30


def test_a_latent_is_shown_by_its_cells() -> None:
    """A map as it is, a vector in rows of eight; the one that moves most is the lightest."""
    assert looks.squares(np.ones((3, 5), np.float32)).shape == (3, 5, 3)
    numbers = np.arange(11, dtype=np.float32)
    shown = looks.squares(numbers)
    assert shown.shape == (2, 8, 3)
    assert shown.sum(axis=2).argmax() == 10
    assert looks.shares(np.zeros(3, np.float32)).tolist() == [0, 0, 0]
