"""Random latents are drawn from what was fitted, and their distances are those to the nearest."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.architectures.families import build_autoencoder
from trainer.data import Pictures
from trainer.machine.device import Device
from trainer.options.config import TrainConfig
from trainer.run.samplers import distance, encode_some, fit_mixture, whiten

CPU = Device("cpu", bf16=False)


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


def test_wide_latents_come_from_fewer_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """The numbers held in memory are bounded, whatever the picture's size; the pictures are spread evenly."""
    monkeypatch.setattr("trainer.run.samplers.LARGEST_NUMBERS", 80)
    monkeypatch.setattr("trainer.run.samplers.SMALLEST_SAMPLE", 3)
    pixels = np.random.default_rng(0).integers(0, 256, (70, 32, 32, 3), dtype=np.uint8)
    model = build_autoencoder(TrainConfig.of(latent_size=4, size=32, width=0.25).blueprint).eval()
    assert encode_some(model, Pictures(pixels, np.arange(70)), CPU).shape == (20, 4)
