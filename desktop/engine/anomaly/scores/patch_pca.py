"""The patch that few principal axes of good patches reconstruct worst."""

from __future__ import annotations

import dataclasses

from desktop.engine.anomaly.patches import PatchModel, fit_patches
from desktop.engine.anomaly.scores.base import Score, Scorer, Seen, mark, peak
from desktop.engine.folder.maps import Maps
from desktop.engine.gaussian import Floats


@dataclasses.dataclass(frozen=True, eq=False)
class PatchPca:
    """The patch that 16 axes reconstruct worst."""

    model: PatchModel

    def scores(self, seen: Seen) -> Floats:
        """The largest over the picture."""
        return peak(self.maps(seen))

    def maps(self, seen: Seen) -> Maps:
        """For each pixel its patch's value."""
        return self.model.reconstruct_maps(seen.pixels)


def _fit(good: Seen) -> Scorer:
    return PatchPca(fit_patches(good.pixels))


SCORE = Score(
    "patch_pca",
    mark("Patch PCA"),
    mark("Without the model: the patch that 16 principal components of good patches reconstruct worst"),
    need="pixels",
    scorer=PatchPca,
    fit=_fit,
    combined=False,
    local=True,
)
