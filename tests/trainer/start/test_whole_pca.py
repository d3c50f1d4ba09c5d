"""PCA of whole pictures is numpy's, whatever the number of pictures."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from trainer.data import Pictures
from trainer.start import whole_pca
from trainer.start.whole_pca import fit_whole


def _pixels(count: int) -> NDArray[np.uint8]:
    """Pictures that differ in few ways, and a little in all."""
    random = np.random.default_rng(0)
    ways = random.normal(size=(6, 32 * 32 * 3))
    values = 128 + 12 * random.normal(size=(count, 6)) @ ways + random.normal(0, 2, (count, 32 * 32 * 3))
    return values.clip(0, 255).astype(np.uint8).reshape(count, 32, 32, 3)


def test_it_is_the_pca_of_the_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mean, components, spreads and reconstructions are those of a singular value decomposition."""
    monkeypatch.setattr(whole_pca, "COLUMNS", 1_000)
    pixels = _pixels(20)
    code = fit_whole(Pictures(pixels, np.arange(20)), 5)
    flat = pixels.reshape(20, -1) / 255
    mean = flat.mean(axis=0)
    _, values, axes = np.linalg.svd(flat - mean, full_matrices=False)
    np.testing.assert_allclose(code.components @ code.components.T, np.eye(5), atol=1e-5)
    np.testing.assert_allclose(abs(np.sum(code.components * axes[:5], axis=1)), 1, atol=1e-4)
    np.testing.assert_allclose(code.spreads, values[:5] / np.sqrt(20), rtol=1e-4)
    expected = ((flat - mean) @ axes[:5].T @ axes[:5] + mean).clip(0, 1)
    np.testing.assert_allclose(code.reconstruct(pixels).reshape(20, -1), expected, atol=1e-4)


def test_no_more_components_than_there_are() -> None:
    """Few pictures have fewer components than were asked for, equal ones have none, and a sample is enough."""
    pixels = _pixels(9)
    assert fit_whole(Pictures(pixels, np.arange(9)), 64).components.shape == (8, 3072)
    assert fit_whole(Pictures(pixels, np.array([2, 2, 2])), 64).components.shape == (0, 3072)
    sampled = fit_whole(Pictures(pixels, np.arange(9)), 64, most=4)
    assert (sampled.pictures, len(sampled.components)) == (4, 3)
