"""The pictures that models are measured on, and PCA fitted on: a folder's, or the built-in characters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from desktop.engine.errors import DesktopError
from desktop.engine.pictures import read
from export.bundle import SizeRule
from trainer.data import Pictures, open_data
from trainer.data.formats import suffixes
from trainer.data.reading import UnreadablePictureError, read_picture
from trainer.objective.perceptual import SMALLEST_SIDE
from trainer.options.config import TrainConfig

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class PictureSet:
    """Pictures that a model can be measured on.

    Attributes:
        folder: Whose pictures, sub-folders included; None for the built-in characters.
        part: Of the built-in characters, those trained on or those held out.
    """

    folder: Path | None
    part: Literal["train", "holdout"]

    @property
    def name(self) -> str:
        """For people."""
        if self.folder is not None:
            return self.folder.resolve().name
        return {"train": "characters trained on", "holdout": "characters held out"}[self.part]

    def files(self) -> list[Path]:
        """The folder's picture files in order.

        Raises:
            DesktopError: There is no such folder, or no picture in it.
        """
        assert self.folder is not None
        found = sorted(path for path in self.folder.rglob("*") if path.suffix.lower() in suffixes())
        if not found:
            problem = "holds no pictures" if self.folder.is_dir() else "is no folder"
            raise DesktopError(f"{self.folder} {problem}; name a folder of pictures.")
        return found

    def as_taken_by(self, size: SizeRule) -> Iterator[Pixels]:
        """Each picture as a model of this size rule takes it: uint8 [H, W, 3].

        A model of one size gets the middle square, resized, as in training; one of many sizes the whole picture, cut at
        the right and at the bottom to multiples of its step.

        Raises:
            DesktopError: No pictures, or one that cannot be read or is too small to measure.
        """
        if size.kind == "fixed":
            pictures = self.of_one_size(size.height)
            yield from (pictures.batch(slice(row, row + 1))[0] for row in range(len(pictures)))
        elif self.folder is None:
            yield from self.as_taken_by(SizeRule("fixed", 1, size.height, size.width))
        else:
            for path in self.files():
                pixels = read(path).pixels
                if min(pixels.shape[:2]) < max(SMALLEST_SIDE, size.multiple):
                    raise DesktopError(f"{path} is smaller than {SMALLEST_SIDE} pixels a side; leave it out.")
                height, width = (side // size.multiple * size.multiple for side in pixels.shape[:2])
                yield pixels[:height, :width]

    def of_one_size(self, side: int) -> Pictures:
        """All pictures as the trainer prepares them: `side` x `side` pixels.

        Raises:
            DesktopError: No pictures, or one that cannot be read.
        """
        if self.folder is None:
            data = open_data(TrainConfig.of(size=side), lambda *_: None)
            return data.train if self.part == "train" else data.holdout
        stack = np.stack([_read_square(path, side) for path in self.files()])
        return Pictures(stack, np.arange(len(stack)))


def _read_square(path: Path, side: int) -> Pixels:
    try:
        return read_picture(path, side)
    except UnreadablePictureError as error:
        raise DesktopError(f"{path} cannot be read ({error}); mend it or leave it out.") from error
