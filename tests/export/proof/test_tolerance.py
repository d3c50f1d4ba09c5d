"""How far a graph may be from its network, and how far one is."""

from __future__ import annotations

import numpy as np
import pytest

from export.proof.tolerance import IMAGE_TOLERANCE, Differences, deviation, image_tolerance


def test_differences_add_up_over_comparisons() -> None:
    """The largest of all, and the mean and PSNR over all values, whatever the sizes of the parts."""
    first = Differences.between(np.array([0, 10], np.uint8), np.array([0, 0], np.uint8))
    first.include(Differences.between(np.zeros((2, 3), np.uint8), np.full((2, 3), 1, np.uint8)))
    assert (first.largest, first.mean) == (10, (10 + 6) / 8)
    assert first.psnr_db == pytest.approx(10 * np.log10(255**2 / ((100 + 6) / 8)))
    assert Differences.between(np.array([4.0]), np.array([1.0]), unit=2).largest == 1.5
    assert (Differences().mean, Differences().psnr_db) == (0, 100)


def test_unsigned_levels_do_not_wrap_round() -> None:
    """0 and 255 are 255 apart."""
    assert Differences.between(np.array([0], np.uint8), np.array([255], np.uint8)).largest == 255


def test_equal_latents_have_a_deviation_all_the_same() -> None:
    """Or nothing could be measured in it."""
    assert deviation(np.full((1, 4), 5, np.float32)) == pytest.approx(0.05)
    assert deviation(np.zeros((1, 4), np.float32)) > 0


def test_pixels_far_outside_the_range_may_differ_more() -> None:
    """By float32's own coarseness; ordinary ones may not."""
    assert image_tolerance(IMAGE_TOLERANCE, 2.0) == IMAGE_TOLERANCE
    wide = image_tolerance(IMAGE_TOLERANCE, 1e6)
    assert wide is not None
    assert wide.largest == pytest.approx(2550)
    assert image_tolerance(None, 1.0) is None
