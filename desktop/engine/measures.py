"""How far one picture is from another.

Every measure works through a picture in bands of rows, so that none needs much memory beside the pictures themselves.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from desktop.engine.errors import StoppedError
from desktop.engine.pictures import Pixels

Levels = NDArray[np.uint8]
Floats = NDArray[np.float32]

BAND_PIXELS = 1 << 18
FEW = 16  # one pixel in so many, down and across
WINDOW, DEVIATION = 11, 1.5  # of SSIM's Gaussian, in pixels
STABILISERS = ((0.01 * 255) ** 2, (0.03 * 255) ** 2)


@dataclasses.dataclass(frozen=True)
class Error:
    """How two pictures differ, channel by channel, in 8-bit levels: `mean`, `largest`, and `mean_squared`."""

    mean: float
    largest: int
    mean_squared: float

    @property
    def psnr_db(self) -> float:
        """Peak signal-to-noise ratio in dB; infinite without a difference."""
        return math.inf if self.mean_squared == 0 else 10.0 * math.log10(255.0**2 / self.mean_squared)


def error(first: Pixels, second: Pixels) -> Error:
    """The difference of two uint8 pictures of one shape. Exact: levels are counted, not summed as floats."""
    counts = np.zeros(256, np.int64)
    for rows in _bands(first):
        counts += np.bincount(absolute_difference(first[rows], second[rows]).reshape(-1), minlength=256)
    levels, total = np.arange(256, dtype=np.int64), int(counts.sum())
    mean, squared = int(counts @ levels) / total, int(counts @ levels**2) / total
    return Error(mean, int(np.flatnonzero(counts)[-1]), squared)


def psnr_db(first: Pixels, second: Pixels) -> float:
    """Peak signal-to-noise ratio in dB of two uint8 pictures of one shape; infinite when they are equal."""
    return error(first, second).psnr_db


def absolute_difference(first: Pixels, second: Pixels) -> Pixels:
    """`|first - second|` for each pixel and channel, uint8 in 0-255."""
    return np.maximum(first, second) - np.minimum(first, second)


def difference_levels(first: Pixels, second: Pixels) -> Levels:
    """The largest difference among a pixel's channels, uint8 `[H, W]` in 0-255."""
    levels = np.empty(first.shape[:2], np.uint8)
    for rows in _bands(first):
        difference = absolute_difference(first[rows], second[rows])
        levels[rows] = np.maximum(np.maximum(difference[..., 0], difference[..., 1]), difference[..., 2])
    return levels


def is_flat(pixels: Pixels) -> bool:
    """Whether every pixel of a picture has the same colour. A few are looked at first: of most pictures they do."""
    few = pixels[::FEW, ::FEW]
    return bool((few == pixels[0, 0]).all()) and all(
        bool((pixels[rows] == pixels[0, 0]).all()) for rows in _bands(pixels)
    )


def ssim(first: Pixels, second: Pixels, given_up: Callable[[], bool] = lambda: False) -> float | None:
    """Structural similarity of two uint8 pictures of one shape, -1 to 1, averaged over pixels and channels.

    Wang, Bovik, Sheikh and Simoncelli, "Image Quality Assessment: From Error Visibility to Structural Similarity"
    (2004), with their 11x11 Gaussian window of deviation 1.5; pictures are continued by their mirror image. None where
    a picture is too small to be mirrored that far.

    Raises:
        StoppedError: `given_up` became true.
    """
    height, width, _ = first.shape
    if min(height, width) <= WINDOW // 2:
        return None
    columns, total = _mirrored(0, width, width), 0.0
    step = max(1, BAND_PIXELS // width)
    for top in range(0, height, step):
        if given_up():
            raise StoppedError("Stopped before its end, as you asked.")
        rows = _mirrored(top, min(top + step, height), height)
        total += _ssim_sum(first[rows][:, columns], second[rows][:, columns])
    return total / float(height * width * 3)


def _mirrored(begin: int, end: int, length: int) -> NDArray[np.intp]:
    """The places from `begin` to `end` and half a window more on both sides, mirrored at the ends of `length`."""
    places = np.abs(np.arange(begin - WINDOW // 2, end + WINDOW // 2))
    mirrored: NDArray[np.intp] = np.minimum(places, 2 * (length - 1) - places)
    return mirrored


def _ssim_sum(first: Pixels, second: Pixels) -> float:
    """The sum of the similarity index over a band of rows."""
    a, b = first.astype(np.float32), second.astype(np.float32)
    c1, c2 = STABILISERS
    mean_a, mean_b = _blurred(a), _blurred(b)
    product, squares = mean_a * mean_b, mean_a**2 + mean_b**2
    covariance = _blurred(a * b) - product
    variances = _blurred(a * a + b * b) - squares
    index = ((2 * product + c1) * (2 * covariance + c2)) / ((squares + c1) * (variances + c2))
    return float(index.sum(dtype=np.float64))


def _blurred(planes: Floats) -> Floats:
    """Gaussian mean around each pixel with a whole window: `[H, W, 3]` to `[H - 10, W - 10, 3]`."""
    offsets = np.arange(WINDOW, dtype=np.float64) - WINDOW // 2
    kernel = np.exp(-(offsets**2) / (2 * DEVIATION**2))
    kernel /= kernel.sum()
    for axis in (0, 1):
        length = planes.shape[axis] - WINDOW + 1
        parts = (planes[i : i + length] if axis == 0 else planes[:, i : i + length] for i in range(WINDOW))
        planes = _weighted_sum(parts, kernel.tolist())
    return planes


def _weighted_sum(parts: Iterator[Floats], weights: list[float]) -> Floats:
    result = next(parts) * np.float32(weights[0])
    scratch = np.empty_like(result)
    for part, weight in zip(parts, weights[1:]):
        np.multiply(part, np.float32(weight), out=scratch)
        result += scratch
    return result


def _bands(pixels: Pixels) -> Iterator[slice]:
    """Slices of rows, each of about `BAND_PIXELS` pixels."""
    step = max(1, BAND_PIXELS // max(1, pixels.shape[1]))
    for top in range(0, len(pixels), step):
        yield slice(top, top + step)
