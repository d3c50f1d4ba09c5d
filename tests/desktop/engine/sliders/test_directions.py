"""Groups of sliders."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.sliders.directions import channels
from desktop.engine.sliders.resizing import resized
from tests.desktop.engine.sliders.test_latents import space_of


@given(seed=st.integers(0, 1000))
def test_axes_move_a_code_to_where_it_is_sent(seed: int) -> None:
    """Along the axes a code moves by as many spreads as asked; its part outside the axes is unchanged."""
    axes, random = space_of(8, 3).axes, np.random.default_rng(seed)
    code, offsets = random.normal(0, 3, 8).astype(np.float32), random.normal(0, 2, 3)
    change = axes.change(offsets, code.shape)
    before, after = axes.positions(code), axes.positions(code + change)
    assert before is not None
    assert after == pytest.approx(before + offsets, abs=1e-4)
    assert change - axes.vectors.T @ (axes.vectors @ change) == pytest.approx(np.zeros(8), abs=1e-4)


def test_axes_do_not_fit_another_shape() -> None:
    """A code of as many numbers in another shape has no position."""
    assert space_of(8).axes.positions(np.zeros((2, 2, 2), np.float32)) is None


@given(rows=st.integers(1, 9), columns=st.integers(1, 9), index=st.integers(0, 2), offset=st.floats(-3, 3))
def test_axes_of_maps_steer_any_height_and_width(rows: int, columns: int, index: int, offset: float) -> None:
    """Drawn out over a map of another size, a slider arrives where it is sent, and the trained map's mean is at 0."""
    axes = dataclasses.replace(space_of(32, 3).axes, shape=(2, 4, 4))
    code = np.random.default_rng(rows).normal(0, 2, (2, rows, columns)).astype(np.float32)
    offsets = np.zeros(3)
    offsets[index] = offset
    change = axes.change(offsets, code.shape)
    before, after = axes.positions(code), axes.positions(code + change)
    assert before is not None
    assert after is not None
    assert after[index] == pytest.approx(before[index] + offset, abs=1e-2)
    assert change.reshape(-1) == pytest.approx(offset * axes.spread[index] * axes.pattern(index, code.shape), abs=1e-4)
    mean = axes.positions(resized(axes.mean.reshape(2, 4, 4), code.shape))
    assert mean == pytest.approx(np.zeros(3), abs=1e-4)


def test_a_map_drawn_out_keeps_its_change_in_each_cell() -> None:
    """On a map twice as large the first axis changes the cells of a corner by as much as the trained map's corner."""
    axes = dataclasses.replace(space_of(32, 3).axes, shape=(2, 4, 4))
    small, large = (axes.change(np.array([1.0, 0, 0]), shape) for shape in ((2, 4, 4), (2, 8, 8)))
    assert large[:, 0, 0] == pytest.approx(small[:, 0, 0], abs=1e-6)
    assert large.mean() == pytest.approx(small.mean(), abs=1e-6)


def test_numbers_of_a_vector_move_alone() -> None:
    """Each slider adds to one number, counted in its standard deviation."""
    group = channels(np.array([1.0, 2.0], np.float32), np.array([0.5, 4.0], np.float32), (2,))
    code = np.array([2.0, 2.0], np.float32)
    assert group.positions(code) == pytest.approx([2.0, 0.0])
    assert group.change(np.array([0.0, 1.0]), (2,)) == pytest.approx([0.0, 4.0])


@pytest.mark.parametrize("shape", [(2, 2, 2), (2, 5, 3)])
def test_channels_of_a_map_move_every_cell(shape: tuple[int, int, int]) -> None:
    """A channel's slider adds the same to each of its cells and nothing to other channels, at any size."""
    mean, std = np.repeat([1.0, -1.0], 4).astype(np.float32), np.repeat([2.0, 1.0], 4).astype(np.float32)
    group = channels(mean, std, (2, 2, 2))
    code = np.random.default_rng(0).normal(size=shape).astype(np.float32)
    change = group.change(np.array([1.5, 0.0]), shape)
    assert change[0] == pytest.approx(np.full(shape[1:], 3.0))
    assert not change[1].any()
    before, after = group.positions(code), group.positions(code + change)
    assert before is not None
    assert after == pytest.approx(before + np.array([1.5, 0.0]), abs=1e-5)


def test_a_channel_spreads_over_its_cells_too() -> None:
    """Cells whose means differ spread the channel, though none of them varies; one that never varies has a unit."""
    mean = np.array([-1.0, 1.0, 5.0, 5.0], np.float32)
    group = channels(mean, np.zeros(4, np.float32), (2, 1, 2))
    assert group.std == pytest.approx([1.0, 1.0])
