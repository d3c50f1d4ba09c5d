"""How long a training takes here, from its first steps."""

from __future__ import annotations

from trainer.loop.schedule import Schedule

FEWEST_STEPS, MOST_STEPS = 3, 10  # that are timed; the first is slower than the others, and left out
LONG_S = 5.0  # so long steps are told from the fewest
FORWARD = 1 / 3  # of a step: what measuring a held-out picture takes, which needs no gradients


class Pace:
    """Says once, after the first steps, how long the others will take here, with the measurements between them.

    Args:
        seconds: On the clock before the first step.
        step: Steps done before.
        schedule: The plan.
        held_out: Pictures that are measured at the end of each epoch.
        measuring: Seconds that this took before the first step; None where it was not done.
        until: When the time limit ends the steps, on the same clock; None without one.
    """

    def __init__(
        self,
        seconds: float,
        step: int,
        schedule: Schedule,
        held_out: int,
        measuring: float | None = None,
        until: float | None = None,
    ) -> None:
        self._first, self._seconds, self._schedule = step, seconds, schedule
        self._held_out, self._measuring, self._until = held_out, measuring, until
        self._said = False

    def step(self, done: int, seconds: float) -> str | None:
        """The line to say after `done` steps at `seconds` on the clock; None for all steps but one."""
        count = done - self._first
        if count == 1:
            self._seconds = seconds
        took = seconds - self._seconds
        if self._said or count < FEWEST_STEPS or (count < MOST_STEPS and took < LONG_S):
            return None
        self._said = True
        each, schedule = max(1e-9, took / (count - 1)), self._schedule
        measuring = self._measuring
        if measuring is None:
            measuring = FORWARD * each * self._held_out / schedule.batch_size
        each += measuring / schedule.steps_per_epoch
        left = schedule.total_steps - done
        if self._until is None or seconds + left * each < self._until:
            return f"Time      about {duration(left * each)} for {left:,} more steps on this machine"
        steps = max(0, int((self._until - seconds) / each))
        epochs = (done + steps) / schedule.steps_per_epoch
        words = duration(max(0.0, self._until - seconds))
        return f"Time      {words} are left for steps, which is about {steps:,} steps here, {epochs:.1f} epochs in all"


def duration(seconds: float) -> str:
    """`1 h 5 min`, `3 min 20 s` or `12 s`."""
    whole = round(seconds)
    if whole >= 3600:
        return f"{whole // 3600} h {whole % 3600 // 60} min"
    return f"{whole // 60} min {whole % 60} s" if whole >= 60 else f"{whole} s"
