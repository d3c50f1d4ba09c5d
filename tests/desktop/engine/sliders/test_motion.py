"""Dragging a point of a decoded picture, without a model."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.pictures import Pixels
from desktop.engine.sliders import motion
from desktop.engine.sliders.jacobian import Jacobian
from desktop.engine.sliders.motion import REACH, grasp, located, sampled, towards

SIDE = 48
POINTS = st.tuples(st.floats(-50, 50), st.floats(-50, 50))


def blobs(shift: tuple[float, float] = (0.0, 0.0)) -> Pixels:
    """A smooth picture of 64 x 64, moved by so many columns and rows."""
    rows, columns = np.mgrid[:64, :64].astype(float)
    columns, rows = columns - shift[0], rows - shift[1]
    levels = 120 + 50 * np.sin(columns / 4) * np.cos(rows / 5) + 40 * np.sin((columns + 2 * rows) / 9)
    return np.repeat(levels[..., None], 3, axis=2).clip(0, 255).round().astype(np.uint8)


@given(here=POINTS, mouse=POINTS)
def test_a_step_leads_to_the_mouse_and_not_too_far(here: tuple[float, float], mouse: tuple[float, float]) -> None:
    """To the mouse where it is near, else a step's length straight towards it."""
    place = towards(here, mouse)
    gone, before = math.dist(here, place), math.dist(here, mouse)
    assert gone <= REACH + 1e-6
    assert math.dist(place, mouse) == pytest.approx(max(0.0, before - REACH), abs=1e-6)


@pytest.mark.parametrize("shift", [(0.0, 0.0), (2.5, -1.25), (-3.0, 3.0)])
def test_a_patch_is_found_where_it_went(shift: tuple[float, float]) -> None:
    """To a quarter of a pixel, within a few pixels of where it was."""
    grip = grasp(blobs(), (32.0, 30.0), 2)
    column, row = located(blobs(shift), grip.patch, (32.0, 30.0))
    assert column == pytest.approx(32 + shift[0], abs=0.25)
    assert row == pytest.approx(30 + shift[1], abs=0.25)


def test_patches_between_pixels_are_their_mixture() -> None:
    """On a slope every place has the value that the slope has there; beyond the edge the last pixels go on."""
    rows, columns = np.mgrid[:20, :30].astype(np.float32)
    planes = np.stack([columns + 2 * rows, 3 * columns], axis=-1)[None]
    patch = sampled(planes, (10.25, 8.5), 2)[0]
    assert patch.shape == (5, 5, 2)
    assert patch[2, 2].tolist() == pytest.approx([10.25 + 17, 30.75], abs=1e-4)
    assert patch[0, 4].tolist() == pytest.approx([12.25 + 13, 36.75], abs=1e-4)
    corner = sampled(planes, (-9.0, -9.0), 1)[0]
    assert (corner == planes[0, 0, 0]).all()


def spot(across: float) -> np.ndarray:
    """A picture with a soft spot in the upper left quarter, so many pixels from (14, 14)."""
    rows, columns = np.mgrid[:SIDE, :SIDE]
    levels = 60 + 120 * np.exp(-((rows - 14) ** 2 + (columns - 14 - across) ** 2) / 18)
    return np.repeat(levels[..., None], 3, axis=2)


def found(picture: np.ndarray) -> Jacobian:
    """Two directions that move the spot to the right; one of them changes the lower right quarter as well."""
    moved = (spot(0.5) - spot(-0.5)).astype(np.float32)
    columns = np.stack([moved, moved])
    columns[1, 30:, 30:] += 20
    directions = np.eye(2, dtype=np.float32)
    return Jacobian(np.zeros(2, np.float32), picture, directions, columns)


def test_the_rest_of_the_picture_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two ways to move what is held, that one is gone which leaves the rest as it is; else both would be."""
    picture = spot(0).round().astype(np.uint8)
    grip = motion.grasp(picture, (14, 14), 2)
    change, held = motion.pulled(found(picture), picture, grip, (15, 14))
    assert change[0] > 0.5
    assert abs(change[1]) < 0.5 * change[0]
    assert np.allclose(held.moved, change, atol=1e-5)
    monkeypatch.setattr(motion, "ELSEWHERE", 0.0)
    either, _ = motion.pulled(found(picture), picture, grip, (15, 14))
    assert either[0] == pytest.approx(either[1], abs=1e-3)
