"""The patch that few axes of good patches reconstruct worst."""

from __future__ import annotations

import numpy as np

from desktop.engine.anomaly.patches import fit_patches
from desktop.engine.anomaly.scores import patch_pca
from desktop.engine.anomaly.scores.base import Seen
from tests.desktop.engine.anomaly.test_patches import stripes


def test_the_worst_patch_is_the_score() -> None:
    """The largest value of the map, which is that of the patches of the good pictures."""
    good = Seen(np.zeros((4, 1), np.float32), {}, stripes(4, 0))
    other = Seen(np.zeros((2, 1), np.float32), {}, stripes(2, 1))
    other.pixels[1, :8, :8] = 255 - other.pixels[1, :8, :8]
    fitted = patch_pca.SCORE.fit(good)
    maps = fitted.maps(other)
    assert maps is not None
    assert np.array_equal(maps, fit_patches(good.pixels).reconstruct_maps(other.pixels))
    assert fitted.scores(other).tolist() == maps.max(axis=(1, 2)).tolist()
    assert fitted.scores(other)[1] > 2 * fitted.scores(other)[0]
