"""A point of the decoded picture being dragged."""

from __future__ import annotations

import math

import numpy as np
import pytest

from desktop.engine.autoencoder import Autoencoder
from desktop.engine.sliders.drag import CLOSE, WINDOW, Drag
from desktop.engine.sliders.latents import read_latent_space
from export.bundle import Bundle


def test_of_a_map_the_cells_around_the_point_alone_are_moved(free: Bundle) -> None:
    """Within the mask as well; the change has the whole latent's shape."""
    model, space = Autoencoder(free, "cpu"), read_latent_space(free)
    code = np.random.default_rng(0).standard_normal((4, 40, 40)).astype(np.float32)
    mask = np.ones((40, 40), np.float32)
    mask[:, 20:] = 0
    drag = Drag(model, space, code, (160.0, 160.0), mask)
    assert drag.is_at((160.0, 160.0 + 0.9 * CLOSE))
    change = drag.step((166.0, 160.0))
    assert change.shape == code.shape
    assert change.any()
    moved = np.abs(change).max(axis=0) > 0
    rows, columns = np.nonzero(moved)
    assert rows.min() >= 20 - WINDOW
    assert rows.max() < 20 + WINDOW
    assert columns.max() < 20
    assert drag.steps == 1


def test_of_a_vector_everything_may_move(vector: Bundle) -> None:
    """The change is all that was done since it was taken hold of, and starts as nothing."""
    model, space = Autoencoder(vector, "cpu"), read_latent_space(vector)
    drag = Drag(model, space, space.mean_code, (16.0, 16.0))
    assert not drag.change.any()
    changes = [drag.step((20.0, 16.0)) for _ in range(2)]
    assert all(change.shape == space.mean_code.shape for change in changes)
    assert np.allclose(drag.change, changes[-1])
    assert math.isfinite(drag.point[0])
    assert drag.steps == pytest.approx(2)
