"""Pictures as a foreign pair can take them."""

from __future__ import annotations

import numpy as np
import pytest

from export.foreign.pictures import LARGEST_WHOLE, STEP, Prepared, prepared_size


@pytest.mark.parametrize(("side", "size"), [(32, 32), (28, 224), (48, 96), (100, 128), (513, 544)])
def test_the_trainer_is_asked_for_a_size_that_it_takes(side: int, size: int) -> None:
    """A multiple of 32, and of the side where there is a small one."""
    assert prepared_size(side) == size
    assert size % STEP == 0
    assert size % side == 0 or size >= side
    assert size <= max(LARGEST_WHOLE, side + STEP)


def test_pictures_are_averaged_and_cut_to_the_middle() -> None:
    """An oblong size is a part of the square of its longer side."""
    pixels = np.zeros((1, 64, 64, 3), np.uint8)
    pixels[:, 16:48] = 200
    pixels[:, ::2] //= 2
    cut = Prepared(pixels, 16, 32, grey=False)[np.array([0])]
    assert cut.shape == (1, 16, 32, 3)
    assert np.unique(cut).tolist() == [150]
    grey = Prepared(np.random.default_rng(0).integers(0, 256, (2, 8, 8, 3), dtype=np.uint8), 8, 8, grey=True)
    assert grey.shape == (2, 8, 8, 3)
    assert np.ptp(grey[np.array([1, 0])].astype(int), axis=3).max() == 0
