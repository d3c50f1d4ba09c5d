"""Random codes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop.engine.errors import ModelError
from desktop.engine.sliders.latents import read_latent_space
from desktop.engine.sliders.samplers import SamplerName, Samplers, read_samplers
from export.bundle import GALLERY_FILE, Bundle, read_bundle
from export.bundle.arrays import read_arrays
from tests import bundles


@pytest.fixture
def samplers(vector: Bundle) -> Samplers:
    """Every sampler, of 8 numbers."""
    rich = bundles.enriched(vector)
    return read_samplers(rich, read_latent_space(rich))


def whitened(samplers: Samplers, codes: np.ndarray) -> np.ndarray:
    """Coordinates of codes `[N, D]`."""
    return (codes - samplers.mean) @ samplers.axes.T / samplers.spread


def test_a_bundle_without_samplers_has_the_two_that_need_nothing(vector: Bundle) -> None:
    """The Gaussian of the axes, and the seed's random feature map."""
    plain = read_samplers(vector, read_latent_space(vector))
    assert plain.names == ("gaussian", "uniform")
    assert plain.draw("gaussian", 3).shape == (8,)


def test_those_nearest_to_real_pictures_come_first(samplers: Samplers) -> None:
    """The order is that of the measured distances."""
    assert samplers.names == ("mixture", "gaussian", "prior", "uniform")
    assert samplers.distance("prior") == 1.5


@pytest.mark.parametrize("name", ["gaussian", "mixture", "prior", "uniform"])
def test_a_seed_always_draws_the_same(samplers: Samplers, name: SamplerName) -> None:
    """And another seed something else."""
    first = samplers.draw(name, 7)
    assert first.dtype == np.float32
    assert np.array_equal(first, samplers.draw(name, 7))
    assert not np.array_equal(first, samplers.draw(name, 8))


def test_each_draws_from_its_own_distribution(samplers: Samplers) -> None:
    """Gaussian coordinates are standard normal, the mixture has two narrow parts, the prior and uniform ignore axes."""
    draws = {name: np.stack([samplers.draw(name, seed) for seed in range(400)]) for name in samplers.names}
    gaussian, mixture = whitened(samplers, draws["gaussian"]), whitened(samplers, draws["mixture"])
    assert gaussian.std(axis=0) == pytest.approx(np.ones(8), abs=0.15)
    assert np.abs(np.abs(mixture) - 1.0).max() < 0.6
    assert 0.4 < (mixture[:, 0] > 0).mean() < 0.6
    assert draws["prior"].std() == pytest.approx(1.0, abs=0.1)
    assert (draws["uniform"] >= 0.0).all()
    assert (draws["uniform"] < 1.0).all()


@pytest.mark.parametrize("name", ["gaussian", "mixture", "prior", "uniform"])
def test_truncation_draws_towards_the_mean(samplers: Samplers, name: SamplerName) -> None:
    """Half of it is half the way, and none of it is the mean."""
    whole, half = samplers.draw(name, 1), samplers.draw(name, 1, 0.5)
    assert half - samplers.mean == pytest.approx((whole - samplers.mean) / 2, abs=1e-6)
    assert samplers.draw(name, 1, 0.0) == pytest.approx(samplers.mean)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"mixture_weights": np.float32([0.5, 0.2])}, "shares that add up to 1"),
        ({"mixture_weights": np.float32([1.5, -0.5])}, "shares that add up to 1"),
        ({"mixture_means": np.zeros((2, 3), np.float32)}, "mixture_means must hold finite floats"),
        ({"mixture_factors": None}, "mixture_factors is missing"),
        ({"spread": np.full(8, np.nan, np.float32)}, "spread must hold finite floats"),
    ],
)
def test_each_array_is_checked(vector: Bundle, change: dict[str, np.ndarray | None], text: str) -> None:
    """What breaks the contract is named."""
    rich = bundles.enriched(vector)
    arrays = {name: array for name, array in (bundles.sampler_arrays(8) | change).items() if array is not None}
    spoilt = bundles.rewrite(rich, samplers_npz=bundles.npz(arrays))
    with pytest.raises(ModelError, match=text):
        read_samplers(spoilt, read_latent_space(spoilt))


@pytest.mark.parametrize("name", ["prior", "uniform"])
def test_random_maps_are_of_any_size(free: Bundle, name: SamplerName) -> None:
    """A random feature map is as large as its picture; drawn to the mean altogether, it is its channels' means."""
    samplers = read_samplers(free, read_latent_space(free))
    assert samplers.draw(name, 1, shape=(4, 7, 3)).shape == (4, 7, 3)
    flat = samplers.draw(name, 1, 0.0, shape=(4, 7, 3))
    means = samplers.mean.reshape(4, 16).mean(axis=1)
    assert flat == pytest.approx(np.broadcast_to(means[:, None, None], (4, 7, 3)))
    assert samplers.draw("gaussian", 1, shape=(4, 7, 3)).shape == (4, 4, 4)


def test_the_first_sampler_of_the_shipped_map_draws_different_likely_maps() -> None:
    """32 draws of the sampler that the window offers first differ, and their channels are like training pictures'."""
    bundle = read_bundle(Path(__file__).resolve().parents[4] / "models" / "photos")
    space = read_latent_space(bundle)
    samplers = read_samplers(bundle, space)
    first = samplers.names[0]
    assert first != "uniform"
    drawn = np.stack([samplers.draw(first, seed) for seed in range(32)]).reshape(32, *space.shape).astype(np.float64)
    apart = np.abs(drawn[:, None] - drawn[None]).mean(axis=(2, 3, 4))
    real = read_arrays(bundle, GALLERY_FILE)["latents"].astype(np.float64).reshape(-1, *space.shape)
    pairs = apart[~np.eye(32, dtype=bool)] / drawn.std()
    some = real[:: len(real) // 32][:32]
    of_real = np.abs(some[:, None] - some[None]).mean(axis=(2, 3, 4))[~np.eye(32, dtype=bool)] / some.std()
    assert pairs.min() > 0.05  # of 496, one may be near by chance
    assert np.quantile(pairs, 0.01) > 0.1
    assert np.median(pairs) > 0.75 * np.median(of_real)
    off = np.abs(drawn.mean(axis=(0, 2, 3)) - real.mean(axis=(0, 2, 3))) / real.mean(axis=(2, 3)).std(axis=0)
    spread = drawn.std(axis=(0, 2, 3)) / real.std(axis=(0, 2, 3))
    assert off.max() < 1
    assert spread.min() > 0.2  # 64 axes hold the coarse of a map: channels of detail have a quarter of their spread
    assert spread.max() < 2
