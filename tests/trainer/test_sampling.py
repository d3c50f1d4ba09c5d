"""Random latents are drawn from what was fitted, and their distances say what the grids show."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from trainer.architectures import build_autoencoder
from trainer.checkpoint import save_config, save_weights
from trainer.config import TrainConfig
from trainer.data import Pictures
from trainer.device import Device
from trainer.sampling import distance, draw_samples, encode_some, fit_mixture, whiten

CPU = Device("cpu", bf16=False)
PIXELS = np.random.default_rng(0).integers(0, 256, (70, 32, 32, 3), dtype=np.uint8)
PICTURES = Pictures(PIXELS, np.arange(70))


def _latents(count: int = 400, width: int = 10) -> np.ndarray:
    random = np.random.default_rng(0)
    return random.normal(size=(count, 3)) @ random.normal(size=(3, width)) + 7


def test_whitened_coordinates_have_unit_spread_and_lead_back() -> None:
    """Along each axis the mean is 0 and the deviation 1, and coordinates give back the latents they came from."""
    latents = _latents()
    whitening = whiten(latents)
    coordinates = whitening.coordinates(latents)
    assert coordinates.shape == (400, 3)
    np.testing.assert_allclose(coordinates.mean(axis=0), 0, atol=1e-9)
    np.testing.assert_allclose(coordinates.std(axis=0), 1)
    np.testing.assert_allclose(whitening.latents(coordinates), latents)


def test_a_mixture_finds_clusters() -> None:
    """Two clusters far apart become two components, and what is drawn lies in them and not between."""
    random = np.random.default_rng(0)
    points = random.normal(size=(600, 2)) * 0.1 + np.repeat([[-1.0, 0], [1.0, 0]], 300, axis=0)
    mixture = fit_mixture(points, 0)
    drawn = mixture.draw(500, random)
    assert len(mixture.weights) >= 2
    assert mixture.weights.sum() == pytest.approx(1)
    assert (np.abs(drawn[:, 0]) > 0.4).mean() > 0.98
    assert 0.4 < (drawn[:, 0] > 0).mean() < 0.6


def test_distance_is_to_the_nearest() -> None:
    """The mean over drawn points of the distance to the nearest known one, over the root of the width."""
    known = np.array([[0.0, 0, 0, 0], [10.0, 0, 0, 0]])
    assert distance(known, known) == pytest.approx(0, abs=1e-6)
    assert distance(np.array([[2.0, 0, 0, 0], [10.0, 4, 0, 0]]), known) == pytest.approx((2 + 4) / 2 / 2)


@pytest.mark.parametrize(("latent", "kl"), [("vector", 0.0), ("map", 0.1)])
def test_a_run_gets_its_samplers(latent: str, kl: float, tmp_path: Path) -> None:
    """The arrays have the names, shapes and types of the bundle's contract; uniform noise is the farthest away."""
    torch.manual_seed(0)
    config = TrainConfig(latent=latent, latent_size=6, size=32, width=0.25, kl=kl)  # type: ignore[arg-type]
    save_config(tmp_path, config)
    save_weights(tmp_path, build_autoencoder(config), 1)
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
    config = TrainConfig(latent_size=4, size=32, width=0.25)
    save_config(tmp_path, config)
    save_weights(tmp_path, build_autoencoder(config), 1)
    said: list[str] = []
    draw_samples(tmp_path, config, Pictures(np.zeros((5, 32, 32, 3), np.uint8), np.arange(5)), CPU, said.append)
    assert "left out" in said[-1]
    assert not (tmp_path / "samplers.npz").exists()


def test_wide_latents_come_from_fewer_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """The numbers held in memory are bounded, whatever the picture's size; the pictures are spread evenly."""
    monkeypatch.setattr("trainer.sampling.LARGEST_NUMBERS", 80)
    monkeypatch.setattr("trainer.sampling.SMALLEST_SAMPLE", 3)
    model = build_autoencoder(TrainConfig(latent_size=4, size=32, width=0.25)).eval()
    assert encode_some(model, PICTURES, CPU).shape == (20, 4)
