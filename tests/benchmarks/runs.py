"""Short trainings for the benchmarks to work with: the trainer's own steps, without what a run writes down."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from trainer.architectures.autoencoder import Autoencoder
from trainer.architectures.families import build_autoencoder
from trainer.data.pictures import Pictures, batches_ahead
from trainer.loop.step import Stepper
from trainer.machine.device import choose_device
from trainer.machine.distributed import Processes
from trainer.machine.randomness import Part
from trainer.options.config import TrainConfig
from trainer.run.checkpoint import Run, save_config, save_weights
from trainer.run.guard import Guard

CHARACTERS = 200
RATE = 1e-3


@dataclass(frozen=True)
class Steps:
    """What some steps of training came to: the network, and the seconds that each step took."""

    model: Autoencoder
    seconds: list[float]


def take_steps(config: TrainConfig, steps: int, processes: Processes | None = None) -> Steps:
    """The trainer's steps on noise that lies in memory, batches prepared ahead as in a run."""
    processes = processes or Processes()
    torch.manual_seed(0)
    device = choose_device(config)
    model = build_autoencoder(config.blueprint).to(device.name).to(memory_format=torch.channels_last)
    stepper, guard, seconds = Stepper(model, config, device, processes), Guard(), []
    shape = (2 * config.training.batch_size, config.pictures.size, config.pictures.size, 3)
    noise = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    first, end = processes.bounds(config.training.batch_size)
    rows = np.arange(first, end)
    positions = (rows + config.training.batch_size * (step % 2) for step in range(steps))
    with contextlib.closing(batches_ahead(Pictures(noise, np.arange(len(noise))), positions)) as batches:
        for step in range(steps):
            started = time.perf_counter()
            part = Part(config.run.seed, step, first, end - first, config.training.batch_size)
            stepper.take(next(batches), part, RATE, 0.0, guard)
            if device.name == "cuda" and step == steps - 1:
                torch.cuda.synchronize()  # steps are asked for ahead
            seconds.append(time.perf_counter() - started)
    return Steps(model, seconds)


def short_run(config: TrainConfig, folder: Path, steps: int = 2) -> Run:
    """A run folder with what the export reads: the network after a few steps, and its options."""
    model = take_steps(config, steps).model.to(memory_format=torch.contiguous_format).cpu().eval()
    folder.mkdir(parents=True)
    save_config(folder, config)
    save_weights(folder, model, steps)
    return Run(folder, config, model, steps)
