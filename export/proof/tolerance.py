"""The differences allowed between a graph and the network that it was made from, and those found."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Tolerance:
    """The largest single and the largest mean difference that a correct graph may have, and their unit."""

    largest: float
    mean: float
    unit: str


@dataclass(frozen=True)
class Limits:
    """The limits that a correct graph of one precision keeps in every case."""

    latent: Tolerance | None
    """None where only pictures count."""
    image: Tolerance | None
    psnr_db: float
    """The least PSNR between the two sides' round trips of real pictures."""


# Both sides add the same float32 products in another order. That comes to at most 1e-6 in compact and 3e-5 in vgg16;
# scaling by 1/256 in place of 1/255 comes to more than 1e-3.
LATENT_TOLERANCE = Tolerance(1e-3, 1e-4, "standard deviations of the latents")
# The same differences carry about one value in fifty thousand over a rounding edge, and then by one level; truncation
# in place of rounding comes to a mean of 0.5.
IMAGE_TOLERANCE = Tolerance(1.0, 0.02, "8-bit levels")

# In other precisions single values may be far off where nobody would see it, so pictures are compared as a whole. A
# black picture comes to about 10 dB, one with a wrong scale or channel order to less than 25. How much worse held-out
# pictures become is limited besides, and more strictly.
LIMITS = {
    "fp32": Limits(LATENT_TOLERANCE, IMAGE_TOLERANCE, 60.0),
    "fp16": Limits(None, None, 40.0),
    "int8": Limits(None, None, 25.0),
}

# A network that has hardly been trained can give pixels of 1e5 before the clamp, where float32 itself is coarser than a
# level. This share of the largest such value is allowed too; it matters only past 400 times the range of a picture.
FLOAT32_SHARE = 1e-5


@dataclass
class Differences:
    """The absolute differences seen so far."""

    largest: float = 0.0
    total: float = 0.0
    squares: float = 0.0
    count: int = 0

    @classmethod
    def between(cls, output: NDArray[Any], expected: NDArray[Any], unit: float = 1.0) -> Differences:
        """Those of two arrays of one shape, in multiples of `unit`."""
        difference = np.abs(output.astype(np.float64) - expected.astype(np.float64)) / unit
        squares = float(np.square(difference).sum())
        return cls(float(difference.max()), float(difference.sum()), squares, difference.size)

    @property
    def mean(self) -> float:
        """Mean absolute difference."""
        return self.total / max(self.count, 1)

    @property
    def psnr_db(self) -> float:
        """Peak signal-to-noise ratio of differences in 8-bit levels; at most 100 dB."""
        mean_square = self.squares / max(self.count, 1)
        return min(100.0, 10 * math.log10(255**2 / mean_square)) if mean_square > 0 else 100.0

    def include(self, other: Differences) -> None:
        """Adds those of another comparison."""
        self.largest = max(self.largest, other.largest)
        self.total += other.total
        self.squares += other.squares
        self.count += other.count


def deviation(latent: NDArray[np.float32]) -> float:
    """The latents' standard deviation, but not the zero of a single number or of equal ones."""
    tiny = float(np.finfo(np.float32).tiny)
    return max(float(latent.std()), 0.01 * float(np.abs(latent).max()), tiny)


def image_tolerance(tolerance: Tolerance | None, peak: float) -> Tolerance | None:
    """The tolerance for pixels of which the largest had this size before they were clamped."""
    if tolerance is None:
        return None
    coarseness = FLOAT32_SHARE * 255 * peak
    return dataclasses.replace(tolerance, largest=max(tolerance.largest, coarseness))
