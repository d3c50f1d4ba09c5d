"""Mahalanobis distance of the latent."""

from __future__ import annotations

import numpy as np

from desktop.engine.anomaly.scores import mahalanobis
from desktop.engine.anomaly.scores.base import Seen


def test_directions_count_by_how_much_good_latents_vary_in_them() -> None:
    """As far along a number that hardly varies is far stranger than along one that varies much."""
    random = np.random.default_rng(0)
    good = random.standard_normal((400, 4)).astype(np.float32) * np.float32([3, 1, 1, 0.5])
    fitted = mahalanobis.SCORE.fit(Seen(good, {}))
    along_wide, along_narrow = np.float32([[5, 0, 0, 0], [0, 0, 0, 5]])
    wide, narrow = fitted.scores(Seen(np.stack([along_wide, along_narrow]), {}))
    assert narrow > 20 * wide
    assert 0.8 < float(fitted.scores(Seen(good, {})).mean()) < 1.2
    assert fitted.maps(Seen(good, {})) is None


def test_maps_are_taken_as_long_vectors() -> None:
    """Whatever their shape."""
    codes = np.random.default_rng(1).standard_normal((30, 2, 3, 3)).astype(np.float32)
    as_maps, as_vectors = Seen(codes, {}), Seen(codes.reshape(30, -1), {})
    found = [mahalanobis.SCORE.fit(each).scores(each) for each in (as_maps, as_vectors)]
    assert np.array_equal(*found)
