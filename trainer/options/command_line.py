"""The command line as options, and options as the command line that repeats them."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

import tyro

from trainer.options.config import GROUPS, TrainConfig
from trainer.options.fields import flag

# Where a run went and how it was reached say nothing of what it learnt.
NOT_IN_COMMAND = frozenset({"out", "resume"})


SWITCHES = ("flip", "tiles", "grey", "linear")
"""Options that may be chosen and have no value to say no with: `--no-flip` does."""


DESCRIPTION = """Train a convolutional autoencoder on a folder of pictures, or on built-in characters.

No option is required: `python -m trainer.train --data FOLDER` trains with the defaults in brackets."""


def parse(arguments: Sequence[str], default: TrainConfig | None = None) -> TrainConfig:
    """Reads the command line; options that are not given are the default's.

    Raises:
        ConfigError: Options that cannot be used.
        SystemExit: --help (status 0), or a flag that does not exist (status 2).
    """
    return tyro.cli(
        TrainConfig,
        prog="python -m trainer.train",
        description=DESCRIPTION,
        args=without_refusals(arguments),
        default=TrainConfig() if default is None else default,
        config=(tyro.conf.FlagCreatePairsOff, tyro.conf.OmitArgPrefixes),
    )


def given_options(arguments: Sequence[str]) -> frozenset[str]:
    """The names of the options that a command line gives, `--no-flip` as `flip`."""
    names = {word.split("=")[0].removeprefix("--").replace("-", "_") for word in arguments if word.startswith("--")}
    return frozenset(names & set(GROUPS)) | {name for name in SWITCHES if f"no_{name}" in names}


def without_refusals(arguments: Sequence[str]) -> list[str]:
    """A command line without `--no-flip` and the like, which say only that something is not to be chosen."""
    refusals = {flag("no_" + name) for name in SWITCHES} | {"--no_" + name for name in SWITCHES}
    return [word for word in arguments if word not in refusals]


def training_command(config: TrainConfig) -> str:
    """The command line that repeats a training; options left at their defaults are left out, as is where it went.

    Where the start is settled, it and the latent are said, so that nothing is chosen by the pictures again. Files and
    folders go by their names alone: what is written down with a model may go to other people.
    """
    words = ["python", "-m", "trainer.train"]
    usual, said = TrainConfig().values(), config.values()
    if config.network.init != "auto":
        usual |= {"near_duplicates": "anywhere"}  # what it is where both are given
        said |= {"latent": config.network.latent_kind}
    for name, value in said.items():
        if name in NOT_IN_COMMAND or value == usual[name]:
            continue
        words.append(flag(name))
        if value is not True:
            words.append(value.resolve().name if isinstance(value, Path) else str(value))
    return shlex.join(words)
