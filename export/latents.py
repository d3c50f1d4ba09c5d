"""What the sliders need to know of the training pictures' latents, measured through the exported graphs.

A slider moves a latent along a principal axis: with coordinates c [K], the latent is `mean + c @ axes`.
"""

from __future__ import annotations

import io
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from export.errors import ExportError
from export.runtime import Graph
from export.sampling import batches, spread
from trainer.data import Pictures
from trainer.data.dataset import Progress
from trainer.principal import principal_axes

# How many pictures are encoded: enough for percentiles, and few enough that their latents fit in memory.
LARGEST_SAMPLE = 20_000
LARGEST_SAMPLE_NUMBERS = 1 << 24
SMALLEST_SAMPLE = 256  # for the widest latents, past LARGEST_SAMPLE_NUMBERS

LOW_PERCENTILE, HIGH_PERCENTILE = 0.5, 99.5


@dataclass(frozen=True)
class LatentStatistics:
    """The arrays of `latents.npz`, over latents flattened to D numbers.

    `mean` and `std` are float32 [D]; `axes` [K, D] are of unit length, the one of most variance first, with the
    largest component positive: float32 for a vector latent, float16 for a map. Along the axes, counted from the mean:
    `spread` (standard deviation), `low` and `high` (0.5 and 99.5 percentiles), float32 [K]. `effect` float32 [K] is the
    mean absolute pixel change (0 to 255) when one coordinate goes from low to high and all others stay at the mean.
    """

    mean: NDArray[np.float32]
    std: NDArray[np.float32]
    axes: NDArray[np.floating[Any]]
    spread: NDArray[np.float32]
    low: NDArray[np.float32]
    high: NDArray[np.float32]
    effect: NDArray[np.float32]

    def to_npz(self) -> bytes:
        """The content of `latents.npz`: the same bytes for the same arrays."""
        file = io.BytesIO()
        np.savez(file, **asdict(self))
        return file.getvalue()


def measure_latents(encoder: Graph, decoder: Graph, pictures: Pictures, progress: Progress) -> LatentStatistics:
    """Encodes training pictures batch by batch, finds the principal axes and tries each one out.

    Of large sets an evenly spread sample is taken: at most 20,000 pictures, fewer where latents are wide.

    Args:
        encoder: The exported encoder.
        decoder: The exported decoder.
        pictures: Those trained on, at least one.
        progress: Told how many pictures are encoded, then how many axes are tried.

    Raises:
        GraphError: A graph does not run.
        ExportError: The latents are not finite.
    """
    latents = _encode(encoder, pictures, progress)
    shape = latents.shape[1:]
    latents = latents.reshape(len(latents), -1)
    mean = latents.mean(axis=0, dtype=np.float64).astype(np.float32)
    centred = latents - mean.astype(np.float64)
    stored = np.float16 if len(shape) > 1 else np.float32
    axes: NDArray[np.floating[Any]] = principal_axes(centred).astype(stored)
    coordinates = centred @ axes.astype(np.float64).T  # with the axes as stored, so that limits fit what a reader does
    low, high = np.percentile(coordinates, (LOW_PERCENTILE, HIGH_PERCENTILE), axis=0).astype(np.float32)
    return LatentStatistics(
        mean=mean,
        std=centred.std(axis=0).astype(np.float32),
        axes=axes,
        spread=coordinates.std(axis=0).astype(np.float32),
        low=low,
        high=high,
        effect=measure_effect(decoder, mean.reshape(shape), axes, low, high, progress),
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


def _encode(encoder: Graph, pictures: Pictures, progress: Progress) -> NDArray[np.float32]:
    """The latents of an evenly spread sample: float32 [N, D] or [N, C, h, w]."""
    first: NDArray[np.float32] = encoder(pictures.batch(slice(0, 1)))
    limit = min(LARGEST_SAMPLE, max(SMALLEST_SAMPLE, LARGEST_SAMPLE_NUMBERS // first.size))
    positions = spread(len(pictures), limit)
    latents = np.empty((len(positions), *first.shape[1:]), np.float32)
    done = 0
    for batch in batches(pictures, positions):
        latents[done : done + len(batch)] = encoder(batch)
        done += len(batch)
        progress("Encoding training pictures", done, len(positions))
    if not np.isfinite(latents).all():
        raise ExportError("The encoder gives values that are not finite for some training pictures. Train again.")
    return latents
