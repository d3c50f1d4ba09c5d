"""What a score is before and after its fit, and what it is given to look at."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from desktop.engine.folder.maps import STORED, Maps, residual_scores
from desktop.engine.gaussian import Floats
from desktop.engine.pictures import Pixels
from export.bundle import Bundle

Need = Literal["stored", "codes", "pixels"]


@dataclasses.dataclass(frozen=True, eq=False)
class Seen:
    """Some pictures, as far as a score needs them.

    Attributes:
        codes: float32 `[N, C, h, w]` or `[N, D]`.
        stored: `STORED` scores by name, float32 `[N]`, as the index keeps them.
        originals: uint8 `[N, H, W, 3]` as the model sees them; None where no score needs pixels.
        reconstruction: Of the same shape; None where no heat map is wanted.
        digest: Of a whole picture, as `picture_digest` has it; empty where it is not known.
    """

    codes: Floats
    stored: Mapping[str, Floats]
    originals: Pixels | None = None
    reconstruction: Pixels | None = None
    digest: str = ""

    @property
    def pixels(self) -> Pixels:
        """The originals, for a score that needs them."""
        assert self.originals is not None, "gathered without pixels"
        return self.originals

    @property
    def flat_codes(self) -> Floats:
        """The codes as vectors, `[N, numbers]`."""
        return self.codes.reshape(len(self.codes), -1)

    @staticmethod
    def of(codes: Floats, originals: Pixels, reconstruction: Pixels) -> Seen:
        """Pictures with their reconstructions, and the scores that an index would keep of them."""
        kept = residual_scores(originals, reconstruction)
        stored = {name: kept[:, column] for column, name in enumerate(STORED)}
        return Seen(codes, stored, originals, reconstruction)

    def part(self, rows: tuple[int, int], columns: tuple[int, int], scale: int) -> Seen:
        """The same rectangle of every picture; `scale` is how many pixels wide a cell of a map of codes is.

        Without `stored`, which is of whole pictures.
        """
        (top, bottom), (left, right) = rows, columns
        codes = self.codes
        if codes.ndim == 4:
            codes = codes[:, :, top // scale : -(-bottom // scale), left // scale : -(-right // scale)]
        reconstruction = None if self.reconstruction is None else self.reconstruction[:, top:bottom, left:right]
        return Seen(codes, {}, self.pixels[:, top:bottom, left:right], reconstruction, self.digest)

    def take(self, positions: NDArray[np.int64]) -> Seen:
        """Some of them."""
        return Seen(
            self.codes[positions],
            {name: values[positions] for name, values in self.stored.items()},
            None if self.originals is None else self.originals[positions],
            None if self.reconstruction is None else self.reconstruction[positions],
        )


class Scorer(Protocol):
    """A score after its fit: a frozen dataclass of arrays, numbers and texts, so that it can be saved."""

    def scores(self, seen: Seen) -> Floats:
        """One number for each picture, `[N]`."""

    def maps(self, seen: Seen) -> Maps | None:
        """Where it comes from, `[N, H, W]` or on a coarser grid `[N, h, w]`; None where the score has no place."""


class Course(Protocol):
    """Lessons of a score that is taught on made-up defects."""

    def fit(self, fold: int | None, kinds: Sequence[str]) -> Scorer:
        """The score after all lessons that have nothing of a fold's pictures, nor of some kinds of defects."""


@dataclasses.dataclass(frozen=True)
class Score:
    """A score before its fit.

    Attributes:
        name: As on the command line and in CSV files.
        title, tip: For people, marked for translation.
        need: What its `scores` need: the index's own columns, codes, or the pictures' pixels.
        scorer: The class of what `fit` gives, by which a saved one is read.
        fit: Fits it to good pictures.
        combined: Whether it is part of the combination where nothing chooses it, as made-up defects do.
        maps_only: Whether it needs a map latent.
        local: Whether it looks at each place by itself, and so at whole pictures of any size, tile by tile.
        pool: What a local score takes of its map: the largest value, or the mean.
        positional: Whether it expects the same in the same place of every picture.
        teach: For a score that is taught on made-up defects: makes lessons of them in good pictures `[N]`, told the
            fold of each, from which the fits to all folds learn. It tells what share of its work is done.
        file: In a bundle, that it comes with; empty where every model has it.
        load: For a score that comes with a bundle: the score with what is in that bundle.
    """

    name: str
    title: str
    tip: str
    need: Need
    scorer: type[Any]
    fit: Callable[[Seen], Scorer]
    combined: bool = True
    maps_only: bool = False
    local: bool = False
    pool: Literal["peak", "mean"] = "peak"
    positional: bool = False
    teach: Callable[[Seen, NDArray[np.int64], Callable[[float], None]], Course] | None = None
    file: str = ""
    load: Callable[[Bundle], Score] | None = None


def peak(values: Maps) -> Floats:
    """The largest value of each map: `[N, H, W]` to `[N]`."""
    largest: Floats = values.max(axis=(1, 2))
    return largest


def mark(source: str) -> str:
    """The source itself: marks a text for translation by the window."""
    return source
