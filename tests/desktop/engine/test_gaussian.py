"""Mahalanobis distances with shrinkage."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.engine.gaussian import Floats, fit_gaussian


def samples(count: int, size: int) -> Floats:
    """Correlated samples `[count, size]`."""
    random = np.random.default_rng(0)
    return (random.standard_normal((count, size)) @ random.standard_normal((size, size)) + 3).astype(np.float32)


@pytest.mark.parametrize(("count", "size"), [(60, 5), (8, 30)])
def test_distances_are_those_of_the_shrunk_covariance(count: int, size: int) -> None:
    """With more samples than numbers, and with fewer, they equal what the full matrix gives."""
    points = samples(count, size)
    fitted = fit_gaussian(points)
    centred = points - points.mean(axis=0)
    covariance = centred.T @ centred / count
    shrunk = (1 - fitted.shrinkage) * covariance + fitted.shrinkage * np.trace(covariance) / size * np.eye(size)
    others = samples(4, size)[::-1] + 1
    offsets = others - points.mean(axis=0)
    expected = np.einsum("nd,de,ne->n", offsets, np.linalg.inv(shrunk), offsets) / size
    assert np.allclose(fitted.distances(others), expected, rtol=2e-2)
    vector = np.arange(size, dtype=np.float64)
    assert np.allclose(fitted.solve(vector), np.linalg.solve(shrunk, vector), rtol=2e-2, atol=1e-3 * size)


def test_few_samples_are_shrunk_more() -> None:
    """The fewer they are, the less their covariance is believed."""
    many, few = fit_gaussian(samples(2000, 10)), fit_gaussian(samples(6, 10))
    assert many.shrinkage < 0.05 < few.shrinkage <= 1


def test_samples_that_are_all_alike_give_finite_distances() -> None:
    """Nothing is divided by 0."""
    fitted = fit_gaussian(np.ones((5, 3), np.float32))
    assert np.isfinite(fitted.distances(np.zeros((2, 3), np.float32))).all()
