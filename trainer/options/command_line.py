"""The command line as options, and options as the command line that repeats them."""

from __future__ import annotations

import dataclasses
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tyro

from trainer.options.config import TrainConfig
from trainer.options.options import DataOptions, LoopOptions, NetworkOptions, ObjectiveOptions, RunOptions, flag

# Where a run went and how it was reached say nothing of what it learnt.
NOT_IN_COMMAND = frozenset({"out", "resume"})


@dataclass(frozen=True)
class _CommandLine:
    """Train a convolutional autoencoder on a folder of pictures, or on built-in characters.

    None of the options is needed: `python -m trainer.train --data FOLDER` trains with what stands in brackets.
    """

    pictures: DataOptions = field(default_factory=DataOptions)
    network: NetworkOptions = field(default_factory=NetworkOptions)
    objective: ObjectiveOptions = field(default_factory=ObjectiveOptions)
    training: LoopOptions = field(default_factory=LoopOptions)
    run: RunOptions = field(default_factory=RunOptions)


def parse(arguments: Sequence[str], default: TrainConfig | None = None) -> TrainConfig:
    """Reads the command line; options that are not given are the default's.

    Raises:
        ConfigError: Options that cannot be used.
        SystemExit: --help (status 0), or a flag that does not exist (status 2).
    """
    start = _CommandLine() if default is None else _grouped(default)
    given = tyro.cli(
        _CommandLine,
        prog="python -m trainer.train",
        args=arguments,
        default=start,
        config=(tyro.conf.FlagCreatePairsOff, tyro.conf.OmitArgPrefixes),
    )
    groups = [getattr(given, each.name) for each in dataclasses.fields(given)]
    return TrainConfig(**{name: value for group in groups for name, value in vars(group).items()})


def training_command(config: TrainConfig) -> str:
    """The command line that repeats a training; options left at their defaults are left out, as is where it went.

    Files and folders go by their names alone: what is written down with a model may go to other people.
    """
    words = ["python", "-m", "trainer.train"]
    for each in dataclasses.fields(config):
        value = getattr(config, each.name)
        if each.name in NOT_IN_COMMAND or value == each.default:
            continue
        words.append(flag(each.name))
        if value is not True:
            words.append(value.resolve().name if isinstance(value, Path) else str(value))
    return shlex.join(words)


def _grouped(config: TrainConfig) -> _CommandLine:
    """The options in their groups."""

    def part(kind: Any) -> Any:
        return kind(**{each.name: getattr(config, each.name) for each in dataclasses.fields(kind)})

    return _CommandLine(*map(part, (DataOptions, NetworkOptions, ObjectiveOptions, LoopOptions, RunOptions)))
