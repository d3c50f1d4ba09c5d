"""Groups of sliders: directions in latent space, each counted in units of how far training pictures spread along it."""

from __future__ import annotations

import dataclasses
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from desktop.engine.autoencoder import Latents

Floats = NDArray[np.float32]
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

    Attributes:
        mean: float32 `[D]`, where 0 is.
        vectors: float32 `[n, D]`, unit length.
        spread: float32 `[n]`, the training latents' standard deviation along each.
        low: float64 `[n]`, where a slider should begin, in units of spread.
        high: float64 `[n]`, where it should end.
        shape: The shape of the codes that these vectors fit.
    """

    mean: Floats
    vectors: Floats
    spread: Floats
    low: Coordinates
    high: Coordinates
    shape: tuple[int, ...]

    def positions(self, code: Latents) -> Coordinates | None:
        """`[n]` in units of spread; None for a map of another height or width than the trained one."""
        if code.shape != self.shape:
            return None
        return (self.vectors @ (code.reshape(-1) - self.mean)).astype(np.float64) / self.spread

    def change(self, offsets: Coordinates, shape: tuple[int, ...]) -> Latents:
        """The sum of the vectors, each as long as its offset says, in the code's shape."""
        return ((offsets * self.spread).astype(np.float32) @ self.vectors).reshape(shape)


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
