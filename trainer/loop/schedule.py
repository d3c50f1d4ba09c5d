"""How long a run is, which pictures each step sees and how large its learning rate is: functions of the step alone."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from trainer.options.config import TrainConfig
from trainer.options.options import Decay

LONGEST_WARMUP = 0.2  # of the training
POLY_WARMUP_START = 1e-3  # of the peak
DEFAULT_WARMUP_EPOCHS: dict[Decay, float] = {"cosine": 1.0, "poly": 10.0, "constant": 1.0}


@dataclass(frozen=True)
class Joint:
    """Where a run goes on past its planned end, at the rate that it had there."""

    step: int
    rate: float
    rise_steps: int
    """Over how many steps the rate comes to that of the longer plan; 0 for never."""


@dataclass(frozen=True)
class Schedule:
    """The plan of a run. Steps count from 0 here."""

    pictures: int
    batch_size: int
    steps_per_epoch: int
    total_steps: int
    warmup_steps: int
    peak_rate: float
    decay: Decay
    seed: int
    joint: Joint | None = None
    """Where the run went on past the end that was planned for it."""

    def epoch(self, step: int) -> int:
        """The epoch that a step belongs to, from 0."""
        return step // self.steps_per_epoch

    def ends_epoch(self, step: int) -> bool:
        """Whether the step is the last of its epoch, or of the training."""
        return (step + 1) % self.steps_per_epoch == 0 or step + 1 == self.total_steps

    def expected_steps(self, done: int, time_spent: float) -> float:
        """How many steps there will be at this pace: all, or fewer where a time limit comes first.

        Args:
            done: Steps done.
            time_spent: Share of the time for steps that is over, 0 to 1; 0 without a limit.
        """
        return min(self.total_steps, done / time_spent) if time_spent > 0 else self.total_steps

    def learning_rate(self, step: int, time_spent: float = 0.0) -> float:
        """The rate of a step: a rise over the warm-up to the peak, then the decay.

        Args:
            step: From 0.
            time_spent: Share of --time-limit that is over, 0 to 1. Whichever is further on leads, steps or time.
        """
        planned = self._planned_rate(step, time_spent)
        if self.joint is None or step < self.joint.step:
            return planned
        risen = min(1.0, (step - self.joint.step + 1) / self.joint.rise_steps) if self.joint.rise_steps else 0.0
        return self.joint.rate + (planned - self.joint.rate) * risen

    def _planned_rate(self, step: int, time_spent: float) -> float:
        risen = max((step + self._warmup_offset) / max(1, self.warmup_steps), time_spent / LONGEST_WARMUP)
        if step < self.warmup_steps and risen < 1:
            return self.peak_rate * (self._warmup_start + (1 - self._warmup_start) * risen)
        through = (step - self.warmup_steps) / max(1, self.total_steps - self.warmup_steps)
        return self.peak_rate * _DECAYS[self.decay](min(1.0, max(through, time_spent)))

    @property
    def _warmup_offset(self) -> int:
        return 0 if self.decay == "poly" else 1

    @property
    def _warmup_start(self) -> float:
        """The share of the peak that the rise starts from."""
        return POLY_WARMUP_START if self.decay == "poly" else 0.0

    def order(self, epoch: int) -> NDArray[np.int64]:
        """The order of the pictures in an epoch, int64 [N]: a permutation drawn from the seed and the epoch."""
        generator = torch.Generator().manual_seed(self.seed * 1_000_003 + epoch)
        return torch.randperm(self.pictures, generator=generator).numpy()

    def batch(self, order: NDArray[np.int64], step: int) -> NDArray[np.int64]:
        """Positions of the pictures that a step sees, int64 [batch_size]; the last incomplete batch is left out."""
        start = step % self.steps_per_epoch * self.batch_size
        return order[start : start + self.batch_size]


def share_of_steps(spent: float, before: float) -> float:
    """The share of a time limit's time for steps that is over, 0 to 1.

    Args:
        spent: Share of the whole limit that is over.
        before: Share of it that was over before the first step: rates do not fall while pictures are prepared.
    """
    return min(1.0, max(0.0, spent - before) / (1 - before)) if before < 1 else 1.0


def plan(config: TrainConfig, pictures: int) -> Schedule:
    """The plan that the options come to with so many pictures to train on."""
    training = config.training
    batch_size = min(training.batch_size, pictures)
    steps_per_epoch = pictures // batch_size
    total = training.steps if training.steps is not None else training.epochs * steps_per_epoch
    epochs = DEFAULT_WARMUP_EPOCHS[training.schedule] if training.warmup_epochs is None else training.warmup_epochs
    warmup = min(round(epochs * steps_per_epoch), int(total * LONGEST_WARMUP))
    return Schedule(
        pictures,
        batch_size,
        steps_per_epoch,
        total,
        warmup,
        config.peak_rate,
        training.schedule,
        config.run.seed,
    )


def _cosine(through: float) -> float:
    """A half cosine from 1 to 0 (Loshchilov and Hutter, 2017)."""
    return 0.5 * (1 + math.cos(math.pi * through))


def _poly(through: float) -> float:
    """The power of a straight line from 1 to 0 that the seed and DeepLab (Chen et al., 2016) used."""
    return float((1 - through) ** 0.9)


_DECAYS: dict[Decay, Callable[[float], float]] = {"cosine": _cosine, "poly": _poly, "constant": lambda _: 1.0}


def kl_weight(config: TrainConfig, schedule: Schedule, step: int) -> float:
    """The weight at a step: a linear rise from 0 over the KL warm-up, then all of --kl."""
    rise = min(round(config.objective.kl_warmup_epochs * schedule.steps_per_epoch), schedule.total_steps // 2)
    return config.objective.kl * min(1.0, step / rise) if rise else config.objective.kl
