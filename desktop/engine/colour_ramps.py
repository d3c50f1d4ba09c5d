"""Every ramp of colours that numbers are shown with."""

from __future__ import annotations

import dataclasses

import numpy as np
from numpy.typing import NDArray

Colour = tuple[int, int, int]


@dataclasses.dataclass(frozen=True)
class Ramp:
    """Colours at equal distances, joined by straight lines in sRGB.

    Attributes:
        anchors: Red, green and blue from 0 to 255, from the low end to the high one; two or more.
    """

    anchors: tuple[Colour, ...]

    def at(self, shares: NDArray[np.floating]) -> NDArray[np.float32]:
        """The colours of shares `[...]`, each from 0 at the low end to 1 at the high one: float32 `[..., 3]`."""
        anchors = np.array(self.anchors, np.float32)
        place = np.clip(shares, 0, 1).astype(np.float32) * (len(anchors) - 1)
        lower = place.astype(np.int64).clip(0, len(anchors) - 2)
        rest = (place - lower)[..., None]
        colours: NDArray[np.float32] = anchors[lower] * (1 - rest) + anchors[lower + 1] * rest
        return colours

    def steps(self, count: int) -> list[Colour]:
        """So many colours from one end to the other, at equal distances."""
        mixed = self.at(np.linspace(0, 1, count)).round().astype(int).tolist()
        return [(red, green, blue) for red, green, blue in mixed]


DIFFERENCE = Ramp(
    ((4, 4, 12), (52, 20, 96), (136, 34, 108), (204, 62, 74), (240, 126, 40), (250, 196, 78), (255, 252, 224))
)
"""A difference between two pictures: from black over violet and orange to pale yellow, each lighter than the last."""

HEAT = Ramp(((84, 16, 110), (188, 55, 84), (249, 142, 9), (252, 255, 164)))
"""Where a picture is anomalous, over the picture in grey: from dark violet to yellow."""

MAP = Ramp(((78, 121, 167), (230, 85, 60)))
"""A number for each picture on the map: from cold to hot."""
