"""How far reconstructions are from their originals: what `error`, `structure` and `scales` have in common."""

from __future__ import annotations

import dataclasses

from desktop.engine.anomaly.scores.base import Seen
from desktop.engine.folder.maps import RESIDUAL_MAPS, Maps
from desktop.engine.gaussian import Floats


@dataclasses.dataclass(frozen=True, eq=False)
class Residual:
    """One measure of the difference between picture and reconstruction; nothing is fitted."""

    name: str

    def scores(self, seen: Seen) -> Floats:
        """As the index keeps them."""
        return seen.stored[self.name]

    def maps(self, seen: Seen) -> Maps | None:
        """The map whose mean, or largest value, is the score."""
        if seen.originals is None or seen.reconstruction is None:
            return None
        return RESIDUAL_MAPS[self.name](seen.originals, seen.reconstruction)
