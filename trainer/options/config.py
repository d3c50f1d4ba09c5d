"""The configuration of a run: checked when made, saved with the run, read back to resume or to export."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from trainer.architectures.blueprint import Blueprint
from trainer.errors import CheckpointError, ConfigError
from trainer.options.fields import flag, require
from trainer.options.network import NetworkOptions
from trainer.options.options import DataOptions, LoopOptions, ObjectiveOptions, RunOptions

DEFAULT_MUON_RATE, DEFAULT_ADAM_RATE = 2e-3, 1e-3

# What may differ between a run and its resumption: how long, where, and how often it saves.
MAY_CHANGE_ON_RESUME = frozenset(
    (
        *("epochs", "steps", "time_limit", "patience", "accumulate"),
        *("data", "device", "compile", "compress", "checkpoint_every", "no_cache", "out", "resume", "resume_rate"),
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
    8: {"resume_rate": "planned"},
    9: {"near_duplicates": "anywhere", "grey": False},
    10: {"compress": False},
    11: {"linear": False, "correction": 0},
    12: {"most_pictures": None},  # and `size` may be a text, such as 96x128
    13: {"disentangle": None},
}
FORMAT = max(ADDED_OPTIONS)


@dataclass(frozen=True)
class TrainConfig:
    """Every option of a training, in groups; each of its options has a name of its own.

    Raises:
        ConfigError: Options of two groups contradict one another.
    """

    pictures: DataOptions = field(default_factory=DataOptions)
    network: NetworkOptions = field(default_factory=NetworkOptions)
    objective: ObjectiveOptions = field(default_factory=ObjectiveOptions)
    training: LoopOptions = field(default_factory=LoopOptions)
    run: RunOptions = field(default_factory=RunOptions)

    def __post_init__(self) -> None:
        family = self.network.family
        fits = all(side % family.multiple == 0 for side in self.pictures.sides)
        require(fits, "size", f"a multiple of {family.multiple} for {self.network.arch}, not {self.pictures.size}")
        square = family.oblong or not self.pictures.oblong
        require(square, "size", f"one number for {self.network.arch}, which takes square pictures alone")
        plain = not (self.network.linear and self.objective.variational)
        require(plain, "linear", "left out with --kl, for which the latent is learnt")
        if self.objective.disentangle is not None:
            fits = self.network.latent_kind == "vector" and not self.network.linear
            require(fits, "disentangle", "used with a vector latent that is learnt: --latent vector, and no --linear")
            begins = self.network.init in ("auto", "random") or not self.objective.levels
            require(begins, "init", "random with --disentangle quantise, whose values begin between -1 and 1")

    @classmethod
    def of(cls, **options: Any) -> TrainConfig:
        """The options of these names; the others have their defaults.

        Raises:
            ConfigError: The first option that is out of range or contradicts another.
            TypeError: There is no option of that name.
        """
        return cls().changed(**options)

    def changed(self, **options: Any) -> TrainConfig:
        """These options with other values for some; raises as `of` does."""
        groups: dict[str, dict[str, Any]] = {}
        for name, value in options.items():
            if name not in GROUPS:
                raise TypeError(f"there is no option {name}")
            groups.setdefault(GROUPS[name], {})[name] = value
        parts = {group: dataclasses.replace(getattr(self, group), **values) for group, values in groups.items()}
        return dataclasses.replace(self, **parts)

    def values(self) -> dict[str, Any]:
        """Every option by its name, in the order of the groups."""
        return {name: getattr(getattr(self, group), name) for name, group in GROUPS.items()}

    @property
    def uses_muon(self) -> bool:
        """Whether kernels are changed by Muon; by AdamW otherwise."""
        asked = self.training.optimizer
        return (self.network.family.optimizer if asked == "auto" else asked) == "muon"

    @property
    def peak_rate(self) -> float:
        """The largest learning rate."""
        if self.training.lr is not None:
            return self.training.lr
        return DEFAULT_MUON_RATE if self.uses_muon else DEFAULT_ADAM_RATE

    @property
    def blueprint(self) -> Blueprint:
        """The network that the options ask for."""
        network = self.network
        return Blueprint(
            arch=network.arch,
            size=self.pictures.sides[0],
            size_across=self.pictures.sides[1] if self.pictures.oblong else None,
            latent_kind=network.latent_kind,
            latent_size=network.latent_numbers,
            head=network.head,
            variational=self.objective.variational,
            width=network.width,
            depth=network.depth,
            encoder_depth=network.encoder_depth,
            activation=network.activation,
            linear=network.linear,
            correction=network.correction,
            init="random" if network.init == "auto" else network.init,
            levels=self.objective.levels,
            grey=network.grey,
        )

    def to_json(self) -> dict[str, Any]:
        """The options as plain JSON values, by their names alone: how they are grouped may change."""
        return {name: str(value) if isinstance(value, Path) else value for name, value in self.values().items()}

    @classmethod
    def from_json(cls, values: Any, path: Path) -> TrainConfig:
        """The options that `to_json` gave.

        Raises:
            CheckpointError: A field is missing, unknown or of the wrong type; `path` names the file it came from.
        """
        if not isinstance(values, dict) or set(values) != set(GROUPS):
            raise CheckpointError(f"{path} does not hold the options of this version's trainer; train again.")
        try:
            return cls.of(**{**values, **{name: Path(values[name]) for name in PATHS if values[name]}})
        except (ConfigError, TypeError, AttributeError) as error:
            raise CheckpointError(f"{path} holds options that cannot be used: {error}") from error


def _kind(group: dataclasses.Field[Any]) -> Any:
    """The dataclass of a group of options."""
    return group.default_factory


GROUPS = {
    option.name: group.name for group in dataclasses.fields(TrainConfig) for option in dataclasses.fields(_kind(group))
}
"""The name of every option, and of the group that it is in."""

PATHS = frozenset(
    option.name
    for group in dataclasses.fields(TrainConfig)
    for option in dataclasses.fields(_kind(group))
    if "Path" in str(option.type)
)


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
    return parse_config(values, path)


def parse_config(values: Any, path: Path) -> TrainConfig:
    """The options of a run, of this or an older format, as a `config.json` or a bundle's `training` holds them.

    Raises:
        CheckpointError: They cannot be used; `path` names the file they came from.
    """
    if not isinstance(values, dict):
        raise CheckpointError(f"{path} must hold one JSON object.")
    values = dict(values)
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
    before, now = saved.values(), asked.values()
    for name in before:
        if name not in MAY_CHANGE_ON_RESUME and before[name] != now[name]:
            raise CheckpointError(
                f"{asked.run.out} was trained {_told(name, before[name])}, not {_told(name, now[name])};"
                f" leave {flag(name)} out, or start another run."
            )


def _told(name: str, value: Any) -> str:
    """An option as a command line gives it: by a flag, with its value, or not at all."""
    if value is None or value is False:
        return f"without {flag(name)}"
    return f"with {flag(name)}" if value is True else f"with {flag(name)} {value}"
