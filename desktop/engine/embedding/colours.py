"""What the colours on the map mean: folders, scores, or labels."""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from collections.abc import Hashable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.engine.colour_ramps import MAP, Colour
from desktop.engine.folder.labels import UNKNOWN

Colours = NDArray[np.uint8]

PALETTE: tuple[Colour, ...] = (
    (78, 121, 167), (242, 142, 43), (89, 161, 79), (225, 87, 89), (176, 122, 161),
    (118, 183, 178), (237, 201, 72), (255, 157, 167), (156, 117, 95),
)  # fmt: skip
GREY: Colour = (140, 140, 140)  # of what is not known, and of kinds beyond the palette


@dataclasses.dataclass(frozen=True, eq=False)
class Colouring:
    """A colour for each picture, and what it means.

    Attributes:
        colours: uint8 `[N, 3]`.
        kinds: Names with their colours, that of the most pictures first; empty for numbers.
        others: How many further kinds are grey.
        ends: The smallest and the largest number, at the cold and at the hot end of the scale; None for kinds.
        unknown: How many pictures are grey because nothing is known of them.
    """

    colours: Colours
    kinds: tuple[tuple[str, Colour], ...] = ()
    others: int = 0
    ends: tuple[float, float] | None = None
    unknown: int = 0


def by_folder(folder: Path, paths: Sequence[Path]) -> Colouring:
    """The folder that each picture lies in, by its way from `folder`; `.` for that one itself."""
    return by_kind([path.parent.relative_to(folder).as_posix() for path in paths])


def by_kind(values: Sequence[str]) -> Colouring:
    """One colour for each value, for the nine that most pictures have; the others, and `UNKNOWN`, are grey."""
    counts = Counter(value for value in values if value != UNKNOWN)
    named = sorted(counts, key=lambda value: (-counts[value], value))[: len(PALETTE)]
    table: dict[Hashable, Colour] = dict(zip(named, PALETTE))
    colours = np.array([table.get(value, GREY) for value in values], np.uint8).reshape(-1, 3)
    return Colouring(
        colours,
        tuple(zip(named, PALETTE)),
        others=len(counts) - len(named),
        unknown=sum(value == UNKNOWN for value in values),
    )


def by_label(values: Sequence[str]) -> Colouring:
    """A factor of `labels.csv`: kinds, or a scale where all are numbers, and more than there are colours."""
    numbers = _numbers(values)
    return by_kind(values) if numbers is None else by_number(numbers)


def by_number(values: NDArray[np.floating]) -> Colouring:
    """From cold at the smallest of `[N]` to hot at the largest, evenly; nan is grey."""
    known = np.isfinite(values)
    low, high = (float(end(values[known])) for end in (np.min, np.max)) if known.any() else (0.0, 0.0)
    share = (values - low) / (high - low) if high > low else np.zeros(len(values))
    return Colouring(_scale(share, known), ends=(low, high), unknown=int((~known).sum()))


def by_score(values: NDArray[np.floating]) -> Colouring:
    """From cold to hot along the ranks of `[N]`, so that a few extreme pictures do not make all others alike."""
    known = np.isfinite(values)
    ranks = np.zeros(len(values))
    ranks[known] = np.argsort(np.argsort(values[known], kind="stable"), kind="stable")
    ends = (float(values[known].min()), float(values[known].max())) if known.any() else (0.0, 0.0)
    return Colouring(_scale(ranks / max(1, known.sum() - 1), known), ends=ends, unknown=int((~known).sum()))


def _scale(share: NDArray[np.floating], known: NDArray[np.bool_]) -> Colours:
    mixed = MAP.at(np.where(known, share, 0))
    colours: Colours = np.where(known[:, None], mixed, np.array(GREY)).round().astype(np.uint8)
    return colours


def _numbers(values: Sequence[str]) -> NDArray[np.float64] | None:
    """`[N]`, nan where nothing is known; None where a value is no number, or there are so few that they are kinds."""
    numbers = np.full(len(values), np.nan)
    for place, value in enumerate(values):
        if value != UNKNOWN:
            try:
                numbers[place] = float(value)
            except ValueError:
                return None
            if not math.isfinite(numbers[place]):
                return None
    return numbers if len(np.unique(numbers[np.isfinite(numbers)])) > len(PALETTE) else None
