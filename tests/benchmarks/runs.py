"""Short trainings for the benchmarks to work with."""

from __future__ import annotations

from pathlib import Path

from trainer.config import Arch, TrainConfig
from trainer.display import Display
from trainer.distributed import joined
from trainer.stop import StopRequest
from trainer.train import train

CHARACTERS = 200


def short_run(arch: Arch, folder: Path, steps: int = 2, size: int = 64, batch_size: int = 8) -> Path:
    """A run of a few steps on a few built-in characters of `size` pixels; its folder."""
    config = TrainConfig(arch=arch, size=size, steps=steps, batch_size=batch_size, characters=CHARACTERS, out=folder)
    with joined("cpu") as processes, Display() as display:
        train(config, folder, display, StopRequest(), processes)
    return folder
