"""The first version's networks beside `compact`: `python -m tests.benchmarks.seed [--data FOLDER]`.

VGG13 and VGG16 without a last activation and with a sigmoid, trained as the first version trained them, and `compact`
with as many latent numbers, from the same pictures and over as many of them. What is finished is not repeated; Ctrl-C
stops, and the same command goes on. `--costs-only` trains nothing and counts parameters and operations alone.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import torch
import tyro
from rich.console import Console
from rich.table import Table
from torch.utils.flop_counter import FlopCounterMode

from trainer.ablate.compared import SharedOptions, exit_status, measure_once, train_once
from trainer.architectures.autoencoder import Autoencoder
from trainer.architectures.families import build_autoencoder
from trainer.machine.files import write_text
from trainer.machine.stop import StopRequest
from trainer.options.config import TrainConfig
from trainer.run.checkpoint import load_run
from trainer.run.display import Display
from trainer.run.metrics import read_metrics

FIGURES_FILE = "seed.json"
SEED_CHANNELS, SEED_STEP = 512, 32  # of its latent, and pixels of the picture for each position in it
COMPACT_STEP = 8
TIMED_ROUNDS = 9

Name = Literal["vgg13-linear", "vgg13-sigmoid", "vgg16-linear", "vgg16-sigmoid", "compact", "compact-pca"]


@dataclass(frozen=True)
class SeedConfig(SharedOptions):
    """Train the first version's networks as it did, and compact with as many latent numbers, and compare them."""

    size: int = 224
    """Height and width in pixels; a multiple of 32."""
    epochs: int = 100
    """How often each network sees the pictures."""
    out: Path = Path("seed-comparison")
    """Folder of the runs and of `seed.json`."""
    only: tuple[Name, ...] = ()
    """Train these networks alone; all of them if not given."""
    costs_only: bool = False
    """Train nothing: count parameters and operations at this size."""


@dataclass(frozen=True)
class Costs:
    """What a network takes for one picture.

    Attributes:
        latent_numbers: Of its latent.
        parameters: Of encoder and decoder.
        encoder_gflop: Convolutions and matrix products; a multiplication and an addition count as two.
        decoder_gflop: The same.
    """

    latent_numbers: int
    parameters: int
    encoder_gflop: float
    decoder_gflop: float


@dataclass(frozen=True)
class Figures:
    """What a trained network came to.

    Attributes:
        pictures: Held out, measured on.
        psnr_db: Mean over them, values cut off at 0 and 1.
        ssim: Mean over them.
        stretched_psnr_db, stretched_ssim: The same of grids stretched from their lowest to their highest value.
        steps: Of training.
        training_s: Time of the steps alone.
        reconstruct_ms: One picture through encoder and decoder in torch on the CPU, the median of nine.
    """

    pictures: int
    psnr_db: float
    ssim: float
    stretched_psnr_db: float
    stretched_ssim: float
    steps: int
    training_s: float
    reconstruct_ms: float


def plan_runs(config: SeedConfig) -> dict[str, TrainConfig]:
    """The options of every training, by its name.

    The first version's: Adam, 1e-3 at most after a rise over 10 epochs (shorter where a fifth of the training is), then
    (1 - t)^0.9, weights as they are and not averaged, gradients of any length. `compact` has its own, with as many
    latent numbers as VGG's 512 channels at a 32nd of the side: 32 channels at an 8th.

    Raises:
        ConfigError: An option that is out of range.
    """
    common = {**config.shared(), "size": config.size, "epochs": config.epochs}
    as_the_seed = {"lr": 1e-3, "schedule": "poly", "weight_decay": 0.0, "clip": 0.0, "ema": 0.0}
    channels = SEED_CHANNELS * COMPACT_STEP**2 // SEED_STEP**2
    ours = {"arch": "compact", "latent": "map", "latent_size": channels}
    options = {
        f"{arch}-{head}": {"arch": arch, "head": head, **as_the_seed}
        for arch in ("vgg13", "vgg16")
        for head in ("linear", "sigmoid")
    }
    options |= {"compact": ours, "compact-pca": {**ours, "init": "pca"}}
    return {
        name: TrainConfig.of(**{**common, **each, "out": config.out / name})
        for name, each in options.items()
        if not config.only or name in config.only
    }


