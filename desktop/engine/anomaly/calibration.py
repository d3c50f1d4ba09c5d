"""From raw scores to chances: how often an ordinary picture would score as high as this one.

The ordinary pictures are *held out*: each was scored by a fit that had not seen it.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

FOLDS = 5
FEWEST = 4  # held-out values without which there is no tail to speak of
TAIL_SHARE = 0.2  # of the held-out values: what the tail beyond them is fitted to
FEWEST_IN_TAIL = 3
FEWEST_BATCHES = 3  # with fewer, holding one out leaves too little to fit on


@dataclasses.dataclass(frozen=True, eq=False)
class Tail:
    """The upper tail of held-out values.

    A chance is the conformal p-value (1 + how many are as high) / (n + 1), which no ordinary picture undercuts more
    often than it says: V. Vovk, A. Gammerman, G. Shafer, Algorithmic Learning in a Random World, 2005. Above all
    held-out values it falls on, as the exponential tail does that is fitted to the highest fifth of them: the
    generalised Pareto tail of J. Pickands (Statistical inference using extreme order statistics, 1975) with shape 0.

    Attributes:
        values: float64 `[n]`, rising.
        start: Where the exponential tail begins: fewer than a fifth of the values lie beyond.
        excess: Its mean: the values beyond `start`, less `start`.
    """

    values: Values
    start: float
    excess: float

    def log_chances(self, scores: NDArray[np.floating]) -> Values:
        """ln of the chance that an ordinary picture scores as high, `[N]`; at most 0."""
        wanted = np.asarray(scores, np.float64)
        counted, least = self._counted(wanted), -math.log(len(self.values) + 1)
        result: Values = np.where(wanted > self.values[-1], np.minimum(self._exponential(wanted), least), counted)
        return result

    def strengths(self, scores: NDArray[np.floating]) -> Values:
        """The same with the exponential tail from `start` on, `[N]`: no two scores beyond it are alike, as they are
        wherever chances are counted; but it promises nothing. It is for ranks, and to be calibrated again."""
        wanted = np.asarray(scores, np.float64)
        result: Values = np.where(wanted > self.start, self._exponential(wanted), self._counted(wanted))
        return result

    def threshold(self, rate: float) -> float:
        """The score from which an ordinary picture is called anomalous at this false-alarm rate, in (0, 1)."""
        count = len(self.values)
        if not self.reaches(rate):
            beyond = self.start + self.excess * math.log(self._share / rate)
            return max(beyond, float(np.nextafter(self.values[-1], np.inf)))
        allowed = min(
            count - 1, math.floor(rate * (count + 1) + 1e-9) - 1
        )  # so many held-out values may lie at it or above
        return float(np.nextafter(self.values[count - 1 - allowed], np.inf))

    def reaches(self, rate: float) -> bool:
        """Whether there are enough held-out pictures to count this rate; below it the tail is extrapolated."""
        return rate >= (1 - 1e-9) / (len(self.values) + 1)

    def _counted(self, wanted: Values) -> Values:
        count = len(self.values)
        as_high = count - np.searchsorted(self.values, wanted, side="left")
        return np.log((1 + as_high) / (count + 1))

    def _exponential(self, wanted: Values) -> Values:
        return math.log(self._share) - (wanted - self.start) / self.excess

    @property
    def _share(self) -> float:
        """The chance at `start`, as the tail has it."""
        beyond = len(self.values) - int(np.searchsorted(self.values, self.start, side="right"))
        return (1 + beyond) / (len(self.values) + 1)


def fit_tail(values: NDArray[np.floating]) -> Tail:
    """Fits held-out values `[n]`, at least `FEWEST`."""
    ordered = np.sort(np.asarray(values, np.float64))
    beyond = min(len(ordered) - 1, max(FEWEST_IN_TAIL, round(TAIL_SHARE * len(ordered))))
    start = float(ordered[-beyond - 1])
    excess = float((ordered[-beyond:] - start).mean())
    smallest = max(1e-9, 1e-6 * float(np.abs(ordered).max(initial=0)))
    return Tail(ordered, start, max(excess, smallest))


def strengths_left_out(values: NDArray[np.floating]) -> Values:
    """`Tail.strengths` of each of `[n]` by the tail of all others: in its own none stands out as a new one does."""
    return np.concatenate(
        [fit_tail(np.delete(values, place)).strengths(values[place : place + 1]) for place in range(len(values))]
    )


def combine(log_chances: Values) -> Values:
    """`-min ln p` over scores, `[S, N]` to `[N]`: the highest score of a picture decides (L. H. C. Tippett,
    The Methods of Statistics, 1931). A sum over scores, as R. A. Fisher has it, would drown what one score alone sees
    in the noise of the others. Scores of one picture depend on each other, so that the combined chance is not computed
    from theirs: the minimum gets a `Tail` of its own from the held-out pictures.
    """
    strongest: Values = -log_chances.min(axis=0)
    return strongest


def rate_between(count: int, rate: float) -> tuple[float, float]:
    """The rates between which ordinary pictures are false alarms, 19 times in 20, by a threshold from `count` of them.

    Of a threshold that leaves r - 1 of them above it, the rate is distributed as the r-th smallest of `count` even
    numbers, Beta(r, count + 1 - r), whatever the scores' distribution (S. S. Wilks, Determination of sample sizes for
    setting tolerance limits, 1941); provided that the pictures to come are like them.
    """
    allowed = max(0, math.floor(rate * (count + 1) + 1e-9) - 1)
    low, high = (_beta_quantile(share, allowed + 1, count - allowed) for share in (0.025, 0.975))
    return (low if rate >= (1 - 1e-9) / (count + 1) else 0.0), high


def _beta_quantile(share: float, first: int, second: int) -> float:
    """Where the distribution function of Beta(first, second), whole numbers, is `share`: by halving [0, 1].

    It is the chance that of first + second - 1 tries, each of chance x, `first` or more succeed.
    """
    tries, low, high = first + second - 1, 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        terms = [
            math.lgamma(tries + 1) - math.lgamma(tries - hits + 1) - math.lgamma(hits + 1)
            + hits * math.log(middle) + (tries - hits) * math.log1p(-middle)
            for hits in range(first)
        ]  # fmt: skip
        low, high = (middle, high) if 1 - sum(map(math.exp, terms)) < share else (low, middle)
    return low


def folds(batches: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Positions to fit on and to hold out, so that each picture is held out once.

    Where there are at least three batches, none with more than half of the pictures, whole batches are held out, in
    five groups at most: so the threshold knows how much one batch differs from the next. Else what is held out
    together is a fifth, and consecutive: pictures taken one after the other are often nearly the same, and one of them
    in the fit would make the other look more ordinary than it is.

    Args:
        batches: The number of each picture's batch, `[N]`.
    """
    everything, (names, sizes) = np.arange(len(batches)), np.unique(batches, return_counts=True)
    apart = len(names) >= FEWEST_BATCHES and int(sizes.max()) <= len(batches) // 2
    parts = [np.flatnonzero(np.isin(batches, each)) for each in np.array_split(names, min(FOLDS, len(names)))]
    for held_out in parts if apart else np.array_split(everything, min(FOLDS, len(everything))):
        yield np.setdiff1d(everything, held_out), held_out
