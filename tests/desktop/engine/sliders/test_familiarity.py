"""How far a code is from anything seen in training."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from desktop.engine.sliders.familiarity import Familiarity, familiarity
from desktop.engine.sliders.latents import LatentSpace
from tests.desktop.engine.sliders.test_latents import space_of


def at(space: LatentSpace, distance: float) -> Familiarity:
    """Where a code lies whose coordinates are all alike."""
    offsets = np.full(len(space.axes.spread), distance)
    found = familiarity(space, space.mean_code + space.axes.change(offsets, space.shape))
    assert found is not None
    return found


def test_the_percentile_follows_the_training_pictures() -> None:
    """The quantiles go from 0.4 to 1.6: half-way is the median, beneath them nothing, beyond them outside."""
    space = space_of(8)
    assert at(space, 1.0).distance == pytest.approx(1.0, abs=1e-5)
    assert at(space, 1.0).percentile == pytest.approx(50, abs=0.1)
    assert at(space, 0.1).percentile == 0
    assert at(space, 1.7).outside
    assert not at(space, 1.5).outside


def test_without_quantiles_there_is_a_distance_alone() -> None:
    """A bundle that does not say gets no percentile."""
    found = at(dataclasses.replace(space_of(8), distance_quantiles=None), 3.0)
    assert found.distance == pytest.approx(3.0, abs=1e-4)
    assert found.percentile is None
    assert not found.outside


def test_axes_that_hold_everything_leave_nothing_outside() -> None:
    """Rounding is not taken for a part outside the axes."""
    assert at(space_of(8), 1.0).off_axis is None


def test_the_part_outside_the_axes_is_counted() -> None:
    """Its root mean square over random pictures of the training distribution is 1; along the axes it does not grow."""
    space, whole = space_of(8, 3), space_of(8)
    outside = np.sqrt(np.linspace(2.0, 1.0, 8)[3:] ** 2)
    std = np.sqrt(((whole.axes.vectors * np.linspace(2.0, 1.0, 8)[:, None]) ** 2).sum(axis=0)).astype(np.float32)
    spread = np.linspace(2.0, 1.0, 8).astype(np.float32)[:3]
    space = dataclasses.replace(space, std=std, axes=dataclasses.replace(space.axes, spread=spread))
    assert at(space, 5.0).off_axis == pytest.approx(0.0, abs=1e-3)
    random = np.random.default_rng(0).standard_normal((500, 5)) * outside
    found = [familiarity(space, (space.mean_code + row @ whole.axes.vectors[3:]).astype(np.float32)) for row in random]
    parts = [each.off_axis for each in found if each is not None and each.off_axis is not None]
    assert len(parts) == 500
    assert np.sqrt(np.mean(np.square(parts))) == pytest.approx(1.0, abs=0.1)


def test_a_code_of_another_shape_has_no_place() -> None:
    """The axes say nothing about maps of other sizes."""
    assert familiarity(space_of(8), np.zeros((2, 2, 2), np.float32)) is None
