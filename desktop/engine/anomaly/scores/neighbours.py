"""Mean distance of the latent to the nearest good ones."""

from __future__ import annotations

import dataclasses

import numpy as np

from desktop.engine.anomaly.scores.base import Score, Scorer, Seen, mark
from desktop.engine.folder.maps import Maps
from desktop.engine.gaussian import Floats
from desktop.engine.similarity.neighbours import Searcher

NEAREST = 3  # good pictures whose distance counts


@dataclasses.dataclass(frozen=True, eq=False)
class Neighbours:
    """Mean distance to the three nearest good latents."""

    good: Floats

    def scores(self, seen: Seen) -> Floats:
        """Euclidean distances."""
        count = min(NEAREST, len(self.good))
        distances, _ = Searcher(self.good).nearest(seen.flat_codes, count)
        mean: Floats = distances.mean(axis=1, dtype=np.float32)
        return mean

    def maps(self, seen: Seen) -> Maps | None:
        """It has no place in the picture."""
        return None


def _fit(good: Seen) -> Scorer:
    return Neighbours(good.flat_codes)


SCORE = Score(
    "neighbours",
    mark("Nearest good"),
    mark("Mean distance of the latent to the three nearest good ones"),
    need="codes",
    scorer=Neighbours,
    fit=_fit,
)
