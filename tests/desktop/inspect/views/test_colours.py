"""The names on the map of the Inspect page."""

from __future__ import annotations

import numpy as np

from desktop.engine.embedding import colours as engine
from desktop.inspect.views.colours import labels


def test_a_kind_is_named_where_most_of_its_pictures_lie() -> None:
    """In its own colour; a far picture of the same kind does not draw the name away."""
    random = np.random.default_rng(0)
    cats, dogs = random.normal((0, 0), 0.05, (40, 2)), random.normal((5, 3), 0.05, (30, 2))
    points = np.concatenate([cats, dogs, [(9.0, 9.0)]]).astype(np.float32)
    chosen = engine.by_kind(["cat"] * 40 + ["dog"] * 30 + ["cat"])
    found = {name: (x, y, colour) for name, x, y, colour in labels(points, chosen)}
    assert set(found) == {"cat", "dog"}
    assert np.hypot(found["cat"][0], found["cat"][1]) < 0.5
    assert np.hypot(found["dog"][0] - 5, found["dog"][1] - 3) < 0.5
    assert {name: colour for name, (_, _, colour) in found.items()} == dict(chosen.kinds)


def test_one_kind_and_numbers_are_not_named() -> None:
    """There is nothing to tell apart, or a legend tells it."""
    points = np.zeros((3, 2), np.float32)
    assert labels(points, engine.by_kind(["cat"] * 3)) == []
    assert labels(points, engine.by_score(np.array([0.0, 0.5, 1.0]))) == []
