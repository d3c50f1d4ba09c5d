"""Several processes that train as one, started by `torchrun`; one process is the case of a group of one.

The batch is split over them: every process computes on its own neighbouring pictures, and gradients and figures are
summed over all. The first process alone writes. What is in memory is exchanged by gloo, what is on GPUs by NCCL.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, distributed, nn

from trainer.errors import ConfigError, LostProcessError

LOST = ("gloo", "nccl", "connection", "peer", "timed out", "timeout")  # words by which torch speaks of a lost process

Network = TypeVar("Network", bound=nn.Module)


@dataclass(frozen=True)
class Processes:
    """This process's place among those that train together."""

    rank: int = 0
    count: int = 1

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
        summed = values.detach().to("cpu", copy=True)
        distributed.all_reduce(summed)
        return summed.to(values.device)

    def agree(self, *values: float) -> tuple[float, ...]:
        """The largest of each value over all processes; every one of them must call."""
        if self.count == 1:
            return values
        largest = torch.tensor(values, dtype=torch.float64)
        distributed.all_reduce(largest, op=distributed.ReduceOp.MAX)
        return tuple(largest.tolist())

    def same_bytes(self, data: bytes) -> bytes:
        """The first process's bytes, for all; every one of them must call, the others with anything."""
        if self.count == 1:
            return data
        length = torch.tensor([len(data)])
        distributed.broadcast(length, src=0)
        box = torch.zeros(int(length), dtype=torch.uint8)
        if self.writes and data:
            box = torch.frombuffer(bytearray(data), dtype=torch.uint8)
        if len(box):
            distributed.broadcast(box, src=0)
        return box.numpy().tobytes()

    def wait(self) -> None:
        """Until all processes are here."""
        if self.count > 1:
            distributed.barrier()


ALONE = Processes()


@contextmanager
def joined() -> Iterator[Processes]:
    """The group that `torchrun` started this process in, or a group of one."""
    if not is_started_by_torchrun() or os.environ.get("WORLD_SIZE") == "1":
        yield ALONE
        return
    rank, count = int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"])
    has_gpus = torch.cuda.is_available() and distributed.is_nccl_available()
    distributed.init_process_group("cpu:gloo,cuda:nccl" if has_gpus else "gloo", rank=rank, world_size=count)
    try:
        yield Processes(rank, count)
    finally:
        distributed.destroy_process_group()


def is_started_by_torchrun() -> bool:
    """Whether this is a process of a group, if perhaps the only one that is left."""
    return "TORCHELASTIC_RUN_ID" in os.environ


def take_gpu() -> None:
    """Gives this process the GPU of its place among those of this machine.

    Raises:
        ConfigError: There are more processes on this machine than GPUs.
    """
    local, count = int(os.environ.get("LOCAL_RANK", 0)), torch.cuda.device_count()
    if local >= count:
        raise ConfigError(
            f"torchrun started more processes than the {count} GPUs here; give it --nproc-per-node {count}."
        )
    torch.cuda.set_device(local)


@contextmanager
def losses_told(processes: Processes, save: Callable[[], object] | None = None) -> Iterator[None]:
    """Turns what torch says when another process is gone into one sentence.

    Args:
        processes: Those that share the work.
        save: Called by the first process before that is said.

    Raises:
        LostProcessError: Another process is gone.
    """
    try:
        yield
    except RuntimeError as error:
        words = str(error).lower()
        is_lost = isinstance(error, distributed.DistError) or any(word in words for word in LOST)
        if processes.count == 1 or isinstance(error, torch.OutOfMemoryError) or not is_lost:
            raise
        if save is not None and processes.writes:
            with contextlib.suppress(OSError):
                save()
        raise LostProcessError("Another process of this training was lost, so it ended") from error


def placed(model: Network, device: str, processes: Processes) -> Network:
    """The network on the device of that name, as its processes share it, with channels last in memory."""
    if processes.count > 1 and device == "cuda":  # on CPUs torch has no batch norm that processes share
        model = nn.SyncBatchNorm.convert_sync_batchnorm(model)  # type: ignore[no-untyped-call]
    return model.to(device).to(memory_format=torch.channels_last)
