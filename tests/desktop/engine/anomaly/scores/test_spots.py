"""The worst spot of the difference from the mean of the good pictures."""

from __future__ import annotations

import numpy as np

from desktop.engine.anomaly.scores import spots
from desktop.engine.anomaly.scores.base import Seen


def pictures(count: int, seed: int) -> Seen:
    """Noisy grey pictures."""
    pixels = np.random.default_rng(seed).normal(128, 6, (count, 32, 32, 3)).clip(0, 255).astype(np.uint8)
    return Seen(np.zeros((count, 1), np.float32), {}, pixels)


def test_a_spot_scores_above_noise_of_the_same_strength() -> None:
    """A patch a little darker, which no pixel alone would give away, is found where it is."""
    fitted = spots.SCORE.fit(pictures(20, 0))
    good, bad = pictures(5, 1), pictures(5, 2)
    bad.pixels[:, 8:16, 20:28] -= 12
    assert fitted.scores(bad).min() > fitted.scores(good).max()
    maps = fitted.maps(bad)
    assert maps is not None
    for heat in maps:
        row, column = np.unravel_index(int(heat.argmax()), heat.shape)
        assert 4 <= row < 20
        assert 16 <= column < 32
