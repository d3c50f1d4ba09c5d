"""Axes along which pictures vary as independently as can be, found without labels.

Principal axes mix whatever varies alike: any turn of two directions of one variance has the same covariance. A mixture
of independent properties is nearer to a Gaussian than each of them, so axes are turned, two at a time (Comon,
Independent component analysis, a new concept?, 1994), until their coordinates are as little Gaussian as can be. The
latents are not whitened: that would count noise as much as what pictures vary in.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from export.runtime import Graph
from export.statistics.encoding import Codes
from export.statistics.latents import DEAD_EFFECT, HIGH_PERCENTILE, LOW_PERCENTILE, LatentStatistics, measure_effect
from trainer.data.dataset import Progress

GAUSSIAN = 0.37457  # the mean of log cosh over a standard normal
# The contrast of N numbers of a Gaussian, times N, on average. The best turn of two Gaussians gained more than 20 times
# that in 5 of 25,000 tries, with 3 to 4,000 numbers, and more than 28 times in none.
NOISE = 0.006
SMALLEST_GAIN = 20 * NOISE  # a pair that gains less stays
CERTAIN_GAIN = 40 * NOISE  # all pairs stay where none ever gains as much: all that was seen may be chance
ANGLES = 12  # tried over the quarter of a turn after which two axes are themselves again; a parabola finds the top
LARGEST_SWEEPS = 12
SETTLED = 0.01  # of all pairs: where fewer turn in a sweep, the rest is not worth the time
TINY = float(np.finfo(np.float32).tiny)

Floats = NDArray[np.float64]


def find_independent(
    codes: Codes, statistics: LatentStatistics, decoder: Graph, progress: Progress
) -> dict[str, NDArray[Any]]:
    """The arrays of `latents.npz` that describe the independent axes, which span what the principal axes do.

    `independent` [J, D], in the type of the principal axes, is of unit length, the one of most variance first, with
    the largest component positive; `independent_spread`, `_low`, `_high` and `_effect`, float32 [J], are what they are
    for principal axes. There are no arrays where no pair turns: principal axes are independent then.

    Args:
        codes: Of pictures trained on.
        statistics: Of `codes`.
        decoder: The exported decoder.
        progress: Told how far the turning is, and how many axes are tried.

    Raises:
        GraphError: The decoder does not run.
    """
    coordinates = statistics.whiten(codes) * statistics.spread
    rotation = find_rotation(coordinates, progress)
    if np.array_equal(rotation, np.eye(len(rotation))):
        return {}
    principal = statistics.axes.astype(np.float32)
    rotation = rotation[np.argsort(-(coordinates @ rotation.T).var(axis=0), kind="stable")]
    axes = rotation.astype(np.float32) @ principal
    largest = np.abs(axes).argmax(axis=1)
    axes *= (np.sign(axes[np.arange(len(axes)), largest]) / np.linalg.norm(axes, axis=1))[:, None]
    stored = axes.astype(statistics.axes.dtype)
    along = coordinates @ (stored.astype(np.float32) @ principal.T).T  # with the axes as stored
    low, high = np.percentile(along, (LOW_PERCENTILE, HIGH_PERCENTILE), axis=0).astype(np.float32)
    effect = measure_effect(decoder, statistics.mean.reshape(codes.shape), stored, low, high, progress)
    arrays = {"": stored, "_spread": along.std(axis=0).astype(np.float32), "_low": low, "_high": high}
    seen = effect >= DEAD_EFFECT
    return {f"independent{name}": array[seen] for name, array in {**arrays, "_effect": effect}.items()}


def find_rotation(coordinates: NDArray[np.floating[Any]], progress: Progress) -> Floats:
    """The rotation [K, K] of coordinates [N, K] of mean 0 to ones as little Gaussian as can be: `coordinates @ R.T`.

    Pairs are turned in sweeps, each to the angle at which the sum of both contrasts is largest, until hardly any gains
    more than chance would give. The same coordinates always give the same rotation.
    """
    count, width = coordinates.shape
    turned = np.ascontiguousarray(coordinates.T, np.float32)
    rotation = np.eye(width)
    pairs = [(first, second) for first in range(width) for second in range(first + 1, width)]
    tried, touched = np.full((width, width), -1), np.zeros(width, np.int64)
    largest_gain = 0.0
    for sweep in range(LARGEST_SWEEPS):
        turns = 0
        for done, (first, second) in enumerate(pairs):
            if done % width == 0:
                progress("Turning axes", sweep * len(pairs) + done, LARGEST_SWEEPS * len(pairs))
            now = sweep * len(pairs) + done + 1
            if tried[first, second] >= max(touched[first], touched[second]):
                continue  # neither has turned since
            tried[first, second] = now
            angle, gain = _best_turn(turned[first], turned[second])
            if gain * count > SMALLEST_GAIN:
                for rows in (turned, rotation):
                    rows[[first, second]] = _turn(rows[first], rows[second], angle)
                touched[[first, second]] = now
                turns, largest_gain = turns + 1, max(largest_gain, gain * count)
        if turns <= SETTLED * len(pairs):
            break
    progress("Turning axes", LARGEST_SWEEPS * len(pairs), LARGEST_SWEEPS * len(pairs))
    return rotation if largest_gain > CERTAIN_GAIN else np.eye(width)


def contrast(values: NDArray[Any]) -> NDArray[Any]:
    """How little Gaussian rows [..., N] are: 0 for a Gaussian, whatever its mean 0 and its spread.

    (E log cosh y - E log cosh g)² of the scaled values y and a standard normal g, to which negentropy is in proportion
    (Hyvärinen, New approximations of differential entropy, 1998).
    """
    size = np.abs(values / np.maximum(values.std(axis=-1, keepdims=True), TINY))
    result: NDArray[Any] = np.square((size + np.log1p(np.exp(-2 * size))).mean(axis=-1) - np.log(2) - GAUSSIAN)
    return result


def _best_turn(first: NDArray[np.float32], second: NDArray[np.float32]) -> tuple[float, float]:
    """The angle by which two rows [N] turn to the largest sum of contrasts, and what is gained."""
    step = np.pi / 2 / ANGLES
    angles = (np.arange(ANGLES) - ANGLES // 2) * step
    found = contrast(_turn(first, second, angles[:, None].astype(np.float32))).sum(axis=0)
    best = int(found.argmax())
    before, top, after = found[best - 1], found[best], found[(best + 1) % ANGLES]  # all angles lie on a circle
    bend = before - 2 * top + after
    beyond = 0.5 * (before - after) / bend if bend < 0 else 0.0
    return float(angles[best] + beyond * step), float(top - 0.25 * (before - after) * beyond - found[ANGLES // 2])


def _turn(first: NDArray[Any], second: NDArray[Any], angle: float | NDArray[np.float32]) -> NDArray[Any]:
    """Both rows [N] turned by an angle, or by angles [A, 1]: [2, N] or [2, A, N]."""
    return np.stack([np.cos(angle) * first + np.sin(angle) * second, np.cos(angle) * second - np.sin(angle) * first])
