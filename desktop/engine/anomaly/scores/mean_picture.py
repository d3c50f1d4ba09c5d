"""The difference from the mean of the good pictures, over the whole picture."""

from __future__ import annotations

import dataclasses

import numpy as np

from desktop.engine.anomaly.scores.base import Score, Scorer, Seen, mark
from desktop.engine.folder.maps import Maps
from desktop.engine.gaussian import Floats


@dataclasses.dataclass(frozen=True, eq=False)
class MeanPicture:
    """Mean squared difference from the mean of the good pictures, pixels in [0, 1]."""

    mean: Floats

    def scores(self, seen: Seen) -> Floats:
        """The mean over the picture."""
        mean: Floats = self.maps(seen).mean(axis=(1, 2))
        return mean

    def maps(self, seen: Seen) -> Maps:
        """Mean over the colours."""
        scaled = seen.pixels.astype(np.float32) / np.float32(255)
        squares: Maps = np.square(scaled - self.mean).mean(axis=3)
        return squares


def mean_of(good: Seen) -> Floats:
    """The mean of the pictures, in [0, 1]: float32 `[H, W, 3]`."""
    mean: Floats = (good.pixels.mean(axis=0, dtype=np.float64) / 255).astype(np.float32)
    return mean


def _fit(good: Seen) -> Scorer:
    return MeanPicture(mean_of(good))


SCORE = Score(
    "mean_picture",
    mark("Mean picture"),
    mark("Without the model: mean squared difference from the good pictures' mean"),
    need="pixels",
    scorer=MeanPicture,
    fit=_fit,
    positional=True,
    combined=False,
)
