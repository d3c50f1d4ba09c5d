"""What is known of a large picture before all of it is there: its original, and the tiles that are decoded already."""

from __future__ import annotations

import dataclasses

from desktop.engine.framing import Frame
from desktop.engine.pictures import Picture, Pixels
from desktop.engine.previews import preview


@dataclasses.dataclass(frozen=True, eq=False)
class Part:
    """A tile of the decoded picture.

    Attributes:
        pixels: uint8 `[h, w, 3]`, a view of what the decoder gave: nothing is copied.
        left: Where it lies in the decoded picture, in pixels.
        top: Likewise.
        width: Of the whole decoded picture, in pixels.
        height: Likewise.
    """

    pixels: Pixels
    left: int
    top: int
    width: int
    height: int

    def seen_in(self, frame: Frame) -> Part | None:
        """What of it shows the picture, without what was added around it; None where nothing does."""
        box = frame.placed
        left, top = max(self.left, box.left), max(self.top, box.top)
        right = min(self.left + self.pixels.shape[1], box.right)
        bottom = min(self.top + self.pixels.shape[0], box.bottom)
        if left >= right or top >= bottom:
            return None
        pixels = self.pixels[top - self.top : bottom - self.top, left - self.left : right - self.left]
        return Part(pixels, left - box.left, top - box.top, box.width, box.height)


@dataclasses.dataclass(frozen=True, eq=False)
class EarlyPicture:
    """A picture that was read, but is not encoded yet: its whole size, and its pixels, reduced for the screen."""

    pixels: Pixels
    width: int
    height: int


def early(picture: Picture) -> EarlyPicture:
    """A picture for the screen."""
    reduced = preview(picture.pixels)
    height, width = picture.pixels.shape[:2]
    return EarlyPicture(picture.pixels if reduced is None else reduced, width, height)
