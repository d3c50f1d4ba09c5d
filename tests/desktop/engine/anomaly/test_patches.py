"""Baselines on the pixels alone: patches of the good pictures, as a Gaussian."""

from __future__ import annotations

import numpy as np
import pytest

from desktop.engine.anomaly import patches
from desktop.engine.anomaly.patches import STRIDE, fit_patches
from desktop.engine.pictures import Pixels


def stripes(count: int, seed: int, shape: tuple[int, int] = (40, 56)) -> Pixels:
    """Horizontal stripes with a little noise, uint8 `[N, H, W, 3]`."""
    random = np.random.default_rng(seed)
    rows = 128 + 80 * np.sin(np.arange(shape[0]) / 3)
    noisy = rows[None, :, None, None] + random.normal(0, 3, (count, *shape, 3))
    return noisy.clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize("measure", ["reconstruct_maps", "distance_maps"])
def test_what_no_good_patch_looks_like_stands_out_where_it_is(measure: str) -> None:
    """Vertical stripes among horizontal ones: the map is highest there, and far above that of a good picture."""
    model = fit_patches(stripes(6, 0))
    good, bad = stripes(1, 1), stripes(1, 2)
    bad[0, 12:24, 20:36] = np.transpose(stripes(1, 3, (16, 12))[0], (1, 0, 2))
    fine, wrong = (getattr(model, measure)(each)[0] for each in (good, bad))
    assert wrong.shape == (40, 56)
    assert wrong.max() > 3 * fine.max()
    row, column = np.unravel_index(int(wrong.argmax()), wrong.shape)
    assert 12 - STRIDE <= row < 24 + STRIDE
    assert 20 - STRIDE <= column < 36 + STRIDE


@pytest.mark.parametrize("shape", [(8, 8), (9, 31), (64, 10)])
def test_any_size_has_a_value_for_every_pixel(shape: tuple[int, int]) -> None:
    """A patch is 8 pixels wide: pictures may be no wider than that, and need not be multiples of anything."""
    model = fit_patches(stripes(4, 0, shape))
    maps = model.distance_maps(stripes(2, 1, shape))
    assert maps.shape == (2, *shape)
    assert np.isfinite(maps).all()
    assert (maps >= 0).all()


def test_the_fit_is_the_same_every_time() -> None:
    """Patches are drawn from a seed."""
    first, second = (fit_patches(stripes(3, 0)).gaussian for _ in range(2))
    assert np.array_equal(first.mean, second.mean)
    assert np.array_equal(first.axes, second.axes)


@pytest.mark.parametrize("measure", ["reconstruct_maps", "distance_maps"])
def test_blocks_of_patches_are_measured_as_all_at_once(measure: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However few patches are looked at together, and where the last ones are fewer, the map is the same."""
    model, pictures = fit_patches(stripes(4, 0)), stripes(1, 1, (43, 57))
    together = getattr(model, measure)(pictures)
    for block in (1, 30):
        monkeypatch.setattr(patches, "BLOCK", block)
        np.testing.assert_allclose(getattr(model, measure)(pictures), together, rtol=1e-3)
