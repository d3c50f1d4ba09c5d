"""Maps of how far pictures differ."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.engine import measures
from desktop.engine.folder import maps
from tests.pictures import gradient


@pytest.mark.parametrize("name", ["error_map", "structure_map", "scale_map"])
def test_equal_pictures_have_no_heat(name: str) -> None:
    """All three maps are 0 where nothing differs."""
    pictures = gradient(24, 40)[None]
    found = getattr(maps, name)(pictures, pictures)
    assert (found.shape, found.dtype) == ((1, 24, 40), np.float32)
    assert np.allclose(found, 0, atol=1e-6)


@pytest.mark.parametrize("window", [1, 3, 7])
def test_box_mean_is_a_mean_over_a_box(window: int) -> None:
    """It is what a loop over every window gives, edges repeated."""
    planes = np.random.default_rng(0).random((2, 9, 11))
    radius = window // 2
    padded = np.pad(planes, ((0, 0), (radius, radius), (radius, radius)), mode="edge")
    expected = np.empty_like(planes)
    for row in range(9):
        for column in range(11):
            expected[:, row, column] = padded[:, row : row + window, column : column + window].mean(axis=(1, 2))
    assert np.allclose(maps.box_mean(planes, window), expected)


def test_the_error_map_is_the_mean_squared_error() -> None:
    """Its mean is what PSNR is made of."""
    first = gradient(32, 32)
    second = np.random.default_rng(1).integers(0, 256, first.shape).astype(np.uint8)
    mean = float(maps.error_map(first[None], second[None]).mean())
    assert -10 * np.log10(mean) == pytest.approx(measures.psnr_db(first, second), abs=1e-3)


def test_noise_breaks_structure_where_it_is() -> None:
    """1 - SSIM is high in the noisy half and 0 well within the other."""
    first = gradient(40, 40)
    second = first.copy()
    second[:, 20:] = np.random.default_rng(2).integers(0, 256, (40, 20, 3))
    found = maps.structure_map(first[None], second[None])[0]
    assert found[:, 26:].mean() > 0.7
    assert found[:, :14].max() < 1e-3


def test_a_faint_stain_counts_more_in_wide_windows() -> None:
    """A stain far below the noise of single pixels is where the map over scales is highest."""
    random = np.random.default_rng(3)
    first = np.full((1, 64, 64, 3), 128, np.uint8)
    second = (128 + random.normal(0, 8, first.shape)).round().astype(np.uint8)
    second[:, 30:45, 30:45] += 10
    found = maps.scale_map(first, second)[0]
    row, column = np.unravel_index(found.argmax(), found.shape)
    assert 28 <= row <= 46
    assert 28 <= column <= 46
