"""Nearest neighbours and near-duplicates."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.engine.errors import StoppedError
from desktop.engine.gaussian import Floats
from desktop.engine.similarity import neighbours
from desktop.engine.similarity.neighbours import Searcher, near_pairs


def codes(count: int = 300, size: int = 6, offset: float = 0.0) -> Floats:
    """Random codes, the last ten of them copies of the first ten with a little noise."""
    random = np.random.default_rng(0)
    result = random.standard_normal((count, size))
    result[-10:] = result[:10] + random.normal(0, 1e-3, (10, size))
    return (result + offset).astype(np.float32)


@pytest.mark.parametrize("offset", [0.0, 300.0])
def test_nearest_are_the_nearest(monkeypatch: pytest.MonkeyPatch, offset: float) -> None:
    """Searched in many chunks, and far from the origin, it finds what comparing with every code does."""
    monkeypatch.setattr(neighbours, "CHUNK_BYTES", 1000)
    points = codes(offset=offset)
    queries = points[[0, 5, 100]]
    distances, positions = Searcher(points).nearest(queries, 4)
    exact = np.linalg.norm(points[None].astype(np.float64) - queries[:, None], axis=2)
    assert np.array_equal(positions, np.argsort(exact, axis=1, kind="stable")[:, :4])
    assert np.allclose(distances, np.sort(exact, axis=1)[:, :4], atol=1e-4)


def test_more_than_there_are_gives_all() -> None:
    """Asked for as many as there are, every one is found once."""
    points = codes(20)
    _, positions = Searcher(points).nearest(points[:1], 20)
    assert sorted(positions[0].tolist()) == list(range(20))


@pytest.mark.parametrize("offset", [0.0, 300.0])
def test_pairs_are_all_pairs(monkeypatch: pytest.MonkeyPatch, offset: float) -> None:
    """In many chunks, it finds exactly the pairs that comparing each with each does."""
    monkeypatch.setattr(neighbours, "CHUNK_BYTES", 1000)
    points = codes(offset=offset)
    typical = Searcher(points).typical_distance()
    found = near_pairs(points, 0.2)
    gaps = np.linalg.norm(points[:, None].astype(np.float64) - points[None], axis=2) / typical
    expected = {(int(a), int(b)) for a, b in np.argwhere(np.triu(gaps <= 0.2, 1))}
    assert set(zip(found.first.tolist(), found.second.tolist())) == expected
    assert len(expected) >= 10


def test_groups_are_chains_of_pairs() -> None:
    """Duplicates of duplicates are in one group; a smaller limit parts them; single pictures are in none."""
    points = np.array([[0], [1], [2], [50], [90], [90.1]], np.float32)
    typical = Searcher(points).typical_distance()
    pairs = near_pairs(points, 1.01 / typical)
    assert pairs.groups(1.01 / typical) == [[0, 1, 2], [4, 5]]
    assert pairs.groups(0.5 / typical) == [[4, 5]]
    assert pairs.groups(0) == []


def test_equal_codes_are_duplicates_at_limit_0() -> None:
    """Copies have no distance at all."""
    points = np.repeat(codes()[:6], 2, axis=0)
    assert near_pairs(points, 0).groups(0) == [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9], [10, 11]]


def test_where_there_are_too_many_pairs_the_nearest_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before memory runs out, the limit falls; all pairs up to it are there, and it is said what it is."""
    everything = near_pairs(codes(), 0.99)
    monkeypatch.setattr(neighbours, "LARGEST_PAIRS", 100)
    monkeypatch.setattr(neighbours, "CHUNK_BYTES", 1000)
    found = near_pairs(codes(), 0.99)
    assert everything.limit == 0.99
    assert 10 <= len(found.first) <= 100
    assert found.limit < 0.99
    inside = everything.distances <= found.limit
    expected = set(zip(everything.first[inside].tolist(), everything.second[inside].tolist()))
    assert set(zip(found.first.tolist(), found.second.tolist())) == expected


def test_it_can_be_stopped() -> None:
    """Between two chunks."""
    with pytest.raises(StoppedError):
        near_pairs(codes(), 0.1, stopped=lambda: True)


def test_a_single_picture_has_no_double() -> None:
    """And the unit of distance is still one to divide by."""
    points = codes(11)[:1]
    assert Searcher(points).typical_distance() == 1.0
    assert near_pairs(points, 0.5).groups(0.5) == []
