"""Morphs along a path on the map."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.engine.embedding import paths
from desktop.engine.errors import StoppedError


def test_points_lie_evenly_on_straight_lines() -> None:
    """So many from each corner to the next, and the last corner."""
    points = paths.along(np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 2.0]]), 2)
    assert points.tolist() == [[0, 0], [0.5, 0], [1, 0], [1, 1], [1, 2]]


def test_a_film_that_is_stopped_says_so() -> None:
    """Before the next picture is decoded."""

    class Model:
        def decode(self, code: np.ndarray) -> np.ndarray:
            assert code.shape == (1, 2, 1, 1)
            return np.zeros((1, 4, 4, 3), np.uint8)

    told: list[tuple[int, int]] = []
    codes = [np.zeros(2, np.float32)] * 3
    film = paths.decoded(Model(), (2, 1, 1), codes, lambda *done: told.append(done), lambda: len(told) == 2)  # type: ignore[arg-type]
    with pytest.raises(StoppedError, match="cancelled"):
        list(film)
    assert told == [(0, 3), (1, 3)]
