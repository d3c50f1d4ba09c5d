"""A network starts as the better of its floors."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from trainer.architectures.families import build_autoencoder
from trainer.data import Data, Pictures
from trainer.evaluation import psnr_db, to_input
from trainer.floor import floor
from trainer.floor.floor import map_floors
from trainer.floor.start import find_floors, set_start
from trainer.machine.budget import Budget
from trainer.machine.device import Device
from trainer.options.config import TrainConfig
from trainer.start.lapped import LappedCode


def test_windows_that_are_worse_than_blocks_are_not_started_from(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the fit of overlapping windows came to nothing, blocks are the only floor and the start, to a hundredth."""
    random = np.random.default_rng(0)
    smooth = np.cumsum(np.cumsum(random.normal(size=(10, 64, 64, 3)), axis=1), axis=2) * 3 + 128
    pixels = smooth.clip(0, 255).astype(np.uint8)
    train, holdout = Pictures(pixels, np.arange(7)), Pictures(pixels, np.arange(7, 10))
    nothing = LappedCode(
        np.zeros(3, np.float32), np.zeros((4, 192, 3, 3), np.float32), np.zeros((192, 4, 3, 3), np.float32), 7
    )
    monkeypatch.setattr(floor, "fit_lapped", lambda *_, **__: nothing)
    floors = map_floors(train, holdout, 4)
    assert [each.name for each in floors.measured] == ["blocks"]
    config = TrainConfig.of(size=64, latent="map", latent_size=4, init="lapped", width=0.125)
    model = build_autoencoder(config.blueprint).eval()
    set_start(model, "lapped", floors)
    image = to_input(holdout.batch(slice(None)), Device("cpu", bf16=False))
    with torch.no_grad():
        assert psnr_db(model(image), image).mean().item() == pytest.approx(floors.measured[0].psnr_db, abs=0.01)


def test_without_time_floors_are_of_less() -> None:
    """Where the time for them is over, components are of 128 pictures, and blocks take the place of windows."""
    random = np.random.default_rng(0)
    pixels = random.integers(0, 256, (150, 64, 64, 3), dtype=np.uint8)
    data = Data(Pictures(pixels, np.arange(140)), Pictures(pixels, np.arange(140, 150)), "mine", (), None)
    late = Budget(lambda: 9.0, 10.0)
    options = {"size": 64, "width": 0.125, "depth": 0.25}
    config = TrainConfig.of(**options, latent="map", latent_size=4, init="lapped")
    model = build_autoencoder(config.blueprint)
    floors = find_floors(config, data, model, late)
    assert [each.name for each in floors.measured] == ["blocks"]
    set_start(model, "lapped", floors)
    config = TrainConfig.of(**options, latent="vector", latent_size=4, init="pca")
    floors = find_floors(config, data, build_autoencoder(config.blueprint), late)
    assert floors.whole is not None
    assert floors.whole.pictures == 128
    assert late.cuts == ["blocks in place of overlapping windows", "components from 128 of 140"]
