"""The directions that change the present picture most."""

from __future__ import annotations

import numpy as np

from desktop.engine.sliders.jacobian import Jacobian
from desktop.engine.sliders.local_axes import LEAST_LIMIT, LIMIT, local_axes

RANDOM = np.random.default_rng(0)


def jacobian(strengths: list[float]) -> Jacobian:
    """Each number of a latent of four changes pixels of its own, by so many levels."""
    columns = np.zeros((4, 8, 8, 3), np.float32)
    for number, strength in enumerate(strengths):
        columns[number, 2 * number : 2 * number + 2] = strength
    picture = np.zeros((8, 8, 3), np.uint8)
    return Jacobian(np.zeros(4, np.float32), picture, np.eye(4, dtype=np.float32), columns)


def test_the_strongest_direction_is_the_first() -> None:
    """Each number by itself here, by its strength; what changes nothing is no axis; pictures get brighter."""
    axes = local_axes(jacobian([10, -40, 0, 20]))
    assert np.abs(axes.vectors).argmax(axis=1).tolist() == [1, 3, 0]
    assert (axes.vectors @ np.float32([10, -40, 0, 20]) > 0).all()
    assert np.allclose(axes.effect, [10, 5, 2.5])
    assert len(local_axes(jacobian([10, -40, 0, 20]), count=2).vectors) == 2


def test_a_slider_ends_where_the_picture_has_changed_enough() -> None:
    """Strong axes are short and weak ones long, within limits, and every slider starts at 0."""
    axes = local_axes(jacobian([4000, 90, 1, 0]))
    assert axes.high.tolist() == [LEAST_LIMIT, min(LIMIT, 45 / 22.5), LIMIT]
    assert axes.low.tolist() == [-each for each in axes.high]
    assert axes.positions(np.ones(4, np.float32)).tolist() == [0, 0, 0]  # type: ignore[union-attr]
    assert axes.positions(np.ones((4, 2, 2), np.float32)) is None


def test_a_change_is_the_sum_of_directions() -> None:
    """Each times its offset; those of a smaller map are drawn out over a larger one; sets of axes are told apart."""
    first, second = local_axes(jacobian([1, 2, 3, 4])), local_axes(jacobian([1, 2, 3, 4]))
    offsets = np.array([1.0, 0, -2, 0])
    assert np.allclose(first.change(offsets, (4,)), first.vectors[0] - 2 * first.vectors[2])
    assert first.number != second.number
    found = jacobian([1, 2, 3, 4])
    maps = Jacobian(found.code, found.picture, RANDOM.random((4, 2, 3, 3)).astype(np.float32), found.columns)
    assert local_axes(maps).change(np.ones(4), (2, 6, 6)).shape == (2, 6, 6)
