"""A run gets its samplers, their distances and their grids."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from trainer.architectures.families import build_autoencoder
from trainer.data import Pictures
from trainer.machine.device import Device
from trainer.options.config import TrainConfig
from trainer.run.checkpoint import save_config, save_weights
from trainer.run.sampling import draw_samples

CPU = Device("cpu", bf16=False)


PIXELS = np.random.default_rng(0).integers(0, 256, (70, 32, 32, 3), dtype=np.uint8)


PICTURES = Pictures(PIXELS, np.arange(70))


@pytest.mark.parametrize(("latent", "kl"), [("vector", 0.0), ("map", 0.1)])
def test_a_run_gets_its_samplers(latent: str, kl: float, tmp_path: Path) -> None:
    """The arrays have the names, shapes and types of the bundle's contract; uniform noise is the farthest away."""
    torch.manual_seed(0)
    config = TrainConfig.of(latent=latent, latent_size=6, size=32, width=0.25, kl=kl)
    save_config(tmp_path, config)
    save_weights(tmp_path, build_autoencoder(config.blueprint), 1)
    said: list[str] = []
    draw_samples(tmp_path, config, PICTURES, CPU, said.append)
    width = 6 if latent == "vector" else 6 * 4 * 4
    names = {"gaussian", "mixture", "uniform"} | ({"prior"} if kl else set())
    with np.load(tmp_path / "samplers.npz", allow_pickle=False) as file:
        arrays = dict(file)
    axes = len(arrays["spread"])
    parts = len(arrays["mixture_weights"])
    assert {name: each.shape for name, each in arrays.items()} == {
        "mean": (width,),
        "axes": (axes, width),
        "spread": (axes,),
        "mixture_weights": (parts,),
        "mixture_means": (parts, axes),
        "mixture_factors": (parts, axes, axes),
    }
    assert arrays["axes"].dtype == (np.float32 if latent == "vector" else np.float16)
    assert not np.triu(arrays["mixture_factors"], 1).any()
    found = {each["name"]: each["distance"] for each in json.loads((tmp_path / "samplers.json").read_text())}
    assert set(found) == names
    assert found["gaussian"] < found["uniform"]
    assert all(name in said[-1] for name in names)
    for name in names:
        with Image.open(tmp_path / "samples" / f"{name}.png") as grid:
            assert grid.size == (8 * 32, 4 * 32)


def test_nothing_to_draw_from_is_said(tmp_path: Path) -> None:
    """Where all pictures have the same latent there is nothing to fit, and the run says so and is whole."""
    config = TrainConfig.of(latent_size=4, size=32, width=0.25)
    save_config(tmp_path, config)
    save_weights(tmp_path, build_autoencoder(config.blueprint), 1)
    said: list[str] = []
    draw_samples(tmp_path, config, Pictures(np.zeros((5, 32, 32, 3), np.uint8), np.arange(5)), CPU, said.append)
    assert "left out" in said[-1]
    assert not (tmp_path / "samplers.npz").exists()
