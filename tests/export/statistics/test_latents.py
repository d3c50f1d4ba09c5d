"""Slider statistics and held-out quality against plain computations of the same."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from export.proof.quality import find_thresholds, measure_quality
from export.runtime import Graph
from export.sampling import batches, spread
from export.statistics import encoding
from export.statistics.axes import streamed_axes
from export.statistics.encoding import Codes, encode_sample
from export.statistics.latents import LatentStatistics, measure_latents, to_npz
from trainer.data import Data
from trainer.data.dataset import Progress
from trainer.objective.losses import ssim
from trainer.run.checkpoint import Run
from trainer.run.principal import principal_axes

Pair = tuple[Graph, Graph]


def measure(graphs: Pair, data: Data, silent: Progress) -> LatentStatistics:
    """Statistics of the training pictures' latents."""
    return measure_latents(encode_sample(graphs[0], data.train, "", silent), graphs[1], silent)


@pytest.fixture(scope="module")
def vector_statistics(vector_graphs: Pair, data: Data, silent: Progress) -> LatentStatistics:
    """Those of the vector run."""
    return measure(vector_graphs, data, silent)


@pytest.fixture(scope="module")
def map_statistics(map_graphs: Pair, data: Data, silent: Progress) -> LatentStatistics:
    """Those of the map run."""
    return measure(map_graphs, data, silent)


def _samples(count: int, width: int) -> NDArray[np.float64]:
    """Samples of clearly different variance in each direction, around their mean."""
    rng = np.random.default_rng(1)
    rotation, _ = np.linalg.qr(rng.normal(size=(width, width)))
    samples = rng.normal(size=(count, width)) * 0.95 ** np.arange(width) @ rotation
    return samples - samples.mean(axis=0)


@pytest.mark.parametrize(("count", "width"), [(50, 8), (8, 8), (10, 30)])
def test_axes_are_those_of_a_plain_svd(count: int, width: int) -> None:
    """Both ways, by the covariance and by snapshots, give the right singular vectors in their order."""
    centred = _samples(count, width)
    axes = principal_axes(centred)
    expected = np.linalg.svd(centred, full_matrices=False)[2][: min(width, count - 1)]
    assert axes.shape == expected.shape
    np.testing.assert_allclose(np.abs((axes * expected).sum(axis=1)), 1, atol=1e-6)
    np.testing.assert_allclose(axes @ axes.T, np.eye(len(axes)), atol=1e-6)


@pytest.mark.parametrize("width", [6, 40])
def test_the_sign_of_an_axis_is_fixed(width: int) -> None:
    """Each axis's largest component is positive, whichever way the samples point."""
    centred = _samples(20, width)
    axes = principal_axes(centred)
    assert (axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)] > 0).all()
    np.testing.assert_allclose(principal_axes(-centred), axes, atol=1e-9)


@pytest.mark.parametrize("width", [6, 40])
def test_dead_axes_are_left_out(width: int) -> None:
    """Directions in which nothing varies, or only by rounding, get no slider."""
    centred = np.zeros((20, width))
    centred[:, :3] = _samples(20, 3)
    centred[:, 4] = _samples(20, 3)[:, 0] * 1e-7
    assert principal_axes(centred).shape == (3, width)


def test_one_picture_or_equal_ones_give_no_axis() -> None:
    """There is nothing to move along."""
    assert principal_axes(np.zeros((1, 5))).shape == (0, 5)
    assert principal_axes(np.zeros((9, 5))).shape == (0, 5)


def test_there_are_at_most_64_axes() -> None:
    """However wide the latent is."""
    assert principal_axes(_samples(100, 80)).shape == (64, 80)


def test_statistics_are_those_of_the_training_latents(
    vector_statistics: LatentStatistics, vector_graphs: Pair, data: Data
) -> None:
    """Mean, deviation, spread and percentiles equal numpy's over the exported encoder's outputs."""
    codes = vector_graphs[0](data.train.batch(slice(None)))
    np.testing.assert_allclose(vector_statistics.mean, codes.mean(axis=0), atol=1e-6)
    np.testing.assert_allclose(vector_statistics.std, codes.std(axis=0), atol=1e-6)
    coordinates = (codes - codes.mean(axis=0)) @ vector_statistics.axes.T
    np.testing.assert_allclose(vector_statistics.spread, coordinates.std(axis=0), rtol=1e-4)
    np.testing.assert_allclose(vector_statistics.low, np.percentile(coordinates, 0.5, axis=0), rtol=1e-3)
    np.testing.assert_allclose(vector_statistics.high, np.percentile(coordinates, 99.5, axis=0), rtol=1e-3)
    assert (np.diff(vector_statistics.spread) <= 0).all()


