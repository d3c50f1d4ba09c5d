"""The scores by which a picture can be odd, each fitted to good pictures. Higher is odder."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from desktop.engine.anomaly.patches import PatchModel, fit_patches
from desktop.engine.folder import maps
from desktop.engine.folder.maps import Maps
from desktop.engine.gaussian import Floats, Gaussian, fit_gaussian
from desktop.engine.pictures import Pixels
from desktop.engine.similarity.neighbours import Searcher

NEAREST = 3  # good pictures whose distance counts

Need = Literal["stored", "codes", "pixels"]


@dataclasses.dataclass(frozen=True, eq=False)
class Seen:
    """Some pictures, as far as a score needs them.

    Attributes:
        codes: float32 `[N, C, h, w]` or `[N, D]`.
        stored: `STORED` scores by name, float32 `[N]`, as the index keeps them.
        originals: uint8 `[N, H, W, 3]` as the model sees them; None where no score needs pixels.
        rebuilt: Of the same shape; None where no heat-map is wanted.
    """

    codes: Floats
    stored: Mapping[str, Floats]
    originals: Pixels | None = None
    rebuilt: Pixels | None = None

    def take(self, positions: NDArray[np.int64]) -> Seen:
        """Some of them."""
        return Seen(
            self.codes[positions],
            {name: values[positions] for name, values in self.stored.items()},
            None if self.originals is None else self.originals[positions],
            None if self.rebuilt is None else self.rebuilt[positions],
        )


class Scorer(Protocol):
    """A score after its fit."""

    def scores(self, seen: Seen) -> Floats:
        """One number for each picture, `[N]`."""

    def maps(self, seen: Seen) -> Maps | None:
        """Where it comes from, `[N, H, W]` or on a coarser grid `[N, h, w]`; None where the score has no place."""


@dataclasses.dataclass(frozen=True)
class ScoreKind:
    """A score before its fit.

    Attributes:
        name: As on the command line and in CSV files.
        need: What its `scores` need: the index's own columns, codes, or the pictures' pixels.
        fit: Fits it to good pictures.
        combined: Whether it is part of the combination unless the user says otherwise.
    """

    name: str
    need: Need
    fit: Callable[[Seen], Scorer]
    combined: bool = True


@dataclasses.dataclass(frozen=True, eq=False)
class Rebuilding:
    """How badly the model rebuilds the picture: nothing is fitted."""

    name: str

    def scores(self, seen: Seen) -> Floats:
        """As the index keeps them."""
        return seen.stored[self.name]

    def maps(self, seen: Seen) -> Maps | None:
        """The map whose mean, or largest value, is the score."""
        if seen.originals is None or seen.rebuilt is None:
            return None
        return REBUILDING_MAPS[self.name](seen.originals, seen.rebuilt)


@dataclasses.dataclass(frozen=True, eq=False)
class CodeDistance:
    """Mahalanobis distance of the whole code."""

    gaussian: Gaussian

    def scores(self, seen: Seen) -> Floats:
        """Squared distances divided by the number of dimensions."""
        return self.gaussian.distances(_flat(seen.codes))

    def maps(self, seen: Seen) -> Maps | None:
        """It has no place in the picture."""
        return None


@dataclasses.dataclass(frozen=True, eq=False)
class Neighbours:
    """Mean distance to the three nearest good codes."""

    good: Floats

    def scores(self, seen: Seen) -> Floats:
        """Euclidean distances."""
        count = min(NEAREST, len(self.good))
        distances, _ = Searcher(self.good).nearest(_flat(seen.codes), count)
        mean: Floats = distances.mean(axis=1, dtype=np.float32)
        return mean

    def maps(self, seen: Seen) -> Maps | None:
        """It has no place in the picture."""
        return None


@dataclasses.dataclass(frozen=True, eq=False)
class CellDistance:
    """Mahalanobis distance of each cell of a map latent, over the cells of all good pictures; the largest counts."""

    gaussian: Gaussian

    def scores(self, seen: Seen) -> Floats:
        """The most unlikely cell's squared distance, divided by the number of channels."""
        return _peak(self.maps(seen))

    def maps(self, seen: Seen) -> Maps:
        """On the latent's own grid, `[N, h, w]`."""
        count, _, height, width = seen.codes.shape
        return self.gaussian.distances(_cells(seen.codes)).reshape(count, height, width)


@dataclasses.dataclass(frozen=True, eq=False)
class MeanPicture:
    """Mean squared difference from the mean of the good pictures, pixels in [0, 1]."""

    mean: Floats

    def scores(self, seen: Seen) -> Floats:
        """The mean over the picture."""
        mean: Floats = self.maps(seen).mean(axis=(1, 2))
        return mean

    def maps(self, seen: Seen) -> Maps:
        """Mean over the colours."""
        scaled = _originals(seen).astype(np.float32) / np.float32(255)
        squares: Maps = np.square(scaled - self.mean).mean(axis=3)
        return squares


@dataclasses.dataclass(frozen=True, eq=False)
class Spots:
    """The worst spot of the difference from the mean of the good pictures, over windows of several sizes."""

    mean: Floats

    def scores(self, seen: Seen) -> Floats:
        """The largest over the picture."""
        return _peak(self.maps(seen))

    def maps(self, seen: Seen) -> Maps:
        """As `maps.scale_map` has it, with the mean, in [0, 1], in place of the rebuilt picture."""
        return maps.scale_map(_originals(seen), np.float32(255) * self.mean)


