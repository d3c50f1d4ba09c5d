"""The pictures of every step, in the order that the schedule gives them, prepared ahead."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Generator, Iterator

import numpy as np
from numpy.typing import NDArray

from trainer.data import Data
from trainer.data.pictures import batches_ahead
from trainer.errors import ConfigError
from trainer.loop.schedule import Schedule
from trainer.machine.distributed import Processes
from trainer.options.config import TrainConfig


def batches(
    data: Data, schedule: Schedule, first_step: int, processes: Processes
) -> Generator[tuple[NDArray[np.int64], NDArray[np.uint8]], None, None]:
    """This process's part of every step from the first on: positions [B] and their pictures, uint8 [B, H, W, 3]."""

    def positions() -> Iterator[NDArray[np.int64]]:
        order = schedule.order(schedule.epoch(first_step))
        for step in range(first_step, schedule.total_steps):
            if step % schedule.steps_per_epoch == 0:
                order = schedule.order(schedule.epoch(step))
            yield processes.mine(schedule.batch(order, step))

    mine, ahead = itertools.tee(positions())
    with contextlib.closing(batches_ahead(data.seen, ahead)) as pictures:
        yield from zip(mine, pictures)


def check_shares(schedule: Schedule, config: TrainConfig, processes: Processes) -> None:
    """Looks whether every process, and every part of --accumulate, gets a picture of each batch.

    Raises:
        ConfigError: One of them does not.
    """
    if schedule.batch_size < processes.count * config.training.accumulate:
        raise ConfigError(
            f"Batches of {schedule.batch_size} pictures cannot be split over {processes.count} processes and"
            f" {config.training.accumulate} parts each; make --batch-size larger, or --accumulate smaller."
        )
