"""The most unlikely cell of a map latent."""

from __future__ import annotations

import numpy as np

from desktop.engine.anomaly.scores import cells
from desktop.engine.anomaly.scores.base import Seen


def test_one_strange_cell_is_found_and_shown() -> None:
    """Among hundreds of ordinary ones the picture scores by that cell, and the map is highest there."""
    random = np.random.default_rng(0)
    good = Seen(random.standard_normal((40, 3, 4, 6)).astype(np.float32), {})
    fitted = cells.SCORE.fit(good)
    codes = random.standard_normal((2, 3, 4, 6)).astype(np.float32)
    codes[1, :, 2, 5] += 8
    ordinary, strange = fitted.scores(Seen(codes, {}))
    assert strange > 5 * ordinary
    maps = fitted.maps(Seen(codes, {}))
    assert maps is not None
    assert maps.shape == (2, 4, 6)
    assert np.unravel_index(int(maps[1].argmax()), maps[1].shape) == (2, 5)
    assert 0.5 < float(maps[0].mean()) < 2
