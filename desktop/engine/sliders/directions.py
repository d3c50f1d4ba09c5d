"""Groups of sliders: directions in latent space, each counted in units of how far training pictures spread along it."""

from __future__ import annotations

import dataclasses
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from desktop.engine.autoencoder import Latents
from desktop.engine.sliders.resizing import Floats, collected, resized, weights

__all__ = ["Channels", "Coordinates", "Directions", "Floats", "Linear", "channels", "levels"]

Coordinates = NDArray[np.float64]


class Directions(Protocol):
    """`n` sliders: where each should begin and end (`low [n]`, `high [n]`), and what moving them does to a code."""

    @property
    def low(self) -> Coordinates:
        """float64 `[n]`, in units of spread."""

    @property
    def high(self) -> Coordinates:
        """float64 `[n]`, in units of spread."""

    def positions(self, code: Latents) -> Coordinates | None:
        """Where a code lies along each direction, the mean at 0; None where they do not fit a code of this shape."""

    def change(self, offsets: Coordinates, shape: tuple[int, ...]) -> Latents:
        """What moving by `offsets [n]` adds to a code of that shape, float32."""


@dataclasses.dataclass(frozen=True, eq=False)
class Linear:
    """Unit vectors through the whole latent: principal axes and concepts.

    A map of another height and width than the trained one is steered by the same patterns, drawn out over all of it:
    each cell then changes by as much as the trained map's cell at the same place.

    Attributes:
        mean: float32 `[D]`, where 0 is.
        vectors: float32 `[n, D]`, unit length.
        spread: float32 `[n]`, the training latents' standard deviation along each.
        low: float64 `[n]`, where a slider should begin, in units of spread.
        high: float64 `[n]`, where it should end.
        shape: The shape of the codes that these vectors were measured on.
    """

    mean: Floats
    vectors: Floats
    spread: Floats
    low: Coordinates
    high: Coordinates
    shape: tuple[int, ...]

    def fits(self, shape: tuple[int, ...]) -> bool:
        """Whether codes of that shape can be steered: those of the trained shape, and maps of as many channels."""
        is_map = len(shape) == len(self.shape) == 3
        return shape == self.shape or (is_map and shape[0] == self.shape[0])

    def pattern(self, index: int, shape: tuple[int, ...]) -> Floats:
        """One vector for codes of that shape, float32 `[prod(shape)]`; of unit length at the trained shape alone."""
        vector: Floats = self.vectors[index]
        return vector if shape == self.shape else resized(vector.reshape(self.shape), shape).reshape(-1)

    def positions(self, code: Latents) -> Coordinates | None:
        """`[n]` in units of spread; None where the directions do not fit the code."""
        if not self.fits(code.shape):
            return None
        if code.shape == self.shape:
            return (self.vectors @ (code.reshape(-1) - self.mean)).astype(np.float64) / self.spread
        offset = collected(code - resized(self.mean.reshape(self.shape), code.shape), self.shape)
        along = (self.vectors @ offset.reshape(-1)).astype(np.float64)
        return along / self._squared_lengths(code.shape) / self.spread

    def change(self, offsets: Coordinates, shape: tuple[int, ...]) -> Latents:
        """The sum of the vectors, each as long as its offset says, in the code's shape."""
        change = ((offsets * self.spread).astype(np.float32) @ self.vectors).reshape(self.shape)
        return change if shape == self.shape else resized(change, shape)

    def _squared_lengths(self, shape: tuple[int, ...]) -> Coordinates:
        """Of every pattern at another height and width, `[n]`; without making the patterns, which may be large."""
        down, across = (weights(before, after) for before, after in zip(self.shape[1:], shape[1:]))
        patterns = self.vectors.reshape(-1, *self.shape)
        squared = (patterns * ((down.T @ down) @ patterns @ (across.T @ across))).sum(axis=(1, 2, 3), dtype=np.float64)
        lengths: Coordinates = np.maximum(squared, np.finfo(np.float32).tiny)
        return lengths


@dataclasses.dataclass(frozen=True, eq=False)
class Channels:
    """The latent's own numbers (vector) or channels (map, of any height and width; all cells move together).

    Attributes:
        mean: float32 `[C]`, each number's mean, or each channel's mean over its cells.
        std: float32 `[C]`, its standard deviation; a channel's over all of its cells.
        low: float64 `[C]`, in units of `std`.
        high: float64 `[C]`.
    """

    mean: Floats
    std: Floats
    low: Coordinates
    high: Coordinates

    def positions(self, code: Latents) -> Coordinates | None:
        """`[C]`: a number's distance from its mean; for a channel, that of the mean of its cells."""
        numbers = code.reshape(len(self.mean), -1).mean(axis=1, dtype=np.float64)
        positions: Coordinates = (numbers - self.mean) / self.std
        return positions

    def change(self, offsets: Coordinates, shape: tuple[int, ...]) -> Latents:
        """The same addition to every cell of a channel."""
        added = (offsets * self.std).astype(np.float32)
        return np.broadcast_to(added.reshape(-1, *(1,) * (len(shape) - 1)), shape)


LARGEST_MAP = 128  # cells along a side of a channel's picture: of a larger map every second one is shown, and so on
REACH = 3.0  # standard deviations of a channel from its mean to black and to white


def levels(group: Channels, code: Latents) -> NDArray[np.uint8] | None:
    """What the channels of a map look like, uint8 `[C, h, w]`, each channel's mean in the middle; None for a vector."""
    if code.ndim != 3:
        return None
    step = -(-max(code.shape[1:]) // LARGEST_MAP)
    mean, std = (array[:, None, None] for array in (group.mean, group.std))
    grey = 127.5 + 127.5 / REACH * (code[:, ::step, ::step] - mean) / std
    result: NDArray[np.uint8] = grey.clip(0, 255).astype(np.uint8)
    return result


def channels(mean: Floats, std: Floats, shape: tuple[int, ...], limit: float = 3.0) -> Channels:
    """The group of a latent's own numbers or channels, from the statistics of the flat latent (`[D]` each).

    A channel's variance is the mean variance of its cells plus the variance of its cells' means: the law of total
    variance. What never varies is counted in units of the one that varies least of those that do.
    """
    cells_mean, cells_std = (array.reshape(shape[0], -1).astype(np.float64) for array in (mean, std))
    spread = np.sqrt((cells_std**2).mean(axis=1) + cells_mean.var(axis=1))
    varying = spread[spread > 0]
    spread = np.where(spread > 0, spread, varying.min() if varying.size else 1.0)
    ends = np.full(shape[0], limit)
    return Channels(cells_mean.mean(axis=1).astype(np.float32), spread.astype(np.float32), -ends, ends)
