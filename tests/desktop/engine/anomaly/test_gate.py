"""The gate's own test of drift; all else of it is tested where it is run."""

from __future__ import annotations

import numpy as np

from desktop.engine.anomaly.gate import same_distribution


def test_like_samples_are_seldom_told_apart() -> None:
    """Of 400 pairs of like samples about a tenth have a chance below 0.1; a shift of one deviation shows."""
    random = np.random.default_rng(0)
    chances = [same_distribution(random.normal(size=100), random.normal(size=80)) for _ in range(400)]
    assert 0.05 < np.mean(np.array(chances) < 0.1) < 0.15
    assert same_distribution(random.normal(size=100), random.normal(1, 1, 80)) < 1e-3
    assert same_distribution(np.arange(50.0), np.arange(50.0)) == 1
