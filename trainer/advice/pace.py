"""How long a training takes, from its first steps; and what other times would have given, from its own curve."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.loop.schedule import Schedule

STEPS_TO_TELL = 3  # the first is slower than the others
FEWEST_POINTS = 4  # measurements that a curve can be told from
LATER_HALF = 0.5  # of the steps: what the curve does there goes on


class Pace:
    """Says once, after the first steps, how long the others will take here.

    Args:
        seconds: On the clock before the first step.
        step: Steps done before.
        schedule: The plan.
        limit: Seconds of --time-limit; None without it.
    """

    def __init__(self, seconds: float, step: int, schedule: Schedule, limit: float | None) -> None:
        self._first, self._seconds, self._schedule, self._limit = step, seconds, schedule, limit

    def step(self, done: int, seconds: float) -> str | None:
        """The line to say after `done` steps at `seconds` on the clock; None for all steps but one."""
        if done - self._first == 1:
            self._seconds = seconds
        if done - self._first != STEPS_TO_TELL:
            return None
        each = max(1e-9, (seconds - self._seconds) / (STEPS_TO_TELL - 1))
        left = self._schedule.total_steps - done
        if self._limit is None or seconds + left * each < self._limit:
            return f"Time      about {duration(left * each)} for {left:,} more steps on this machine"
        steps = max(0, math.floor((self._limit - seconds) / each))
        epochs = (done + steps) / self._schedule.steps_per_epoch
        left_words = duration(max(0.0, self._limit - seconds))
        return f"Time      {left_words} are left, which is about {steps:,} steps here, {epochs:.1f} epochs in all"


def duration(seconds: float) -> str:
    """`1 h 5 min`, `3 min 20 s` or `12 s`."""
    whole = round(seconds)
    if whole >= 3600:
        return f"{whole // 3600} h {whole % 3600 // 60} min"
    return f"{whole // 60} min {whole % 60} s" if whole >= 60 else f"{whole} s"


@dataclass(frozen=True)
class Estimate:
    """What a training of another length would have come to, in dB of held-out PSNR."""

    tenth: float
    """In a tenth of the steps: the best by then."""
    tenfold: float
    """In ten times as many: the gain of the later half for each doubling goes on, or nothing where there was none."""


def estimate(points: Sequence[tuple[float, float]], start: float | None) -> Estimate | None:
    """Estimates from a training's own curve; None where it has fewer than four measurements.

    Args:
        points: Steps done and held-out PSNR in dB of each measurement, in order.
        start: PSNR before the first step, where it was measured.
    """
    if len(points) < FEWEST_POINTS:
        return None
    last = points[-1][0]
    best: list[tuple[float, float]] = []
    for step, psnr in points:
        best.append((step, max(psnr, best[-1][1] if best else start if start is not None else psnr)))
    early = [psnr for step, psnr in best if step <= last / 10]
    tenth = early[-1] if early else start if start is not None else best[0][1]
    half, middle = next((step, psnr) for step, psnr in best if step >= LATER_HALF * last)
    if half == last:  # the measurement before it lies in the first half
        half, middle = best[-2]
    doublings = math.log2(last / half)
    gain = (best[-1][1] - middle) / doublings
    return Estimate(tenth, best[-1][1] + gain * math.log2(10))
