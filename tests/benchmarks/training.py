"""A training step: ours, against the seed's own loop, a plain PyTorch loop and pythae's trainer, on the same network.

Everyone trains the same network from scratch on batches of random pixels kept in memory. Ours is the trainer's own
step, with batches prepared ahead, the average of the weights, the guard and all else that a run has; what a run writes
down between steps is not in it. Contenders take turns, some steps each.
"""

from __future__ import annotations

import functools
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import torch
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from tests.benchmarks.measure import Remark, Row, Settings, race, sentence
from tests.benchmarks.runs import take_steps
from trainer.architectures import Autoencoder, build_autoencoder
from trainer.config import TrainConfig
from trainer.device import choose_device

Timer = Callable[[int], list[float]]
"""Trains for so many steps and gives the seconds that each took."""

LEAST_AGAINST_SEED = 2.5
LEAST_AGAINST_PYTHAE = 3.0
LEAST_AGAINST_PLAIN = 1.0  # in the same precision
BACKWARD = 2  # a backward pass has about twice the products of a forward pass


@dataclass(frozen=True)
class Case:
    """One network and its batch."""

    arch: Literal["compact", "vgg16"]
    size: int
    batch: int
    steps: int

    @property
    def config(self) -> TrainConfig:
        """The options of its network, with the optimizer that the others have."""
        return TrainConfig(arch=self.arch, size=self.size, batch_size=self.batch, optimizer="adamw")


def run(settings: Settings) -> Iterator[Row | Remark]:
    """The seed's network as the seed trained it, and ours as we train it."""
    rounds, vgg_steps, compact_steps = (1, 1, 4) if settings.quick else (2, 2, 12)
    peak = _peak_gflops(settings)
    for case in (Case("compact", 128, 32, compact_steps), Case("vgg16", 224, 8, vgg_steps)):
        yield from _one_case(case, rounds, peak)


def _one_case(case: Case, rounds: int, peak: float) -> Iterator[Row | Remark]:
    bf16 = choose_device(case.config).bf16
    contenders: dict[str, Timer] = {
        "ours": lambda steps: take_steps(case.config, steps).seconds,
        "plain PyTorch, same precision": lambda steps: _loop(case, steps, bf16=bf16, channels_last=True),
        "pythae 0.1.2": lambda steps: _pythae(case, steps),
    }
    if case.arch == "vgg16":
        contenders["the seed's loop"] = lambda steps: _loop(case, steps, bf16=False, channels_last=False)
    times: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name, timer in contenders.items():
            try:
                times.setdefault(name, []).extend(timer(case.steps + 1)[1:])  # the first step warms up
            except ImportError as error:
                yield Remark(f"{name} was not measured: {sentence(error)}.")
    rates = {name: case.batch / statistics.median(seconds) for name, seconds in times.items() if seconds}
    ours = rates.pop("ours")
    least = {"pythae 0.1.2": LEAST_AGAINST_PYTHAE, "the seed's loop": LEAST_AGAINST_SEED}
    ceiling = peak / _gflop_per_picture(case)
    what = f"training step, {case.arch}, {case.size} px, batch {case.batch}"
    for rival, theirs in rates.items():
        aim = least.get(rival, LEAST_AGAINST_PLAIN)
        note = f"{'bf16' if bf16 else 'fp32'}; ceiling: the measured matrix product peak of {peak:.0f} GFLOP/s"
        yield Row(what, ours, rival, theirs, "pictures/s", aim, ceiling, note)


def _loop(case: Case, steps: int, *, bf16: bool, channels_last: bool) -> list[float]:
    """A plain loop; without bf16 and channels last it is the seed's: Adam, MSE, and the loss read at every step."""
    layout = torch.channels_last if channels_last else torch.contiguous_format
    model = build_autoencoder(case.config).to(memory_format=layout).train()
    plain = functools.partial(torch.optim.AdamW, fused=True) if bf16 or channels_last else torch.optim.Adam
    optimizer = plain(model.parameters(), lr=1e-3)
    pictures = torch.rand(case.batch, 3, case.size, case.size).to(memory_format=layout)
    seconds = []
    for _ in range(steps):
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


def _pythae(case: Case, steps: int) -> list[float]:
    """pythae's BaseTrainer on its autoencoder model with our network inside: an epoch to warm up, one that counts."""
    from pythae.data.datasets import BaseDataset
    from pythae.models import AE, AEConfig
    from pythae.models.base.base_utils import ModelOutput
    from pythae.models.nn import BaseDecoder, BaseEncoder
    from pythae.trainers import BaseTrainer, BaseTrainerConfig

    network = build_autoencoder(case.config)

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
    counted = steps - 1
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


def _gflop_per_picture(case: Case) -> float:
    """What a step computes for each picture, in GFLOP: torch's own count of the forward pass, and twice it back."""
    model: Autoencoder = build_autoencoder(case.config).eval()
    counter = FlopCounterMode(display=False)
    with torch.inference_mode(), counter:
        model(torch.zeros(1, 3, case.size, case.size))
    return counter.get_total_flops() * (1 + BACKWARD) / 1e9


def _peak_gflops(settings: Settings) -> float:
    """The fastest product of large square matrices on this machine, bf16 or fp32."""
    side = 2048
    calls = {}
    for kind in (torch.bfloat16, torch.float32):
        matrix = torch.rand(side, side).to(kind)
        calls[str(kind)] = lambda matrix=matrix: matrix @ matrix
    return max(2 * side**3 / seconds / 1e9 for seconds in race(calls, settings.seconds / 2).values())
