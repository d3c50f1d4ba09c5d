"""Large pictures made smaller for the screen."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.engine.previews import LARGEST_SIDE, preview


def test_what_fits_has_no_preview() -> None:
    """A picture of the largest side is shown as it is."""
    assert preview(np.zeros((4, LARGEST_SIDE, 3), np.uint8)) is None


@pytest.mark.parametrize("shape", [(6, 2 * LARGEST_SIDE, 3), (2 * LARGEST_SIDE, 6)])
def test_a_large_picture_is_averaged_over_whole_blocks(shape: tuple[int, ...]) -> None:
    """In colour or in grey; each pixel is the mean of those that it stands for."""
    pixels = np.zeros(shape, np.uint8)
    pixels[::2, ::2] = 200
    small = preview(pixels)
    assert small is not None
    assert small.shape[:2] == (shape[0] // 2, shape[1] // 2)
    assert np.unique(small).tolist() == [50]
