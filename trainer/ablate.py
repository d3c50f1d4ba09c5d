"""`python -m trainer.ablate`: does a network without a last activation veil the picture, or does the way it is shown?

Trains VGG16 and VGG13, without a last activation and with a sigmoid, as plain and as variational autoencoders, on the
same pictures from the same seed for the same steps, and measures what each gives, cut off at 0 and 1 and stretched.
A run that is finished is not repeated; one that was stopped is gone on with.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import tyro

from trainer.ablate_measure import Outcome, measure
from trainer.ablate_page import ABLATION_PAGE, write_ablation
from trainer.checkpoint import load_run, write_text
from trainer.config import TrainConfig, check_resumable, read_config
from trainer.data import open_data
from trainer.device import choose_device
from trainer.display import Display
from trainer.distributed import joined
from trainer.errors import CheckpointError, TrainerError
from trainer.explain import explained
from trainer.stop import StopRequest
from trainer.train import train

OUTCOMES_FILE = "outcomes.json"


@dataclass(frozen=True)
class AblationConfig:
    """Train VGG16 and VGG13, with and without a last activation, plain and variational, and compare what they give."""

    data: Path | None = None
    """Folder of pictures, or WebDataset shards. Without it, built-in characters are drawn."""
    size: int = 64
    """Height and width in pixels; a multiple of 32. The first experiments had 224."""
    steps: int = 500
    """Steps of every network."""
    batch_size: int = 16
    """Pictures per step."""
    lr: float = 1e-3
    """Largest learning rate; it rises and falls as in the first experiments."""
    kl: float = 1e-4
    """Weight of the divergence in the variational networks; 0 leaves them out."""
    archs: tuple[Literal["vgg13", "vgg16", "compact"], ...] = ("vgg16", "vgg13")
    """Networks."""
    heads: tuple[Literal["linear", "sigmoid", "clamp"], ...] = ("linear", "sigmoid")
    """What follows the decoder."""
    characters: int = 1_700
    """How many built-in characters there are; the first experiments had about 1,700 pictures."""
    holdout: float = 0.1
    """Share of the pictures kept out of training, which everything is measured on."""
    seed: int = 0
    """The same for all networks."""
    device: Literal["auto", "cpu", "cuda"] = "auto"
    """Where to train."""
    precision: Literal["auto", "fp32", "bf16"] = "auto"
    """Arithmetic of the networks in training."""
    out: Path = Path("ablation")
    """Folder of the runs and the page."""


def plan_runs(config: AblationConfig) -> dict[str, TrainConfig]:
    """The options of every network's training, by the run's name.

    Raises:
        ConfigError: An option that is out of range.
    """
    weights = (0.0, config.kl) if config.kl > 0 else (0.0,)
    runs = {}
    for kl, arch, head in itertools.product(weights, config.archs, config.heads):  # plain ones first
        name = f"{arch}-{head}-{'vae' if kl else 'ae'}"
        runs[name] = TrainConfig(
            data=config.data,
            size=config.size,
            holdout=config.holdout,
            characters=config.characters,
            arch=arch,
            head=head,
            kl=kl,
            steps=config.steps,
            batch_size=config.batch_size,
            optimizer="adamw",
            lr=config.lr,
            schedule="poly",
            weight_decay=0.0,
            ema=0.0,  # of a few hundred steps an average would still hold the first weights
            seed=config.seed,
            device=config.device,
            precision=config.precision,
            out=config.out / name,
        )
    return runs


def ablate(config: AblationConfig, display: Display, stop: StopRequest) -> dict[str, Outcome]:
    """Trains what is not trained yet, measures every network, and writes the page.

    Returns:
        What each network came to, by its name; those finished before a request to stop.

    Raises:
        TrainerError: Bad input, or a run of that name with other options.
    """
    outcomes: dict[str, Outcome] = {}
    runs = plan_runs(config)
    for number, (name, options) in enumerate(runs.items(), start=1):
        display.say(f"\n{number}/{len(runs)}  {name}")
        train_once(options, display, stop)
        if stop.signal is not None:
            break
        outcomes[name] = measure_once(config.out / name, options, display)
    if outcomes:
        write_ablation(config.out, outcomes, runs, command_line(config), display.prepare)
    return outcomes


def command_line(config: AblationConfig) -> str:
    """The command line that repeats an ablation; options left at their defaults are left out, as is where it went."""
    words = ["python", "-m", "trainer.ablate"]
    for each in dataclasses.fields(config):
        value = getattr(config, each.name)
        if each.name != "out" and value != each.default:
            values = value if isinstance(value, tuple) else [value.resolve().name if each.name == "data" else value]
            words += ["--" + each.name.replace("_", "-"), *map(str, values)]
    return shlex.join(words)


def train_once(options: TrainConfig, display: Display, stop: StopRequest) -> None:
    """Trains into `options.out`, or goes on there, unless it is finished and measured.

    Raises:
        TrainerError: Bad input, or a run in that folder with other options.
    """
    folder = options.out or Path()
    if (folder / "config.json").is_file():
        saved = read_config(folder)
        try:
            check_resumable(saved, options)
        except CheckpointError as error:
            raise CheckpointError(f"{error} Or choose another --out.") from error
        if (folder / OUTCOMES_FILE).is_file() and (saved.steps, saved.epochs) == (options.steps, options.epochs):
            return
        options = dataclasses.replace(options, resume=True)
        (folder / OUTCOMES_FILE).unlink(missing_ok=True)  # of a shorter training
    with joined(options.device) as processes, explained(options):
        train(options, folder, display, stop, processes)


def measure_once(folder: Path, options: TrainConfig, display: Display) -> Outcome:
    """Measures a trained network on what it was not trained on, or reads what was measured.

    Raises:
        CheckpointError: What was measured cannot be read.
    """
    path = folder / OUTCOMES_FILE
    if path.is_file():
        try:
            return Outcome.from_json(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise CheckpointError(f"{path} cannot be used ({error}); delete it to measure again.") from error
    data = open_data(options, display.prepare)
    device = choose_device(options)
    run = load_run(folder)
    outcome = measure(run.model.to(device.name), data.holdout, device)
    write_text(path, json.dumps(outcome.to_json(), indent=2) + "\n")
    return outcome


def main() -> int:
    """The command; returns its exit status: 0, 2 on bad input, or 128 and the signal that stopped it."""
    config = tyro.cli(AblationConfig, prog="python -m trainer.ablate", config=(tyro.conf.FlagCreatePairsOff,))
    stop = StopRequest()
    try:
        with Display() as display:
            outcomes = ablate(config, display, stop)
            if outcomes:
                display.say(f"\nPage      {config.out / ABLATION_PAGE}")
            if stop.signal is not None:
                display.say("Stopped   the same command goes on from here")
    except (TrainerError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped at once; the same command goes on from the last checkpoint", file=sys.stderr)
        return 130
    return 0 if stop.signal is None else 128 + stop.signal


if __name__ == "__main__":
    sys.exit(main())
