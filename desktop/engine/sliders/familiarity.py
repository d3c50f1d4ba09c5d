"""How far a code is from anything seen in training."""

from __future__ import annotations

import dataclasses
import math

import numpy as np

from desktop.engine.autoencoder import Latents
from desktop.engine.sliders.latents import LatentSpace

NEGLIGIBLE = 1e-4  # of the variance: less than this outside the axes is rounding, not pictures


@dataclasses.dataclass(frozen=True)
class Familiarity:
    """A code among the codes of the training pictures.

    Attributes:
        distance: Root mean square of the coordinates along the axes. Over training pictures its own root mean square
            is 1, because each coordinate's is.
        percentile: How many per cent of the training pictures lie nearer to the mean, 0 to 100; None where the bundle
            does not say, infinite beyond all of them.
        off_axis: The length of the part outside the axes, relative to its root mean square over training pictures;
            None where the axes hold (nearly) all of the variance.
    """

    distance: float
    percentile: float | None
    off_axis: float | None

    @property
    def outside(self) -> bool:
        """Whether it is farther out than every training picture was."""
        return self.percentile is not None and math.isinf(self.percentile)


def familiarity(space: LatentSpace, code: Latents) -> Familiarity | None:
    """Where a code lies; None where it is not of the trained shape, at which others were measured, or without axes."""
    coordinates = space.axes.positions(code) if code.shape == space.shape else None
    if coordinates is None or not coordinates.size:
        return None
    distance = math.sqrt(float(np.mean(coordinates**2)))
    return Familiarity(distance, _percentile(space, distance), _off_axis(space, code))


def _percentile(space: LatentSpace, distance: float) -> float | None:
    quantiles = space.distance_quantiles
    if quantiles is None:
        return None
    return math.inf if distance > quantiles[-1] else float(np.interp(distance, quantiles, np.arange(len(quantiles))))


def _off_axis(space: LatentSpace, code: Latents) -> float | None:
    """What is left of the code without its axes. Its mean square in training follows from the totals:

    the latents' variances add up to the axes' variances plus the mean square of the rest.
    """
    total = float((space.std.astype(np.float64) ** 2).sum())
    usual = total - float((space.axes.spread.astype(np.float64) ** 2).sum())
    if usual <= NEGLIGIBLE * total:
        return None
    offset = code.reshape(-1) - space.mean
    rest = offset - (space.axes.vectors @ offset) @ space.axes.vectors
    return math.sqrt(float((rest.astype(np.float64) ** 2).sum()) / usual)
