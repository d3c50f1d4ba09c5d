"""Mean distance of the latent to the nearest good ones."""

from __future__ import annotations

import numpy as np

from desktop.engine.anomaly.scores import neighbours
from desktop.engine.anomaly.scores.base import Seen


def test_the_three_nearest_count() -> None:
    """Their mean distance, however far all others are."""
    good = Seen(np.float32([[0, 0], [1, 0], [0, 2], [900, 900]]), {})
    fitted = neighbours.SCORE.fit(good)
    assert np.allclose(fitted.scores(Seen(np.float32([[0, 0]]), {})), [1.0], atol=1e-3)


def test_two_good_pictures_are_enough() -> None:
    """Then both count."""
    fitted = neighbours.SCORE.fit(Seen(np.float32([[0], [4]]), {}))
    assert np.allclose(fitted.scores(Seen(np.float32([[1]]), {})), [2.0], atol=1e-3)
