"""The worst spot of the difference from the mean of the good pictures."""

from __future__ import annotations

import dataclasses

import numpy as np

from desktop.engine.anomaly.scores.base import Score, Scorer, Seen, mark, peak
from desktop.engine.anomaly.scores.mean_picture import mean_of
from desktop.engine.folder.maps import Maps, scale_map
from desktop.engine.gaussian import Floats


@dataclasses.dataclass(frozen=True, eq=False)
class Spots:
    """The worst spot of the difference from the mean of the good pictures, over windows of several sizes."""

    mean: Floats

    def scores(self, seen: Seen) -> Floats:
        """The largest over the picture."""
        return peak(self.maps(seen))

    def maps(self, seen: Seen) -> Maps:
        """As `maps.scale_map` has it, with the mean, in [0, 1], in place of the reconstruction."""
        return scale_map(seen.pixels, np.float32(255) * self.mean)


def _fit(good: Seen) -> Scorer:
    return Spots(mean_of(good))


SCORE = Score(
    "spots",
    mark("Spots"),
    mark("Without the model: the worst spot of the difference from the good pictures' mean"),
    need="pixels",
    scorer=Spots,
    fit=_fit,
    positional=True,
)
