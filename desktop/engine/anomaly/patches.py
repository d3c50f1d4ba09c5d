"""Baselines on the pixels alone, without a network: patches of the good pictures, as a Gaussian."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from desktop.engine.folder.maps import Maps
from desktop.engine.gaussian import Floats, Gaussian, fit_gaussian
from desktop.engine.pictures import Pixels

SIDE, STRIDE = 8, 4  # pixels
AXES = 16  # of 192: what patch PCA reconstructs a patch from
LARGEST_SAMPLE = 20_000  # patches to fit to
BLOCK = 1024  # patches at once: so many that they stay in a processor's cache


@dataclasses.dataclass(frozen=True, eq=False)
class PatchModel:
    """Patches of 8 x 8 pixels in colour, every fourth pixel each way.

    Attributes:
        gaussian: Over their 192 numbers, in [0, 1].
    """

    gaussian: Gaussian

    def reconstruct_maps(self, originals: Pixels) -> Maps:
        """Patch PCA: the squared error of patches reconstructed from 16 axes, spread over their pixels. `[N, H, W]`."""
        axes = self.gaussian.axes[:AXES]

        def error(patches: Floats) -> Floats:
            centred = patches - self.gaussian.mean
            rest = np.square(centred).sum(axis=1) - np.square(centred @ axes.T).sum(axis=1)
            result: Floats = np.maximum(rest, 0) / np.float32(patches.shape[1])
            return result

        return self._maps(originals, error)

    def distance_maps(self, originals: Pixels) -> Maps:
        """Mahalanobis distance of each patch, with shrinkage, spread over its pixels. `[N, H, W]`."""
        return self._maps(originals, self.gaussian.distances)

    def _maps(self, originals: Pixels, measure: Callable[[Floats], Floats]) -> Maps:
        return np.stack([_spread(_measured(each, measure), *each.shape[:2]) for each in originals])


def fit_patches(originals: Pixels, seed: int = 0) -> PatchModel:
    """Fits the patches of `[N, H, W, 3]`, at most 20,000 of them drawn from a seed."""
    each = max(2, LARGEST_SAMPLE // len(originals))
    random = np.random.default_rng(seed)
    samples = []
    for picture in originals:
        windows = _windows(picture)
        chosen = random.permutation(windows.shape[0] * windows.shape[1])[:each]
        samples.append(_flat(windows[chosen // windows.shape[1], chosen % windows.shape[1]]))
    return PatchModel(fit_gaussian(np.concatenate(samples)))


def _measured(picture: Pixels, measure: Callable[[Floats], Floats]) -> Floats:
    """What is measured of each patch in reading order, `[P]`, a few rows of them at once."""
    windows = _windows(picture)
    step = max(1, BLOCK // windows.shape[1])
    return np.concatenate([measure(_flat(windows[row : row + step])) for row in range(0, len(windows), step)])


def _windows(picture: Pixels) -> Pixels:
    """Every patch, `[rows, columns, 3, 8, 8]`, without a copy of any."""
    short = [(0, max(0, SIDE - length)) for length in picture.shape[:2]]
    picture = np.pad(picture, [*short, (0, 0)], mode="edge")
    return np.lib.stride_tricks.sliding_window_view(picture, (SIDE, SIDE), axis=(0, 1))[::STRIDE, ::STRIDE]


def _flat(windows: Pixels) -> Floats:
    """Some windows as rows, float32 `[P, 192]` in [0, 1]."""
    return windows.reshape(-1, 3 * SIDE * SIDE).astype(np.float32) / np.float32(255)


def _spread(values: Floats, height: int, width: int) -> Floats:
    """Each pixel gets the value of the patch whose middle is nearest: `[P]` to `[height, width]`."""
    rows, columns = _nearest(height), _nearest(width)
    grid = values.reshape(rows[-1] + 1, columns[-1] + 1)
    return grid[rows[:, None], columns]


def _nearest(length: int) -> NDArray[np.int64]:
    count = (max(length, SIDE) - SIDE) // STRIDE + 1
    middles = (np.arange(length) - (SIDE - 1) / 2) / STRIDE
    return middles.round().astype(np.int64).clip(0, count - 1)
