"""The decoder's Jacobian, and the local axes that follow from it."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from desktop.engine import library
from desktop.engine.loaded_model import LoadedModel, load_model
from desktop.engine.sliders.jacobian import jacobian, probes
from desktop.engine.sliders.local_axes import LARGEST_CHANGE, local_axes
from desktop.engine.sliders.steering import Knob, Origin, Steering, pack, unpack
from export.bundle import Bundle
from tests.pictures import gradient


@pytest.fixture
def model(vector: Bundle) -> LoadedModel:
    """The tiny model of 8 numbers, whose decoder is linear."""
    return load_model(library.open_entry(vector.folder), "cpu")


@pytest.fixture
def cells(free: Bundle) -> LoadedModel:
    """The tiny model of maps of 4 channels."""
    return load_model(library.open_entry(free.folder), "cpu")


def test_columns_are_what_a_whole_direction_changes(model: LoadedModel) -> None:
    """Of a linear decoder, half a step tells the change of a whole one, but for rounding to 8 bits."""
    code = model.space.mean_code
    found = jacobian(model.autoencoder, code, probes(model.space, code))
    assert found.columns.shape == (8, 32, 32, 3)
    for direction, column in zip(found.directions, found.columns):
        changed = model.autoencoder.decode((code + direction)[None])[0].astype(float) - found.picture
        assert column == pytest.approx(changed, abs=2.1)


def test_the_first_local_axis_changes_the_picture_most(model: LoadedModel) -> None:
    """No other direction as likely in training changes it more, and each next axis changes it less."""
    code = model.space.mean_code
    found = jacobian(model.autoencoder, code, probes(model.space, code))
    axes = local_axes(found)
    lengths = [
        np.linalg.norm(np.tensordot(_weights(found.directions, each), found.columns, 1)) for each in axes.vectors
    ]
    assert lengths == sorted(lengths, reverse=True)
    random = np.random.default_rng(0).normal(size=(50, 8))
    others = np.tensordot(random / np.linalg.norm(random, axis=1, keepdims=True), found.columns, 1)
    assert np.sqrt((others**2).sum(axis=(1, 2, 3))).max() <= lengths[0] * 1.001


def _weights(directions: np.ndarray, vector: np.ndarray) -> np.ndarray:
    return np.linalg.lstsq(directions.reshape(len(directions), -1).T, vector.reshape(-1), rcond=None)[0]


def test_the_ends_change_a_picture_by_so_much_at_most(cells: LoadedModel) -> None:
    """A slider's end is where it does too much, whatever the direction is."""
    code = cells.tiler.encode(gradient(32, 32))
    axes = local_axes(jacobian(cells.autoencoder, code, probes(cells.space, code)))
    inside = axes.high > 0.5
    assert (axes.high * axes.effect)[inside] == pytest.approx(
        np.minimum(LARGEST_CHANGE, 4 * axes.effect)[inside], rel=1e-5
    )
    assert np.array_equal(axes.low, -axes.high)


def test_axes_of_a_map_stay_within_the_region(cells: LoadedModel) -> None:
    """Outside the painted cells no axis changes the latent."""
    code = cells.tiler.encode(gradient(32, 64))
    mask = np.zeros((4, 8), np.float32)
    mask[1:3, 2:5] = 1.0
    directions = probes(cells.space, code, mask)
    assert directions.shape[1:] == code.shape
    assert not directions[:, :, mask == 0].any()
    axes = local_axes(jacobian(cells.autoencoder, code, directions))
    assert not axes.vectors[:, :, mask == 0].any()
    assert np.abs(axes.vectors[:, :, mask > 0]).max() > 0


def test_many_channels_are_mixed_at_random(cells: LoadedModel) -> None:
    """Where there are more channels than directions, each direction mixes all of them."""
    code = np.random.default_rng(0).normal(size=(4, 6, 6)).astype(np.float32)
    directions = probes(cells.space, code, count=3)
    assert directions.shape == (3, 4, 6, 6)
    assert (np.abs(directions).max(axis=(2, 3)) > 0).all()


def test_a_state_is_steered_along_local_axes(cells: LoadedModel) -> None:
    """They add to the latent beside the other sliders; other axes, or a file, leave it where it is."""
    code = cells.tiler.encode(gradient(32, 32))
    axes = local_axes(jacobian(cells.autoencoder, code, probes(cells.space, code)))
    state = Steering(code, Origin("picture")).with_local(axes).moved(cells.space, Knob("local", 1), 0.5)
    assert state.code(cells.space) - code == pytest.approx(0.5 * axes.vectors[1], abs=1e-5)
    other = state.with_local(dataclasses.replace(axes, number=-1))
    positions = other.positions(cells.space, "local")
    assert positions is not None
    assert not positions.any()
    assert other.code(cells.space) == pytest.approx(state.code(cells.space), abs=1e-6)
    kept = unpack(pack(state), Origin("kept"), cells.space)
    assert kept.code(cells.space) == pytest.approx(state.code(cells.space), abs=1e-6)
    assert np.array_equal(state.reset().code(cells.space), code)
    assert np.array_equal(other.reset().code(cells.space), code)


def test_small_axes_steer_a_large_map(cells: LoadedModel) -> None:
    """Axes that were found on a small picture are drawn out over the large one's latent."""
    code = cells.tiler.encode(gradient(32, 32))
    axes = local_axes(jacobian(cells.autoencoder, code, probes(cells.space, code)))
    large = Steering(np.zeros((4, 16, 24), np.float32), Origin("picture")).with_local(axes)
    moved = large.moved(cells.space, Knob("local", 0), 1.0).code(cells.space)
    assert moved.mean(axis=(1, 2)) == pytest.approx(axes.vectors[0].mean(axis=(1, 2)), abs=1e-4)


def test_a_drift_that_does_not_fit_is_refused(cells: LoadedModel) -> None:
    """What a file says was dragged must be of the latent's shape."""
    arrays = pack(Steering(np.zeros((4, 4, 4), np.float32), Origin("picture")))
    with pytest.raises(ValueError, match="dragging"):
        unpack({**arrays, "drift": np.zeros((4, 4, 5), np.float32)}, Origin("kept"), cells.space)
