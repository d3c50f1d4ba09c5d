"""Patches at several scales."""

from __future__ import annotations

import numpy as np

from desktop.engine.anomaly import patch_features
from desktop.engine.anomaly.patch_features import feature_count, fit_features, grid_length
from tests.pictures import gradient


def test_features_of_a_part_are_those_of_the_whole() -> None:
    """Away from its edges, a part that begins at a multiple of 32 gives what the whole picture gives there."""
    random = np.random.default_rng(0)
    picture = random.integers(0, 256, (256, 256, 3), dtype=np.uint8)
    features = fit_features([picture], random)
    whole, part = features(picture), features(picture[32:224, 32:224])
    edge = patch_features.REACH // patch_features.STRIDE
    assert whole.shape == (grid_length(256), grid_length(256), feature_count())
    inside = whole[8 + edge : 56 - edge, 8 + edge : 56 - edge]
    np.testing.assert_allclose(part[edge:-edge, edge:-edge], inside, atol=1e-4)


def test_every_size_has_a_grid() -> None:
    """Pictures smaller than a patch, and of odd sizes, have features too, all of them finite."""
    features = fit_features([gradient(24, 24)], np.random.default_rng(0))
    for height, width in ((1, 1), (3, 40), (7, 9), (33, 65)):
        told = features(gradient(height, width))
        assert told.shape[:2] == (grid_length(height), grid_length(width))
        assert np.isfinite(told).all()


def test_features_at_places_are_those_of_the_grid() -> None:
    """Whatever the size of the picture: what is told at some places is what the whole grid has there."""
    random = np.random.default_rng(1)
    features = fit_features([gradient(64, 64)], random)
    for height, width in ((64, 64), (37, 101)):
        picture = random.integers(0, 256, (height, width, 3), dtype=np.uint8)
        rows, columns = (random.integers(0, grid_length(length), 20) for length in (height, width))
        np.testing.assert_allclose(features.at(picture, rows, columns), features(picture)[rows, columns], atol=1e-4)
