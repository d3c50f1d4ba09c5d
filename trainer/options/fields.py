"""What the options of every group share: the units of their numbers, their flags, and how one is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from trainer.errors import ConfigError


@dataclass(frozen=True)
class Unit:
    """What the number of an option counts."""

    name: str


Share = Annotated[float, Unit("share, 0 to 1")]
Weight = Annotated[float, Unit("weight in the loss")]
Factor = Annotated[float, Unit("factor")]
Epochs = Annotated[float, Unit("epochs")]


def require(holds: bool, name: str, rule: str) -> None:
    """Raises `ConfigError` with the flag's name and its rule, unless the rule holds."""
    if not holds:
        raise ConfigError(f"{flag(name)} must be {rule}.")


def flag(name: str) -> str:
    """The command-line flag of an option."""
    return "--" + name.replace("_", "-")
