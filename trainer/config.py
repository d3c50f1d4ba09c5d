"""What a run is told to do: checked when made, saved with the run, read back to resume or to export."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from trainer.errors import CheckpointError, ConfigError

Arch = Literal["compact", "vgg13", "vgg16"]

DEFAULT_VECTOR_SIZE = 64
DEFAULT_MAP_CHANNELS = 16
VGG_CHANNELS = 512
MULTIPLE = 32  # of the picture size in training: what the deepest networks need
LARGEST_SIZE = 1024

# What may differ between a run and its resumption: how long, where, and how often it saves.
MAY_CHANGE_ON_RESUME = frozenset({"epochs", "steps", "device", "checkpoint_every", "out", "resume", "no_cache"})


@dataclass(frozen=True)
class TrainConfig:
    """Train a convolutional autoencoder on a folder of pictures, or on built-in characters."""

    data: Path | None = None
    """Folder of pictures, searched with its sub-folders. Without it, built-in characters are drawn."""
    arch: Arch = "compact"
    """Network: `compact` is small and modern, `vgg13` and `vgg16` are SegNet-like."""
    head: Literal["linear", "sigmoid"] = "linear"
    """What follows the decoder: nothing, or a sigmoid that keeps pixels in [0, 1]."""
    latent: Literal["auto", "vector", "map"] = "auto"
    """`vector`: one global code, right for sliders. `map`: a small feature map, right for any picture at any size.
    `auto`: a vector for compact; the VGG networks have a map."""
    latent_size: int | None = None
    """Numbers in a vector latent (64 by default), or channels of a map (16 by default; the VGG networks have 512)."""
    size: int = 128
    """Height and width in pixels that pictures are cropped and resized to; a multiple of 32."""
    epochs: int = 20
    """How often every picture is seen."""
    steps: int | None = None
    """Train for this many steps instead of --epochs."""
    batch_size: int = 32
    """Pictures per step."""
    lr: float = 1e-3
    """Largest learning rate, reached after the warm-up."""
    warmup_epochs: float = 1.0
    """Epochs over which the learning rate rises; at most a fifth of the training. It then falls to 0 as a cosine."""
    weight_decay: float = 1e-4
    """AdamW's weight decay, on convolution and linear weights alone."""
    holdout: float = 0.1
    """Share of the pictures kept out of training to measure quality; folders `train` and `test` take its place."""
    crop: float = 1.0
    """Crop training pictures at random, each time anew, to between this share of their area and all of it."""
    flip: bool = False
    """Mirror half of the training pictures at random, left to right."""
    colour: float = 0.0
    """Change brightness, contrast and saturation of training pictures at random, each by up to this share."""
    no_cache: bool = False
    """Decode pictures while training, instead of once into the cache on disk: for sets too big for it."""
    characters: int = 20_000
    """How many built-in characters to draw when there is no --data."""
    seed: int = 0
    """Same seed, same machine, same command: same loss curve."""
    device: Literal["auto", "cpu", "cuda"] = "auto"
    """Where to train; auto takes the GPU where one works."""
    precision: Literal["auto", "fp32", "bf16"] = "auto"
    """Arithmetic of the networks in training; auto takes bf16 where the device has instructions for it."""
    checkpoint_every: int = 1000
    """Save a checkpoint after this many steps, and at the end of training."""
    out: Path | None = None
    """Run folder; `runs/<time>-<arch>` by default."""
    resume: bool = False
    """Go on from the last checkpoint in --out, with the options that the run was started with."""

    def __post_init__(self) -> None:
        """Checks every option.

        Raises:
            ConfigError: The first option that is out of range or contradicts another.
        """
        for name in ("epochs", "batch_size", "checkpoint_every"):
            _require(getattr(self, name) >= 1, name, "at least 1")
        _require(self.steps is None or self.steps >= 1, "steps", "at least 1")
        _require(self.lr > 0, "lr", "more than 0")
        _require(self.warmup_epochs >= 0, "warmup_epochs", "0 or more")
        _require(self.weight_decay >= 0, "weight_decay", "0 or more")
        _require(0 < self.holdout < 1, "holdout", "between 0 and 1")
        _require(0 < self.crop <= 1, "crop", "more than 0 and at most 1")
        _require(0 <= self.colour < 1, "colour", "from 0 to less than 1")
        _require(self.characters >= 2, "characters", "at least 2")
        _require(self.seed >= 0, "seed", "0 or more")
        fits = self.size % MULTIPLE == 0 and MULTIPLE <= self.size <= LARGEST_SIZE
        _require(fits, "size", f"a multiple of {MULTIPLE} from {MULTIPLE} to {LARGEST_SIZE} pixels, not {self.size}")
        _require(self.latent_size is None or self.latent_size >= 1, "latent_size", "at least 1")
        if self.arch != "compact":
            _require(self.latent != "vector", "latent", f"map for {self.arch}; compact has a vector latent")
            _require(self.latent_size in (None, VGG_CHANNELS), "latent_size", f"{VGG_CHANNELS} for {self.arch}")
        if self.resume and self.out is None:
            raise ConfigError("--resume needs --out, the folder of the run to go on with.")

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
        fields = {field.name for field in dataclasses.fields(cls)}
        if not isinstance(values, dict) or set(values) != fields:
            raise CheckpointError(f"{path} does not hold the options of this version's trainer; train again.")
        paths = {name: Path(values[name]) for name in ("data", "out") if values[name] is not None}
        try:
            return cls(**{**values, **paths})
        except (ConfigError, TypeError) as error:
            raise CheckpointError(f"{path} holds options that cannot be used: {error}") from error


def read_config(run: Path) -> TrainConfig:
    """The options that a run was started with, from its `config.json`.

    Raises:
        CheckpointError: There is no such file, or it cannot be used.
    """
    path = run / "config.json"
    if not path.is_file():
        raise CheckpointError(f"{run} is not a run folder: it has no config.json.")
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CheckpointError(f"{path} is not readable as JSON ({error}).") from error
    return TrainConfig.from_json(values, path)


def check_resumable(saved: TrainConfig, asked: TrainConfig) -> None:
    """Compares the options of a run with those of its resumption.

    Raises:
        CheckpointError: One differs that would make it another run.
    """
    for field in dataclasses.fields(TrainConfig):
        before, now = getattr(saved, field.name), getattr(asked, field.name)
        if field.name not in MAY_CHANGE_ON_RESUME and before != now:
            flag = _flag(field.name)
            raise CheckpointError(
                f"{asked.out} was trained with {flag} {before}, not {now}; leave {flag} out, or start another run."
            )


def _require(holds: bool, name: str, rule: str) -> None:
    if not holds:
        raise ConfigError(f"{_flag(name)} must be {rule}.")


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")
