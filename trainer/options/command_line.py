"""The command line as options, and options as the command line that repeats them."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

import tyro

from trainer.options.config import TrainConfig
from trainer.options.options import flag

# Where a run went and how it was reached say nothing of what it learnt.
NOT_IN_COMMAND = frozenset({"out", "resume"})


DESCRIPTION = """Train a convolutional autoencoder on a folder of pictures, or on built-in characters.

None of the options is needed: `python -m trainer.train --data FOLDER` trains with what stands in brackets."""


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
        args=arguments,
        default=TrainConfig() if default is None else default,
        config=(tyro.conf.FlagCreatePairsOff, tyro.conf.OmitArgPrefixes),
    )


def training_command(config: TrainConfig) -> str:
    """The command line that repeats a training; options left at their defaults are left out, as is where it went.

    Files and folders go by their names alone: what is written down with a model may go to other people.
    """
    words = ["python", "-m", "trainer.train"]
    usual = TrainConfig().values()
    for name, value in config.values().items():
        if name in NOT_IN_COMMAND or value == usual[name]:
            continue
        words.append(flag(name))
        if value is not True:
            words.append(value.resolve().name if isinstance(value, Path) else str(value))
    return shlex.join(words)
