"""Mahalanobis distance of the latent from those of the good pictures."""

from __future__ import annotations

import dataclasses

from desktop.engine.anomaly.scores.base import Score, Scorer, Seen, mark
from desktop.engine.folder.maps import Maps
from desktop.engine.gaussian import Floats, Gaussian, fit_gaussian


@dataclasses.dataclass(frozen=True, eq=False)
class LatentDistance:
    """Mahalanobis distance of the whole latent."""

    gaussian: Gaussian

    def scores(self, seen: Seen) -> Floats:
        """Squared distances divided by the number of dimensions."""
        return self.gaussian.distances(seen.flat_codes)

    def maps(self, seen: Seen) -> Maps | None:
        """It has no place in the picture."""
        return None


def _fit(good: Seen) -> Scorer:
    return LatentDistance(fit_gaussian(good.flat_codes))


SCORE = Score(
    "mahalanobis",
    mark("Latent distance"),
    mark("Mahalanobis distance of the latent from the good ones, with shrinkage"),
    need="codes",
    scorer=LatentDistance,
    fit=_fit,
)
