"""The labels of pictures as targets that a linear probe can be fitted to."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from trainer.data.colours import with_colours
from trainer.data.labels import UNKNOWN

MOST_WHOLE_NUMBERS = 20  # so many different ones are names, like digits; more are a count
FEWEST_NUMBERS = 5  # fewer different numbers are names, too

# A value that fewer training pictures have, or that fewer lack, says too little to find a direction by.
SMALLEST_SHARE = 0.01
FEWEST_PICTURES = 20
FEWEST_HELD_OUT = 5

HUE = "hue"  # a factor of this name, or one that ends in `_hue`, goes round: 0 and 1 are the same red
PRIMARIES = {"red": 0.0, "green": 1 / 3, "blue": 2 / 3}

NOTHING, ANYTHING = "none", "any"  # a slider towards glasses is of more use than one away from them


@dataclass(frozen=True)
class Property:
    """One property that pictures have more or less of."""

    factor: str
    value: str | None
    measure: Literal["accuracy", "r2"]
    target: NDArray[np.float64]
    """[N], for each picture: 1 or 0 for a value that it has or has not, else a number; NaN where it is not known."""

    @property
    def name(self) -> str:
        """For people."""
        factor = self.factor.replace("_", " ")
        return factor if self.value is None else f"{factor}: {self.value}"


def read_properties(
    factors: Mapping[str, Sequence[str]], train: NDArray[np.int64], holdout: NDArray[np.int64]
) -> list[Property]:
    """The properties that enough of the pictures have, in the order of the factors and of their values.

    A factor whose labels are all numbers is one property. So are red, green and blue of a hue, which has no beginning
    and no end: their targets are the cosines of the angles between hue and primary, 1 at the primary and -1 opposite.
    A hue with a saturation and a value beside it is a colour, and has lightness, redness and warmth in their place. Of
    any other factor each value is a property; in place of `none` it is `any`, which all the others have.

    Args:
        factors: For each factor the label of every picture.
        train: Rows of the pictures that directions are found by.
        holdout: Rows of the pictures that probes are tried on.
    """
    found = []
    for factor, labels in with_colours(factors).items():
        numbers = as_numbers(labels)
        if numbers is None:
            values = sorted(_values(labels, train))
            found += [_of_value(factor, value, labels, ANYTHING in values) for value in values]
        elif _is_hue(factor, numbers):
            for name, hue in PRIMARIES.items():
                found.append(Property(factor, name, "r2", np.cos(2 * np.pi * (numbers - hue))))
        else:
            found.append(Property(factor, None, "r2", numbers))
    return [each for each in found if _tells(each, each.target[train], each.target[holdout])]


def _of_value(factor: str, value: str, labels: Sequence[str], any_is_taken: bool) -> Property:
    has = _has(labels, value)
    if value.lower() == NOTHING and not any_is_taken:
        return Property(factor, ANYTHING, "accuracy", 1 - has)
    return Property(factor, value, "accuracy", has)


def as_numbers(labels: Sequence[str]) -> NDArray[np.float64] | None:
    """The labels as numbers, NaN where not known; None where they are names, as the ten digits are."""
    known = {label for label in labels if label != UNKNOWN}
    try:
        numbers = {label: float(label) for label in known}
    except ValueError:
        return None
    if not all(map(math.isfinite, numbers.values())) or len(known) < FEWEST_NUMBERS:
        return None
    if len(known) <= MOST_WHOLE_NUMBERS and all(number.is_integer() for number in numbers.values()):
        return None
    numbers[UNKNOWN] = math.nan
    return np.array([numbers[label] for label in labels])


def _is_hue(factor: str, numbers: NDArray[np.float64]) -> bool:
    named = factor.lower() == HUE or factor.lower().endswith(f"_{HUE}")
    return named and bool(np.nanmin(numbers) >= 0 and np.nanmax(numbers) <= 1)


def _values(labels: Sequence[str], train: NDArray[np.int64]) -> set[str]:
    """The values that are not too rare; looked at first, for a column may hold as many as there are pictures."""
    counts = Counter(labels[row] for row in train)
    known = sum(count for value, count in counts.items() if value != UNKNOWN)
    return {
        value
        for value, count in counts.items()
        if value != UNKNOWN and count >= max(FEWEST_PICTURES, SMALLEST_SHARE * known)
    }


def _has(labels: Sequence[str], value: str) -> NDArray[np.float64]:
    return np.array([math.nan if label == UNKNOWN else float(label == value) for label in labels])


def _tells(each: Property, train: NDArray[np.float64], holdout: NDArray[np.float64]) -> bool:
    """Whether there is enough to learn from and to try on."""
    train, holdout = train[~np.isnan(train)], holdout[~np.isnan(holdout)]
    if each.measure == "r2":
        return len(train) >= FEWEST_PICTURES and len(holdout) >= FEWEST_HELD_OUT and bool(np.ptp(train) > 0)
    rarest = min(train.sum(), len(train) - train.sum())
    rarest_held_out = min(holdout.sum(), len(holdout) - holdout.sum())
    enough = max(FEWEST_PICTURES, SMALLEST_SHARE * len(train))
    return bool(rarest >= enough and rarest_held_out >= FEWEST_HELD_OUT)
