"""The floor that models are measured against."""

from __future__ import annotations

import numpy as np

from tests.benchmarks.floor import fit_patches, fit_pictures
from tests.pictures import gradient
from trainer.data import Pictures


def test_patches_of_few_dimensions_are_reconstructed_exactly() -> None:
    """Blocks that differ by two patterns alone need two numbers, and one is not enough."""
    picture = gradient(32, 32)
    tiles = [np.tile(picture[:8, :8] // step, (3, 4, 1)) for step in (1, 2, 5)]
    enough = fit_patches(tiles, 8, 2)
    assert enough.pictures == 3
    assert max(np.abs(enough.reconstruct(tile) - tile).max() for tile in tiles) < 1e-3
    assert max(np.abs(enough.keeping(1).reconstruct(tile) - tile).max() for tile in tiles) > 0.1


def test_as_many_numbers_as_a_block_has_keep_everything() -> None:
    """With every coefficient kept, nothing is lost, not even from a picture that was not fitted on."""
    noise = np.random.default_rng(0).integers(0, 256, (16, 24, 3), dtype=np.uint8)
    floor = fit_patches([gradient(40, 48)], 4, 48)
    assert np.abs(floor.reconstruct(noise) - noise).max() < 1e-3


def test_whole_pictures_on_a_line_need_one_number() -> None:
    """Pictures that differ in brightness alone are reconstructed from one coefficient."""
    stack = np.stack([np.full((8, 8, 3), level, np.uint8) for level in (10, 60, 200, 250)])
    floor = fit_pictures(Pictures(stack, np.arange(4)), 1)
    assert np.abs(floor.reconstruct(stack[2]) - 200).max() < 0.01


def test_whole_pictures_lose_what_an_exact_decomposition_loses() -> None:
    """Over more pictures than one block, the error left is that of the singular value decomposition, within 0.1 %."""
    random = np.random.default_rng(0)
    strengths = 40 * 0.9 ** np.arange(60)
    patterns = np.linalg.qr(random.standard_normal((8 * 8 * 3, 60)))[0].T
    drawn = 128 + random.standard_normal((600, 60)) * strengths @ patterns
    stack = drawn.clip(0, 255).round().astype(np.uint8).reshape(-1, 8, 8, 3)
    floor = fit_pictures(Pictures(stack, np.arange(600)), 12)
    centred = stack.reshape(600, -1) - stack.reshape(600, -1).mean(axis=0)
    least = np.square(np.linalg.svd(centred, compute_uv=False)[12:]).sum()
    assert floor.axes.shape == (12, 192)
    assert np.allclose(floor.axes @ floor.axes.T, np.eye(12), atol=1e-5)
    left = np.square(centred - centred @ floor.axes.T @ floor.axes).sum()
    assert least * 0.9999 <= left <= least * 1.001
