"""What a score is before and after its fit, and what it is given to look at."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from desktop.engine.folder.maps import Maps
from desktop.engine.gaussian import Floats
from desktop.engine.pictures import Pixels

Need = Literal["stored", "codes", "pixels"]


@dataclasses.dataclass(frozen=True, eq=False)
class Seen:
    """Some pictures, as far as a score needs them.

    Attributes:
        codes: float32 `[N, C, h, w]` or `[N, D]`.
        stored: `STORED` scores by name, float32 `[N]`, as the index keeps them.
        originals: uint8 `[N, H, W, 3]` as the model sees them; None where no score needs pixels.
        rebuilt: Of the same shape; None where no heat map is wanted.
    """

    codes: Floats
    stored: Mapping[str, Floats]
    originals: Pixels | None = None
    rebuilt: Pixels | None = None

    @property
    def pixels(self) -> Pixels:
        """The originals, for a score that needs them."""
        assert self.originals is not None, "gathered without pixels"
        return self.originals

    @property
    def flat_codes(self) -> Floats:
        """The codes as vectors, `[N, numbers]`."""
        return self.codes.reshape(len(self.codes), -1)

    def take(self, positions: NDArray[np.int64]) -> Seen:
        """Some of them."""
        return Seen(
            self.codes[positions],
            {name: values[positions] for name, values in self.stored.items()},
            None if self.originals is None else self.originals[positions],
            None if self.rebuilt is None else self.rebuilt[positions],
        )


class Scorer(Protocol):
    """A score after its fit: a frozen dataclass of arrays, numbers and texts, so that it can be saved."""

    def scores(self, seen: Seen) -> Floats:
        """One number for each picture, `[N]`."""

    def maps(self, seen: Seen) -> Maps | None:
        """Where it comes from, `[N, H, W]` or on a coarser grid `[N, h, w]`; None where the score has no place."""


@dataclasses.dataclass(frozen=True)
class Score:
    """A score before its fit.

    Attributes:
        name: As on the command line and in CSV files.
        title, tip: For people, marked for translation.
        need: What its `scores` need: the index's own columns, codes, or the pictures' pixels.
        scorer: The class of what `fit` gives, by which a saved one is read.
        fit: Fits it to good pictures.
        combined: Whether it is part of the combination unless the user says otherwise.
        maps_only: Whether it needs a map latent.
    """

    name: str
    title: str
    tip: str
    need: Need
    scorer: type[Any]
    fit: Callable[[Seen], Scorer]
    combined: bool = True
    maps_only: bool = False


def peak(values: Maps) -> Floats:
    """The largest value of each map: `[N, H, W]` to `[N]`."""
    largest: Floats = values.max(axis=(1, 2))
    return largest


def mark(source: str) -> str:
    """The source itself: marks a text for translation by the window."""
    return source
