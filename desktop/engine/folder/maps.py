"""How far reconstructed pictures are from their originals, pixel by pixel, at several scales.

All take two batches of one shape, uint8 RGB `[N, H, W, 3]`, and give float32 `[N, H, W]`: 0 where nothing differs.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from desktop.engine.pictures import Pixels

Maps = NDArray[np.float32]

SSIM_WINDOW = 7
SCALE_WINDOWS = (1, 3, 7, 15)  # pixels
LUMA = np.array([0.299, 0.587, 0.114])  # ITU-R BT.601
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


def error_map(originals: Pixels, reconstruction: Pixels) -> Maps:
    """Squared difference of pixels in [0, 1], mean over the colours: in [0, 1]."""
    squares: Maps = np.square(_residual(originals, reconstruction)).mean(axis=3, dtype=np.float32)
    return squares


def structure_map(originals: Pixels, reconstruction: Pixels) -> Maps:
    """1 - SSIM of the luma in a window of 7 x 7 pixels around each pixel, in [0, 2].

    Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli: Image quality assessment, IEEE TIP 13 (2004), equation 13,
    with a uniform window.
    """
    first, second = originals @ LUMA, reconstruction @ LUMA
    mean_1, mean_2 = box_mean(first, SSIM_WINDOW), box_mean(second, SSIM_WINDOW)
    variance_1 = box_mean(first**2, SSIM_WINDOW) - mean_1**2
    variance_2 = box_mean(second**2, SSIM_WINDOW) - mean_2**2
    covariance = box_mean(first * second, SSIM_WINDOW) - mean_1 * mean_2
    similarity = (2 * mean_1 * mean_2 + _C1) * (2 * covariance + _C2)
    similarity /= (mean_1**2 + mean_2**2 + _C1) * (variance_1 + variance_2 + _C2)
    return (1 - similarity).clip(0, 2).astype(np.float32)


def scale_map(originals: Pixels, reconstruction: Pixels | NDArray[np.float32]) -> Maps:
    """The signed difference averaged over windows of 1, 3, 7 and 15 pixels, squared, and summed over the windows.

    Noise cancels in the wide windows, and a faint stain of their size does not. Each window's term is weighted by its
    side: half-way between no weight and the square that would keep white noise as strong in wide windows as in one
    pixel. The colours' mean is taken.
    """
    residual = _residual(originals, reconstruction)
    total = np.zeros(residual.shape[:3], np.float32)
    for window in SCALE_WINDOWS:
        for channel in range(3):
            averaged = box_mean(residual[..., channel], window)
            total += (window / 3 * averaged**2).astype(np.float32)
    return total


def box_mean(planes: NDArray[np.floating], window: int) -> NDArray[np.float64]:
    """The mean over `window` x `window` pixels around each of `[N, H, W]`; edges are repeated. `window` is odd."""
    if window == 1:
        return planes.astype(np.float64)
    radius = window // 2
    padded = np.pad(planes.astype(np.float64), ((0, 0), (radius + 1, radius), (radius + 1, radius)), mode="edge")
    sums = padded.cumsum(axis=1).cumsum(axis=2)
    corners = sums[:, window:, window:] - sums[:, :-window, window:] - sums[:, window:, :-window]
    total: NDArray[np.float64] = (corners + sums[:, :-window, :-window]) / window**2
    return total


def _residual(originals: Pixels, reconstruction: Pixels | NDArray[np.float32]) -> NDArray[np.float32]:
    return (originals.astype(np.float32) - reconstruction) / np.float32(255)


def residual_scores(originals: Pixels, reconstruction: Pixels) -> NDArray[np.float32]:
    """What the index keeps of each picture, in the order of `STORED`: float32 `[N, 3]`."""
    columns = [
        error_map(originals, reconstruction).mean(axis=(1, 2)),
        structure_map(originals, reconstruction).mean(axis=(1, 2)),
        scale_map(originals, reconstruction).max(axis=(1, 2)),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


RESIDUAL_MAPS: dict[str, Callable[[Pixels, Pixels], Maps]] = {
    "error": error_map,
    "structure": structure_map,
    "scales": scale_map,
}
STORED = tuple(RESIDUAL_MAPS)
