"""How scores are combined on one subject: by which of them find the defects that were made up in its good pictures.

A combination is the sum over scores of `weight * ln(1 + s)`, where s is -ln of the chance that a good picture scores
as high, as the score's held-out tail has it. Weights are never negative, so that no score is ever an excuse. They are
those of a logistic regression between held-out good pictures and made-up defects, each kind counting alike.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from desktop.engine.anomaly.calibration import Tail, Values, fit_tail

DECAY = 0.01  # of the squared weights, beside the mean cross-entropy
LEAST_DECAY = 1e-6  # where there is none, so that what is told apart wholly has a solution
STEPS, HALVINGS, ENOUGH = 100, 20, 1e-10
LEAST_WEIGHT = 0.02  # of the largest: what weighs less is left out
FIRST_WEIGHT = 0.1
WORTH = 0.01  # nats by which dear scores must lower the cross-entropy to be taken
VERDICTS_HALF = 20  # verdicts of the user that count as much as all made-up defects
VERDICT_FOLDS = 5
SURE = 0.5  # standard errors by which verdicts must help with others that were held out
LEAST_ALIGNMENT = 0.05  # below it, scores that compare places count only where there is little to align

_Group = tuple[Mapping[str, Values], Values, float]


@dataclasses.dataclass(frozen=True, eq=False)
class MadeUp:
    """What scores say of defects made up in good pictures that their fits had not seen.

    Attributes:
        kinds: Of each, text `[M]`.
        values: By score, `[M]`.
    """

    kinds: tuple[str, ...]
    values: Mapping[str, Values]

    def strengths(self, tails: Mapping[str, Tail]) -> dict[str, Values]:
        """-ln of the chance of a good picture, by the scores that have tails here, `[M]`."""
        return {name: -tail.strengths(self.values[name]) for name, tail in tails.items()} if self.kinds else {}


NOTHING_MADE_UP = MadeUp((), {})


@dataclasses.dataclass(frozen=True, eq=False)
class Corrected:
    """What scores say of pictures on which the user gave a verdict: -ln of the chance of a good picture, by score.

    Attributes:
        good: Of those that are no anomalies, `[A]`.
        missed: Of those that are, `[B]`.
    """

    good: Mapping[str, Values]
    missed: Mapping[str, Values]

    def folds(self, count: int) -> Iterator[tuple[Corrected, Corrected]]:
        """Each with some of both kinds held out: the rest, and those."""
        for number in range(count):
            outside = [np.arange(_length(values)) % count == number for values in (self.good, self.missed)]
            yield self._taken(*(~each for each in outside)), self._taken(*outside)

    def _taken(self, good: NDArray[np.bool_], missed: NDArray[np.bool_]) -> Corrected:
        return Corrected(
            {name: values[good] for name, values in self.good.items()},
            {name: values[missed] for name, values in self.missed.items()},
        )


@dataclasses.dataclass(frozen=True)
class Found:
    """How many of the made-up defects of a kind are past the threshold."""

    kind: str
    found: int
    tried: int


def choose_weights(
    good: Mapping[str, Values],
    kinds: Sequence[str],
    bad: Mapping[str, Values],
    names: Sequence[str],
    corrected: Corrected | None = None,
    dear: Collection[str] = (),
) -> dict[str, float]:
    """The weight of each score of `names` that has one, largest first.

    Args:
        good: Strengths of held-out good pictures by score, `[G]`.
        kinds: Of made-up defects, `[M]`; each kind counts alike.
        bad: Their strengths by score, `[M]`.
        names: The scores that may count.
        corrected: What the user said: K verdicts have a share of K / (K + 20) in the choice.
        dear: Scores that take long, and are left out together where the others find as much without them.
    """
    groups = _groups(good, kinds, bad, corrected)
    wanted_of_all = np.concatenate([np.full(len(shares), wanted) for _, shares, wanted in groups])
    importance = np.concatenate([shares for _, shares, _ in groups])

    def fitted(among: Sequence[str]) -> tuple[Values, float]:
        columns = [np.concatenate([values[name] for values, _, _ in groups]) for name in among]
        inputs = np.log1p(np.stack(columns, axis=1).clip(0))
        weights, _, _ = _logistic(inputs, wanted_of_all, importance, DECAY)
        # The decay weighs on one score more than on two alike: what they come to is compared without it.
        return weights, _logistic((inputs @ weights)[:, None], wanted_of_all, importance, 0)[2]

    weights, loss = fitted(names)
    cheap = [name for name in names if name not in dear]
    if cheap and len(cheap) < len(names):
        without, loss_without = fitted(cheap)
        if loss_without <= loss + WORTH:
            names, weights = cheap, without
    kept = [(float(weight), name) for weight, name in zip(weights, names) if weight > LEAST_WEIGHT * weights.max()]
    return {name: weight for weight, name in sorted(kept, reverse=True)}


def verdicts_help(
    good: Mapping[str, Values],
    kinds: Sequence[str],
    bad: Mapping[str, Values],
    names: Sequence[str],
    corrected: Corrected,
    present: Mapping[str, float],
    rate: float,
    dear: Collection[str] = (),
) -> bool:
    """Whether weights that the user's verdicts chose are right of held-out verdicts more often than the present ones.

    Each fifth of the verdicts is held out in turn, and the threshold is that of the false-alarm rate `rate` over the
    good pictures and the verdicts that are left. What counts is the mean difference of what is wrong, both kinds
    counting alike; it must be larger than a share of its own standard error, `SURE`. So verdicts that say nothing new
    leave the combination as it is. `present` may be empty, for the smallest chance; the rest as in `choose_weights`.
    """
    gains, shares = list[Values](), list[Values]()
    counts = _length(corrected.good), _length(corrected.missed)
    for rest, outside in corrected.folds(VERDICT_FOLDS):
        taught = choose_weights(good, kinds, bad, names, rest, dear)
        known = {name: np.concatenate([good[name], rest.good[name]]) for name in names}
        before, after = (_wrong(known, outside, weights, rate) for weights in (present, taught))
        gains.append(before - after)
        shares.append(np.repeat(0.5 / np.maximum(counts, 1), (_length(outside.good), _length(outside.missed))))
    gain, share = np.concatenate(gains), np.concatenate(shares)
    mean = float(gain @ share)
    return mean > SURE * float(np.sqrt(np.square(share) @ np.square(gain - mean)))


def _wrong(good: Mapping[str, Values], outside: Corrected, weights: Mapping[str, float], rate: float) -> Values:
    """1 for each verdict, of good ones first, that a combination with a threshold of good pictures has otherwise."""
    threshold = fit_tail(_combined(good, weights)).threshold(rate)
    alarms, found = (_combined(each, weights) >= threshold for each in (outside.good, outside.missed))
    return np.concatenate([alarms, ~found]).astype(np.float64)


def _combined(strengths: Mapping[str, Values], weights: Mapping[str, float]) -> Values:
    """By weights, or without them the largest."""
    if weights:
        return combine(strengths, weights)
    largest: Values = np.max(list(strengths.values()), axis=0)
    return largest


def _groups(
    good: Mapping[str, Values], kinds: Sequence[str], bad: Mapping[str, Values], corrected: Corrected | None
) -> list[_Group]:
    """What is told apart: strengths by score, what each picture counts, and whether it is to be found."""
    groups = [(good, _even(_length(good)), 0.0), (bad, _by_kind(kinds), 1.0)]
    if corrected is not None:
        counts = _length(corrected.good), _length(corrected.missed)
        share = sum(counts) / (sum(counts) + VERDICTS_HALF)
        groups = [(values, shares * (1 - share), wanted) for values, shares, wanted in groups]
        groups += [
            (corrected.good, share * _even(counts[0]), 0.0),
            (corrected.missed, share * _even(counts[1]), 1.0),
        ]
    return [group for group in groups if len(group[1])]


def _length(values: Mapping[str, Values]) -> int:
    return len(next(iter(values.values()), ()))


def _even(count: int) -> Values:
    """A half, shared out evenly."""
    return np.full(count, 0.5 / max(1, count))


def _by_kind(kinds: Sequence[str]) -> Values:
    """A half, shared out among kinds and then within each of them."""
    known, places, sizes = np.unique(np.asarray(kinds, np.str_), return_inverse=True, return_counts=True)
    shares: Values = 0.5 / (max(1, len(known)) * sizes[places])
    return shares


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


def _logistic(inputs: Values, wanted: Values, importance: Values, decay: float) -> tuple[Values, float, float]:
    """Weights of a logistic regression, none below 0, its intercept, and its cross-entropy, by projected Newton steps
    (D. Bertsekas, Projected Newton methods for optimization problems with simple constraints, 1982)."""
    columns = np.column_stack([inputs, np.ones(len(inputs))])
    decays = np.r_[np.full(inputs.shape[1], max(decay, LEAST_DECAY)), LEAST_DECAY]
    found = np.r_[np.full(inputs.shape[1], FIRST_WEIGHT), 0.0]

    def cost(point: Values) -> float:
        odds = columns @ point
        return float(importance @ (np.logaddexp(0, odds) - wanted * odds) + decays @ np.square(point) / 2)

    before = cost(found)
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-(columns @ found).clip(-30, 30)))
        slope = columns.T @ ((chance - wanted) * importance) + decays * found
        free = (found > 0) | (slope < 0)
        free[-1] = True
        bent = columns[:, free].T @ (columns[:, free] * (chance * (1 - chance) * importance)[:, None])
        step = np.zeros_like(found)
        step[free] = np.linalg.solve(bent + np.diag(decays[free]), slope[free])
        for halving in range(HALVINGS):
            moved = found - step / 2**halving
            moved[:-1] = np.maximum(moved[:-1], 0)
            after = cost(moved)
            if after < before:
                break
        if not after < before - ENOUGH:
            break
        found, before = moved, after
    weights, odds = found[:-1], columns @ found
    loss = float(importance @ (np.logaddexp(0, odds) - wanted * odds))
    if not weights.any():  # nothing was found by anything: all count alike
        weights = np.full(len(weights), FIRST_WEIGHT)
    return weights, float(found[-1]), loss


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
