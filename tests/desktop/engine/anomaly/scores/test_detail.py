"""How unusual the amount of fine detail is."""

from __future__ import annotations

import numpy as np

from desktop.engine.anomaly.scores import detail
from desktop.engine.anomaly.scores.base import Seen


def textured(count: int, strength: float, seed: int) -> Seen:
    """Pictures with a grain of that deviation."""
    noise = np.random.default_rng(seed).normal(128, strength, (count, 24, 24, 3))
    return Seen(np.zeros((count, 1), np.float32), {}, noise.clip(0, 255).astype(np.uint8))


def test_too_little_detail_is_as_strange_as_too_much() -> None:
    """Blurred and noisy pictures both score above all good ones; it is the picture as a whole that does."""
    good = textured(30, 10, 0)
    fitted = detail.SCORE.fit(good)
    usual = fitted.scores(textured(10, 10, 1)).max()
    assert fitted.scores(textured(3, 2, 2)).min() > 3 * usual
    assert fitted.scores(textured(3, 50, 3)).min() > 3 * usual
    assert fitted.maps(good) is None


def test_flat_pictures_have_a_finite_score() -> None:
    """Also where all good ones are flat."""
    flat = textured(3, 0, 0)
    assert np.isfinite(detail.SCORE.fit(flat).scores(flat)).all()
    assert detail.SCORE.fit(flat).scores(flat).tolist() == [0, 0, 0]
