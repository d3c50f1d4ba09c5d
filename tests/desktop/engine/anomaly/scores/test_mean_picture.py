"""The difference from the mean of the good pictures."""

from __future__ import annotations

import numpy as np

from desktop.engine.anomaly.scores import mean_picture
from desktop.engine.anomaly.scores.base import Seen


def test_the_score_is_the_mean_square_from_the_mean_picture() -> None:
    """Of pixels in [0, 1]; the map says where, over all colours."""
    good = Seen(np.zeros((2, 1), np.float32), {}, np.stack([np.zeros((4, 4, 3)), np.full((4, 4, 3), 102)]).astype("u1"))
    fitted = mean_picture.SCORE.fit(good)
    seen = Seen(np.zeros((1, 1), np.float32), {}, np.full((1, 4, 4, 3), 51, np.uint8))
    assert fitted.scores(seen).tolist() == [0]
    seen.pixels[0, 1, 2] = (51, 51, 204)
    maps = fitted.maps(seen)
    assert maps is not None
    assert np.isclose(maps[0, 1, 2], 0.6**2 / 3)
    assert np.isclose(fitted.scores(seen)[0], 0.6**2 / 3 / 16)
