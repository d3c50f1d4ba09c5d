"""What the probe measures, on networks and values whose answer is known."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from trainer.architectures.families import build_autoencoder
from trainer.data import Pictures
from trainer.machine.device import Device
from trainer.options.config import TrainConfig
from trainer.probe import PROBE_FILE, SEES_FILE, STRETCHED_FILE, extent, half_extent, main, silent_units, stretched
from trainer.run.checkpoint import Run, save_config, save_weights


def test_values_are_stretched_from_their_least_to_their_largest() -> None:
    """As displays do; values that are all alike become black."""
    values = np.array([-1, 0, 3], np.float32)
    assert stretched(values).tolist() == [0, 0.25, 1]
    assert stretched(np.ones(3, np.float32)).tolist() == [0, 0, 0]


def test_extents_are_those_of_a_square() -> None:
    """A square of 5 with nearly all of its influence in its middle; nothing around it."""
    influence = np.zeros((21, 21), np.float32)
    influence[8:13, 8:13] = 0.01
    influence[10, 10] = 1
    assert extent(influence) == 5
    assert half_extent(influence) == 1
    assert half_extent(np.ones((21, 21), np.float32)) == pytest.approx(15, abs=2)
    assert extent(np.zeros((3, 3), np.float32)) == 0


def test_units_that_never_fire_are_counted() -> None:
    """Three whose bias is far below zero, and no other."""
    config = TrainConfig.of(size=32, latent="map", latent_size=4, width=0.25, init="random")
    torch.manual_seed(0)
    model = build_autoencoder(config.blueprint)
    blocks = [each for each in model.modules() if isinstance(each, config.network.family.revivable)]
    with torch.no_grad():
        for block in blocks:
            block.inner.bias.fill_(1000)  # type: ignore[operator, union-attr]
        blocks[-1].inner.bias[:3] = -1000  # type: ignore[operator, union-attr, index]
    pixels = np.random.default_rng(0).integers(0, 256, (9, 32, 32, 3), np.uint8)
    run = Run(Path(), config, model, 1)
    silent, units = silent_units(run, Pictures(pixels, np.arange(9)), Device("cpu", False))
    assert silent == 3
    assert units > 100


def test_a_run_is_probed_as_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A map of 8x8 blocks: figures and pictures lie in the run's folder, and what is no run is one sentence."""
    monkeypatch.setenv("CONVAE_CACHE", str(tmp_path / "cache"))
    options = {"size": 32, "latent": "map", "latent_size": 4, "width": 0.25, "init": "random", "characters": 8}
    config = TrainConfig.of(**options, device="cpu", precision="fp32")
    (tmp_path / "run").mkdir()
    save_config(tmp_path / "run", config)
    save_weights(tmp_path / "run", build_autoencoder(config.blueprint), 1)
    monkeypatch.setattr("sys.argv", ["probe", str(tmp_path / "run")])
    assert main() == 0
    figures = json.loads((tmp_path / "run" / PROBE_FILE).read_text())
    assert 0 < figures["half_px"] <= figures["sees_px"] <= 256
    assert figures["lowest"] < figures["highest"]
    assert (tmp_path / "run" / STRETCHED_FILE).is_file()
    assert (tmp_path / "run" / SEES_FILE).is_file()
    monkeypatch.setattr("sys.argv", ["probe", str(tmp_path)])
    assert main() == 2
