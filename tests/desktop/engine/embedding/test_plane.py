"""The plane of the map."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.engine.embedding import plane
from desktop.engine.embedding.plane import lay_out


@pytest.mark.parametrize(("count", "size"), [(400, 6), (20, 60)])
def test_the_plane_shows_what_varies_most(count: int, size: int) -> None:
    """Two strong directions are its axes; its points are the codes' coordinates, and points give codes back."""
    random = np.random.default_rng(0)
    codes = random.normal(0, 0.1, (count, size)) + 5
    codes[:, 1] += 10 * random.standard_normal(count)
    codes[:, 3] += 3 * random.standard_normal(count)
    found = lay_out(codes.astype(np.float32))
    assert abs(found.axes[0, 1]) > 0.98
    assert abs(found.axes[1, 3]) > 0.95
    assert found.share > 0.9
    x, y = found.points[7]
    assert np.allclose(found.code(x, y)[[1, 3]], codes[7, [1, 3]], atol=2.0)


def test_chunks_give_the_same_points(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few codes are in memory at once."""
    codes = np.random.default_rng(0).standard_normal((100, 5)).astype(np.float32)
    whole = lay_out(codes).points
    monkeypatch.setattr(plane, "CHUNK_BYTES", 100)
    assert np.allclose(lay_out(codes).points, whole, atol=1e-6)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_codes_that_do_not_vary_lie_on_one_point(count: int) -> None:
    """No division by 0, and the axes are 0."""
    found = lay_out(np.ones((count, 4), np.float32))
    assert (found.points == 0).all()
    assert (found.share, float(np.abs(found.axes).max())) == (0.0, 0.0)


def test_a_lasso_takes_what_is_within_it() -> None:
    """Also where its outline bends inwards."""
    points = np.array([[0, 0], [1, 1], [3, 1], [5, 5], [1, 3]], np.float32)
    found = plane.Plane(np.zeros(2, np.float32), np.eye(2, dtype=np.float32), points, 1.0)
    bent = np.array([[0.5, 0.5], [4, 0.5], [2, 1.5], [2, 4], [0.5, 4]])
    assert found.inside(bent).tolist() == [1, 4]
