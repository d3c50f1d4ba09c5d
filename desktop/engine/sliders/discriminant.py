"""The direction that tells two sides of pictures apart, and how much the pictures speak for it."""

from __future__ import annotations

import dataclasses
import itertools
import math

import numpy as np
from numpy.typing import NDArray

from desktop.engine.gaussian import Floats, fit_gaussian

SHUFFLES = 300


@dataclasses.dataclass(frozen=True)
class Evidence:
    """How much the pictures speak for a direction.

    Attributes:
        accuracy: Balanced accuracy in [0, 1] of pictures told apart by a direction of all others; 0.5 is chance.
        chance: How often such pictures, shuffled between the two sides, are told apart at least as well: (1 + as good)
            / (1 + shuffles), B. Phipson and G. Smyth, Permutation p-values should never be zero, 2010. Each different
            split is tried once where there are at most 300.
        least: The smallest value that `chance` could have had with so few pictures.
    """

    accuracy: float
    chance: float
    least: float

    @property
    def words(self) -> str:
        """The evidence in a word or two."""
        if self.accuracy < 0.75 or self.chance > 0.2:
            return "weak"
        return "strong" if self.chance <= 0.05 and self.accuracy >= 0.9 else "fair"


def discriminant(more: Floats, less: Floats) -> Floats | None:
    """The unit vector `[D]` of the discriminant; None where the two sides have one mean."""
    difference = more.mean(axis=0, dtype=np.float64) - less.mean(axis=0, dtype=np.float64)
    if not np.linalg.norm(difference) > 1e-9:
        return None
    within = np.concatenate([more - more.mean(axis=0), less - less.mean(axis=0)])
    solved = difference
    if within.any():
        solved = fit_gaussian(within, mean=np.zeros(within.shape[1])).solve(difference)
    vector: Floats = (solved / np.linalg.norm(solved)).astype(np.float32)
    return vector


def weigh(more: Floats, less: Floats) -> Evidence:
    """How much two sides speak for their direction, by leaving each picture out and by shuffling them.

    All is done with inner products of the codes alone, so that a wide latent costs no more than a narrow one.
    """
    everything = np.concatenate([more, less]).astype(np.float64)
    everything -= everything.mean(axis=0)
    reduced = _reduced(everything)
    truth = np.arange(len(everything)) < len(more)
    accuracy = _left_out_accuracy(reduced, truth)
    count = math.comb(len(truth), len(more))
    if count <= SHUFFLES:
        splits = [np.isin(np.arange(len(truth)), each) for each in itertools.combinations(range(len(truth)), len(more))]
        as_good = sum(_left_out_accuracy(reduced, split) >= accuracy - 1e-9 for split in splits)
        return Evidence(accuracy, as_good / count, 1 / count)
    random = np.random.default_rng(0)
    tried = min(SHUFFLES, 40_000 // len(truth) ** 2 + 50)
    as_good = sum(_left_out_accuracy(reduced, random.permutation(truth)) >= accuracy - 1e-9 for _ in range(tried))
    return Evidence(accuracy, (1 + as_good) / (1 + tried), 1 / (1 + tried))


def _reduced(centred: NDArray[np.float64]) -> Floats:
    """The same points in at most as many dimensions as there are points: distances and directions are kept."""
    values, vectors = np.linalg.eigh(centred @ centred.T)
    kept = values > 1e-10 * max(float(values.max(initial=0)), 1e-300)
    points: Floats = (vectors[:, kept] * np.sqrt(values[kept])).astype(np.float32)
    return points


def _left_out_accuracy(points: Floats, truth: NDArray[np.bool_]) -> float:
    """Each point on which side of the middle between the means, by the direction of all others; ties count half."""
    hits = np.zeros(len(points))
    for left_out in range(len(points)):
        rest = np.arange(len(points)) != left_out
        more, less = points[rest & truth], points[rest & ~truth]
        vector = discriminant(more, less)
        if vector is None:
            hits[left_out] = 0.5
            continue
        middle = (more.mean(axis=0) + less.mean(axis=0)) / 2
        side = float((points[left_out] - middle) @ vector)
        hits[left_out] = 0.5 if side == 0 else float((side > 0) == truth[left_out])
    return float((hits[truth].mean() + hits[~truth].mean()) / 2)
