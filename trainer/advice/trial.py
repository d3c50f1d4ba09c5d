"""How long an epoch takes on this machine, from a few steps that are tried before a training is begun."""

from __future__ import annotations

import time

import numpy as np

from trainer.advice.pace import FORWARD
from trainer.architectures.families import build_autoencoder
from trainer.data import Data
from trainer.errors import TrainerError
from trainer.loop.schedule import plan
from trainer.loop.step import Stepper
from trainer.machine.device import choose_device
from trainer.machine.distributed import ALONE, placed
from trainer.machine.randomness import Part
from trainer.options.config import TrainConfig
from trainer.run.guard import Guard

FEW = 4  # pictures of the first tries
LONG_SECONDS = 0.5  # of a try with few: a whole batch would take long, and much memory
TIMED = 2  # steps of a whole batch, after one that is slower than the others


def epoch_seconds(config: TrainConfig, data: Data) -> float | None:
    """Seconds that an epoch takes here with its held-out pictures measured; None where a step cannot be tried.

    Five steps are tried, or two with four pictures where the network is large. What a training does before its first
    step and after its last is left out.

    Args:
        config: The options, decided.
        data: The pictures, as these options have them.
    """
    try:
        step = _step_seconds(config.changed(compile=False, label_weight=0.0), data)
    except (TrainerError, MemoryError, RuntimeError, OSError):  # torch's lack of memory is a RuntimeError
        return None
    schedule = plan(config, len(data.train))
    return step * (schedule.steps_per_epoch + FORWARD * len(data.holdout) / schedule.batch_size)


def _step_seconds(config: TrainConfig, data: Data) -> float:
    batch_size = plan(config, len(data.train)).batch_size
    device = choose_device(config)
    stepper = Stepper(placed(build_autoencoder(config.blueprint), device.name, ALONE), config, device, ALONE)
    guard = Guard()

    def took(count: int) -> float:
        pictures = data.seen.batch(np.arange(count) * len(data.seen) // count)
        began = time.perf_counter()
        stepper.take(pictures, Part(config.run.seed, 0, 0, count, count), 0.0, config.objective.kl, guard)
        return time.perf_counter() - began

    few = min(batch_size, max(FEW, config.training.accumulate))
    took(few)
    each = took(few)
    if each > LONG_SECONDS:
        return each * batch_size / few
    took(batch_size)
    return sum(took(batch_size) for _ in range(TIMED)) / TIMED
