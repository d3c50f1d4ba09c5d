"""What is known of pictures, as factors that codes are scored by, and the scores of every code that has sliders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from export.bundle import CodeScores
from export.statistics.disentanglement import Factor, Floats, score_over_seeds
from export.statistics.encoding import Codes
from trainer.data.colours import with_colours
from trainer.data.dataset import Progress
from trainer.data.properties import as_numbers

CodeName = Literal["raw numbers", "principal", "independent", "concepts"]

ARRAYS: dict[CodeName, str] = {"principal": "axes", "independent": "independent", "concepts": "concepts"}
"""What each code's directions are called in `latents.npz`; the raw numbers need none."""

FEWEST_PICTURES = 20  # of a value; rarer ones count as not known
FEWEST_KNOWN = 100  # of a factor
MOST_VALUES = 50  # of a factor that is no number; more are names of pictures
# What an export measures: about a minute of one core for 64 numbers and their axes, where forests take the most of it.
PICTURES, SEEDS = 1_000, 3


def score_codes(
    codes: Codes,
    labels: Mapping[str, Sequence[str]],
    arrays: Mapping[str, NDArray[Any]],
    progress: Progress,
    seeds: int = SEEDS,
) -> tuple[CodeScores, ...]:
    """The scores of raw numbers, principal and independent axes and concepts; none where too little is known.

    Args:
        codes: Of held-out pictures.
        labels: For each factor the label of every picture, in the order of `Pictures.pixels`.
        arrays: Those of `latents.npz`.
        progress: Told how many codes are scored.
        seeds: How often each is scored.
    """
    factors = read_factors({name: [known[row] for row in codes.rows] for name, known in labels.items()})
    if not factors:
        return ()
    found = []
    for name in get_args(CodeName):
        coordinates = _coordinates(name, codes, arrays)
        if coordinates is not None:
            scores = score_over_seeds(coordinates, factors, seeds)
            found.append(CodeScores(name, len(coordinates), seeds, **scores))
        progress("Scoring codes", 1 + get_args(CodeName).index(name), len(get_args(CodeName)))
    return tuple(found)


def _coordinates(name: CodeName, codes: Codes, arrays: Mapping[str, NDArray[Any]]) -> Floats | None:
    """Coordinates [N, K] of codes; None where there are no such directions."""
    latents = codes.latents.astype(np.float64)
    if name not in ARRAYS:
        return latents
    directions = arrays.get(ARRAYS[name])
    if directions is None or not len(directions):
        return None
    found: Floats = (latents - arrays["mean"].astype(np.float64)) @ directions.astype(np.float64).T
    return found


def read_factors(labels: Mapping[str, Sequence[str]]) -> list[Factor]:
    """The factors that can be scored by: numbers, and names of which each value has at least 20 pictures.

    Hue, saturation and value of one thing are read as the colour that they are. A value that fewer have counts as not
    known; a factor that is known of fewer than 100 pictures, or has one value alone, is left out.
    """
    found = []
    for name, texts in with_colours(labels).items():
        numbers = as_numbers(texts)
        factor = Factor(name, _counted(texts) if numbers is None else numbers, numbers is not None)
        known = factor.values[~np.isnan(factor.values)]
        different = len(np.unique(known))
        if len(known) >= FEWEST_KNOWN and different > 1 and (factor.is_number or different <= MOST_VALUES):
            found.append(factor)
    return found


def _counted(texts: Sequence[str]) -> NDArray[np.float64]:
    """Values counted from 0 in the order of their names; NaN where not known, or rare."""
    different, places, counts = np.unique(np.array(texts, dtype=str), return_inverse=True, return_counts=True)
    usable = (counts >= FEWEST_PICTURES) & (different != "")
    numbers = np.where(usable, np.cumsum(usable) - 1.0, np.nan)
    values: NDArray[np.float64] = numbers[places]
    return values
