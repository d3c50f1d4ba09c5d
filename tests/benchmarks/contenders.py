"""Who trains against whom: some steps of one contender, in a process of its own, as whoever uses it would start it.

`python -m tests.benchmarks.contenders NAME ARCH SIZE BATCH STEPS` prints the seconds of each step as JSON. A process of
its own, because how a program is set up (ours has the C library keep freed memory) would serve the others as well.
"""

from __future__ import annotations

import functools
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

import torch
from torch import Tensor, nn

from tests.benchmarks.runs import take_steps
from trainer.architectures.families import build_autoencoder
from trainer.machine.allocation import keep_freed_memory
from trainer.machine.device import choose_device
from trainer.options.config import TrainConfig

Arch = Literal["compact", "vgg16"]


@dataclass(frozen=True)
class Case:
    """One network and its batch."""

    arch: Arch
    size: int
    batch: int
    steps: int

    @property
    def config(self) -> TrainConfig:
        """The options of its network, with the optimizer that the others have."""
        return TrainConfig.of(arch=self.arch, size=self.size, batch_size=self.batch, optimizer="adamw")


def timed(name: str, case: Case) -> list[float]:
    """The seconds of each step of a contender, one more than `case.steps`: the first warms up.

    Raises:
        ImportError: It is not installed.
        RuntimeError: It failed, and what it said last.
    """
    arguments = [name, case.arch, *map(str, (case.size, case.batch, case.steps + 1))]
    command = [sys.executable, "-m", "tests.benchmarks.contenders", *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    last = (done.stderr.strip().splitlines() or ["without a word"])[-1]
    if done.returncode:
        raise (ImportError if "NotFoundError" in last else RuntimeError)(f"{name} failed ({last})")
    return cast("list[float]", json.loads(done.stdout.splitlines()[-1]))


def _ours(case: Case, optimizer: Literal["adamw", "muon"]) -> list[float]:
    """The trainer's own steps, in a process set up as it sets up its own."""
    keep_freed_memory()
    return take_steps(case.config.changed(optimizer=optimizer), case.steps).seconds


def _loop(case: Case, *, bf16: bool, channels_last: bool) -> list[float]:
    """A plain loop; without bf16 and channels last it is the seed's: Adam, MSE, and the loss read at every step."""
    layout = torch.channels_last if channels_last else torch.contiguous_format
    model = build_autoencoder(case.config.blueprint).to(memory_format=layout).train()
    plain = functools.partial(torch.optim.AdamW, fused=True) if bf16 or channels_last else torch.optim.Adam
    optimizer = plain(model.parameters(), lr=1e-3)
    pictures = torch.rand(case.batch, 3, case.size, case.size).to(memory_format=layout)
    seconds = []
    for _ in range(case.steps):
        started = time.perf_counter()
        optimizer.zero_grad()
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            output = model(pictures)
        loss = nn.functional.mse_loss(output.float(), pictures)
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        loss.item()
        seconds.append(time.perf_counter() - started)
    return seconds


def _pythae(case: Case) -> list[float]:
    """pythae's BaseTrainer on its autoencoder model with our network inside: an epoch to warm up, one that counts."""
    from pythae.data.datasets import BaseDataset
    from pythae.models import AE, AEConfig
    from pythae.models.base.base_utils import ModelOutput
    from pythae.models.nn import BaseDecoder, BaseEncoder
    from pythae.trainers import BaseTrainer, BaseTrainerConfig

    network = build_autoencoder(case.config.blueprint)

    class Encoder(BaseEncoder):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.inner = network.encoder

        def forward(self, image: Tensor) -> Any:
            return ModelOutput(embedding=self.inner(image))

    class Decoder(BaseDecoder):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.inner = network.decoder

        def forward(self, latent: Tensor) -> Any:
            return ModelOutput(reconstruction=self.inner(latent))

    shape = (3, case.size, case.size)
    model = AE(AEConfig(input_dim=shape, latent_dim=network.latent_size), Encoder(), Decoder())
    counted = case.steps - 1
    pictures = torch.rand(case.batch * counted, *shape)
    dataset = BaseDataset(pictures, torch.zeros(len(pictures)))
    with tempfile.TemporaryDirectory() as scratch:
        options = BaseTrainerConfig(
            output_dir=scratch, num_epochs=1, learning_rate=1e-3, per_device_train_batch_size=case.batch, no_cuda=True
        )
        trainer = BaseTrainer(model, dataset, training_config=options)
        trainer.prepare_training()
        whole = trainer.train_loader
        trainer.train_loader = trainer.get_train_dataloader(
            BaseDataset(pictures[: case.batch], torch.zeros(case.batch))
        )
        warm = _seconds(lambda: trainer.train_step(1))
        trainer.train_loader = whole
        return [warm] + [_seconds(lambda: trainer.train_step(2)) / counted] * counted


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


CONTENDERS: Mapping[str, Callable[[Case], list[float]]] = {
    "ours": lambda case: _ours(case, "adamw"),
    "ours with Muon": lambda case: _ours(case, "muon"),
    "plain PyTorch, same precision": lambda case: _loop(case, bf16=choose_device(case.config).bf16, channels_last=True),
    "pythae 0.1.2": _pythae,
    "the seed's loop": lambda case: _loop(case, bf16=False, channels_last=False),
}


if __name__ == "__main__":
    size, batch, steps = map(int, sys.argv[3:6])
    seconds = CONTENDERS[sys.argv[1]](Case(cast("Arch", sys.argv[2]), size, batch, steps))
    print(json.dumps(seconds))
