"""How unusual the slow changes of light and colour across a picture are: one side darker, a wide stain, a lamp out."""

from __future__ import annotations

import dataclasses
import functools
import math

import numpy as np
from PIL import Image

from desktop.engine.anomaly.scores.base import Score, Scorer, Seen, mark
from desktop.engine.folder.maps import LUMA, Maps
from desktop.engine.gaussian import Floats, Gaussian, fit_gaussian
from desktop.engine.pictures import Pixels

SIDE = 16  # blocks each way, to whose means a picture is reduced
HIGHEST = 4  # half waves across the picture, down and across together, up to which a change is slow
LEAST_DEVIATION = 0.3  # levels: what varies less in good pictures counts as if it varied so much


@dataclasses.dataclass(frozen=True, eq=False)
class Light:
    """Mahalanobis distance of a picture's slow waves of light and colour from those of good pictures.

    Scores of one place look no further than 64 pixels, and take a wide shadow for a good picture's own shading.

    Attributes:
        gaussian: Of the waves in units of `deviation`.
        mean, deviation: Of each wave over good pictures, levels, `[D]`.
    """

    gaussian: Gaussian
    mean: Floats
    deviation: Floats

    def scores(self, seen: Seen) -> Floats:
        """Squared distances divided by the number of waves."""
        return self.gaussian.distances((slow_waves(seen.pixels) - self.mean) / self.deviation)

    def maps(self, seen: Seen) -> Maps | None:
        """It is of the picture as a whole."""
        return None


def slow_waves(pictures: Pixels) -> Floats:
    """How strong each slow wave is in luma, red less green, and yellow less blue, levels: `[N, D]` of `[N, H, W, 3]`.

    Waves are those of the cosine transform (N. Ahmed, T. Natarajan, K. Rao, Discrete cosine transform, 1974), without
    the one that is even everywhere: how bright a picture is as a whole often differs among good ones.
    """
    down, across = np.indices((SIDE, SIDE))
    slow = (down + across <= HIGHEST) & (down + across > 0)
    blocks = np.stack([np.asarray(_reduced(picture), np.float64) for picture in pictures])
    red, green, blue = (blocks[..., channel] for channel in range(3))
    planes = np.stack([blocks @ LUMA, red - green, (red + green) / 2 - blue], axis=1)
    waves: Floats = (_cosines() @ planes @ _cosines().T)[..., slow].reshape(len(pictures), -1).astype(np.float32)
    return waves


def _reduced(picture: Pixels) -> Image.Image:
    return Image.fromarray(picture).resize((SIDE, SIDE), Image.Resampling.BOX)


@functools.cache
def _cosines() -> Floats:
    """A wave a row, with a mean square of 1 / `SIDE` ** 2 along it."""
    waves, places = np.indices((SIDE, SIDE))
    rows = np.cos(np.pi * (places + 0.5) * waves / SIDE)
    scaled: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True) / math.sqrt(SIDE)
    return scaled


def _fit(good: Seen) -> Scorer:
    waves = slow_waves(good.pixels)
    mean, deviation = waves.mean(axis=0), np.maximum(waves.std(axis=0), np.float32(LEAST_DEVIATION))
    return Light(fit_gaussian((waves - mean) / deviation), mean, deviation)


SCORE = Score(
    "light",
    mark("Uneven light"),
    mark("Without the model: slow changes of light and colour across the picture, unlike those of good pictures"),
    need="pixels",
    scorer=Light,
    fit=_fit,
    combined=False,
)
