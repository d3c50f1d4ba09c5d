"""A heat map laid over its picture."""

from __future__ import annotations

import numpy as np

from desktop.engine.anomaly.heat import FAINT, STRONG, overlay


def test_cold_pixels_are_grey_and_hot_ones_have_colour() -> None:
    """Heat of another size is drawn out over the picture."""
    pixels = np.full((8, 12, 3), (30, 60, 90), np.uint8)
    heat = np.full((4, 6), FAINT, np.float32)
    heat[:, 3:] = STRONG
    mixed = overlay(pixels, heat)
    assert mixed.shape == pixels.shape
    assert np.unique(mixed[:, :4]).tolist() == [60]
    assert np.ptp(mixed[4, 11].astype(int)) > 50
