"""How scores are combined on one subject: by which of them find the defects that were made up in its good pictures.

A combination is the sum over scores of `weight * ln(1 + s)`, where s is -ln of the chance that a good picture scores
as high, as the score's held-out tail has it. Weights are never negative, so that no score is ever an excuse. They are
those of a logistic regression between held-out good pictures and made-up defects, each kind counting alike.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from desktop.engine.anomaly.calibration import Values

DECAY = 0.01  # of the squared weights, beside the mean cross-entropy
STEPS, RATE = 2000, 0.05
LEAST_WEIGHT = 0.02  # of the largest: what weighs less is left out
FIRST_WEIGHT = 0.1
LEAST_ALIGNMENT = 0.05  # below it, scores that compare places count only where there is little to align


@dataclasses.dataclass(frozen=True, eq=False)
class MadeUp:
    """What scores say of defects made up in good pictures that their fits had not seen.

    Attributes:
        kinds: Of each, text `[M]`.
        strengths: -ln of the chance of a good picture, by score, `[M]`.
    """

    kinds: tuple[str, ...]
    strengths: Mapping[str, Values]


@dataclasses.dataclass(frozen=True)
class Found:
    """How many of the made-up defects of a kind are past the threshold."""

    kind: str
    found: int
    tried: int


def choose_weights(good: Mapping[str, Values], bad: MadeUp, names: Sequence[str]) -> dict[str, float]:
    """The weight of each score of `names` that has one, largest first.

    Args:
        good: Strengths of held-out good pictures by score, `[G]`.
        bad: Of made-up defects.
        names: The scores that may count.
    """
    inputs = np.log1p(np.stack([np.r_[good[name], bad.strengths[name]] for name in names], axis=1).clip(0))
    count = len(inputs) - len(bad.kinds)
    wanted = np.r_[np.zeros(count), np.ones(len(bad.kinds))]
    known, sizes = np.unique(bad.kinds, return_counts=True)
    each = dict(zip(known.tolist(), sizes.tolist()))
    shares = [1 / (len(known) * each[kind]) for kind in bad.kinds]
    weights = _logistic(inputs, wanted, np.r_[np.full(count, 1 / count), shares] / 2)
    kept = [(float(weight), name) for weight, name in zip(weights, names) if weight > LEAST_WEIGHT * weights.max()]
    return {name: weight for weight, name in sorted(kept, reverse=True)}


def combine(strengths: Mapping[str, Values], weights: Mapping[str, float]) -> Values:
    """The weighted sum, `[N]`."""
    parts = [weight * np.log1p(strengths[name].clip(0)) for name, weight in weights.items()]
    total: Values = np.sum(parts, axis=0)
    return total


def count_found(kinds: Sequence[str], past: Sequence[bool]) -> list[Found]:
    """Of each kind, in the order of their names, how many are past the threshold."""
    return [
        Found(kind, sum(hit for each, hit in zip(kinds, past) if each == kind), list(kinds).count(kind))
        for kind in sorted(set(kinds))
    ]


def _logistic(inputs: Values, wanted: Values, importance: Values) -> Values:
    """Weights of a logistic regression with an intercept, none below 0, by projected Adam."""
    weights, intercept = np.full(inputs.shape[1], FIRST_WEIGHT), 0.0
    first, second = np.zeros(len(weights) + 1), np.zeros(len(weights) + 1)
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-(inputs @ weights + intercept).clip(-30, 30)))
        miss = (chance - wanted) * importance
        slope = np.r_[miss @ inputs + DECAY * weights, miss.sum()]
        first += 0.1 * (slope - first)
        second += 0.01 * (np.square(slope) - second)
        step = RATE * first / (np.sqrt(second) + 1e-6)
        weights, intercept = np.maximum(weights - step[:-1], 0), intercept - step[-1]
    if not weights.any():  # nothing was found by anything: all count alike
        weights = np.full(len(weights), FIRST_WEIGHT)
    return weights


def alignment(pictures: Values) -> tuple[float, float]:
    """Whether the same is in the same place of good pictures `[N, H, W, 3]`, any numbers in [0, 1].

    Returns:
        How much worse they match the mean of the others when moved by an eighth of their width and height, in [0, 1]: 0
        where it makes no difference, 1 where they match it wholly in their place alone; and their root mean squared
        deviation from that mean, which is small where there is nothing to align.
    """
    count = len(pictures)
    others = (pictures.sum(axis=0) - pictures) / max(1, count - 1)
    still = float(np.square(pictures - others).mean())
    shifts = [(pictures.shape[1] // 8 * down, pictures.shape[2] // 8 * across) for down, across in ((1, 0), (0, 1))]
    moved = float(np.mean([np.square(np.roll(pictures, shift, axis=(1, 2)) - others).mean() for shift in shifts]))
    return max(0.0, 1 - still / max(moved, 1e-12)), float(np.sqrt(still))
