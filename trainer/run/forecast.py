"""What a training will come to, and what other times would have given: estimates from its own learning curve.

The law: each doubling of the steps brings a share of what the doubling before it brought. The share is that of the
last two doublings, drawn a quarter of the way to what curves have on average; MEASUREMENTS.md has how far it is off.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from trainer.run.contract.sentence import Sentence

FEWEST_POINTS = 4  # measurements that a curve can be told from at its end
EARLIEST = 0.1  # of the steps: what was foretold after a twentieth was off by half as much as was still to come
LATEST = 0.5  # of the steps: after that the end is soon seen
EARLIEST_STEPS = 200  # until then rate and average are still warming up, and doublings bring ever more
USUAL_SHARE, OWN = 0.8, 0.75  # of the gain before, on average; and how much the curve's own share counts
LEAST_SHARE = 0.4
ENDED_SHARE = USUAL_SHARE  # at the least at the end: the rate that falls there flattens the last doubling
STRAIGHT = 0.9  # times what the doubling before brought: a curve above that has not shown yet how it flattens
LEAST, MOST = 0.25, 2.0  # times what the law says: within that the curves ended that it was found on
MOST_DB = 100.0  # no picture is measured to have more
PREFIX = "foretold_"

Points = Sequence[tuple[float, float]]
"""Steps done and held-out PSNR in dB of each measurement, in order."""


@dataclass(frozen=True)
class Estimate:
    """What a training of another length would have come to, in dB of held-out PSNR."""

    tenth: float
    """In a tenth of the steps: the best by then."""
    low: float
    high: float
    """In ten times as many: from a quarter to twice the gain that the law says."""


@dataclass(frozen=True)
class Forecast:
    """What a training that is under way will probably come to, in dB of held-out PSNR."""

    share: float
    """Of the steps, that were done when it was made."""
    tenth: float
    """In a tenth of the steps: the best by then."""
    low: float
    high: float
    """At the end: from a quarter to twice the gain that the law says."""
    tenfold_low: float
    tenfold_high: float
    """The same for ten times as many steps."""

    @property
    def words(self) -> Sentence:
        """One sentence, without a full stop."""
        return Sentence(
            "probably {end} at the end, {tenfold} in ten times as long, {tenth} in a tenth of the time:"
            " an estimate from the first {share:.0f} % of the curve",
            end=db_range(self.low, self.high),
            tenfold=db_range(self.tenfold_low, self.tenfold_high),
            tenth=db_range(self.tenth, self.tenth),
            share=100 * self.share,
        )

    @property
    def columns(self) -> dict[str, float]:
        """Its figures, for a row of `epochs.csv`."""
        return {PREFIX + name: value for name, value in asdict(self).items()}


class Forecasts:
    """Makes one forecast for each training or resumption, as soon as its curve is long enough.

    Args:
        start: PSNR before the first step, where it was measured.
    """

    def __init__(self, start: float | None) -> None:
        self._start, self._made = start, False

    def once(self, points: Points, planned: float) -> Forecast | None:
        """The forecast as `forecast` makes it, the first time that there is one; None at all other times."""
        found = None if self._made else forecast(points, self._start, planned)
        self._made = self._made or found is not None
        return found


def db_range(low: float, high: float) -> Sentence:
    """A range in dB as words; one figure where both ends read alike."""
    if f"{low:.1f}" == f"{high:.1f}":
        return Sentence("about {psnr:.1f} dB", psnr=high)
    return Sentence("{low:.1f} to {high:.1f} dB", low=low, high=high)


def forecast(points: Points, start: float | None, planned: float) -> Forecast | None:
    """What a training will come to; None where its curve is too short to tell, does not flatten yet, or nearly ends.

    Args:
        points: Measurements of which one is in the first half of the steps done.
        start: PSNR before the first step, where it was measured: its weights are kept where nothing better follows.
        planned: How many steps it will have.
    """
    if len(points) < 2 or points[-1][0] < EARLIEST_STEPS or not EARLIEST <= points[-1][0] / planned <= LATEST:
        return None
    law = _law(points, LEAST_SHARE)
    if law is None:
        return None
    times = planned / points[-1][0]
    end, tenfold = law.gain(times), law.gain(times) + law.after(times).gain(10)
    tenth = _by(points, start, planned / 10)
    return Forecast(1 / times, tenth, *_after(points, start, end), *_after(points, start, tenfold))


def estimate(points: Points, start: float | None) -> Estimate | None:
    """Estimates from a finished training's own curve; None where it has too few measurements or steps.

    Args:
        points: Of the whole training.
        start: PSNR before the first step, where it was measured.
    """
    if len(points) < FEWEST_POINTS or points[-1][0] < EARLIEST_STEPS:
        return None
    law = _law(points, ENDED_SHARE, straight=math.inf)
    if law is None:
        return None
    return Estimate(_by(points, start, points[-1][0] / 10), *_after(points, start, law.after(1).gain(10)))


@dataclass(frozen=True)
class Law:
    """Each doubling of the steps brings a share of what the doubling before it brought."""

    doubling: float
    """What the last one brought, in dB."""
    share: float

    def gain(self, times: float) -> float:
        """What so many times the steps bring."""
        doublings = math.log2(times)
        if self.share > 1 - 1e-9:
            return self.doubling * doublings
        return float(self.doubling * self.share * (1 - self.share**doublings) / (1 - self.share))

    def after(self, times: float) -> Law:
        """The law from there on: beyond the end of a training no doubling brings more than on average."""
        return Law(self.doubling * self.share ** math.log2(times), min(self.share, USUAL_SHARE))


def _law(points: Points, least: float, straight: float = STRAIGHT) -> Law | None:
    """The law of a curve, of a share no smaller than `least`; None where it is too short.

    And where its last doubling brought more than `straight` times what the one before did.
    """
    steps = np.log2([step for step, _ in points])
    best = np.maximum.accumulate([value for _, value in points])
    if steps[0] > steps[-1] - 1:
        return None

    def at(halvings: int) -> float:
        return float(np.interp(steps[-1] - halvings, steps, best))

    doubling, before = at(0) - at(1), at(1) - at(2)
    share = USUAL_SHARE
    if steps[0] <= steps[-1] - 2:
        if doubling > straight * before > 0:
            return None
        own = min(1.0, max(least, doubling / before)) if before > 0 else least
        share += OWN * (own - share)
    return Law(doubling, share)


def _by(points: Points, start: float | None, steps: float) -> float:
    """The best PSNR by so many steps, on straight lines between measurements; the first one before it.

    A training that is planned to be so short comes to about as much: what is measured are averaged weights, to which a
    rate that falls adds little.
    """
    whole = [*([] if start is None else [(0.0, start)]), *points]
    best = np.maximum.accumulate([value for _, value in whole])
    return float(np.interp(steps, [step for step, _ in whole], best))


def _after(points: Points, start: float | None, gain: float) -> tuple[float, float]:
    """The range of the best PSNR where the law says such a gain after the last point."""
    last = max(value for _, value in points)
    reached = last if start is None else max(start, last)
    low, high = (min(MOST_DB, last + times * gain) for times in (LEAST, MOST))
    return max(reached, low), max(reached, high)
