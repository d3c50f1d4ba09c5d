"""How long a run is, which pictures each step sees and how large its learning rate is: functions of the step alone."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from trainer.config import TrainConfig


@dataclass(frozen=True)
class Schedule:
    """The plan of a run. Steps count from 0 here."""

    pictures: int
    batch_size: int
    steps_per_epoch: int
    total_steps: int
    warmup_steps: int
    peak_rate: float
    seed: int

    def epoch(self, step: int) -> int:
        """The epoch that a step belongs to, from 0."""
        return step // self.steps_per_epoch

    def ends_epoch(self, step: int) -> bool:
        """Whether the step is the last of its epoch, or of the training."""
        return (step + 1) % self.steps_per_epoch == 0 or step + 1 == self.total_steps

    def learning_rate(self, step: int) -> float:
        """A linear rise over the warm-up to the peak, then a half cosine to 0 (Loshchilov and Hutter, 2017)."""
        if step < self.warmup_steps:
            return self.peak_rate * (step + 1) / self.warmup_steps
        through = (step - self.warmup_steps) / max(1, self.total_steps - self.warmup_steps)
        return self.peak_rate * 0.5 * (1 + math.cos(math.pi * through))

    def order(self, epoch: int) -> NDArray[np.int64]:
        """The order of the pictures in an epoch, int64 [N]: a permutation drawn from the seed and the epoch."""
        generator = torch.Generator().manual_seed(self.seed * 1_000_003 + epoch)
        return torch.randperm(self.pictures, generator=generator).numpy()

    def batch(self, order: NDArray[np.int64], step: int) -> NDArray[np.int64]:
        """Positions of the pictures that a step sees, int64 [batch_size]; the last incomplete batch is left out."""
        start = step % self.steps_per_epoch * self.batch_size
        return order[start : start + self.batch_size]


def plan(config: TrainConfig, pictures: int) -> Schedule:
    """The plan that the options come to with so many pictures to train on."""
    batch_size = min(config.batch_size, pictures)
    steps_per_epoch = pictures // batch_size
    total = config.steps if config.steps is not None else config.epochs * steps_per_epoch
    warmup = min(round((1.0 if config.warmup_epochs is None else config.warmup_epochs) * steps_per_epoch), total // 5)
    return Schedule(pictures, batch_size, steps_per_epoch, total, warmup, config.lr, config.seed)
