"""The device of a run, and its precision."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

import torch

from trainer.errors import ConfigError
from trainer.machine.distributed import ALONE, Processes, take_gpu
from trainer.options.config import TrainConfig


@dataclass(frozen=True)
class Device:
    """A torch device and the arithmetic used on it."""

    name: str
    """`cpu` or `cuda`."""
    bf16: bool

    def autocast(self) -> contextlib.AbstractContextManager[object]:
        """Within it convolutions and linear layers compute in bf16, if this run does."""
        return torch.autocast(self.name, torch.bfloat16, enabled=self.bf16)

    def describe(self) -> str:
        """For people: `cuda (NVIDIA H200), bf16`."""
        name = f"cuda ({torch.cuda.get_device_name()})" if self.name == "cuda" else "cpu"
        return f"{name}, {'bf16' if self.bf16 else 'fp32'}"


def choose_device(config: TrainConfig, processes: Processes = ALONE) -> Device:
    """The device and precision that the options stand for on this machine; of several processes each has a GPU.

    Raises:
        ConfigError: CUDA was asked for and does not work, or there are more processes on this machine than GPUs.
    """
    works = torch.cuda.is_available()
    if config.run.device == "cuda" and not works:
        raise ConfigError("--device cuda: no CUDA device works here; leave --device out to train on the CPU.")
    name = "cuda" if works and config.run.device != "cpu" else "cpu"
    if processes.count > 1 and name == "cuda":
        take_gpu()
    bf16 = config.run.precision == "bf16" or (config.run.precision == "auto" and _gains_from_bf16(name))
    (without,) = processes.agree(not bf16)  # where one machine has none, all go without
    return Device(name, not without)


def _gains_from_bf16(name: str) -> bool:
    """Whether the device has instructions for bf16: elsewhere it is emulated, and slower than fp32."""
    if name == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    return bool(torch.cpu.get_capabilities().get("avx512_bf16"))
