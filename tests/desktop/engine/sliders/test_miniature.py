"""A large picture in small, steered as the large one."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.engine import library
from desktop.engine.loaded_model import load_model
from desktop.engine.measures import psnr_db
from desktop.engine.sliders.miniature import Miniature
from desktop.engine.sliders.steering import Knob, Origin, Steering
from export.bundle import Bundle
from tests.pictures import gradient


@pytest.mark.parametrize("masked", [False, True])
def test_a_slider_does_the_same_in_small(free: Bundle, masked: bool) -> None:
    """A slider gives the large picture made smaller, moved in the painted half alone where there is one."""
    model = load_model(library.open_entry(free.folder), "cpu")
    code = model.tiler.encode(gradient(64, 128))
    mask = np.repeat(np.float32([[1.0] * 8 + [0.0] * 8]), 8, axis=0) if masked else None
    state = Steering(code, Origin("picture"), mask=mask)
    small = Miniature(model, state, model.tiler.decode(code))
    start = state.start(model.space, "numbers")
    assert start is not None
    moved = small.moved(Knob("numbers", 0), float(start[0]) + 2)
    assert moved.shape == (16, 32, 3)
    large = model.tiler.decode(state.moved(model.space, Knob("numbers", 0), float(start[0]) + 2).code(model.space))
    halved = large.reshape(16, 4, 32, 4, 3).mean(axis=(1, 3))
    still = small.moved(Knob("numbers", 0), float(start[0]))
    changed = np.abs(moved.astype(int) - still).mean(axis=(0, 2))
    assert changed[:12].min() > 3
    assert (changed[24:].max() == 0) == masked
    wanted = halved.round().astype(np.uint8)
    assert psnr_db(wanted, moved) > psnr_db(wanted, still) + 1
