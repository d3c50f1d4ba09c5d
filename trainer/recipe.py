"""`python -m trainer.recipe NAME`: a whole training as one command, stage by stage, over as many sittings as it takes.

Each stage is a training with its own folder below --out, which begins with the weights of the stage before. What is
finished is passed over and what was stopped goes on from its checkpoint, so the same command is given again after a
stop.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import tyro

from trainer.errors import ConfigError
from trainer.options.config import read_config
from trainer.run.checkpoint import CHECKPOINT_FILE, steps_done
from trainer.terminal import exit_status


@dataclass(frozen=True)
class Stage:
    """One training.

    Attributes:
        name: Of its folder.
        steps: How many.
        options: Words of `python -m trainer.train`, without --data, --steps, --start-from and --out.
    """

    name: str
    steps: int
    options: str


@dataclass(frozen=True)
class Recipe:
    """A model that is made in stages, and whether it needs pictures of the user's."""

    needs_data: bool
    stages: tuple[Stage, ...]


_CHARACTERS = "--latent vector --init random --activation leaky --batch-size 16 --lr 0.001"

RECIPES: Mapping[str, Recipe] = MappingProxyType(
    {
        # 24,000 steps are 384,000 crops, three hours on one core that trains 37 crops a second.
        "photos": Recipe(
            True,
            (
                Stage(
                    "whole",
                    24_000,
                    "--tiles --flip --latent map --latent-size 16 --encoder-depth 2 --init pca --activation leaky"
                    " --loss log --batch-size 16 --lr 0.001 --warmup-epochs 0.5",
                ),
            ),
        ),
        # Without labels first: their weight is small beside the loss of a network that has learnt nothing yet.
        "characters": Recipe(
            False,
            (
                Stage("plain", 4_000, _CHARACTERS),
                Stage("labels", 16_000, f"{_CHARACTERS} --label-weight 0.005"),
            ),
        ),
    }
)


@dataclass(frozen=True)
class RecipeConfig:
    """Train a model by its recipe, from the first step to the last; the same command goes on after a stop."""

    recipe: tyro.conf.Positional[Literal["photos", "characters"]]
    """Which model."""
    data: Path | None = None
    """Folder of pictures, for `photos`: where it has folders `train` and `test`, quality is measured on the second."""
    out: Path | None = None
    """Folder of the stages; `runs/NAME` by default."""
    share: float = 1.0
    """Run this share of every stage's steps: a trial of the whole recipe, or a worse model in less time."""
    latent_size: int | None = None
    """Numbers in the latent: of a vector, or at each position of a map; the recipe's own if not given."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; its exit status is 0, 2 on bad input, or that of a stage that was stopped."""
    config = tyro.cli(RecipeConfig, prog="python -m trainer.recipe", args=arguments)
    return exit_status(lambda: follow(config), lambda: "stopped at once; the same command resumes it")


def follow(config: RecipeConfig) -> int:
    """Runs the stages that are not finished yet, in order; the status of the first that does not end well.

    Raises:
        TrainerError: Options that cannot be used, or a stage's folder that is broken.
    """
    recipe = RECIPES[config.recipe]
    if not 0 < config.share <= 1:
        raise ConfigError("--share must be more than 0 and at most 1.")
    if recipe.needs_data != (config.data is not None):
        need = "needs --data, a folder of pictures" if recipe.needs_data else "draws its own pictures; leave --data out"
        raise ConfigError(f"The recipe {config.recipe} {need}.")
    # This brings torch, which takes seconds to import; --help should not.
    from trainer.train import main as train

    out, before = config.out or Path("runs", config.recipe), None
    for number, stage in enumerate(recipe.stages, start=1):
        folder = out / f"{number}-{stage.name}"
        steps = max(1, round(stage.steps * config.share))
        print(f"Stage     {number} of {len(recipe.stages)}, {stage.name}: {steps:,} steps")
        if not _finished(folder, steps, config.latent_size):
            status = train(_words(stage, folder, steps, config, before))
            if status != 0:
                return status
        before = folder
    return 0


def _words(stage: Stage, folder: Path, steps: int, config: RecipeConfig, before: Path | None) -> list[str]:
    """The arguments of `python -m trainer.train`: the whole stage, or how to go on with one that was begun."""
    if (folder / CHECKPOINT_FILE).is_file():
        return ["--resume", "--out", str(folder)]
    words = [*shlex.split(stage.options), "--steps", str(steps), "--out", str(folder)]
    if config.latent_size is not None:
        words += ["--latent-size", str(config.latent_size)]
    if config.data is not None:
        words += ["--data", str(config.data)]
    if before is not None:
        words += ["--start-from", str(before)]
    return words


def _finished(folder: Path, steps: int, latent_size: int | None) -> bool:
    """Whether a stage has done all of its steps.

    Raises:
        ConfigError: It was begun with another number of them, or of numbers in its latent.
    """
    if not (folder / CHECKPOINT_FILE).is_file():
        return False
    begun = read_config(folder)
    if begun.training.steps != steps:
        raise ConfigError(
            f"{folder} was begun with {begun.training.steps} steps, not {steps}; give it its --share, or another --out."
        )
    if latent_size is not None and begun.network.latent_size != latent_size:
        raise ConfigError(
            f"{folder} was begun with --latent-size {begun.network.latent_size}, not {latent_size}; give it that, or"
            " another --out."
        )
    return steps_done(folder) >= steps


if __name__ == "__main__":
    sys.exit(main())
