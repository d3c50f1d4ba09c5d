"""Pictures as a foreign pair can take them: oblong where it takes oblong ones, grey where it gives grey ones."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from export.foreign.reading import to_grey
from trainer.data import Data
from trainer.data.pictures import Pictures, Pixels

STEP = 32  # pixels, of the sizes that the trainer takes
LARGEST_WHOLE = 512


@dataclass(frozen=True)
class Prepared:
    """Pictures of a set, cut to the middle and without colours where that is wanted."""

    pixels: Pixels
    """[N, size, size, 3] RGB."""
    height: int
    width: int
    grey: bool

    @property
    def shape(self) -> tuple[int, ...]:
        """(N, height, width, 3)."""
        return (self.pixels.shape[0], self.height, self.width, 3)

    def __getitem__(self, rows: NDArray[np.int64], /) -> NDArray[np.uint8]:
        """uint8 [B, height, width, 3] RGB, a copy."""
        pictures = self.pixels[rows]
        if pictures.shape[1] != max(self.height, self.width):
            pictures = _reduced(pictures, max(self.height, self.width))
        top, left = (pictures.shape[1] - self.height) // 2, (pictures.shape[2] - self.width) // 2
        cut = pictures[:, top : top + self.height, left : left + self.width]
        return to_grey(cut) if self.grey else np.ascontiguousarray(cut)


def prepared(data: Data, height: int, width: int, grey: bool) -> Data:
    """The same pictures, prepared: squares of the longer side or larger are what they are cut from."""

    def prepare(pictures: Pictures) -> Pictures:
        return dataclasses.replace(pictures, pixels=Prepared(pictures.pixels, height, width, grey))

    return dataclasses.replace(data, train=prepare(data.train), holdout=prepare(data.holdout))


def prepared_size(side: int) -> int:
    """At which size the trainer is asked for pictures, where a graph takes squares of a side: a multiple of 32.

    A multiple of the side too where there is a small one, so that pixels are averaged whole.
    """
    whole = math.lcm(side, STEP)
    return whole if whole <= LARGEST_WHOLE else -(-side // STEP) * STEP


def _reduced(pictures: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """Squares at a smaller side, by the mean of what falls into each pixel."""
    small = [Image.fromarray(each).resize((side, side), Image.Resampling.BOX) for each in pictures]
    return np.stack([np.asarray(each) for each in small]) if small else np.empty((0, side, side, 3), np.uint8)
