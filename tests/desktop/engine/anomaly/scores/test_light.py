"""How unusual the slow changes of light and colour across a picture are."""

from __future__ import annotations

import numpy as np

from desktop.engine.anomaly.scores import light
from desktop.engine.anomaly.scores.base import Seen
from desktop.engine.gaussian import Floats
from desktop.engine.pictures import Pixels


def grounds(count: int, seed: int) -> Pixels:
    """Grey grounds of any brightness, each lit a little from some side: uint8 `[N, 64, 96, 3]`."""
    random = np.random.default_rng(seed)
    rows, columns = np.mgrid[:64, :96]
    slopes = random.uniform(-8, 8, (count, 2))
    lit = [down * (rows / 64 - 0.5) + across * (columns / 96 - 0.5) for down, across in slopes]
    levels = np.stack(lit) + random.uniform(90, 160, (count, 1, 1)) + random.normal(0, 6, (count, 64, 96))
    return np.repeat(levels.clip(0, 255).astype(np.uint8)[..., None], 3, axis=3)


def scores_of(pixels: Pixels, fitted_to: Pixels) -> Floats:
    """What a fit gives pictures."""
    nothing = np.zeros((len(pixels), 1), np.float32)
    good = Seen(np.zeros((len(fitted_to), 1), np.float32), {}, fitted_to)
    return light.SCORE.fit(good).scores(Seen(nothing, {}, pixels))


def test_a_wide_shadow_is_found_and_brightness_is_not() -> None:
    """Shadows half as wide as the picture, no darker than good pictures differ among each other, and slow stains of
    another colour score above all good ones; a picture that is brighter as a whole does not."""
    good, usual = grounds(40, 1), scores_of(grounds(20, 2), grounds(40, 1))
    rows, columns = np.mgrid[:64, :96]
    shadow = 14 * np.exp(-(((rows - 20) / 25) ** 2) - ((columns - 60) / 25) ** 2)
    dark, stained = grounds(10, 3).astype(float), grounds(10, 3).astype(float)
    dark -= shadow[..., None]
    stained[..., 2] -= shadow
    assert scores_of(dark.clip(0, 255).astype(np.uint8), good).min() > usual.max()
    assert scores_of(stained.clip(0, 255).astype(np.uint8), good).min() > usual.max()
    brighter = (grounds(10, 3).astype(float) + 20).clip(0, 255).astype(np.uint8)
    assert scores_of(brighter, good).max() < 2 * usual.max()


def test_flat_pictures_have_a_finite_score() -> None:
    """Also where all good ones are flat, and smaller than the blocks to which they are reduced."""
    flat = np.full((3, 8, 8, 3), 90, np.uint8)
    assert np.isfinite(scores_of(flat, flat)).all()
    assert scores_of(flat, flat).max() < 1


def test_waves_are_in_levels_whatever_the_size() -> None:
    """The same picture twice as large has the same waves, and no grey one a wave of colour."""
    small = grounds(2, 5)
    large = small.repeat(2, axis=1).repeat(2, axis=2)
    assert np.abs(light.slow_waves(small) - light.slow_waves(large)).max() < 0.2
    assert not light.slow_waves(small).reshape(2, 3, -1)[:, 1:].any()