def test_a_map_is_flattened_and_keeps_its_axes_in_half_precision(map_statistics: LatentStatistics, data: Data) -> None:
    """[4, 4, 4] becomes 64 numbers; there are as many axes as pictures allow."""
    assert map_statistics.mean.shape == (4 * 4 * 4,)
    assert map_statistics.axes.dtype == np.float16
    assert map_statistics.axes.shape == (len(data.train) - 1, 64)
    assert len(map_statistics.effect) == len(map_statistics.low) == len(map_statistics.axes)
    np.testing.assert_allclose(np.linalg.norm(map_statistics.axes.astype(np.float64), axis=1), 1, atol=1e-3)


def test_effect_is_measured(vector_statistics: LatentStatistics, vector_graphs: Pair) -> None:
    """It is what the decoder really changes from one end of the first slider to the other."""
    mean, axis = vector_statistics.mean, vector_statistics.axes[0]
    ends = np.stack([mean + end[0] * axis for end in (vector_statistics.low, vector_statistics.high)])
    first, last = vector_graphs[1](ends.astype(np.float32)).astype(int)
    assert vector_statistics.effect[0] == pytest.approx(np.abs(last - first).mean())
    assert vector_statistics.effect[0] > 1


def test_measuring_twice_gives_the_same_bytes(
    vector_statistics: LatentStatistics, vector_graphs: Pair, data: Data, silent: Progress
) -> None:
    """A re-export has the same sliders."""
    again = measure(vector_graphs, data, silent)
    assert to_npz(again.arrays()) == to_npz(vector_statistics.arrays())


def test_the_file_holds_the_arrays_of_the_contract(vector_statistics: LatentStatistics) -> None:
    """`latents.npz` loads without pickle."""
    with np.load(io.BytesIO(to_npz(vector_statistics.arrays())), allow_pickle=False) as arrays:
        assert set(arrays.files) == {"mean", "std", "axes", "spread", "low", "high", "effect", "distance_quantiles"}
        np.testing.assert_array_equal(arrays["axes"], vector_statistics.axes)


def test_large_sets_are_sampled(vector_graphs: Pair, data: Data, silent: Progress) -> None:
    """Past the limit an evenly spread part of the pictures is encoded, and it is known which."""
    codes = encode_sample(vector_graphs[0], data.train, "", silent, limit=4)
    rows = data.train.rows[spread(len(data.train), 4)]
    np.testing.assert_array_equal(codes.rows, rows)
    np.testing.assert_allclose(codes.latents, vector_graphs[0](data.train.pixels[rows]), atol=1e-6)


