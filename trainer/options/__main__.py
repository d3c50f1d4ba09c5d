"""`python -m trainer.options`: every option of a training and every network family, for people or as JSON."""

from __future__ import annotations

import dataclasses
import json
import sys
from dataclasses import dataclass

import tyro

from trainer.options.catalogue import Option, list_families, list_options
from trainer.terminal import exit_status


@dataclass(frozen=True)
class ListConfig:
    """List the options of a training and the network families that are installed."""

    json: bool = False
    """Print one JSON object, for programs."""


def main() -> int:
    """The command; returns its exit status: 0, or 2 where a family that is installed cannot be used."""
    config = tyro.cli(ListConfig, prog="python -m trainer.options", config=(tyro.conf.FlagCreatePairsOff,))
    return exit_status(lambda: show(config.json), lambda: "stopped")


def show(as_json: bool) -> int:
    """Prints the list; returns 0.

    Raises:
        ConfigError: A family that another package registered cannot be used.
    """
    options, families = list_options(), list_families()
    if as_json:
        content = {
            "options": [dataclasses.asdict(each) for each in options],
            "families": [dataclasses.asdict(each) for each in families],
        }
        print(json.dumps(content, indent=2))
        return 0
    for option in options:
        print(_line(option))
    for family in families:
        latents = " or ".join(f"{kind} of {size}" for kind, size in family.latents.items())
        print(f"family {family.name}: {family.summary}; latent: {latents}")
    return 0


def _line(option: Option) -> str:
    kind = "|".join(option.choices) if option.choices else option.type
    unit = f", {option.unit}" if option.unit else ""
    default = "" if option.default in (None, False) else f" (default {option.default})"
    return f"{option.group:<10} {option.flag} {kind}{unit}{default}"


if __name__ == "__main__":
    sys.exit(main())
