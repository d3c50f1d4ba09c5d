"""Smooth noise and blur."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.anomaly.textures import box_blur, smooth_noise


@given(height=st.integers(1, 9), width=st.integers(1, 9), radius=st.integers(0, 4), seed=st.integers(0, 99))
def test_a_blur_is_the_mean_of_what_is_near(height: int, width: int, radius: int, seed: int) -> None:
    """Each value is the mean over the window around it, where the picture's edges go on for ever."""
    picture = np.random.default_rng(seed).uniform(0, 255, (height, width, 2)).astype(np.float32)
    padded = np.pad(picture, ((radius, radius), (radius, radius), (0, 0)), mode="edge")
    side = 2 * radius + 1
    windows = np.lib.stride_tricks.sliding_window_view(padded, (side, side), axis=(0, 1))
    assert box_blur(picture, radius) == pytest.approx(windows.mean(axis=(-1, -2)), abs=1e-3)


def test_noise_changes_over_its_cell_and_not_within() -> None:
    """Neighbours within a cell are alike, those a cell apart are not, and the whole has about unit deviation."""
    noise = smooth_noise(np.random.default_rng(0), (200, 300), 10.0)
    assert noise.shape == (200, 300)
    assert 0.5 < noise.std() < 1.2
    near = np.corrcoef(noise[:, :-1].ravel(), noise[:, 1:].ravel())[0, 1]
    far = np.corrcoef(noise[:, :-20].ravel(), noise[:, 20:].ravel())[0, 1]
    assert near > 0.95
    assert abs(far) < 0.3


@given(shape=st.tuples(st.integers(1, 40), st.integers(1, 40)), cell=st.floats(1, 60))
def test_noise_fills_any_shape(shape: tuple[int, int], cell: float) -> None:
    """Also one that is smaller than a cell."""
    noise = smooth_noise(np.random.default_rng(1), shape, cell)
    assert noise.shape == shape
    assert np.isfinite(noise).all()
