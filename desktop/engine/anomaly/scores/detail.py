"""How unusual the amount of fine detail is: blurred and noisy pictures."""

from __future__ import annotations

import dataclasses

import numpy as np

from desktop.engine.anomaly.scores.base import Score, Scorer, Seen, mark
from desktop.engine.folder.maps import LUMA, Maps
from desktop.engine.gaussian import Floats
from desktop.engine.pictures import Pixels

LEAST_DEVIATION = 1e-3


@dataclasses.dataclass(frozen=True, eq=False)
class Detail:
    """How unusual the amount of fine detail is, either way.

    A model reconstructs a blurred picture better than a sharp one, so no other score finds it.

    Attributes:
        mean, deviation: Of the logarithm of the mean absolute Laplacian of the luma, over good pictures.
    """

    mean: float
    deviation: float

    def scores(self, seen: Seen) -> Floats:
        """Deviations from the mean, without sign."""
        deviations = (log_detail(seen.pixels) - np.float32(self.mean)) / np.float32(self.deviation)
        result: Floats = np.abs(deviations)
        return result

    def maps(self, seen: Seen) -> Maps | None:
        """It is of the picture as a whole."""
        return None


def log_detail(originals: Pixels) -> Floats:
    """ln of the mean absolute Laplacian of the luma, `[N]`; half a level is added, so that flat pictures have one."""
    luma = np.pad((originals @ LUMA).astype(np.float32), ((0, 0), (1, 1), (1, 1)), mode="edge")
    around = luma[:, :-2, 1:-1] + luma[:, 2:, 1:-1] + luma[:, 1:-1, :-2] + luma[:, 1:-1, 2:]
    detail: Floats = np.log(np.abs(4 * luma[:, 1:-1, 1:-1] - around).mean(axis=(1, 2)) + np.float32(0.5))
    return detail


def _fit(good: Seen) -> Scorer:
    found = log_detail(good.pixels)
    return Detail(float(found.mean()), max(float(found.std()), LEAST_DEVIATION))


SCORE = Score(
    "detail",
    mark("Detail"),
    mark("Without the model: much more or less fine detail than in good pictures, as by blur or noise"),
    need="pixels",
    scorer=Detail,
    fit=_fit,
)