def count_costs(options: TrainConfig) -> Costs:
    """Counts without computing: the network has shapes and no numbers."""
    with torch.device("meta"):
        model = build_autoencoder(options.blueprint).eval()
        image = torch.zeros(1, 3, options.pictures.size, options.pictures.size)
        with torch.no_grad():
            with FlopCounterMode(display=False) as encoder:
                latent = model.encode(image)
            with FlopCounterMode(display=False) as decoder:
                model.decode(latent)
    parameters = sum(each.numel() for each in model.parameters())
    return Costs(latent.numel(), parameters, encoder.get_total_flops() / 1e9, decoder.get_total_flops() / 1e9)


def compare(config: SeedConfig, display: Display, stop: StopRequest) -> Iterator[tuple[str, Figures]]:
    """Trains what is not trained yet, in turn, and measures it, until a stop is asked for.

    Raises:
        TrainerError: Bad input, or a run of that name with other options.
    """
    for name, options in plan_runs(config).items():
        display.say(f"\n{name}")
        train_once(options, display, stop)
        if stop.signal is not None:
            return
        yield name, _figures(config.out / name, options, display)


def main() -> int:
    """The command; its exit status: 0, 2 on bad input, or 128 and the signal that stopped it."""
    config = tyro.cli(SeedConfig, prog="python -m tests.benchmarks.seed", config=(tyro.conf.FlagCreatePairsOff,))

    def command(stop: StopRequest) -> None:
        costs = {name: count_costs(options) for name, options in plan_runs(config).items()}
        figures: dict[str, Figures] = {}
        if not config.costs_only:
            with Display() as display:
                figures = dict(compare(config, display, stop))
            _save(config.out / FIGURES_FILE, costs, figures)
        _show(costs, figures)

    return exit_status(command)


def _figures(folder: Path, options: TrainConfig, display: Display) -> Figures:
    outcome, rows = measure_once(folder, options, display), read_metrics(folder)
    seconds = sum(options.training.batch_size / row.images_per_second for row in rows if row.images_per_second)
    model = load_run(folder).model
    cut, stretched = outcome.clamped, outcome.stretched
    milliseconds = _reconstruct_ms(model, options.pictures.size)
    looks = cut.psnr_db, cut.ssim, stretched.psnr_db, stretched.ssim
    return Figures(outcome.pictures, *looks, len(rows), seconds, milliseconds)


@torch.inference_mode()
def _reconstruct_ms(model: Autoencoder, size: int) -> float:
    image, times = torch.rand(1, 3, size, size), []
    for _ in range(TIMED_ROUNDS + 2):
        started = time.perf_counter()
        model(image)
        times.append(1000 * (time.perf_counter() - started))
    return statistics.median(times[2:])  # the first calls choose kernels


def _save(path: Path, costs: dict[str, Costs], figures: dict[str, Figures]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {name: asdict(each) | (asdict(figures[name]) if name in figures else {}) for name, each in costs.items()}
    write_text(path, json.dumps(content, indent=2) + "\n")


def _show(costs: dict[str, Costs], figures: dict[str, Figures]) -> None:
    table = Table("network", "latent", "parameters", "encoder, GFLOP", "decoder, GFLOP")
    if figures:
        for heading in ("PSNR, dB", "SSIM", "stretched", "SSIM", "steps", "training, s", "one picture, ms"):
            table.add_column(heading)
    for name, each in costs.items():
        cost = [
            f"{each.latent_numbers:,}",
            f"{each.parameters:,}",
            f"{each.encoder_gflop:.3f}",
            f"{each.decoder_gflop:.3f}",
        ]
        found = figures.get(name)
        measured = [] if found is None else _cells(found)
        table.add_row(name, *cost, *measured)
    Console(width=160).print(table)


def _cells(found: Figures) -> list[str]:
    return [
        f"{found.psnr_db:.2f}",
        f"{found.ssim:.4f}",
        f"{found.stretched_psnr_db:.2f}",
        f"{found.stretched_ssim:.4f}",
        f"{found.steps:,}",
        f"{found.training_s:.0f}",
        f"{found.reconstruct_ms:.1f}",
    ]


if __name__ == "__main__":
    sys.exit(main())
