"""Distances between pictures."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine import measures
from tests.pictures import gradient


def test_equal_pictures_have_infinite_psnr() -> None:
    """No error is an infinite ratio, not a division by zero."""
    picture = np.full((4, 4, 3), 7, np.uint8)
    assert measures.psnr_db(picture, picture) == math.inf


@pytest.mark.parametrize(("error", "expected"), [(255, 0.0), (51, 13.979), (1, 48.131)])
def test_psnr_of_a_known_error(error: int, expected: float) -> None:
    """A uniform error of e levels gives 20 log10(255 / e) dB."""
    black = np.zeros((4, 4, 3), np.uint8)
    assert measures.psnr_db(black, black + np.uint8(error)) == pytest.approx(expected, abs=0.001)


@given(first=st.integers(0, 255), second=st.integers(0, 255))
def test_difference_does_not_wrap(first: int, second: int) -> None:
    """The difference of two levels is their distance, whichever is larger."""
    one, other = np.full((1, 1, 3), first, np.uint8), np.full((1, 1, 3), second, np.uint8)
    assert measures.absolute_difference(one, other).tolist() == [[[abs(first - second)] * 3]]


@pytest.mark.parametrize(("height", "width"), [(6, 11), (40, 33), (700, 500)])
def test_ssim_is_the_trainers(height: int, width: int) -> None:
    """The same number as the export measures, for a picture in one band and in many."""
    torch = pytest.importorskip("torch")
    from trainer.objective.losses import ssim

    noise = np.random.default_rng(0).integers(-20, 21, (height, width, 3))
    first = gradient(height, width)
    second = (first + noise).clip(0, 255).astype(np.uint8)
    tensors = [torch.from_numpy(each).permute(2, 0, 1)[None].float() / 255 for each in (second, first)]
    assert measures.ssim(second, first) == pytest.approx(float(ssim(*tensors)[0]), abs=2e-5)


def test_ssim_of_equal_pictures_is_one() -> None:
    """And a picture too small to be mirrored under the window has none."""
    assert measures.ssim(gradient(20, 30), gradient(20, 30)) == pytest.approx(1.0)
    assert measures.ssim(gradient(5, 30), gradient(5, 30)) is None


@given(seed=st.integers(0, 1000))
def test_errors_are_exact(seed: int) -> None:
    """Mean, largest and mean squared difference are those of numpy's own arithmetic."""
    first, second = np.random.default_rng(seed).integers(0, 256, (2, 9, 7, 3), np.uint8)
    difference = np.abs(first.astype(int) - second)
    error = measures.error(first, second)
    assert error.mean == pytest.approx(difference.mean())
    assert error.largest == difference.max()
    assert error.mean_squared == pytest.approx((difference**2).mean())
    assert np.array_equal(measures.difference_levels(first, second), difference.max(axis=2))


def test_bands_leave_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture measured a few rows at a time gives what it gives at once."""
    first, second = gradient(50, 40), gradient(50, 40)[::-1].copy()
    at_once = measures.error(first, second), measures.difference_levels(first, second), measures.ssim(first, second)
    monkeypatch.setattr(measures, "BAND_PIXELS", 7 * 40)
    assert measures.error(first, second) == at_once[0]
    assert np.array_equal(measures.difference_levels(first, second), at_once[1])
    assert measures.ssim(first, second) == pytest.approx(at_once[2])


def test_flat_pictures_are_known() -> None:
    """One pixel of another colour is enough to make a picture."""
    pixels = np.full((30, 20, 3), 7, np.uint8)
    assert measures.is_flat(pixels)
    pixels[29, 19, 2] = 8
    assert not measures.is_flat(pixels)
