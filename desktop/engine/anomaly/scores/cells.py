"""The most unlikely cell of a map latent."""

from __future__ import annotations

import dataclasses

import numpy as np

from desktop.engine.anomaly.scores.base import Score, Scorer, Seen, mark, peak
from desktop.engine.folder.maps import Maps
from desktop.engine.gaussian import Floats, Gaussian, fit_gaussian


@dataclasses.dataclass(frozen=True, eq=False)
class CellDistance:
    """Mahalanobis distance of each cell of a map latent, over the cells of all good pictures; the largest counts."""

    gaussian: Gaussian

    def scores(self, seen: Seen) -> Floats:
        """The most unlikely cell's squared distance, divided by the number of channels."""
        return peak(self.maps(seen))

    def maps(self, seen: Seen) -> Maps:
        """On the latent's own grid, `[N, h, w]`."""
        count, _, height, width = seen.codes.shape
        return self.gaussian.distances(_cells(seen.codes)).reshape(count, height, width)


def _cells(codes: Floats) -> Floats:
    """`[N, C, h, w]` to `[N * h * w, C]`."""
    return np.moveaxis(codes, 1, -1).reshape(-1, codes.shape[1])


def _fit(good: Seen) -> Scorer:
    return CellDistance(fit_gaussian(_cells(good.codes)))


SCORE = Score(
    "cells",
    mark("Worst cell"),
    mark("The most unlikely cell of the latent, by its Mahalanobis distance"),
    need="codes",
    scorer=CellDistance,
    fit=_fit,
    maps_only=True,
    local=True,
)
