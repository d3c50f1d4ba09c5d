"""What is told of the surroundings of a place in a picture: whitened patches at several scales."""

from __future__ import annotations

import dataclasses
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desktop.engine.folder.maps import LUMA
from desktop.engine.gaussian import Floats
from desktop.engine.pictures import Pixels

SIDE = 8  # pixels of a patch, at each scale
STRIDE = 4  # pixels of the picture between two patches
AXES = (32, 24, 20, 12, 8)  # principal axes kept at each scale; each is half as fine as the one before
REACH = SIDE // 2 << (len(AXES) - 1)  # pixels that the widest patch sees to either side of its middle
LEAST_DEVIATION = 0.003  # of a component, pixels in [0, 1]
SAMPLE = 40_000  # patches of each scale that axes are fitted to
BLOCK = 4096  # patches at once: so many that they stay in a processor's cache

Places = NDArray[np.int64]


@dataclasses.dataclass(frozen=True, eq=False)
class PatchFeatures:
    """What is told of the surroundings of every fourth pixel each way.

    At each scale a patch of 8 x 8 in luma and two colour differences is taken along the principal axes of good patches,
    whitened and compressed; beside them stand their length and what the axes leave over.

    Attributes:
        means: float32 `[S, 192]`.
        axes: float32 `[S, 192, K]`, divided by the deviations along them; columns beyond a scale's own count are 0.
        deviations: float32 `[S, K]`, by which they are divided.
        rest_mean, rest_deviation: Of the logarithm of what is left over, `[S]`.
    """

    means: Floats
    axes: Floats
    deviations: Floats
    rest_mean: Floats
    rest_deviation: Floats

    def __call__(self, picture: Pixels) -> Floats:
        """float32 `[h, w, F]` of uint8 `[H, W, 3]`: `h` and `w` as `grid_length` has them."""
        height, width = (grid_length(length) for length in picture.shape[:2])
        found = np.empty((height, width, feature_count()), np.float32)
        start = 0
        for scale, windows in enumerate(_pyramid(picture)):
            repeat = _repeat(scale)
            rows, columns = (np.arange(-(-length // repeat)) for length in (height, width))
            told = np.empty((len(rows), len(columns), AXES[scale] + 2), np.float32)
            step = max(1, BLOCK // len(columns))
            for first in range(0, len(rows), step):
                part = rows[first : first + step]
                patches = windows[
                    _middles(part, scale, windows.shape[0])[:, None], _middles(columns, scale, windows.shape[1])
                ]
                told[first : first + step] = self._told(patches, scale).reshape(len(part), len(columns), -1)
            if repeat > 1:
                told = told.repeat(repeat, axis=0)[:height].repeat(repeat, axis=1)[:, :width]
            found[..., start : start + told.shape[2]] = told
            start += told.shape[2]
        return found

    def at(self, picture: Pixels, rows: Places, columns: Places) -> Floats:
        """The same at some places of the grid, `[P]` each: float32 `[P, F]`."""
        parts = []
        for scale, windows in enumerate(_pyramid(picture)):
            repeat = _repeat(scale)
            down = _middles(rows // repeat, scale, windows.shape[0])
            across = _middles(columns // repeat, scale, windows.shape[1])
            parts.append(self._told(windows[down, across], scale))
        return np.concatenate(parts, axis=1)

    def _told(self, patches: Floats, scale: int) -> Floats:
        count = AXES[scale]
        flat = patches.reshape(-1, 3 * SIDE * SIDE) - self.means[scale]
        along = flat @ self.axes[scale, :, :count]
        squares = np.square(along)
        left_over = np.einsum("pd,pd->p", flat, flat) - squares @ np.square(self.deviations[scale, :count])
        told = np.empty((len(flat), count + 2), np.float32)
        np.copysign(np.log1p(np.abs(along, out=flat[:, :count])), along, out=told[:, :count])
        told[:, count] = np.log(squares.mean(axis=1) + np.float32(1e-3))
        told[:, count + 1] = (_log_root(left_over) - self.rest_mean[scale]) / self.rest_deviation[scale]
        return told


def feature_count() -> int:
    """How many numbers stand for each place."""
    return sum(AXES) + 2 * len(AXES)


def grid_length(length: int) -> int:
    """How many places stand along so many pixels."""
    return max(1, -(-(length - STRIDE // 2) // STRIDE))


def fit_features(pictures: Pixels | list[Pixels], random: np.random.Generator) -> PatchFeatures:
    """The principal axes of good patches of each scale, from about `SAMPLE`. Pictures are uint8 `[H, W, 3]`."""
    each = max(16, SAMPLE // len(pictures))
    patches = np.empty((len(AXES), len(pictures), each, 3 * SIDE * SIDE), np.float32)
    for number, picture in enumerate(pictures):
        rows, columns = (random.integers(0, length, each) for length in picture.shape[:2])
        for scale, windows in enumerate(_pyramid(picture)):
            down, across = (
                (places >> scale).clip(0, length - 1) for places, length in zip((rows, columns), windows.shape)
            )
            patches[scale, number] = windows[down, across].reshape(each, -1)
    fitted = [_principal(found.reshape(-1, found.shape[-1]), count) for found, count in zip(patches, AXES)]
    means, axes, deviations, mean, rest = (np.stack(parts).astype(np.float32) for parts in zip(*fitted))
    return PatchFeatures(means, axes, deviations, mean, rest)


def _principal(centred: Floats, count: int) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Of patches `[N, 192]`, which are centred in place."""
    mean = centred.mean(axis=0)
    centred -= mean
    variances, vectors = np.linalg.eigh((centred.T @ centred).astype(np.float64) / len(centred))
    kept = np.zeros((centred.shape[1], max(AXES)))
    kept[:, :count] = vectors[:, ::-1][:, :count]
    deviations = np.ones(max(AXES))
    deviations[:count] = np.maximum(np.sqrt(variances[::-1][:count].clip(0)), LEAST_DEVIATION)
    rest = _log_root(np.square(centred).sum(axis=1) - np.square(centred @ kept.astype(np.float32)).sum(axis=1))
    scaled = (kept / deviations).astype(np.float32)
    return mean, scaled, deviations.astype(np.float32), rest.mean(), np.maximum(rest.std(), np.float32(0.05))


def _repeat(scale: int) -> int:
    """How many places of the grid share a patch of a scale: wide patches need not stand as close as narrow ones."""
    return max(1, (1 << scale) // STRIDE)


def _middles(places: Places, scale: int, length: int) -> Places:
    """Where the patches of some places lie, in pixels of a scale, of which there are `length`."""
    offset = STRIDE // 2 >> scale if _repeat(scale) == 1 else 0
    middles: Places = (places * max(1, STRIDE >> scale) + offset).clip(0, length - 1)
    return middles


def _pyramid(picture: Pixels) -> list[Floats]:
    """The windows of each scale, `[H, W, 3, 8, 8]` around each of its pixels; planes are mirrored at their edges."""
    plane, found, half = _opponent(picture), [], SIDE // 2
    for _ in AXES:
        mode: Literal["reflect", "edge"] = "reflect" if min(plane.shape[1:]) > half else "edge"
        padded = np.pad(plane, [(0, 0), (half, half), (half, half)], mode=mode)
        windows = np.lib.stride_tricks.sliding_window_view(padded, (SIDE, SIDE), axis=(1, 2))
        found.append(windows.transpose(1, 2, 0, 3, 4))
        plane = _halved(plane)
    return found


def _opponent(picture: Pixels) -> Floats:
    """Luma, red less green, and yellow less blue, of pixels in [0, 1]: `[3, H, W]`."""
    red, green, blue = (picture[..., channel].astype(np.float32) / np.float32(255) for channel in range(3))
    shares = LUMA.astype(np.float32)
    luma = shares[0] * red + shares[1] * green + shares[2] * blue
    return np.stack([luma, red - green, (red + green) / 2 - blue])


def _halved(plane: Floats) -> Floats:
    """Means of 2 x 2; an odd last row or column is repeated."""
    plane = np.pad(plane, [(0, 0), (0, plane.shape[1] % 2), (0, plane.shape[2] % 2)], mode="edge")
    four = (plane[:, ::2, ::2] + plane[:, 1::2, ::2]) + (plane[:, ::2, 1::2] + plane[:, 1::2, 1::2])
    return np.asarray(four / np.float32(4), np.float32)


def _log_root(squares: Floats) -> Floats:
    """ln of the square root, with something added so that 0 has one."""
    result: Floats = np.float32(0.5) * np.log(squares.clip(0) + np.float32(1e-6))
    return result
