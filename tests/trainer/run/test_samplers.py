"""Random latents are drawn from what was fitted, and their distances say how unlike real ones they are."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.architectures.families import build_autoencoder
from trainer.data import Pictures
from trainer.machine.device import Device
from trainer.options.config import TrainConfig
from trainer.run.samplers import (
    channel_statistics,
    distance,
    encode_some,
    fit_mixture,
    fit_samplers,
    frechet_distance,
    whiten,
)
from trainer.start.patch_pca import start_from_patches

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


def test_noise_is_far_from_maps_and_what_was_fitted_is_near() -> None:
    """By channel statistics: maps of one kind are near to one another, and uniform noise is far from smooth ones."""
    random = np.random.default_rng(0)

    def smooth(count: int) -> np.ndarray:
        cells = random.normal(size=(count, 3, 1, 1)) + random.normal(size=(count, 3, 4, 4)).repeat(2, 2).repeat(2, 3)
        return cells * 3 + np.array([0.0, 2, -4])[:, None, None]

    real = channel_statistics(smooth(300))
    assert real.shape == (300, 9)
    near = frechet_distance(channel_statistics(smooth(200)), real)
    far = frechet_distance(channel_statistics(random.random((200, 3, 8, 8))), real)
    assert near < 0.2
    assert far > 10 * near
    assert frechet_distance(real, real) == 0


def test_a_silent_channel_does_not_make_all_distances_endless() -> None:
    """Noise in a channel that never varies is farther from real maps than noise in the others, but within reason."""
    random = np.random.default_rng(1)
    maps = random.normal(size=(200, 3, 8, 8)) + random.normal(size=(200, 3, 1, 1))
    noise = random.random((200, 3, 8, 8))
    before = frechet_distance(channel_statistics(noise), channel_statistics(maps))
    maps[:, 1] = 0
    after = frechet_distance(channel_statistics(noise), channel_statistics(maps))
    assert before < after < 1000


def test_the_samplers_of_a_map_are_told_apart() -> None:
    """Fitted to a network with a map, the uniform sampler of the first version is the farthest from real pictures."""
    pixels = np.random.default_rng(0).integers(0, 256, (80, 8, 8, 3), dtype=np.uint8).repeat(4, 1).repeat(4, 2)
    config = TrainConfig.of(latent="map", latent_size=4, size=32, width=0.25, init="pca")
    model = build_autoencoder(config.blueprint).eval()
    start_from_patches(model, Pictures(pixels, np.arange(80)))
    fitted = fit_samplers(model, Pictures(pixels, np.arange(80)), CPU, 0)
    assert fitted is not None
    assert max(fitted.distances, key=lambda name: fitted.distances[name]) == "uniform"
