"""How far reconstructions are from their originals."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.engine.anomaly.scores import registry
from desktop.engine.anomaly.scores.base import Seen
from desktop.engine.folder.maps import RESIDUAL_MAPS, STORED


@pytest.mark.parametrize("name", STORED)
def test_the_score_is_what_the_index_keeps_and_the_map_says_where(name: str) -> None:
    """For each measure of the difference; without a reconstruction there is no map."""
    random = np.random.default_rng(0)
    originals = random.integers(60, 190, (2, 32, 32, 3), np.uint8)
    reconstructions = originals.copy()
    reconstructions[1, 8:16, 8:16] += 40
    seen = Seen.of(np.zeros((2, 1), np.float32), originals, reconstructions)
    fitted = registry.every()[name].fit(seen)
    assert fitted.scores(seen).tolist() == seen.stored[name].tolist()
    assert fitted.scores(seen)[1] > fitted.scores(seen)[0]
    maps = fitted.maps(seen)
    assert maps is not None
    assert np.array_equal(maps, RESIDUAL_MAPS[name](originals, reconstructions))
    assert fitted.maps(Seen(seen.codes, seen.stored)) is None