@dataclasses.dataclass(frozen=True, eq=False)
class Patches:
    """The patch that fits worst: by rebuilding it from few axes, or by its Mahalanobis distance."""

    model: PatchModel
    rebuild: bool

    def scores(self, seen: Seen) -> Floats:
        """The largest over the picture."""
        return _peak(self.maps(seen))

    def maps(self, seen: Seen) -> Maps:
        """For each pixel its patch's value."""
        measure = self.model.rebuild_maps if self.rebuild else self.model.distance_maps
        return measure(_originals(seen))


@dataclasses.dataclass(frozen=True, eq=False)
class Detail:
    """How unusual the amount of fine detail is, either way: blurred and noisy pictures.

    A model rebuilds a blurred picture better than a sharp one, so no other score finds it.

    Attributes:
        mean, deviation: Of the logarithm of the mean absolute Laplacian of the luma, over good pictures.
    """

    mean: float
    deviation: float

    def scores(self, seen: Seen) -> Floats:
        """Deviations from the mean, without sign."""
        deviations = (log_detail(_originals(seen)) - np.float32(self.mean)) / np.float32(self.deviation)
        result: Floats = np.abs(deviations)
        return result

    def maps(self, seen: Seen) -> Maps | None:
        """It is of the picture as a whole."""
        return None


def rebuilding_scores(originals: Pixels, rebuilt: Pixels) -> Floats:
    """What the index keeps of each picture, in the order of `STORED`: float32 `[N, 3]`."""
    columns = [
        maps.error_map(originals, rebuilt).mean(axis=(1, 2)),
        maps.structure_map(originals, rebuilt).mean(axis=(1, 2)),
        _peak(maps.scale_map(originals, rebuilt)),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def kinds(latent_kind: str) -> dict[str, ScoreKind]:
    """The scores that a model offers, by name: `cells` only where the latent is a map."""
    return {kind.name: kind for kind in ALL if kind.name != "cells" or latent_kind == "map"}


def _flat(codes: Floats) -> Floats:
    return codes.reshape(len(codes), -1)


def _cells(codes: Floats) -> Floats:
    """`[N, C, h, w]` to `[N * h * w, C]`."""
    return np.moveaxis(codes, 1, -1).reshape(-1, codes.shape[1])


def _originals(seen: Seen) -> Pixels:
    assert seen.originals is not None, "gathered without pixels"
    return seen.originals


def _peak(values: Maps) -> Floats:
    largest: Floats = values.max(axis=(1, 2))
    return largest


def log_detail(originals: Pixels) -> Floats:
    """ln of the mean absolute Laplacian of the luma, `[N]`; half a level is added, so that flat pictures have one."""
    luma = np.pad((originals @ maps.LUMA).astype(np.float32), ((0, 0), (1, 1), (1, 1)), mode="edge")
    around = luma[:, :-2, 1:-1] + luma[:, 2:, 1:-1] + luma[:, 1:-1, :-2] + luma[:, 1:-1, 2:]
    detail: Floats = np.log(np.abs(4 * luma[:, 1:-1, 1:-1] - around).mean(axis=(1, 2)) + np.float32(0.5))
    return detail


def _detail(seen: Seen) -> Scorer:
    found = log_detail(_originals(seen))
    return Detail(float(found.mean()), max(float(found.std()), 1e-3))


def _mean(seen: Seen) -> Floats:
    """The mean of the pictures, in [0, 1]."""
    mean: Floats = (_originals(seen).mean(axis=0, dtype=np.float64) / 255).astype(np.float32)
    return mean


REBUILDING_MAPS: dict[str, Callable[[Pixels, Pixels], Maps]] = {
    "error": maps.error_map,
    "structure": maps.structure_map,
    "scales": maps.scale_map,
}
STORED = tuple(REBUILDING_MAPS)

ALL = (
    ScoreKind("error", "stored", lambda _: Rebuilding("error")),
    ScoreKind("structure", "stored", lambda _: Rebuilding("structure")),
    ScoreKind(
        "scales",
        "stored",
        lambda _: Rebuilding("scales"),
    ),
    ScoreKind(
        "mahalanobis",
        "codes",
        lambda seen: CodeDistance(fit_gaussian(_flat(seen.codes))),
    ),
    ScoreKind(
        "neighbours",
        "codes",
        lambda seen: Neighbours(_flat(seen.codes)),
    ),
    ScoreKind(
        "cells",
        "codes",
        lambda seen: CellDistance(fit_gaussian(_cells(seen.codes))),
    ),
    ScoreKind(
        "detail",
        "pixels",
        lambda seen: _detail(seen),
    ),
    ScoreKind("spots", "pixels", lambda seen: Spots(_mean(seen))),
    ScoreKind("mean_picture", "pixels", lambda seen: MeanPicture(_mean(seen)), combined=False),
    ScoreKind(
        "patch_pca",
        "pixels",
        lambda seen: Patches(fit_patches(_originals(seen)), rebuild=True),
        combined=False,
    ),
    ScoreKind(
        "patch_distance",
        "pixels",
        lambda seen: Patches(fit_patches(_originals(seen)), rebuild=False),
        combined=False,
    ),
)
