"""JPEG beside a latent file: the sizes and qualities that are compared."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.engine.latent_file import jpeg
from tests.pictures import gradient

PICTURE = gradient(48, 64)


def test_the_best_jpeg_that_fits_is_found() -> None:
    """One step better would be larger, and it is no larger than what was allowed."""
    smallest = jpeg.smallest_as_good(PICTURE, 0.0)
    assert smallest is not None
    budget = smallest.bytes + 200
    best = jpeg.largest_within(PICTURE, budget)
    assert best is not None
    assert best.bytes <= budget
    assert len(jpeg._jpeg(PICTURE, best.quality + 1)) > budget
    assert jpeg.largest_within(PICTURE, smallest.bytes - 1) is None


def test_the_smallest_jpeg_as_good_is_found() -> None:
    """One step worse would fall short; and none is as good as what no JPEG reaches."""
    found = jpeg.smallest_as_good(PICTURE, 35.0)
    assert found is not None
    assert found.psnr_db >= 35.0
    assert jpeg._measured(PICTURE, found.quality - 1).psnr_db < 35.0
    noise = np.random.default_rng(0).integers(0, 256, (32, 32, 3), dtype=np.uint8)
    assert jpeg.smallest_as_good(noise, 60.0) is None


@pytest.mark.parametrize(
    ("length", "change", "said"),
    [
        (10, 0, "No JPEG is that small"),
        (5_000, 60, "JPEG wins"),
        (5_000, 0, "this file wins"),
        (10, 0, "No JPEG is as good"),
    ],
)
def test_it_is_said_who_wins(length: int, change: int, said: str) -> None:
    """In two sentences, whichever it is."""
    worse = PICTURE.copy()
    worse[::2] = np.clip(worse[::2].astype(int) + change, 0, 255)
    assert said in jpeg.compare(PICTURE, worse, length).words
