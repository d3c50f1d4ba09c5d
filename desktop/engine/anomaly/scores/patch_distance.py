"""The most unlikely patch, by its Mahalanobis distance."""

from __future__ import annotations

import dataclasses

from desktop.engine.anomaly.patches import PatchModel, fit_patches
from desktop.engine.anomaly.scores.base import Score, Scorer, Seen, mark, peak
from desktop.engine.folder.maps import Maps
from desktop.engine.gaussian import Floats


@dataclasses.dataclass(frozen=True, eq=False)
class PatchDistance:
    """The most unlikely patch."""

    model: PatchModel

    def scores(self, seen: Seen) -> Floats:
        """The largest over the picture."""
        return peak(self.maps(seen))

    def maps(self, seen: Seen) -> Maps:
        """For each pixel its patch's value."""
        return self.model.distance_maps(seen.pixels)


def _fit(good: Seen) -> Scorer:
    return PatchDistance(fit_patches(good.pixels))


SCORE = Score(
    "patch_distance",
    mark("Patch distance"),
    mark("Without the model: the most unlikely patch, by its Mahalanobis distance"),
    need="pixels",
    scorer=PatchDistance,
    fit=_fit,
    combined=False,
    local=True,
)
