"""How a picture of any size stands in what a model sees, and how the model's answer goes back to its place.

fixed size, crop   the middle, cut to the model's aspect and resized, as the trainer prepares its pictures
fixed size, fit    the whole picture, resized to lie within; its edge is drawn out over the rest
free size          the whole picture, pixel for pixel, continued by its mirror image up to the model's multiple
"""

from __future__ import annotations

import dataclasses
from typing import Literal

import numpy as np
from PIL import Image

from desktop.engine.pictures import Pixels
from export.bundle import SizeRule

FitMode = Literal["crop", "fit"]  # what becomes of a picture whose aspect is not the model's fixed one
REDUCED = 3  # times the size wanted: down to this a large picture is first made smaller by whole factors
FIT_MODES: tuple[FitMode, ...] = ("crop", "fit")


@dataclasses.dataclass(frozen=True)
class Box:
    """A rectangle of whole pixels: `left` and `top` are inside, `right` and `bottom` are not."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """In pixels."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """In pixels."""
        return self.bottom - self.top

    def cut(self, pixels: Pixels) -> Pixels:
        """A view of this part of `[H, W, 3]`."""
        return pixels[self.top : self.bottom, self.left : self.right]


@dataclasses.dataclass(frozen=True)
class Frame:
    """Which part of a picture a model sees, and where in its input that lies.

    Attributes:
        seen: Of the picture.
        placed: Of the input; of another size than `seen` where the picture is resized.
        height: Of the input, in pixels.
        width: Of the input, in pixels.
    """

    seen: Box
    placed: Box
    height: int
    width: int

    def prepare(self, pixels: Pixels, factor: int = 1) -> Pixels:
        """The model's input, uint8 `[height, width, 3]`, from the picture's pixels `[H, W, 3]`.

        `factor` says how many times smaller than the picture the pixels were decoded; 1 where nothing is resized.
        """
        if (self.seen.width, self.seen.height) == (self.placed.width, self.placed.height):
            part = self.seen.cut(pixels)
        else:
            box = (self.seen.left, self.seen.top, self.seen.right, self.seen.bottom)
            seen = (box[0] / factor, box[1] / factor, box[2] / factor, box[3] / factor)
            size, lanczos = (self.placed.width, self.placed.height), Image.Resampling.LANCZOS
            part = np.array(Image.fromarray(pixels).resize(size, lanczos, box=seen, reducing_gap=REDUCED))
        below, right = self.height - self.placed.bottom, self.width - self.placed.right
        margins = ((self.placed.top, below), (self.placed.left, right), (0, 0))
        if not any(map(any, margins)):
            return np.ascontiguousarray(part)
        return np.pad(part, margins, mode="edge" if self._is_resized else "reflect")

    def visible(self, output: Pixels) -> Pixels:
        """The part of the model's input or output that shows the picture, without what was added around it."""
        return np.ascontiguousarray(self.placed.cut(output))

    def at_own_size(self, visible: Pixels) -> Pixels:
        """`visible`, as `visible` gives it, at the size that the part of the picture has: nothing is added to it."""
        if not self._is_resized:
            return visible
        size = (self.seen.width, self.seen.height)
        return np.asarray(Image.fromarray(visible).resize(size, Image.Resampling.LANCZOS))

    @property
    def _is_resized(self) -> bool:
        return (self.seen.width, self.seen.height) != (self.placed.width, self.placed.height)


def frame(height: int, width: int, rule: SizeRule, mode: FitMode = "crop") -> Frame:
    """How a picture of `height` x `width` pixels is given to a model; `mode` is for those of a fixed size."""
    whole = Box(0, 0, width, height)
    if rule.kind == "multiple":
        return Frame(whole, whole, _up(height, rule.multiple), _up(width, rule.multiple))
    if mode == "crop":
        seen = (
            _centred(min(height, max(1, width * rule.height // rule.width)), height),
            _centred(min(width, max(1, height * rule.width // rule.height)), width),
        )
        (top, bottom), (left, right) = seen
        return Frame(Box(left, top, right, bottom), Box(0, 0, rule.width, rule.height), rule.height, rule.width)
    scale = min(rule.height / height, rule.width / width)
    top, bottom = _centred(min(rule.height, max(1, round(height * scale))), rule.height)
    left, right = _centred(min(rule.width, max(1, round(width * scale))), rule.width)
    return Frame(whole, Box(left, top, right, bottom), rule.height, rule.width)


def _up(length: int, multiple: int) -> int:
    """The next multiple that is not smaller."""
    return -(-length // multiple) * multiple


def _centred(length: int, whole: int) -> tuple[int, int]:
    """Where a stretch in the middle of another begins and ends."""
    first = (whole - length) // 2
    return first, first + length
