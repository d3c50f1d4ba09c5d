"""The network over rows of numbers."""

from __future__ import annotations

import numpy as np

from desktop.engine.anomaly import patch_network
from desktop.engine.anomaly.patch_network import stacked, train_network


def test_the_network_learns_what_no_line_parts() -> None:
    """Rows are wanted where the product of two numbers is positive: the log-odds tell nine in ten apart."""
    random = np.random.default_rng(1)
    rows = random.normal(size=(4000, 5)).astype(np.float32)
    wanted = (rows[:, 0] * rows[:, 1] > 0).astype(np.float32)
    network = train_network(rows, wanted, np.ones(len(rows), np.float32), np.arange(len(rows)))
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


def test_rows_that_are_left_out_teach_nothing() -> None:
    """A network learns from the chosen rows alone: whatever stands in all others, every number of it is the same."""
    random = np.random.default_rng(3)
    rows = random.normal(size=(900, 5)).astype(np.float16)
    wanted = (rows[:, 0] > 0).astype(np.float32)
    chosen, importance = np.flatnonzero(np.arange(900) % 3), np.ones(900, np.float32)
    network = train_network(rows, wanted, importance, chosen)
    rows[::3], wanted[::3], importance[::3] = 9, 1 - wanted[::3], 50
    again = train_network(rows, wanted, importance, chosen)
    np.testing.assert_array_equal(again(rows.astype(np.float32)), network(rows.astype(np.float32)))


def test_several_networks_say_their_mean() -> None:
    """As one they give the mean of what each gives by itself."""
    random = np.random.default_rng(3)
    rows = random.normal(size=(600, 5)).astype(np.float32)
    wanted, everything = (rows[:, 0] > 0).astype(np.float32), np.arange(600)
    networks = [train_network(rows, wanted, np.ones(600, np.float32), everything, seed) for seed in range(3)]
    each = np.stack([network(rows) for network in networks])
    np.testing.assert_allclose(stacked(networks).odds(rows), each.mean(axis=0), atol=1e-4)
    assert np.abs(np.diff(each, axis=0)).max() > 0.01, "all of them are the same"
