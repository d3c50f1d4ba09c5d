"""The statistics of the training pictures' latents that sliders need, measured through the exported graphs.

A slider moves a latent along a principal axis: with coordinates c [K], the latent is `mean + c @ axes`.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from export.runtime import Graph
from export.statistics.axes import find_axes
from export.statistics.encoding import Codes
from trainer.data.dataset import Progress

LOW_PERCENTILE, HIGH_PERCENTILE = 0.5, 99.5
# Below this mean change, in levels of 0 to 255, nobody sees what a slider does: one level in one pixel of a hundred.
DEAD_EFFECT = 0.01
TINY = float(np.finfo(np.float32).tiny)


@dataclass(frozen=True)
class LatentStatistics:
    """The arrays of `latents.npz`, over latents flattened to D numbers.

    `mean` and `std` are float32 [D]; `axes` [K, D] are of unit length, the one of most variance first, with the
    largest component positive: float32 for a vector latent, float16 for a map. Along the axes, counted from the mean:
    `spread` (standard deviation), `low` and `high` (0.5 and 99.5 percentiles), float32 [K]. `effect` float32 [K] is the
    mean absolute pixel change (0 to 255) when one coordinate goes from low to high and all others stay at the mean.
    `distance_quantiles` float32 [101]: percentiles of the root mean square of a picture's whitened coordinates.
    """

    mean: NDArray[np.float32]
    std: NDArray[np.float32]
    axes: NDArray[np.floating[Any]]
    spread: NDArray[np.float32]
    low: NDArray[np.float32]
    high: NDArray[np.float32]
    effect: NDArray[np.float32]
    distance_quantiles: NDArray[np.float32]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """By their names in the file."""
        return asdict(self)

    def whiten(self, codes: Codes) -> NDArray[np.float32]:
        """Whitened coordinates of codes: float32 [N, K]."""
        return (_coordinates(codes, self.mean, self.axes) / self.spread).astype(np.float32)

    def direction(self, whitened: NDArray[np.float64]) -> NDArray[np.float64]:
        """A direction of whitened coordinates [K] as one of latents, of unit length: [D]."""
        direction: NDArray[np.float64] = (whitened * self.spread) @ self.axes.astype(np.float64)
        return direction / max(float(np.linalg.norm(direction)), TINY)

    def deviation_along(self, direction: NDArray[np.float64]) -> float:
        """The latents' standard deviation along a unit direction [D] within the axes, which do not vary together."""
        return float(np.linalg.norm((self.axes.astype(np.float64) @ direction) * self.spread))


def measure_latents(codes: Codes, decoder: Graph, progress: Progress) -> LatentStatistics:
    """Finds the principal axes of training pictures' latents and tries each one out.

    Axes along which the latents do not vary, or that change nothing that could be seen, are left out.

    Args:
        codes: Of pictures trained on, by the exported encoder.
        decoder: The exported decoder.
        progress: Told how many axes are tried.

    Raises:
        GraphError: The decoder does not run.
    """
    mean = (sum(block.sum(axis=0) for _, block in codes.blocks()) / len(codes.latents)).astype(np.float32)
    squares = sum(np.square(block - mean).sum(axis=0) for _, block in codes.blocks())
    stored = np.float16 if len(codes.shape) > 1 else np.float32
    axes: NDArray[np.floating[Any]] = find_axes(codes, mean.astype(np.float64)).astype(stored)
    coordinates = _coordinates(codes, mean, axes)  # with the axes as stored, so that limits fit what a reader does
    low, high = np.percentile(coordinates, (LOW_PERCENTILE, HIGH_PERCENTILE), axis=0).astype(np.float32)
    effect = measure_effect(decoder, mean.reshape(codes.shape), axes, low, high, progress)
    seen = effect >= DEAD_EFFECT
    spread = coordinates.std(axis=0).astype(np.float32)[seen]
    return LatentStatistics(
        mean=mean,
        std=np.sqrt(squares / len(codes.latents)).astype(np.float32),
        axes=axes[seen],
        spread=spread,
        low=low[seen],
        high=high[seen],
        effect=effect[seen],
        distance_quantiles=_distance_quantiles(coordinates[:, seen] / spread),
    )


def measure_effect(
    decoder: Graph,
    mean: NDArray[np.float32],
    axes: NDArray[np.floating[Any]],
    low: NDArray[np.float32],
    high: NDArray[np.float32],
    progress: Progress,
) -> NDArray[np.float32]:
    """Decodes both ends of every axis, all other coordinates at the mean.

    Args:
        decoder: The exported decoder.
        mean: [D], or [C, h, w] for a map.
        axes: [K, D].
        low: [K], where each slider begins.
        high: [K], where each slider ends.
        progress: Told how many axes are tried.

    Returns:
        float32 [K]: mean absolute change over all pixels and channels, 0 to 255.
    """
    effect = np.zeros(len(axes), np.float32)
    for index, axis in enumerate(axes.astype(np.float32)):
        steps = np.stack([low[index] * axis, high[index] * axis])
        first, last = decoder(mean + steps.reshape(2, *mean.shape)).astype(np.float32)
        effect[index] = np.abs(last - first).mean()
        progress("Trying sliders", index + 1, len(axes))
    return effect


def to_npz(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """The content of an npz file: the same bytes for the same arrays."""
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    return file.getvalue()


def _coordinates(codes: Codes, mean: NDArray[np.float32], axes: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """Offsets from the mean along each axis: [N, K]."""
    coordinates = np.empty((len(codes.latents), len(axes)))
    for where, block in codes.blocks():
        coordinates[where] = (block - mean) @ axes.astype(np.float64).T
    return coordinates


def _distance_quantiles(whitened: NDArray[np.float64]) -> NDArray[np.float32]:
    """Percentiles 0 to 100 of the root mean square over K whitened coordinates, rising; zeros where K is 0."""
    if not whitened.shape[1]:
        return np.zeros(101, np.float32)
    distances = np.sqrt(np.square(whitened).mean(axis=1))
    return np.maximum.accumulate(np.percentile(distances, np.arange(101))).astype(np.float32)
