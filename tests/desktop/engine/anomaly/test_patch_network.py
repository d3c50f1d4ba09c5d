"""Patches at several scales, and the network over them."""

from __future__ import annotations

import numpy as np

from desktop.engine.anomaly import patch_network
from desktop.engine.anomaly.patch_network import feature_count, fit_features, grid_length, train_network
from tests.pictures import gradient


def test_features_of_a_part_are_those_of_the_whole() -> None:
    """Away from its edges, a part that begins at a multiple of 32 gives what the whole picture gives there."""
    random = np.random.default_rng(0)
    picture = random.integers(0, 256, (256, 256, 3), dtype=np.uint8)
    features = fit_features([picture], random)
    whole, part = features(picture), features(picture[32:224, 32:224])
    edge = patch_network.REACH // patch_network.STRIDE
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


def test_the_network_learns_what_no_line_parts() -> None:
    """Rows are wanted where the product of two numbers is positive: the log-odds tell nine in ten apart."""
    random = np.random.default_rng(1)
    rows = random.normal(size=(4000, 5)).astype(np.float32)
    wanted = (rows[:, 0] * rows[:, 1] > 0).astype(np.float32)
    network = train_network(rows, wanted, np.ones(len(rows), np.float32))
    fresh = random.normal(size=(1000, 5)).astype(np.float32)
    assert ((network(fresh) > 0) == (fresh[:, 0] * fresh[:, 1] > 0)).mean() > 0.9


def test_slopes_are_those_of_the_loss() -> None:
    """Each slope is what a small step of one weight changes in the weighted cross-entropy."""
    random = np.random.default_rng(2)
    shapes = [(3, 4), (4, 2), (2, 1), (4,), (2,), (1,)]
    layers = [random.normal(size=shape) for shape in shapes]
    inputs, wanted, importance = random.normal(size=(6, 3)), random.integers(0, 2, 6), random.uniform(0.5, 2, 6)

    def loss() -> float:
        hidden = np.maximum(inputs @ layers[0] + layers[3], 0)
        odds = (np.maximum(hidden @ layers[1] + layers[4], 0) @ layers[2] + layers[5])[:, 0]
        return float((importance * (np.logaddexp(0, odds) - wanted * odds)).mean())

    slopes = patch_network._slopes(layers, inputs, wanted, importance)  # type: ignore[arg-type]
    for layer, slope in zip(layers, slopes):
        before = loss()
        layer.flat[0] += 1e-5
        assert abs((loss() - before) / 1e-5 - slope.flat[0]) < 1e-3
        layer.flat[0] -= 1e-5
