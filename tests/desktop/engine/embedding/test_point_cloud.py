"""Points are drawn where they are, and found again where they were drawn."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from desktop.engine.embedding.point_cloud import PointCloud, centre_of, few_of, grown

VIEW = (10.0, -10.0, 50.0, 40.0)  # of a canvas of 100 x 80 pixels: (0, 0) in its middle, y upwards


def random_points(seed: int, count: int = 200) -> NDArray[np.float32]:
    """Some of them out of sight."""
    return np.random.default_rng(seed).uniform(-7, 7, (count, 2)).astype(np.float32)


def test_a_dot_is_drawn_at_its_point_in_its_colour() -> None:
    """Two points, y upwards; one that is out of sight is nowhere."""
    cloud = PointCloud(np.array([[1, 2], [-3, -1], [99, 99]], np.float32))
    cloud.set_colours(np.array([[255, 0, 0], [0, 0, 255], [0, 255, 0]], np.uint8))
    drawn = cloud.draw(VIEW, 100, 80, 1)
    assert drawn.shape == (80, 100)
    assert sorted(zip(*np.nonzero(drawn))) == [(20, 60), (50, 20)]
    assert (drawn[20, 60], drawn[50, 20]) == (0xFFFF0000, 0xFF0000FF)


@given(st.integers(0, 1000))
def test_what_is_within_a_mask_is_what_is_drawn_there(seed: int) -> None:
    """As one looks point by point."""
    points = random_points(seed)
    mask = np.zeros((80, 100), bool)
    mask[10:50, 30:90] = True
    x, y = (points * np.array(VIEW[:2], np.float32) + np.array(VIEW[2:], np.float32)).T
    inside = (x >= 0) & (y >= 0) & (x < 100) & (y < 80)
    expected = [
        each for each in range(len(points)) if inside[each] and mask[int(np.floor(y[each])), int(np.floor(x[each]))]
    ]
    assert PointCloud(points).within(VIEW, mask).tolist() == expected


@given(st.integers(0, 1000), st.floats(-8, 8), st.floats(-8, 8))
def test_the_nearest_and_those_inside_are_found(seed: int, x: float, y: float) -> None:
    """The grid leaves nobody out, and nobody beyond the reach is near."""
    points = random_points(seed)
    cloud = PointCloud(points)
    distances = np.hypot(*(points.astype(np.float64) - np.array([x, y])).T)
    found = cloud.nearest(x, y, 1.0, 1.0)
    assert (found == -1) if distances.min() > 1.0001 else (distances[found] <= distances.min() + 1e-6)
    inside = ((points >= np.array([x - 1, y - 2])) & (points <= np.array([x + 1, y + 2]))).all(axis=1)
    assert sorted(cloud.inside(x - 1, y - 2, x + 1, y + 2).tolist()) == np.flatnonzero(inside).tolist()


def test_dots_grow_to_their_side() -> None:
    """A square for each, and none lost at the edge."""
    canvas = np.zeros((12, 12), np.uint32)
    canvas[2, 3], canvas[11, 11] = 7, 9
    for side in (1, 2, 3, 4, 6):
        dots = grown(canvas, side)
        assert (dots[2 : 2 + side, 3 : 3 + side] == 7).all()
        assert (dots == 7).sum() == side * side
        assert (dots == 9).sum() == 1


def test_thumbnails_are_for_pictures_with_room() -> None:
    """One for each square, the first that is named; none where it is crowded."""
    points = np.array([[0.1, 0.1], [0.2, 0.2], [5.5, 5.5], [9.1, 9.1], [9.2, 9.2], [9.3, 9.3]], np.float32)
    assert few_of(points, np.arange(6)[::-1].copy(), (1, 1), 2).tolist() == [2, 1]
    assert few_of(points, np.empty(0, np.int64), (1, 1), 2).tolist() == []


def test_a_label_stands_where_most_points_are() -> None:
    """Not in the middle between a crowd and a few far away."""
    crowd = np.random.default_rng(0).normal(0, 0.1, (500, 2))
    points = np.concatenate([crowd, [[50.0, 50.0]] * 40]).astype(np.float32)
    assert np.hypot(*centre_of(points)) < 0.5
    assert centre_of(points[:1]) == tuple(points[0].tolist())


def test_an_empty_cloud_is_drawn() -> None:
    """As nothing, in which nothing is found."""
    cloud = PointCloud(np.empty((0, 2), np.float32))
    assert not cloud.draw(VIEW, 10, 10, 2).any()
    assert cloud.nearest(0, 0, 1, 1) == -1
