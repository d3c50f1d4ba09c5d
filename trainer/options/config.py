"""What a run is told to do: checked when made, saved with the run, read back to resume or to export."""

from __future__ import annotations

import dataclasses
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from trainer.errors import CheckpointError, ConfigError
from trainer.options.options import (
    VGG_CHANNELS,
    Arch,
    DataOptions,
    LoopOptions,
    NetworkOptions,
    ObjectiveOptions,
    RunOptions,
    flag,
)
from trainer.options.values import Damage, parse_damages, parse_duration

__all__ = ["Arch", "TrainConfig", "check_resumable", "read_config"]

DEFAULT_VECTOR_SIZE = 64
DEFAULT_MAP_CHANNELS = 16
DEFAULT_MUON_RATE, DEFAULT_ADAM_RATE = 2e-3, 1e-3
LARGEST_STORED_FACTOR = 2.0  # times `size`: four times the disk

# What may differ between a run and its resumption: how long, where, and how often it saves.
MAY_CHANGE_ON_RESUME = frozenset(
    (
        *("epochs", "steps", "time_limit", "patience", "accumulate"),
        *("device", "compile", "checkpoint_every", "no_cache", "out", "resume"),
    )
)

# Options that came after the first release of `config.json`, by the format that brought them, with the values that
# older runs had without knowing. Whoever adds an option adds the next format here.
ADDED_OPTIONS: dict[int, dict[str, Any]] = {
    2: {
        "crop": 1.0,
        "flip": False,
        "colour": 0.0,
        "no_cache": False,
        "width": 1.0,
        "depth": 1.0,
        "pretrained": None,
        "loss": "mse",
        "ssim": 0.0,
        "perceptual": 0.0,
        "perceptual_weights": None,
        "kl": 0.0,
        "kl_warmup_epochs": 1.0,
        "free_bits": 0.0,
        "corrupt": None,
        "time_limit": None,
        "patience": 0,
        "accumulate": 1,
        "schedule": "cosine",
        "clip": 1.0,
        "ema": 0.0,
        "compile": False,
    },
    3: {"init": "random"},
    4: {"tiles": False, "optimizer": "adamw"},
    5: {"start_from": None, "label_weight": 0.0},
    6: {"encoder_depth": 1.0},
    7: {"activation": "relu"},
}
FORMAT = max(ADDED_OPTIONS)


@dataclass(frozen=True)
class TrainConfig(RunOptions, LoopOptions, ObjectiveOptions, NetworkOptions, DataOptions):
    """Every option of a training."""

    def __post_init__(self) -> None:
        """Checks every option.

        Raises:
            ConfigError: The first option that is out of range or contradicts another.
        """
        for group in (DataOptions, NetworkOptions, ObjectiveOptions, LoopOptions, RunOptions):
            group.check(self)
        if self.init != "random" and self.kl > 0:
            raise ConfigError(f"--init {self.init} is for plain autoencoders; leave --kl out, or --init.")

    @property
    def latent_kind(self) -> Literal["vector", "map"]:
        """The kind of latent that `latent` stands for with this network."""
        if self.latent == "auto":
            return "vector" if self.arch == "compact" else "map"
        return self.latent

    @property
    def latent_numbers(self) -> int:
        """Numbers in a vector latent, or channels of a map."""
        if self.latent_size is not None:
            return self.latent_size
        if self.arch != "compact":
            return VGG_CHANNELS
        return DEFAULT_VECTOR_SIZE if self.latent_kind == "vector" else DEFAULT_MAP_CHANNELS

    @property
    def uses_muon(self) -> bool:
        """Whether kernels are changed by Muon; by AdamW otherwise."""
        return self.optimizer == "muon" or (self.optimizer == "auto" and self.arch == "compact")

    @property
    def peak_rate(self) -> float:
        """The largest learning rate."""
        if self.lr is not None:
            return self.lr
        return DEFAULT_MUON_RATE if self.uses_muon else DEFAULT_ADAM_RATE

    @property
    def stored_size(self) -> int:
        """Height and width in pixels that training pictures are kept at: the smallest crop then still has `size`.

        At most twice `size`: tighter crops than a quarter of the area are enlarged. With `tiles` it is the side of one.
        """
        if self.tiles:
            return self.size * 3 // 2
        return math.ceil(self.size * min(LARGEST_STORED_FACTOR, 1 / math.sqrt(self.crop)))

    @property
    def variational(self) -> bool:
        """Whether the network is a variational autoencoder."""
        return self.kl > 0

    @property
    def damages(self) -> tuple[Damage, ...]:
        """What `corrupt` asks for."""
        return parse_damages(self.corrupt)

    @property
    def time_limit_seconds(self) -> float | None:
        """What `time_limit` comes to."""
        return parse_duration(self.time_limit)

    def to_json(self) -> dict[str, Any]:
        """The options as plain JSON values."""
        values = dataclasses.asdict(self)
        return {name: str(value) if isinstance(value, Path) else value for name, value in values.items()}

    @classmethod
    def from_json(cls, values: Any, path: Path) -> TrainConfig:
        """The options that `to_json` gave.

        Raises:
            CheckpointError: A field is missing, unknown or of the wrong type; `path` names the file it came from.
        """
        fields = {field.name: str(field.type) for field in dataclasses.fields(cls)}
        if not isinstance(values, dict) or set(values) != set(fields):
            raise CheckpointError(f"{path} does not hold the options of this version's trainer; train again.")
        try:
            paths = {name: Path(values[name]) for name, kind in fields.items() if "Path" in kind and values[name]}
            return cls(**{**values, **paths})
        except (ConfigError, TypeError, AttributeError) as error:
            raise CheckpointError(f"{path} holds options that cannot be used: {error}") from error


def config_text(config: TrainConfig) -> str:
    """The content of `config.json`."""
    return json.dumps({"format": FORMAT, **config.to_json()}, indent=2) + "\n"


def read_config(run: Path) -> TrainConfig:
    """The options that a run was started with, from its `config.json`; of an older format too.

    Raises:
        CheckpointError: There is no such file, or it cannot be used.
    """
    path = run / "config.json"
    if not path.is_file():
        raise CheckpointError(f"{run} is not a run folder: it has no config.json.")
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise CheckpointError(f"{path} is not readable as JSON ({error}).") from error
    if not isinstance(values, dict):
        raise CheckpointError(f"{path} must hold one JSON object.")
    written = values.pop("format", 1)
    if written not in range(1, FORMAT + 1):
        raise CheckpointError(f"{path} has format {written!r}; this version's trainer reads up to {FORMAT}.")
    for added in (options for number, options in ADDED_OPTIONS.items() if number > written):
        values = {**added, **values}
    return TrainConfig.from_json(values, path)


def check_resumable(saved: TrainConfig, asked: TrainConfig) -> None:
    """Compares the options of a run with those of its resumption.

    Raises:
        CheckpointError: One differs that would make it another run.
    """
    for field in dataclasses.fields(TrainConfig):
        before, now = getattr(saved, field.name), getattr(asked, field.name)
        if field.name not in MAY_CHANGE_ON_RESUME and before != now:
            name = flag(field.name)
            raise CheckpointError(
                f"{asked.out} was trained with {name} {before}, not {now}; leave {name} out, or start another run."
            )
