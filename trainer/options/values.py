"""Options that are small languages of their own: sizes, durations and damages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast, get_args

from trainer.errors import ConfigError

DamageKind = Literal["noise", "mask", "boxes", "strokes"]

LARGEST_SHARE = 0.9  # of a picture that may be painted over
MOST_LEVELS = 256  # of a quantised number: more are as good as any value
LARGEST_DEPENDENCE = 1000.0  # factor on a cost that is 1 as it is
LARGEST_DEVIATION = 2.0  # of noise: at twice the range from black to white nothing is left to see

Sides = tuple[int, int]
"""Height and width in pixels."""

_SIZE = re.compile(r"(\d{1,9})x(\d{1,9})")
_DURATION = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")


@dataclass(frozen=True)
class Damage:
    """One way to damage a picture, and how much: a deviation for noise, a share of the area for the others."""

    kind: DamageKind
    amount: float


def parse_size(size: int | str) -> Sides:
    """`128`, the side of a square, or `96x128`, width x height, as height and width in pixels.

    Raises:
        ConfigError: It is not written so.
    """
    if isinstance(size, int):
        return size, size
    match = _SIZE.fullmatch(size.strip())
    if match is None:
        raise ConfigError(f"--size {size!r} is no size; write 128 for squares, or width x height as in 96x128.")
    width, height = map(int, match.groups())
    return height, width


def size_option(sides: Sides) -> int | str:
    """The value of --size for a height and width."""
    height, width = sides
    return height if height == width else f"{width}x{height}"


def size_words(sides: Sides) -> str:
    """`128x128` or `96x128`, width x height, for people."""
    height, width = sides
    return f"{width}x{height}"


@dataclass(frozen=True)
class Disentanglement:
    """What makes each latent number stand for one thing."""

    levels: int = 0
    """Values that each number is rounded to; 0 for any value."""
    factor: float = 1.0
    """On what the numbers' dependence on each other costs."""


def parse_disentanglement(text: str | None) -> Disentanglement:
    """`quantise:12` or `factorise:6` as what it asks for; nothing for None.

    Raises:
        ConfigError: It is not written so, or the number is out of range.
    """
    if text is None:
        return Disentanglement()
    kind, _, amount = text.strip().partition(":")
    try:
        if kind == "quantise" and 2 <= int(amount) <= MOST_LEVELS:
            return Disentanglement(levels=int(amount))
        if kind == "factorise" and 1 < float(amount) <= LARGEST_DEPENDENCE:
            return Disentanglement(factor=float(amount))
    except ValueError:
        pass  # said below
    raise ConfigError(
        f"--disentangle {text!r} is not known; write quantise:12, for 2 to {MOST_LEVELS} values a number, or"
        f" factorise:6, for a factor of more than 1 and at most {LARGEST_DEPENDENCE:g}."
    )


def parse_duration(text: str | None) -> float | None:
    """`1h30m`, `45m` or `90s` in seconds; None for None.

    Raises:
        ConfigError: It is not written so, or is no time at all.
    """
    if text is None:
        return None
    match = _DURATION.fullmatch(text.strip())
    hours, minutes, seconds = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    total = hours * 3600 + minutes * 60 + seconds
    if total == 0:
        raise ConfigError(f"--time-limit {text!r} is no duration; write it as 45m, 1h30m or 90s.")
    return float(total)


def parse_damages(text: str | None) -> tuple[Damage, ...]:
    """`noise:0.1,mask:0.3` as what it asks for, in that order; nothing for None.

    Raises:
        ConfigError: A kind that does not exist, or an amount out of range.
    """
    return () if text is None else tuple(_damage(part.strip()) for part in text.split(","))


def _damage(text: str) -> Damage:
    kind, _, amount_text = text.partition(":")
    kinds = get_args(DamageKind)
    if kind not in kinds:
        raise ConfigError(
            f"--corrupt {text!r} is not known; write noise:0.1, or mask:0.3 (also {kinds[2]}, {kinds[3]})."
        )
    try:
        amount = float(amount_text)
    except ValueError as error:
        raise ConfigError(f"--corrupt {text!r} must end in a number, as in {kind}:0.3.") from error
    largest = LARGEST_DEVIATION if kind == "noise" else LARGEST_SHARE
    if not 0 < amount <= largest:
        raise ConfigError(f"--corrupt {text!r}: the amount must be more than 0 and at most {largest:g}.")
    return Damage(cast(DamageKind, kind), amount)
