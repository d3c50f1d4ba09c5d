"""The floor that models are measured against."""

from __future__ import annotations

import numpy as np

from tests.benchmarks.floor import fit_patches, fit_pictures
from tests.pictures import gradient


def test_patches_of_few_dimensions_are_rebuilt_exactly() -> None:
    """Blocks that differ by two patterns alone need two numbers, and one is not enough."""
    picture = gradient(32, 32)
    tiles = [np.tile(picture[:8, :8] // step, (3, 4, 1)) for step in (1, 2, 5)]
    enough, short = fit_patches(tiles, 8, 2), fit_patches(tiles, 8, 1)
    assert max(np.abs(enough.rebuild(tile) - tile).max() for tile in tiles) < 1e-3
    assert max(np.abs(short.rebuild(tile) - tile).max() for tile in tiles) > 0.1


def test_as_many_numbers_as_a_block_has_keep_everything() -> None:
    """With every coefficient kept, nothing is lost, not even from a picture that was not fitted on."""
    noise = np.random.default_rng(0).integers(0, 256, (16, 24, 3), dtype=np.uint8)
    floor = fit_patches([gradient(40, 48)], 4, 48)
    assert np.abs(floor.rebuild(noise) - noise).max() < 1e-3


def test_whole_pictures_on_a_line_need_one_number() -> None:
    """Pictures that differ in brightness alone are rebuilt from one coefficient."""
    stack = np.stack([np.full((8, 8, 3), level, np.uint8) for level in (10, 60, 200, 250)])
    floor = fit_pictures(stack, 1)
    assert np.abs(floor.rebuild(stack[2]) - 200).max() < 0.01
