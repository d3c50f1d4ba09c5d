"""`python -m trainer.ablate`: does a network without a last activation veil the picture, or does the way it is shown?

Trains VGG16 and VGG13, without a last activation and with a sigmoid, as plain and as variational autoencoders, on the
same pictures from the same seed for the same steps, and measures what each gives, cut off at 0 and 1 and stretched.
"""

from __future__ import annotations

import dataclasses
import itertools
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import tyro

from trainer.ablate.compared import SharedOptions, exit_status, measure_once, train_once
from trainer.ablate.measure import Outcome
from trainer.ablate.page import ABLATION_PAGE, write_ablation
from trainer.machine.stop import StopRequest
from trainer.options.config import TrainConfig
from trainer.run.display import Display


@dataclass(frozen=True)
class AblationConfig(SharedOptions):
    """Train VGG16 and VGG13, with and without a last activation, plain and variational, and compare what they give."""

    size: int = 64
    """Height and width in pixels; a multiple of 32. The first experiments had 224."""
    steps: int = 500
    """Steps of every network."""
    lr: float = 1e-3
    """Largest learning rate; it rises and falls as in the first experiments."""
    kl: float = 1e-4
    """Weight of the divergence in the variational networks; 0 leaves them out."""
    archs: tuple[str, ...] = ("vgg16", "vgg13")
    """Network families."""
    heads: tuple[Literal["linear", "sigmoid", "clamp"], ...] = ("linear", "sigmoid")
    """What follows the decoder."""
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
        runs[name] = TrainConfig.of(
            **config.shared(),
            size=config.size,
            arch=arch,
            head=head,
            kl=kl,
            steps=config.steps,
            optimizer="adamw",
            lr=config.lr,
            schedule="poly",
            weight_decay=0.0,
            ema=0.0,  # of a few hundred steps an average would still hold the first weights
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
        display.say("")
        display.say(f"{number}/{len(runs)}  {name}")
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


def main() -> int:
    """The command; returns its exit status: 0, 2 on bad input, or 128 and the signal that stopped it."""
    config = tyro.cli(AblationConfig, prog="python -m trainer.ablate", config=(tyro.conf.FlagCreatePairsOff,))

    def command(stop: StopRequest) -> None:
        with Display() as display:
            outcomes = ablate(config, display, stop)
            if outcomes:
                display.say("")
                display.say(f"Page      {config.out / ABLATION_PAGE}")
            if stop.signal is not None:
                display.say("Stopped   the same command resumes from here")

    return exit_status(command)
