"""Several processes that train as one, started by `torchrun`; one process is the case of a group of one.

The batch is split over them: every process computes on its own neighbouring pictures, and gradients and figures are
summed over all. The first process alone writes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, distributed

from trainer.errors import ConfigError


@dataclass(frozen=True)
class Processes:
    """This process's place among those that train together."""

    rank: int = 0
    count: int = 1
    device: str = "cpu"
    """Where tensors must be for the processes to exchange them."""

    @property
    def writes(self) -> bool:
        """Whether this process writes files and the terminal."""
        return self.rank == 0

    def bounds(self, total: int) -> tuple[int, int]:
        """The positions of `total` neighbouring things that are this process's: from the first, up to the second."""
        return self.rank * total // self.count, (self.rank + 1) * total // self.count

    def mine(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """This process's part of some positions."""
        first, last = self.bounds(len(positions))
        return positions[first:last]

    def sum(self, values: Tensor) -> Tensor:
        """The sum over all processes; every one of them must call."""
        if self.count == 1:
            return values
        summed = values.detach().to(self.device, copy=True)
        distributed.all_reduce(summed)
        return summed.to(values.device)

    def agree(self, *values: float) -> tuple[float, ...]:
        """The largest of each value over all processes; every one of them must call."""
        if self.count == 1:
            return values
        largest = torch.tensor(values, dtype=torch.float64, device=self.device)
        distributed.all_reduce(largest, op=distributed.ReduceOp.MAX)
        return tuple(largest.tolist())

    def same_path(self, path: Path) -> Path:
        """The first process's path, for all."""
        if self.count == 1:
            return path
        box = torch.zeros(4096, dtype=torch.uint8, device=self.device)
        name = os.fsencode(path)[: len(box)]
        box[: len(name)] = torch.frombuffer(bytearray(name), dtype=torch.uint8).to(self.device)
        distributed.broadcast(box, src=0)
        return Path(os.fsdecode(bytes(box.cpu().tolist()).rstrip(b"\0")))

    def wait(self) -> None:
        """Until all processes are here."""
        if self.count > 1:
            distributed.barrier()


@contextmanager
def joined(device: str) -> Iterator[Processes]:
    """The group that `torchrun` started this process in, or a group of one.

    Args:
        device: The --device asked for; on GPUs the processes speak by NCCL, on CPUs by gloo.

    Raises:
        ConfigError: There are more processes on this machine than GPUs.
    """
    if "TORCHELASTIC_RUN_ID" not in os.environ or os.environ.get("WORLD_SIZE") == "1":
        yield Processes()
        return
    rank, count, local = (int(os.environ[name]) for name in ("RANK", "WORLD_SIZE", "LOCAL_RANK"))
    on_gpus = device != "cpu" and torch.cuda.is_available()
    if on_gpus and local >= torch.cuda.device_count():
        raise ConfigError(
            f"torchrun started more processes than the {torch.cuda.device_count()} GPUs here;"
            f" give it --nproc-per-node {torch.cuda.device_count()}."
        )
    if on_gpus:
        torch.cuda.set_device(local)
    distributed.init_process_group("nccl" if on_gpus else "gloo", rank=rank, world_size=count)
    try:
        yield Processes(rank, count, f"cuda:{local}" if on_gpus else "cpu")
    finally:
        distributed.destroy_process_group()
