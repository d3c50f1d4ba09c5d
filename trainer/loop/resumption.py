"""The schedule of a run that goes on: the same as before, or a longer one joined to it."""

from __future__ import annotations

from dataclasses import replace

from trainer.loop.schedule import LONGEST_WARMUP, Joint, Schedule, plan
from trainer.options.config import TrainConfig
from trainer.run.progress import Progress


def continued(schedule: Schedule, config: TrainConfig, progress: Progress) -> tuple[Schedule, str | None]:
    """Joins a resumed run's schedule to what was trained, and notes in its progress where.

    Args:
        schedule: The plan of the whole run as it is asked for now.
        config: The options; `resume_rate` says how the learning rate goes on.
        progress: Of the checkpoint that the run goes on from; changed here.

    Returns:
        The schedule, and a sentence about what the learning rate will do, where the run was to end earlier.
    """
    before = progress.planned_steps
    progress.planned_steps = schedule.total_steps
    extended = before is not None and 0 < progress.step < schedule.total_steps and before < schedule.total_steps
    if not extended:
        return _joined(schedule, config, progress), None
    ended = _joined(plan(config.changed(steps=before), schedule.pictures), config, progress)
    last = ended.learning_rate(progress.step - 1)
    if config.run.resume_rate == "planned":
        progress.joint_step = None
    else:
        progress.joint_step, progress.joint_rate = progress.step, last
    joined = _joined(schedule, config, progress)
    said = (
        f"Schedule  {before:,} steps were planned before, {schedule.total_steps:,} now: the learning rate"
        f" {_course(joined, last, progress.step)}"
    )
    return joined, said


def _joined(schedule: Schedule, config: TrainConfig, progress: Progress) -> Schedule:
    if progress.joint_step is None:
        return schedule
    rise = 0
    if config.run.resume_rate == "rewarm":
        left = schedule.total_steps - progress.joint_step
        rise = max(1, min(schedule.steps_per_epoch, round(left * LONGEST_WARMUP)))
    return replace(schedule, joint=Joint(progress.joint_step, progress.joint_rate, rise))


def _course(schedule: Schedule, last: float, step: int) -> str:
    """What the learning rate does, for a sentence."""
    if schedule.joint is None:
        following = schedule.learning_rate(step)
        return (
            f"goes from {last:.2g} to {following:.2g} at once; --resume-rate rewarm raises it slowly,"
            " and constant keeps it"
        )
    if schedule.joint.rise_steps:
        top = step + schedule.joint.rise_steps - 1
        return f"rises from {last:.2g} to {schedule.learning_rate(top):.2g} over {schedule.joint.rise_steps:,} steps"
    return f"stays at {last:.2g}"