def test_what_does_not_fit_in_memory_is_kept_in_a_file(
    map_graphs: Pair, data: Data, silent: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A memory-mapped file holds the same latents, and statistics in blocks come to the same."""
    whole = encode_sample(map_graphs[0], data.train, "", silent)
    monkeypatch.setattr(encoding, "NUMBERS_IN_MEMORY", 100)
    monkeypatch.setattr(encoding, "BLOCK_NUMBERS", 3 * whole.latents.shape[1])
    mapped = encode_sample(map_graphs[0], data.train, "", silent)
    assert isinstance(mapped.latents, np.memmap)
    assert not mapped.in_memory
    np.testing.assert_array_equal(mapped.latents, whole.latents)
    assert [len(block) for _, block in mapped.blocks()] == [3, 3, 3, 2]


def test_streamed_axes_are_nearly_the_exact_ones() -> None:
    """Incremental PCA spans what the exact axes span, in their order and with their signs, and the same each time."""
    samples = _samples(1000, 90).astype(np.float32)
    codes = Codes(samples, np.arange(len(samples)), samples.shape[1:])
    streamed = streamed_axes(codes)
    exact = principal_axes(samples.astype(np.float64) - samples.mean(axis=0))
    assert streamed.shape == (64, 90)
    assert (np.einsum("kd,kd->k", streamed[:10], exact[:10]) > 0.95).all()
    np.testing.assert_array_equal(streamed_axes(codes), streamed)


def test_an_axis_that_nobody_sees_is_left_out(data: Data, silent: Progress, vector_graphs: Pair) -> None:
    """Its latents vary, but the decoder does not look at them."""
    codes = encode_sample(vector_graphs[0], data.train, "", silent)
    known = np.column_stack([codes.latents, np.ones(len(codes.rows))])
    noise = 50 * np.random.default_rng(0).standard_normal(len(codes.rows))
    unrelated = noise - known @ np.linalg.lstsq(known, noise, rcond=None)[0]
    wider = np.column_stack([codes.latents, unrelated])
    session = vector_graphs[1].session

    class Blind(Graph):
        def __call__(self, batch: NDArray[Any]) -> NDArray[Any]:
            return Graph(self.name, self.session)(np.ascontiguousarray(batch[:, :-1]))

    blind = Blind("decoder.onnx", session)
    statistics = measure_latents(Codes(wider.astype(np.float32), codes.rows, (9,)), blind, silent)
    assert len(statistics.axes) == 8
    assert (np.abs(statistics.axes[:, -1]) < 0.5).all()
    assert (statistics.effect > 0.01).all()


def test_distances_are_percentiles_of_whitened_coordinates(
    vector_statistics: LatentStatistics, vector_graphs: Pair, data: Data
) -> None:
    """101 of them, rising from the most ordinary training picture to the strangest."""
    codes = vector_graphs[0](data.train.batch(slice(None)))
    whitened = (codes - codes.mean(axis=0)) @ vector_statistics.axes.T / vector_statistics.spread
    distances = np.sqrt((whitened**2).mean(axis=1))
    quantiles = vector_statistics.distance_quantiles
    assert quantiles.shape == (101,)
    np.testing.assert_allclose(quantiles[[0, 50, 100]], np.percentile(distances, [0, 50, 100]), rtol=1e-3)
    assert (np.diff(quantiles) >= 0).all()


def test_a_sample_is_spread_evenly() -> None:
    """From the first picture on, in equal steps, each once."""
    assert spread(10, 5).tolist() == [0, 2, 4, 6, 8]
    assert spread(3, 5).tolist() == [0, 1, 2]


def test_batches_are_bounded_and_whole(data: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every picture comes once, in order, in batches of bounded size."""
    monkeypatch.setattr("export.sampling.BATCH_PIXELS", 5 * 32 * 32)
    found = list(batches(data.train, spread(len(data.train), 100)))
    assert max(map(len, found)) == 5
    np.testing.assert_array_equal(np.concatenate(found), data.train.batch(slice(None)))


def test_quality_is_the_mean_over_held_out_pictures(
    vector_run: Run, vector_graphs: Pair, data: Data, silent: Progress
) -> None:
    """PSNR equals the textbook formula on the graphs' own pixels."""
    quality, squared_errors = measure_quality(*vector_graphs, data.holdout, data.source, silent)
    originals = data.holdout.batch(slice(None))
    reconstruction = vector_graphs[1](vector_graphs[0](originals))
    errors = ((reconstruction.astype(float) - originals) ** 2).mean(axis=(1, 2, 3))
    assert quality.psnr_db == pytest.approx((10 * np.log10(255**2 / errors)).mean(), rel=1e-5)
    np.testing.assert_allclose(squared_errors, errors / 255**2, rtol=1e-5)
    assert -1 <= quality.ssim < 1
    assert quality.pictures == len(data.holdout)
    assert quality.data == "14 pictures in " + vector_run.config.pictures.data.name  # type: ignore[union-attr]


def test_ssim_of_a_picture_with_itself_is_one() -> None:
    """And less of one with its negative."""
    picture = torch.rand(2, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    torch.testing.assert_close(ssim(picture, picture), torch.ones(2))
    assert (ssim(picture, 1 - picture) < 0.5).all()


def test_thresholds_are_exceeded_as_often_as_they_say() -> None:
    """At each rate that 2,000 pictures support, that share of them has a larger error."""
    errors = np.random.default_rng(0).gamma(2.0, size=2000)
    thresholds = find_thresholds(errors)
    assert [each.false_alarm_rate for each in thresholds] == [0.1, 0.05, 0.01, 0.001]
    for each in thresholds:
        assert (errors > each.mean_squared_error).mean() == pytest.approx(each.false_alarm_rate)


@pytest.mark.parametrize(("pictures", "rates"), [(19, []), (20, [0.1]), (200, [0.1, 0.05, 0.01])])
def test_few_pictures_support_few_thresholds(pictures: int, rates: list[float]) -> None:
    """A rate at which fewer than two pictures would exceed the threshold is left out."""
    assert [each.false_alarm_rate for each in find_thresholds(np.arange(pictures, dtype=float))] == rates
