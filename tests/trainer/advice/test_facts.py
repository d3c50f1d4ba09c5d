"""What a set of pictures is like."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from trainer.advice import facts
from trainer.advice.facts import GREY_LEVELS, wave_errors
from trainer.data import Pictures
from trainer.start.whole_pca import WholeCode


class Held:
    """Pictures in memory, and which of them were asked for."""

    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        self.pixels, self.taken = pixels, list[NDArray[np.int64]]()

    def __len__(self) -> int:
        return len(self.pixels)

    def batch(self, positions: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Those pictures."""
        self.taken.append(positions)
        return self.pixels[positions]


def code_of(pictures: NDArray[np.uint8], numbers: int) -> WholeCode:
    """As many components as said, of which only their number and the mean matter here."""
    mean = (pictures.astype(np.float32) / 255).mean(axis=0).reshape(-1)
    return cast(WholeCode, SimpleNamespace(mean=mean, components=np.zeros((numbers, mean.size), np.float32)))


def test_enough_waves_say_everything() -> None:
    """With as many waves as there are values nothing is left over; with one the error is that of all the others."""
    pictures = np.random.default_rng(0).integers(0, 256, (6, 4, 4, 3), np.uint8)
    assert wave_errors(pictures, pictures, code_of(pictures, 48)) == pytest.approx(np.zeros(6), abs=1e-6)
    few = [float(wave_errors(pictures, pictures, code_of(pictures, numbers)).mean()) for numbers in (1, 8, 24, 47)]
    assert few == sorted(few, reverse=True)
    assert few[-1] > 0


def test_without_waves_the_error_is_that_of_the_mean() -> None:
    """Waves and colours are orthonormal: what no wave says is the squared distance from the mean picture."""
    train, holdout = np.random.default_rng(1).integers(0, 256, (2, 5, 8, 8, 3), np.uint8)
    code = code_of(train, 0)
    wanted = np.square(holdout / 255 - code.mean.reshape(8, 8, 3)).mean(axis=(1, 2, 3))
    assert wave_errors(train, holdout, code) == pytest.approx(wanted, rel=1e-4)


@given(st.integers(0, 8))
def test_grey_allows_for_rounding(apart: int) -> None:
    """Channels that JPEG rounded apart are grey still; one picture with colours among many is enough for colours."""
    pixels = np.full((5, 4, 4, 3), 100, np.uint8)
    pixels[3, 2, 2, 1] += apart
    assert facts._is_grey(cast(Pictures, Held(pixels))) == (apart <= GREY_LEVELS)


@given(st.integers(1, 700))
def test_at_most_a_sample_is_looked_at_from_all_over(count: int) -> None:
    """Evenly, from the first on, each picture once."""
    pixels = np.arange(count * 3, dtype=np.uint32).astype(np.uint8).reshape(count, 1, 1, 3)
    pictures = Held(pixels)
    assert len(facts._spread(cast(Pictures, pictures))) == min(count, facts.SAMPLE)
    (positions,) = pictures.taken
    assert positions[0] == 0
    assert len(set(positions.tolist())) == len(positions)
    assert np.ptp(np.diff(positions)) <= 1 if len(positions) > 1 else True
