"""A small network in numpy over whitened patches at several scales, which learns in seconds to tell patches apart."""

from __future__ import annotations

import dataclasses
import itertools
import math
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
HIDDEN = (64, 32)
BATCH, EPOCHS, RATE, DECAY = 512, 10, 2e-3, 1e-4


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
        plane, start = _opponent(picture), 0
        for scale, count in enumerate(AXES):
            told = self._told(plane, scale, count, (height, width))
            found[..., start : start + count + 2] = told
            start += count + 2
            plane = _halved(plane)
        return found

    def _told(self, plane: Floats, scale: int, count: int, shape: tuple[int, int]) -> Floats:
        step = max(1, STRIDE >> scale)  # of this scale's own pixels: wide patches need not stand closer
        repeat = max(1, (step << scale) // STRIDE)
        rows, columns = (
            np.arange(-(-length // repeat)) * step + (STRIDE // 2 >> scale if repeat == 1 else 0) for length in shape
        )
        patches = _patches_at(plane, rows, columns) - self.means[scale]
        along = patches @ self.axes[scale, :, :count]
        explained = np.square(along) @ np.square(self.deviations[scale, :count])
        left_over = np.einsum("pd,pd->p", patches, patches) - explained
        rest = (_log_root(left_over) - self.rest_mean[scale]) / self.rest_deviation[scale]
        length = np.log(np.einsum("pk,pk->p", along, along) / np.float32(count) + np.float32(1e-3))
        compressed = np.copysign(np.log1p(np.abs(along)), along)
        told = np.column_stack([compressed, length, rest]).reshape(len(rows), len(columns), count + 2)
        if repeat == 1:
            return told
        return told.repeat(repeat, axis=0)[: shape[0]].repeat(repeat, axis=1)[:, : shape[1]]


def feature_count() -> int:
    """How many numbers stand for each place."""
    return sum(AXES) + 2 * len(AXES)


def grid_length(length: int) -> int:
    """How many places stand along so many pixels."""
    return max(1, -(-(length - STRIDE // 2) // STRIDE))


def fit_features(pictures: Pixels | list[Pixels], random: np.random.Generator) -> PatchFeatures:
    """The principal axes of good patches of each scale, from about `SAMPLE`. Pictures are uint8 `[H, W, 3]`."""
    each = max(16, SAMPLE // len(pictures))
    patches: list[list[Floats]] = [[] for _ in AXES]
    for picture in pictures:
        rows, columns = (random.integers(0, length, each) for length in picture.shape[:2])
        plane = _opponent(picture)
        for scale in range(len(AXES)):
            patches[scale].append(_patches_at(plane, rows >> scale, columns >> scale, paired=True))
            plane = _halved(plane)
    fitted = [_principal(np.concatenate(found), count) for found, count in zip(patches, AXES)]
    means, axes, deviations, mean, rest = (np.stack(parts).astype(np.float32) for parts in zip(*fitted))
    return PatchFeatures(means, axes, deviations, mean, rest)


def _principal(patches: Floats, count: int) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    mean = patches.mean(axis=0)
    centred = patches - mean
    variances, vectors = np.linalg.eigh((centred.T @ centred).astype(np.float64) / len(centred))
    kept = np.zeros((patches.shape[1], max(AXES)))
    kept[:, :count] = vectors[:, ::-1][:, :count]
    deviations = np.ones(max(AXES))
    deviations[:count] = np.maximum(np.sqrt(variances[::-1][:count].clip(0)), LEAST_DEVIATION)
    rest = _log_root(np.square(centred).sum(axis=1) - np.square(centred @ kept.astype(np.float32)).sum(axis=1))
    scaled = (kept / deviations).astype(np.float32)
    return mean, scaled, deviations.astype(np.float32), rest.mean(), np.maximum(rest.std(), np.float32(0.05))


def _opponent(picture: Pixels) -> Floats:
    """Luma, red less green, and yellow less blue, of pixels in [0, 1]."""
    scaled = picture.astype(np.float32) / np.float32(255)
    red, green, blue = (scaled[..., channel] for channel in range(3))
    return np.stack([scaled @ LUMA.astype(np.float32), red - green, (red + green) / 2 - blue], axis=-1)


def _halved(plane: Floats) -> Floats:
    """Means of 2 x 2; an odd last row or column is repeated."""
    plane = np.pad(plane, [(0, plane.shape[0] % 2), (0, plane.shape[1] % 2), (0, 0)], mode="edge")
    return (plane[::2, ::2] + plane[1::2, ::2] + plane[::2, 1::2] + plane[1::2, 1::2]) / np.float32(4)


def _patches_at(plane: Floats, rows: NDArray[np.int64], columns: NDArray[np.int64], paired: bool = False) -> Floats:
    """Patches `[P, 192]` around all rows and columns, or each pair of them; the plane is mirrored at its edges."""
    half = SIDE // 2
    mode: Literal["reflect", "edge"] = "reflect" if min(plane.shape[:2]) > half else "edge"
    padded = np.pad(plane, [(half, half), (half, half), (0, 0)], mode=mode)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (SIDE, SIDE), axis=(0, 1))
    rows, columns = rows.clip(0, windows.shape[0] - 1), columns.clip(0, windows.shape[1] - 1)
    chosen = windows[rows, columns] if paired else windows[rows[:, None], columns]
    return chosen.reshape(-1, windows.shape[2] * SIDE * SIDE)


def _log_root(squares: Floats) -> Floats:
    """ln of the square root, with something added so that 0 has one."""
    result: Floats = np.float32(0.5) * np.log(squares.clip(0) + np.float32(1e-6))
    return result


@dataclasses.dataclass(frozen=True, eq=False)
class Network:
    """Two hidden layers with ReLU; one number for each row, the higher the more likely of the wanted kind.

    Attributes:
        mean, scale: By which features are standardised, `[F]`.
        weights_1, weights_2, weights_3: `[inputs, outputs]` of each layer.
        bias_1, bias_2, bias_3: `[outputs]`.
    """

    mean: Floats
    scale: Floats
    weights_1: Floats
    bias_1: Floats
    weights_2: Floats
    bias_2: Floats
    weights_3: Floats
    bias_3: Floats

    def __call__(self, features: Floats) -> Floats:
        """Log-odds `[N]` of features `[N, F]`."""
        hidden = np.maximum((features - self.mean) * self.scale @ self.weights_1 + self.bias_1, 0)
        hidden = np.maximum(hidden @ self.weights_2 + self.bias_2, 0)
        result: Floats = (hidden @ self.weights_3 + self.bias_3)[:, 0]
        return result


def train_network(features: Floats, wanted: Floats, importance: Floats, seed: int = 0) -> Network:
    """Learns to tell rows of `[N, F]` with `wanted` 1 from those with 0, by Adam (D. Kingma, J. Ba, 2015) on the
    cross-entropy, each row weighted by its `importance`, with weight decay and a rate that falls along a cosine."""
    random = np.random.default_rng(seed)
    mean, scale = features.mean(axis=0), 1 / (features.std(axis=0) + np.float32(1e-3))
    inputs = (features - mean) * scale
    sizes = (features.shape[1], *HIDDEN, 1)
    layers = [random.normal(0, math.sqrt(2 / a), (a, b)).astype(np.float32) for a, b in itertools.pairwise(sizes)]
    layers += [np.zeros(size, np.float32) for size in sizes[1:]]
    moments = [np.zeros_like(layer) for layer in layers], [np.zeros_like(layer) for layer in layers]
    batches = max(1, len(inputs) // BATCH)
    for step in range(EPOCHS * batches):
        if step % batches == 0:
            order = random.permutation(len(inputs))
        chosen = order[(step % batches) * BATCH : (step % batches + 1) * BATCH]
        slopes = _slopes(layers, inputs[chosen], wanted[chosen], importance[chosen])
        rate = RATE * (0.5 + 0.5 * math.cos(math.pi * step / (EPOCHS * batches)))
        for layer, slope, first, second in zip(layers, slopes, *moments):
            first += 0.1 * (slope - first)
            second += 0.001 * (np.square(slope) - second)
            root = np.sqrt(second / (1 - 0.999 ** (step + 1))) + np.float32(1e-8)
            layer -= np.float32(rate) * (first / np.float32(1 - 0.9 ** (step + 1)) / root + np.float32(DECAY) * layer)
    return Network(mean, scale, layers[0], layers[3], layers[1], layers[4], layers[2], layers[5])


def _slopes(layers: list[Floats], inputs: Floats, wanted: Floats, importance: Floats) -> list[Floats]:
    """Of the mean weighted cross-entropy, for each layer's weights and then for each bias."""
    passed = [inputs]
    for weights, bias in zip(layers[:3], layers[3:]):
        linear = passed[-1] @ weights + bias
        passed.append(np.maximum(linear, 0) if len(passed) < 3 else linear)
    chance = 1 / (1 + np.exp(-passed[-1][:, 0].clip(-30, 30)))
    slope = ((chance - wanted) * importance / np.float32(len(inputs)))[:, None].astype(np.float32)
    of_weights, of_biases = [], []
    for layer in (2, 1, 0):
        of_weights.append(passed[layer].T @ slope)
        of_biases.append(slope.sum(axis=0))
        slope = (slope @ layers[layer].T) * (passed[layer] > 0)
    return [*reversed(of_weights), *reversed(of_biases)]
