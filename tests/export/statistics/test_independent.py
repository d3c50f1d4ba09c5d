"""Axes that vary as independently as can be."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from export.runtime import Graph
from export.statistics.encoding import Codes
from export.statistics.independent import contrast, find_independent, find_rotation
from export.statistics.latents import LatentStatistics, measure_latents
from trainer.data.dataset import Progress

Array = NDArray[Any]
SAMPLES = 3000


class Same(Graph):
    """A graph that gives back what it is given: pictures and latents are one."""

    def __init__(self) -> None:
        super().__init__("same", None)  # type: ignore[arg-type]

    def __call__(self, batch: Array) -> Array:
        return batch


def sources(seed: int) -> Array:
    """Five properties of nearly one variance that know nothing of each other, none of them Gaussian: [N, 5]."""
    rng = np.random.default_rng(seed)
    values = [
        rng.random(SAMPLES),
        rng.choice([0, 1], SAMPLES),
        rng.laplace(size=SAMPLES),
        rng.exponential(size=SAMPLES) ** 2,
        rng.choice([-1.0, 0.0, 1.0], SAMPLES, p=[0.1, 0.8, 0.1]),
    ]
    spreads = np.linspace(1.2, 1.0, len(values))
    return np.stack([spread * (each - each.mean()) / each.std() for spread, each in zip(spreads, values)], axis=1)


def turn_of(seed: int, width: int) -> Array:
    """An arbitrary rotation [K, K]."""
    rotation: Array = np.linalg.qr(np.random.default_rng(seed).normal(size=(width, width)))[0]
    return rotation


def mixed(seed: int, noise: float = 0.0) -> tuple[Codes, LatentStatistics]:
    """Codes of 8 numbers that mix the five sources, and their statistics."""
    silence: Progress = lambda *_: None  # noqa: E731
    latents = sources(seed) @ turn_of(seed, 8)[:5] * 10 + noise * np.random.default_rng(seed).normal(size=(SAMPLES, 8))
    codes = Codes((5 + latents).astype(np.float32), np.arange(SAMPLES), (8,))
    return codes, measure_latents(codes, Same(), silence)


@settings(max_examples=10)
@given(seed=st.integers(0, 10_000))
def test_what_was_mixed_is_found_again(seed: int) -> None:
    """Each turned coordinate follows one source, whatever rotation had mixed them; the rotation is one."""
    mixing = turn_of(seed, 5)
    rotation = find_rotation(sources(seed) @ mixing, lambda *_: None)
    np.testing.assert_allclose(rotation @ rotation.T, np.eye(5), atol=1e-12)
    found = np.abs(rotation @ mixing.T)
    assert found.max(axis=1) == pytest.approx(np.ones(5), abs=0.03)
    assert sorted(found.argmax(axis=1).tolist()) == [0, 1, 2, 3, 4]


@settings(max_examples=30)
@given(seed=st.integers(0, 10_000), count=st.integers(2, 4000), width=st.integers(0, 10))
def test_gaussian_noise_stays(seed: int, count: int, width: int) -> None:
    """There is nothing to be found in it, however few samples there are; nor where nothing varies."""
    noise = np.random.default_rng(seed).normal(size=(count, width))
    noise -= noise.mean(axis=0)
    np.testing.assert_array_equal(find_rotation(noise, lambda *_: None), np.eye(width))
    np.testing.assert_array_equal(find_rotation(np.zeros((count, width)), lambda *_: None), np.eye(width))


@pytest.mark.parametrize("width", [1, 2])
def test_one_axis_stays_and_two_are_turned(width: int) -> None:
    """The fewest that there can be."""
    square = sources(0)[:, :width] @ (turn_of(1, 2) if width == 2 else np.eye(1))
    rotation = find_rotation(square, lambda *_: None)
    assert rotation.shape == (width, width)
    assert np.allclose(rotation, np.eye(width)) == (width == 1)


def test_the_contrast_is_none_for_a_gaussian_alone() -> None:
    """Whatever its spread; the constant is the mean of log cosh over a standard normal."""
    values = np.linspace(-12, 12, 100_001)
    weights = np.exp(-np.square(values) / 2) * (values[1] - values[0]) / np.sqrt(2 * np.pi)
    mean = float(np.sum(weights * np.log(np.cosh(values))))
    two_valued = np.array([-3.0, 3.0] * 50)
    assert contrast(two_valued) == pytest.approx((np.log(np.cosh(1)) - mean) ** 2, abs=1e-6)
    gaussian = np.random.default_rng(0).normal(size=(2, 100_000)) * np.array([[1], [50]])
    assert (contrast(gaussian) < 1e-6).all()


def test_axes_have_their_limits_and_their_effect(silent: Progress) -> None:
    """Most variance first, unit length, sign fixed, spread and percentiles of the codes along each; the same twice."""
    codes, statistics = mixed(3)
    arrays = find_independent(codes, statistics, Same(), silent)
    axes = arrays["independent"]
    assert axes.shape == (5, 8)
    assert {str(array.dtype) for array in arrays.values()} == {"float32"}
    np.testing.assert_allclose(axes @ axes.T, np.eye(5), atol=1e-5)
    assert (axes[np.arange(5), np.abs(axes).argmax(axis=1)] > 0).all()
    along = (codes.latents - statistics.mean) @ axes.T
    assert (np.diff(arrays["independent_spread"]) < 0).all()
    np.testing.assert_allclose(arrays["independent_spread"], along.std(axis=0), rtol=1e-3)
    low, high = np.percentile(along, (0.5, 99.5), axis=0)
    np.testing.assert_allclose(arrays["independent_low"], low, rtol=1e-2, atol=1e-2)
    np.testing.assert_allclose(arrays["independent_high"], high, rtol=1e-2, atol=1e-2)
    change = (high - low)[:, None] * np.abs(axes)  # pictures are latents here
    np.testing.assert_allclose(arrays["independent_effect"], change.mean(axis=1), rtol=1e-2)
    again = find_independent(codes, statistics, Same(), silent)
    assert {name: array.tobytes() for name, array in again.items()} == {n: a.tobytes() for n, a in arrays.items()}


def test_a_map_keeps_half_precision(silent: Progress) -> None:
    """As its principal axes do, and limits fit the axes as they are stored."""
    flat, _ = mixed(4)
    codes = Codes(flat.latents, flat.rows, (2, 2, 2))
    statistics = measure_latents(codes, Same(), silent)
    arrays = find_independent(codes, statistics, Same(), silent)
    assert arrays["independent"].dtype == statistics.axes.dtype == np.float16
    along = (codes.latents - statistics.mean) @ arrays["independent"].T.astype(np.float64)
    np.testing.assert_allclose(arrays["independent_spread"], along.std(axis=0), rtol=1e-3)


def test_independent_latents_need_no_second_group(silent: Progress) -> None:
    """Where no axis is to be turned there are no arrays."""
    noise = np.random.default_rng(0).normal(size=(SAMPLES, 4)).astype(np.float32) * np.float32([40, 30, 20, 10])
    codes = Codes(noise, np.arange(SAMPLES), (4,))
    assert find_independent(codes, measure_latents(codes, Same(), silent), Same(), silent) == {}


def test_progress_is_told() -> None:
    """How far the turning is, up to its end, and which slider is tried."""
    told: list[tuple[str, int, int]] = []
    codes, statistics = mixed(5)
    find_independent(codes, statistics, Same(), lambda *words: told.append(words))
    turning = [(done, total) for what, done, total in told if what == "Turning axes"]
    assert turning == sorted(turning)
    assert turning[-1][0] == turning[-1][1]
    assert ("Trying sliders", 5, 5) in told
