"""Principal axes of latents."""

from __future__ import annotations

import numpy as np
import pytest

from export.statistics import axes, encoding
from export.statistics.axes import find_axes, streamed_axes
from export.statistics.encoding import Codes
from trainer.run.principal import LARGEST_AXES

COUNT, WIDTH = 900, 80


@pytest.fixture
def codes() -> Codes:
    """Latents that vary along five directions, each less than the one before, and hardly anywhere else."""
    random = np.random.default_rng(0)
    basis = np.linalg.qr(random.standard_normal((WIDTH, WIDTH)))[0].T
    spread = np.concatenate([[16, 8, 4, 2, 1], np.full(WIDTH - 5, 0.01)])
    latents = (random.standard_normal((COUNT, WIDTH)) * spread) @ basis + 7
    return Codes(latents.astype(np.float32), np.arange(COUNT), (WIDTH,))


def test_axes_that_are_streamed_are_those_in_memory(codes: Codes) -> None:
    """The first five agree, sign and all; they are of length 1 and at right angles."""
    mean = codes.latents.mean(axis=0, dtype=np.float64)
    exact, streamed = find_axes(codes, mean), streamed_axes(codes)
    assert streamed.shape[0] <= LARGEST_AXES
    assert np.allclose(np.abs(np.sum(exact[:5] * streamed[:5], axis=1)), 1, atol=1e-3)
    assert (np.sum(exact[:5] * streamed[:5], axis=1) > 0).all()
    assert np.allclose(streamed @ streamed.T, np.eye(len(streamed)), atol=1e-6)


def test_many_numbers_are_streamed(codes: Codes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the codes do not fit in memory; the result is the same every time."""
    monkeypatch.setattr(encoding, "NUMBERS_IN_MEMORY", COUNT * WIDTH - 1)
    mean = codes.latents.mean(axis=0, dtype=np.float64)
    assert np.array_equal(find_axes(codes, mean), streamed_axes(codes))
    assert np.array_equal(streamed_axes(codes), streamed_axes(codes))


def test_directions_in_which_nothing_varies_are_no_axes() -> None:
    """Dead numbers of a latent have none."""
    random = np.random.default_rng(1)
    latents = np.zeros((axes.STREAM_ROWS * 2, 70), np.float32)
    latents[:, :3] = random.standard_normal((len(latents), 3))
    found = streamed_axes(Codes(latents, np.arange(len(latents)), (70,)))
    assert len(found) == 3
    assert np.allclose(found[:, 3:], 0, atol=1e-6)
